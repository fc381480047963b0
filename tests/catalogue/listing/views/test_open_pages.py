"""A page that a colleague had open takes back nothing that was changed since."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue.models import Certificate, Lot, Packaging, PriceTier, Product, ProductText
from moussem.core.models import LogEntry
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.pdfs import a_pdf
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(name, *args):
    return reverse(f"listing:{name}", args=args)


def part(product, name):
    """The page of this part of the product, and the rows it writes."""
    lot = product.lots.get()
    return {
        "text": (page("text", product.pk, "fr"), ProductText.objects.filter(product=product, language="fr")),
        "details": (page("details", product.pk), Product.objects.filter(pk=product.pk)),
        "terms": (page("terms", product.pk), Product.objects.filter(pk=product.pk)),
        "ladder": (
            page("ladder", product.pk, "EUR"),
            PriceTier.objects.filter(product=product, currency="EUR", min_quantity=10_000),
        ),
        "packaging": (
            page("packaging", product.pk),
            Packaging.objects.filter(product=product, level="carton"),
        ),
        "lot": (page("lot", product.pk, lot.pk), Lot.objects.filter(pk=lot.pk)),
    }[name]


# What this person types, the field that a colleague changes meanwhile, and what they make of it.
CHANGES = [
    ("text", {"title": "Safran pur"}, "description", "D’un collègue"),
    ("details", {"lead_time_days": "9"}, "order_multiple", Decimal(50)),
    ("details", {"lead_time_days": "9"}, "harvest_months", [3, 10]),
    ("terms", {"lead_time_days": "9"}, "national_code", "0910200000"),
    ("ladder", {"price_0": "3,25"}, "unit_price", Decimal("2.5")),
    ("packaging", {"unit_gross_weight_kg": "0,071"}, "gross_weight_kg", Decimal("9.5")),
    ("lot", {"laboratory": "Labo"}, "quantity", Decimal(9000)),
    ("lot", {"laboratory": "Labo"}, "lab", {"crocin": "201"}),
]


def notes(answer):
    """What the page says of each field that stands otherwise: what stands now, and what was shown."""
    return {name: (told.now, told.shown) for name, told in answer.context["form"].otherwise.items()}


@pytest.mark.parametrize(("name", "typed", "field", "now"), CHANGES)
def test_page_opened_before_a_colleagues_change_comes_back_once(desk, product, name, typed, field, now):
    address, rows = part(product, name)
    form = as_shown(desk.get(address), typed)
    rows.update(**{field: now})
    before = LogEntry.objects.count()

    back = desk.post(address, form)

    kept = rows.values_list(field, flat=True).get()
    assert (back.status_code, kept, LogEntry.objects.count()) == (200, now, before)
    ((told, values),) = notes(back).items()
    again = as_shown(back)
    assert {one: again[one] for one in typed} == {one: [value] for one, value in typed.items()}
    assert (values[0], again[told]) != (values[1], form[told])

    assert desk.post(address, again).status_code == 302
    assert (rows.values_list(field, flat=True).get(), LogEntry.objects.count()) == (now, before + 1)


BOTH = [
    ("text", {"title": "Safran à moi"}, "title", "Safran d’un autre", "title"),
    ("details", {"lead_time_days": "9"}, "lead_time_days", 30, "lead_time_days"),
    ("ladder", {"price_2": "2,4"}, "unit_price", Decimal("2.5"), "price_2"),
    (
        "packaging",
        {"carton_gross_weight_kg": "8"},
        "gross_weight_kg",
        Decimal("9.5"),
        "carton_gross_weight_kg",
    ),
    ("lot", {"quantity": "8000"}, "quantity", Decimal(9000), "quantity"),
]


@pytest.mark.parametrize(("name", "typed", "field", "now", "told"), BOTH)
def test_what_both_changed_is_told_and_taken_when_sent_again(desk, product, name, typed, field, now, told):
    address, rows = part(product, name)
    form = as_shown(desk.get(address), typed)
    rows.update(**{field: now})

    refused = desk.post(address, form)
    kept = rows.values_list(field, flat=True).get()

    assert ([*notes(refused)], kept) == ([told], now)
    assert as_shown(refused)[told] == [typed[told]]
    assert desk.post(address, as_shown(refused)).status_code == 302
    assert rows.values_list(field, flat=True).get() != now


@pytest.fixture
def certificate(seller, product):
    return CertificateFactory(organisation=seller.organisation, products=[product])


def test_tick_of_a_colleague_stands_on_the_page_that_comes_back(desk, seller, product, certificate):
    address, other = page("certificate", certificate.pk), ProductFactory(organisation=seller.organisation)
    form = as_shown(desk.get(address), lots=[product.lots.get().pk])
    certificate.products.add(other)

    back = desk.post(address, form)

    assert notes(back) == {"products": (f"{other.label}, {product.label}", product.label)}
    assert desk.post(address, as_shown(back)).status_code == 302
    assert {*Certificate.objects.get().products.all()} == {product, other}
    assert [*certificate.lots.all()] == [product.lots.get()]


def test_tick_of_a_colleague_has_its_box_in_a_long_list(desk, seller, product, certificate):
    address = page("certificate", certificate.pk)
    first, *others = [ProductFactory(organisation=seller.organisation) for _ in range(33)]
    form = as_shown(desk.get(address), products=[product.pk, others[-1].pk])
    certificate.products.add(first)

    back = desk.post(address, form)

    boxes = {str(key) for key, _label in back.context["form"].fields["products"].widget.choices}
    assert {str(one.pk) for one in (product, first, others[-1])} <= boxes
    assert as_shown(back)["products"] == [str(others[-1].pk), str(product.pk)]
    both = as_shown(back, products=[product.pk, first.pk])
    assert desk.post(address, both).status_code == 302
    assert {*certificate.products.all()} == {product, first}


def test_search_in_the_lists_keeps_what_was_shown_at_first(desk, seller, product, certificate):
    address, other = page("certificate", certificate.pk), ProductFactory(organisation=seller.organisation)
    found = send(desk, address, products=[other.pk], lots=[product.lots.get().pk], find="products")

    assert desk.post(address, as_shown(found)).status_code == 302

    assert ([*certificate.products.all()], [*certificate.lots.all()]) == ([other], [product.lots.get()])


def prices(product):
    return [tier.unit_price for tier in product.tiers.filter(currency="EUR").order_by("min_quantity")]


def test_own_change_can_be_undone_from_the_page_that_was_left_open(desk, product):
    address, _rows = part(product, "ladder")
    opened = as_shown(desk.get(address))
    desk.post(address, {**opened, "price_0": "3,41"})
    changed = prices(product)

    back = desk.post(address, opened)

    assert (changed[0], prices(product)) == (Decimal("3.41"), changed)
    assert notes(back) == {"price_0": ("3.41", opened["price_0"][0])}
    assert desk.post(address, as_shown(back, price_0=opened["price_0"])).status_code == 302
    assert prices(product)[0] == Decimal(opened["price_0"][0])


def test_step_is_never_made_of_one_persons_quantity_and_anothers_price(desk, product):
    address, rows = part(product, "ladder")
    form = as_shown(desk.get(address), price_2="2.35")
    rows.update(min_quantity=9000)
    before = [*product.tiers.values_list("min_quantity", "unit_price")]

    back = desk.post(address, form)

    assert [*product.tiers.values_list("min_quantity", "unit_price")] == before
    assert as_shown(back)["price_2"] == ["2.35"]
    assert [*notes(back)] == ["quantity_2"]


def test_step_that_a_colleague_took_away_is_told_with_all_that_is_to_mend(desk, product):
    address, rows = part(product, "ladder")
    form = as_shown(desk.get(address), price_2="2.35")
    rows.delete()

    back = desk.post(address, form)

    assert notes(back)["quantity_2"] == ("empty", form["quantity_2"][0])
    assert [*back.context["form"].errors] == ["quantity_2"]
    assert desk.post(address, as_shown(back, quantity_2=form["quantity_2"])).status_code == 302
    assert rows.get().unit_price == Decimal("2.35")


def test_yes_said_of_what_stood_before_is_asked_again(desk, product):
    address, rows = part(product, "ladder")
    form = as_shown(desk.get(address), price_0="9.10", jump_is_meant="on", rise_is_meant="on")
    rows.update(unit_price=Decimal("2.5"))

    back = desk.post(address, form)

    assert {as_shown(back)[name][0] for name in ("jump_is_meant", "rise_is_meant")} == {""}


def test_page_that_comes_back_says_why_once_and_praises_nothing(desk, product):
    address, rows = part(product, "ladder")
    form = as_shown(desk.get(address), price_0="3.25")
    rows.update(unit_price=Decimal("2.5"))

    said = desk.post(address, form).content.decode()

    told = "Now: <bdi>2.50</bdi> – when you opened the page: <bdi>2.90</bdi>"
    counts = [said.count(one) for one in ("opened before the last change", "Nothing is saved yet", told)]
    assert (counts, "What you typed has been kept" in said) == ([1, 1, 1], False)


def test_form_sent_twice_is_saved_once_and_refused_never(desk, product):
    address, _rows = part(product, "ladder")
    form = as_shown(desk.get(address), price_0="3.41")

    answers = [desk.post(address, form).status_code for _ in range(2)]

    assert (answers, LogEntry.objects.filter(verb="price.changed").count()) == ([302, 302], 1)


def test_step_emptied_on_the_page_before_the_last_save_is_asked_about_and_then_emptied(desk, product):
    address = page("terms", product.pk)
    emptied = {"ladder-quantity_2": "", "ladder-price_2": ""}
    opened = as_shown(desk.get(address))
    desk.post(address, {**opened, "ladder-price_2": "2,11"})

    back = desk.post(address, {**opened, **emptied})

    assert [*back.context["ladder"].otherwise] == ["price_2"]
    assert as_shown(back)["ladder-price_2"] == [""]
    assert prices(product)[2] == Decimal("2.11")
    assert desk.post(address, as_shown(back)).status_code == 302
    assert len(prices(product)) == 2


@pytest.mark.parametrize("bad", ["abc", "9" * 30, "2026-99-99", "None", "<b>x</b>"])
@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, typed, *_rest in BOTH])
def test_made_up_word_for_what_was_shown_brings_the_page_back_and_no_more(desk, product, name, typed, bad):
    address, _rows = part(product, name)
    form = as_shown(desk.get(address), typed)
    made_up = {one: bad if one.startswith("initial-") else value for one, value in form.items()}

    back = desk.post(address, made_up)

    assert (back.status_code, "<b>x" in back.content.decode()) == (200, False)
    assert desk.post(address, as_shown(back)).status_code == 302


@pytest.mark.parametrize("name", ["packaging", "lot"])
def test_page_of_three_decimals_is_saved_as_it_was_shown(desk, product, name):
    product.packagings.filter(level="unit").update(gross_weight_kg="7.125", holds="1.375")
    product.lots.update(quantity="812.125", lab={"crocin": "238.125"})
    address, _rows = part(product, name)

    assert desk.post(address, as_shown(desk.get(address))).status_code == 302

    pack, lot = product.packagings.get(level="unit"), product.lots.get()
    assert (pack.gross_weight_kg, pack.holds) == (Decimal("7.125"), Decimal("1.375"))
    assert (lot.quantity, Decimal(lot.lab["crocin"])) == (Decimal("812.125"), Decimal("238.125"))


@pytest.mark.parametrize(("name", "field"), [("lot", "report"), ("certificate", "evidence")])
def test_paper_that_a_colleague_brought_is_not_replaced_unseen(
    desk, product, certificate, paper, name, field, settings, tmp_path
):
    settings.MEDIA_ROOT = settings.PRIVATE_MEDIA_ROOT = tmp_path
    row = product.lots.get() if name == "lot" else certificate
    address = page(name, *([product.pk] if name == "lot" else []), row.pk)
    form = as_shown(desk.get(address))
    mine = SimpleUploadedFile("mine.pdf", a_pdf(words=b"mine"))
    desk.post(address, {**form, field: paper()})
    row.refresh_from_db()
    theirs = getattr(row, field).name

    back = desk.post(address, {**form, field: mine})

    row.refresh_from_db()
    assert (getattr(row, field).name, [*back.context["form"].otherwise]) == (theirs, ["paper_now"])
    assert "Another paper was brought" in back.content.decode()
    mine.seek(0)
    assert desk.post(address, {**as_shown(back), field: mine}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field).name != theirs


def test_same_paper_sent_twice_is_refused_never(desk, product, paper):
    address, _rows = part(product, "lot")
    form = as_shown(desk.get(address))

    answers = [desk.post(address, {**form, "report": paper()}).status_code for _ in range(2)]

    assert answers == [302, 302]
