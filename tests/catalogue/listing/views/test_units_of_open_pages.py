"""A page that was opened while the product counted in another unit writes no figure in the new one."""

from datetime import date

import pytest
from django.urls import reverse

from catalogue.models import PriceTier, Product
from moussem.core.models import LogEntry
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOT = {"code": "SAF-7", "harvest_year": str(date.today().year), "quantity": "12"}


@pytest.fixture
def draft(seller):
    """A draft that nobody has given prices or lots: its unit can still be chosen."""
    few = {"unit": "kg", "order_multiple": 5}
    draft = ProductFactory(organisation=seller.organisation, listed=False, ladder=[], lots=[], **few)
    return draft


def page(name, *args):
    return reverse(f"listing:{name}", args=args)


def kept(draft):
    """What is written of the draft that counts in its unit."""
    return [
        [*draft.tiers.values_list("min_quantity", "unit_price")],
        [*draft.lots.values_list("code", "quantity")],
        [*draft.packagings.values_list("level", "holds")],
        LogEntry.objects.count(),
    ]


COUNTING = [
    ("ladder", ["EUR"], {"quantity_0": "5", "price_0": "2900"}),
    ("packaging", [], {"unit_holds": "1", "unit_gross_weight_kg": "1,2"}),
    ("add_lot", [], LOT),
    ("proofs", [], LOT),
    ("terms", [], {"ladder-quantity_0": "5", "ladder-price_0": "2900"}),
]


@pytest.mark.parametrize(("name", "more", "typed"), COUNTING)
def test_page_that_counted_in_kilograms_comes_back_in_grams_and_then_writes(desk, draft, name, more, typed):
    address = page(name, draft.pk, *more)
    form = as_shown(desk.get(address), typed)
    Product.objects.filter(pk=draft.pk).update(unit="g")
    before = kept(draft)

    back = desk.post(address, form)

    note = "Counted in <bdi>g</bdi> now; in <bdi>kg</bdi> when you opened the page."
    assert (back.status_code, kept(draft), back.content.decode().count(note)) == (200, before, 1)
    again = as_shown(back)
    assert {one: again[one] for one in typed} == {one: [value] for one, value in typed.items()}
    assert desk.post(address, again).status_code == 302
    assert kept(draft) != before


@pytest.mark.parametrize("name", ["details", "terms"])
def test_unit_that_became_fixed_says_that_the_chosen_one_is_not_taken(desk, draft, name):
    address = page(name, draft.pk)
    form = as_shown(desk.get(address), unit="g", lead_time_days="9")
    LotFactory(product=draft)

    back = desk.post(address, form)

    told = back.context["form"].otherwise["unit"]
    assert (told.now, told.shown) == ("kg", "g")
    assert "Fixed meanwhile: <bdi>kg</bdi> – you chose <bdi>g</bdi>" in back.content.decode()
    assert Product.objects.get(pk=draft.pk).lead_time_days == draft.lead_time_days
    assert desk.post(page("details", draft.pk), as_shown(back)).status_code == 302
    assert Product.objects.values_list("unit", "lead_time_days").get(pk=draft.pk) == ("kg", 9)


def test_unit_that_was_fixed_and_is_another_one_now_is_told(desk, draft):
    lot, address = LotFactory(product=draft), page("details", draft.pk)
    form = as_shown(desk.get(address), order_multiple="3")
    lot.delete()
    Product.objects.filter(pk=draft.pk).update(unit="g")

    back = desk.post(address, form)

    told = back.context["form"].otherwise["unit"]
    assert ((told.now, told.shown), as_shown(back)["unit"]) == (("g", "kg"), ["g"])
    assert desk.post(address, as_shown(back)).status_code == 302
    assert Product.objects.get(pk=draft.pk).unit == "g"


def test_unit_chosen_above_a_ladder_that_spoke_of_another_is_shown_before_its_prices_are_written(desk, draft):
    draft.packagings.all().delete()
    Product.objects.update(capacity_per_year=None, sample_quantity=None, order_multiple=1)
    address = page("terms", draft.pk)
    typed = {"unit": "g", "ladder-quantity_0": "5", "ladder-price_0": "2900"}
    before = kept(draft)

    back = desk.post(address, as_shown(desk.get(address), typed))

    said = back.content.decode()
    assert (kept(draft), "price of one kg" in said, "price of one g" in said) == (before, False, True)
    (told,) = back.context["ladder"].non_field_errors()
    assert told.startswith("You chose g: the prices below are now for one g. Nothing is saved yet")
    assert ("opened before the last change" in said, "when you opened the page" in said) == (False, False)
    assert desk.post(address, as_shown(back)).status_code == 302
    assert Product.objects.values_list("unit", "tiers__unit_price").get(pk=draft.pk) == ("g", 2900)


def test_unit_that_one_turns_back_to_is_told_too(desk, counted):
    address = page("terms", counted.pk)
    typed = {"ladder-quantity_0": "5", "ladder-price_0": "2900"}

    back = desk.post(address, as_shown(desk.get(address), {**typed, "unit": "g"}))
    again = desk.post(address, as_shown(back, unit="kg"))

    assert "the prices below are now for one kg" in again.context["ladder"].non_field_errors()[0]
    assert desk.post(address, as_shown(again)).status_code == 302
    assert Product.objects.values_list("unit", "tiers__unit_price").get(pk=counted.pk) == ("kg", 2900)


@pytest.mark.parametrize("name", ["details", "terms"])
def test_unit_is_asked_about_once_where_the_packaging_counts_in_the_old_one(desk, draft, name):
    address, prices = page(name, draft.pk), {"ladder-quantity_0": "5", "ladder-price_0": "9"}
    typed = {"unit": "g", **(prices if name == "terms" else {})}

    asked = desk.post(address, as_shown(desk.get(address), typed))

    assert Product.objects.get(pk=draft.pk).unit == "kg"
    assert "one unit holds 100\xa0kg" in asked.context["form"].errors["unit"][0]
    assert asked.content.decode().count('type="checkbox" name="unit_is_meant"') == 1
    assert desk.post(address, as_shown(asked, unit_is_meant="on")).status_code == 302
    assert Product.objects.get(pk=draft.pk).unit == "g"


@pytest.fixture
def counted(draft):
    """A draft whose unit can still be chosen, with figures that count in it and no packaging."""
    draft.packagings.all().delete()
    draft.capacity_per_year, draft.order_multiple, draft.sample_quantity = 2000, 5, 1
    draft.save()
    return draft


def figures(draft):
    return Product.objects.values_list("unit", "capacity_per_year", "order_multiple", "sample_quantity").get(
        pk=draft.pk
    )


def test_unit_carries_no_figure_along_before_that_is_said_to_be_meant(desk, counted):
    address = page("details", counted.pk)

    asked = desk.post(address, as_shown(desk.get(address), unit="g"))

    (question,) = asked.context["form"].errors["unit"]
    for told in ("multiples of: 5\xa0kg", "in a year: 2,000\xa0kg", "of a sample: 1\xa0kg"):
        assert told in question
    assert figures(counted) == ("kg", 2000, 5, 1)
    assert "Yes, another unit; these numbers are right in it" in asked.content.decode()
    assert desk.post(address, as_shown(asked, unit_is_meant="on")).status_code == 302
    assert figures(counted) == ("g", 2000, 5, 1)


def test_figures_that_are_written_anew_with_the_unit_are_asked_about_no_more(desk, counted):
    address, anew = page("details", counted.pk), {"capacity_per_year": "2000000", "sample_quantity": "1000"}

    asked = desk.post(address, as_shown(desk.get(address), {"unit": "g", **anew}))
    done = desk.post(address, as_shown(asked, order_multiple="5000"))

    (question,) = asked.context["form"].errors["unit"]
    assert ("multiples of" in question, "in a year" in question) == (True, False)
    assert (done.status_code, figures(counted)) == (302, ("g", 2_000_000, 5000, 1000))


def test_multiple_that_a_price_does_not_keep_names_it_and_changes_nothing(desk, draft):
    Product.objects.update(moq=50)
    for begins, price in ((50, 150), (60, 140)):
        PriceTier.objects.create(product=draft, currency="MAD", min_quantity=begins, unit_price=price)
    address = page("details", draft.pk)
    before = kept(draft)

    back = desk.post(address, as_shown(desk.get(address), order_multiple="25"))

    assert "These do not: MAD from 60\xa0kg. Change them" in back.context["form"].errors["order_multiple"][0]
    assert (Product.objects.get(pk=draft.pk).order_multiple, kept(draft)) == (5, before)
