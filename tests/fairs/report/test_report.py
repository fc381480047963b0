"""The report of an edition: what it counts, how it freezes, and the same columns in every shape."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from fairs.editions.actions import close_edition
from fairs.editions.states import EditionState
from fairs.models import Exhibitor, FrozenReport
from fairs.report.actions import freeze_report, freeze_what_closed
from fairs.report.queries import report_of
from fairs.report.tables import Amount, tables_of
from tests.factories.fairs import ApplicationFactory, EditionFactory, who_runs
from tests.factories.guests import buyer, visitor
from tests.factories.trade import placed_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def edition():
    return EditionFactory(announced=True)


def exhibit(edition):
    application = ApplicationFactory(edition=edition, sent=True)
    Exhibitor.objects.create(edition=edition, organisation=application.organisation, application=application)
    return application.organisation


def whole(edition):
    return {name: value for name, value in report_of(edition).whole.items() if value}


def test_drafts_and_cancelled_guests_are_no_figures(edition):
    exhibit(edition)
    ApplicationFactory(edition=edition)
    buyer(edition)
    visitor(edition)

    assert whole(edition) == {"applications": 1, "exhibitors": 1, "guests": 2, "buyers": 1}


def test_order_counts_between_exhibitor_and_buyer_since_the_first_day(edition):
    seller, guest = exhibit(edition), buyer(edition)
    edition.starts_on = timezone.localdate() - timedelta(days=1)
    edition.save()
    sides = {"seller_side": seller.memberships.get(), "buyer_side": guest.organisation.memberships.get()}
    order = placed_order(**sides)
    placed_order(seller_side=sides["seller_side"])

    report = report_of(edition).whole

    assert (report["orders"], report["ordered"]) == (1, {order.currency: str(order.total_incl_tax)})


def test_figures_freeze_as_the_edition_closes(edition, django_capture_on_commit_callbacks):
    exhibit(edition)
    edition.state = EditionState.RUNNING
    edition.save()
    with django_capture_on_commit_callbacks(execute=True):
        close_edition(edition, actor=None, now=edition.doors_close_at)

    exhibit(edition)

    assert whole(edition) == {"applications": 1, "exhibitors": 1}
    assert report_of(edition).frozen_at is not None


def test_freezing_twice_keeps_the_first_figures_and_the_clock_finds_what_was_missed(edition):
    edition.state = EditionState.CLOSED
    edition.save()

    assert (freeze_what_closed(), freeze_what_closed()) == (1, 0)
    exhibit(edition)
    assert freeze_report(edition) == FrozenReport.objects.get()
    assert whole(edition) == {}


def test_spreadsheet_has_the_columns_of_the_screen_and_reads_from_the_right_in_arabic(client, edition):
    seller = exhibit(edition)
    seller.region.name_en = seller.region.name_ar = "=1+1"
    seller.region.save()
    client.force_login(who_runs(edition))

    for language, right_to_left in (("en", False), ("ar", True)):
        address = reverse("fairs:report_xlsx", args=[edition.slug]).replace("/en/", f"/{language}/")
        book = load_workbook(BytesIO(client.get(address).content))
        sheet = book.worksheets[1]
        assert bool(sheet.sheet_view.rightToLeft) is right_to_left
        assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    shown = tables_of(edition, report_of(edition))[1]
    sheet = load_workbook(
        BytesIO(client.get(reverse("fairs:report_xlsx", args=[edition.slug])).content)
    ).worksheets[1]
    assert tuple(cell.value for cell in sheet[1]) == shown.columns


def test_spreadsheet_holds_numbers_money_and_days_to_reckon_with(client, edition):
    seller, guest = exhibit(edition), buyer(edition)
    edition.starts_on = timezone.localdate() - timedelta(days=1)
    edition.save()
    sides = {"seller_side": seller.memberships.get(), "buyer_side": guest.organisation.memberships.get()}
    order = placed_order(**sides)
    client.force_login(who_runs(edition))

    book = load_workbook(BytesIO(client.get(reverse("fairs:report_xlsx", args=[edition.slug])).content))

    region, days = book.worksheets[1], book.worksheets[-1]
    counts, money = [region[f"{column}2"] for column in "BCD"], region["E2"]
    assert [(cell.value, cell.data_type) for cell in counts] == [(1, "n"), (1, "n"), (1, "n")]
    assert Decimal(str(money.value)) == order.total_incl_tax
    assert (money.data_type, money.number_format) == ("n", f"#,##0.00\xa0[${order.currency}]")
    first, last = edition.starts_on, edition.ends_on
    assert [(days[f"{column}2"].value.date(), days[f"{column}2"].is_date) for column in "BC"] == [
        (first, True),
        (last, True),
    ]
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"B2"}


def test_money_has_a_column_for_each_currency_and_is_never_added_across_them(edition):
    exhibit(edition)
    figures = report_of(edition).tables
    figures["whole"][0]["ordered"] = {"EUR": "120.50", "MAD": "900.00"}
    figures["region"][0]["ordered"] = {"MAD": "900.00"}
    FrozenReport.objects.create(edition=edition, figures=figures)

    region = tables_of(edition, report_of(edition))[1]

    assert region.columns[-2:] == ("Ordered for, in EUR", "Ordered for, in MAD")
    assert region.rows[0][-2:] == ("", Amount(Decimal("900.00"), "MAD"))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_paper_is_drawn_in_every_language(client, edition, language):
    exhibit(edition)
    client.force_login(who_runs(edition))
    address = reverse("fairs:report_pdf", args=[edition.slug]).replace("/en/", f"/{language}/")

    answer = client.get(address)

    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(answer.content)).pages) >= 1


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_same_number_of_questions(client, edition, rows, django_assert_num_queries):
    for _number in range(rows):
        exhibit(edition)
        buyer(edition)
    client.force_login(who_runs(edition))
    client.get(reverse("fairs:report", args=[edition.slug]))

    with django_assert_num_queries(17):
        client.get(reverse("fairs:report", args=[edition.slug]))
