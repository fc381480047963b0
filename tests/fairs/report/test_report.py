"""The report of an edition: what it counts, how it freezes, and the same columns in every shape."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django.asserts import assertRedirects

from fairs.editions.actions import close_edition
from fairs.editions.states import EditionState, Mode
from fairs.models import Exhibitor, FrozenReport, ReportPaper
from fairs.report import queries
from fairs.report.actions import ask_for_paper, freeze_report, freeze_results, freeze_what_closed
from fairs.report.queries import report_of, results_until
from fairs.report.tables import Amount, steps_of, tables_of
from moussem.core.errors import NotYours
from tests.factories.fairs import ApplicationFactory, EditionFactory, who_runs
from tests.factories.guests import buyer, visitor
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory
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


def test_report_that_was_frozen_before_meetings_were_counted_says_nothing_of_them(edition):
    exhibit(edition)
    facts = queries.facts_of(edition)
    del facts["met"]
    FrozenReport.objects.create(edition=edition, facts=facts)

    report = report_of(edition)

    assert [step.count for step in steps_of(report)] == [1, 1, 0, 0, 0, 0]
    assert tables_of(edition, report)[1].measures == ("applications", "exhibitors")


def test_markets_of_the_same_count_stand_by_their_names(edition):
    for country in ("CH", "DE", "AE"):
        house = OrganisationFactory(buyer=True, country=CountryFactory(code=country))
        buyer(edition, MembershipFactory(organisation=house))

    for language, names in (
        ("en", ["Germany", "Switzerland", "United Arab Emirates"]),
        ("fr", ["Allemagne", "Émirats arabes unis", "Suisse"]),
    ):
        with override(language):
            (market,) = [one for one in tables_of(edition, report_of(edition)) if one.name == "market"]
        assert [row[0] for row in market.rows] == names


def test_fair_on_a_screen_counts_no_door():
    edition = EditionFactory(announced=True, mode=Mode.DIGITAL)
    visitor(edition)

    report = report_of(edition)

    assert ("entered" in report.whole, report.whole["enquiries"]) == (False, 0)
    assert [step.name for step in steps_of(report)][2:] == [
        "Visitors and buyers",
        "Buyers",
        "Questions",
        "Meetings agreed",
        "Orders",
    ]


def test_steps_say_their_share_of_what_they_come_from(edition):
    exhibit(edition)
    ApplicationFactory(edition=edition, sent=True)
    buyer(edition)
    visitor(edition)

    steps = {step.name: (step.count, step.share) for step in steps_of(report_of(edition)) if step.share}

    assert steps == {
        "Exhibitors": (1, "50% of the applications"),
        "Buyers": (1, "50% of visitors and buyers"),
        "Entered": (0, "0% of visitors and buyers"),
    }


def test_exhibitors_without_a_call_have_no_applications_that_could_be_counted(edition):
    exhibit(edition)
    edition.exhibitors.update(application=None)
    edition.applications.all().delete()

    report = report_of(edition)

    first, second = steps_of(report)[:2]
    assert (first.count, first.share, second.count, second.share) == (None, "not counted", 1, "")
    assert tables_of(edition, report)[0].measures == ("exhibitors",)


@pytest.mark.parametrize(("asked", "label"), [("guests", "Visitors and buyers"), ("buyers", "Buyers")])
def test_market_is_ranked_by_the_measure_that_was_chosen(client, edition, asked, label):
    visitor(edition)
    for _number in range(12):
        buyer(edition)
    client.force_login(who_runs(edition))

    answer = client.get(reverse("fairs:report", args=[edition.slug]), {"measure": asked})

    rankings = {table.name: ranking for table, ranking in answer.context["tables"]}
    assert rankings["market"].label == label
    counts = [row.count for row in rankings["market"].rows]
    assert (counts, sum(counts)) == (sorted(counts, reverse=True), 13 if asked == "guests" else 12)
    assert len(rankings["market"].first) + len(rankings["market"].others) == len(counts)


def ordered_on(seller, guest, *moments):
    """An order between the two at each of these moments."""
    for at in moments:
        order = placed_order(
            seller_side=seller.memberships.get(), buyer_side=guest.organisation.memberships.get()
        )
        type(order.purchase).objects.filter(pk=order.purchase_id).update(placed_at=at)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_orders_count_by_the_days_of_the_edition_whoever_looks(edition, zone):
    edition.time_zone = "America/Los_Angeles"
    edition.save()
    seller, guest = exhibit(edition), buyer(edition)
    there = ZoneInfo(edition.time_zone)
    first = datetime.combine(edition.starts_on, time(), tzinfo=there)
    end = datetime.combine(edition.ends_on + timedelta(days=31), time(), tzinfo=there)
    second = timedelta(seconds=1)
    ordered_on(seller, guest, first - second, first, end - second, end)

    with timezone.override(zone):
        assert report_of(edition).whole["orders"] == 2


def test_orders_move_after_the_close_until_the_clock_freezes_them_too(edition):
    seller, guest = exhibit(edition), buyer(edition)
    type(edition).objects.update(state=EditionState.CLOSED)
    freeze_report(edition)
    exhibit(edition)
    visit_after_the_close(edition)
    ordered_on(seller, guest, edition.doors_close_at)
    until = results_until(edition)

    assert (freeze_what_closed(until - timedelta(seconds=1)), whole(edition)["orders"]) == (0, 1)
    assert report_of(edition).results_frozen_at is None
    assert (freeze_what_closed(until), freeze_what_closed(until)) == (1, 0)
    ordered_on(seller, guest, edition.doors_close_at)
    counted = {name: whole(edition)[name] for name in ("applications", "exhibitors", "guests", "orders")}
    assert counted == {"applications": 1, "exhibitors": 1, "guests": 1, "orders": 1}
    assert FrozenReport.objects.get().facts == {}


def visit_after_the_close(edition):
    """A guest as if the edition took them still: what comes after the close is no figure."""
    type(edition).objects.update(state=EditionState.OPEN)
    visitor(edition)
    type(edition).objects.update(state=EditionState.CLOSED)


def test_page_says_which_figures_stand_and_which_move(client, edition):
    client.force_login(who_runs(edition))
    page = reverse("fairs:report", args=[edition.slug])
    said = [client.get(page).context["said"]]
    type(edition).objects.update(state=EditionState.CLOSED)
    frozen = freeze_report(edition)
    said.append(client.get(page).context["said"])
    freeze_results(frozen)
    said.append(client.get(page).context["said"])

    assert "move until the edition closes" in said[0]
    assert f"Orders count until the end of {date_format(edition.ends_on + timedelta(days=30))}" in said[1]
    assert "orders stand as they were on" in said[2]


@pytest.fixture
def large(monkeypatch):
    """Every edition is one whose files the queue draws."""
    monkeypatch.setattr(queries, "LARGE", 0)


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_file_of_a_large_edition_is_drawn_by_the_queue_and_taken_along(client, edition, large, kind):
    exhibit(edition)
    client.force_login(who_runs(edition))
    address, papers = (reverse(f"fairs:report_{n}", args=[edition.slug]) for n in (kind, "papers"))

    assertRedirects(client.get(address), papers)
    answer = client.post(reverse("fairs:ask_report_paper", args=[edition.slug]), {"kind": kind})

    assertRedirects(answer, papers)
    paper = ReportPaper.objects.get()
    assert (paper.kind, paper.done, paper.is_done, paper.stopped) == (kind, 4, True, False)
    file = client.get(reverse("fairs:report_paper", args=[edition.slug, paper.pk]))
    assert file["Content-Disposition"] == f'attachment; filename="{edition.slug}.{kind}"'
    assert b"".join(file.streaming_content)[:2] in (b"%P", b"PK")


def test_page_tells_how_far_a_file_is_and_a_second_press_asks_for_no_other(client, edition, large):
    organiser = who_runs(edition)
    asked = [ask_for_paper(edition, actor=organiser, kind="pdf", language="en") for _twice in range(2)]
    ReportPaper.objects.update(done=2)
    client.force_login(organiser)

    page = client.get(reverse("fairs:report_papers", args=[edition.slug])).content.decode()

    assert asked[0] == asked[1]
    assert "PDF: step 2 of 4" in page
    assert 'data-hx-trigger="every 2s"' in page


def test_file_of_a_report_is_the_organisers_alone(edition, refused):
    refused(NotYours, ask_for_paper, edition, actor=UserFactory(), kind="pdf", language="en")


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
    assert [(cell.value, cell.data_type) for cell in counts] == [(1, "n")] * 3
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
    FrozenReport.objects.create(edition=edition, figures=figures, results_frozen_at=timezone.now())

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

    with django_assert_num_queries(19):
        client.get(reverse("fairs:report", args=[edition.slug]))
