"""Prices that move far are confirmed as they were shown, never as they stand by then."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.imports.models import ProductList
from catalogue.imports.reasons import reason_in_words, strands
from catalogue.imports.states import ImportState
from catalogue.models import PriceTier, Product
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import desk, everything, page, try_out
from tests.factories.catalogue import ProductFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HEADERS = ["Réf", "Quantité minimale", "Prix EUR"]


def far_list(desk, price="33,00"):
    return try_out(desk, text([HEADERS, ["S-1", "500", price]]))


def ticked(desk, product_list):
    """What the box beside "these prices are right" is worth on the page as it is now."""
    shown = desk.get(page("check", product_list.pk)).content.decode()
    return shown.partition('name="jumps_are_meant" value="')[2].partition('"')[0]


def tick(desk, product_list, seen=None):
    seen = seen or ticked(desk, product_list)
    return desk.post(page("write", product_list.pk), {"jumps_are_meant": seen})


def test_price_of_a_listed_product_that_moves_far_is_asked_about(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1")
    before = everything()
    far = try_out(desk, text([["Réf", "Quantité minimale", "Prix EUR"], ["S-1", "500", "33,00"]]))
    assert far.jumps == [[2, "S-1", "EUR", "500.000", "3.3000", "33.0000"]]
    shown = desk.get(page("check", far.pk)).content.decode()

    desk.post(page("write", far.pk))
    refused = everything()
    tick(desk, far)

    assert ("Prices and minimum orders that move by more than half" in shown, refused) == (True, before)
    first = PriceTier.objects.filter(product=product, currency="EUR").order_by("min_quantity").first()
    assert first.unit_price == Decimal(33)


def test_minimum_order_that_moves_far_is_asked_about(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1", order_multiple="0.001")
    far = try_out(desk, text([HEADERS[:2], ["S-1", "0,0010"]]))
    assert far.jumps == [[2, "S-1", "", "", "500.000", "0.001"]]

    desk.post(page("write", far.pk))
    refused = Product.objects.get(pk=product.pk).moq
    tick(desk, far)

    assert (refused, Product.objects.get(pk=product.pk).moq) == (500, Decimal("0.001"))


def test_minimum_order_that_is_no_multiple_is_a_problem(desk, seller):
    ProductFactory(organisation=seller.organisation, seller_code="S-1", moq=10, order_multiple=5)

    found = try_out(desk, text([HEADERS[:2], ["S-1", "7"]])).problems

    assert found == [[2, "quantity:1", "7", "multiple"]]


def test_later_price_that_begins_at_no_multiple_is_a_problem(desk, seller):
    ProductFactory(organisation=seller.organisation, seller_code="S-1", moq=10, order_multiple=5)
    headers = ["Réf", "Quantité minimale", "Prix EUR", "À partir de 2", "Prix EUR 2"]

    found = try_out(desk, text([headers, ["S-1", "10", "3", "12", "2,9"]])).problems

    assert found == [[2, "quantity:2", "12", "multiple_step:g:EUR=12"]]


@pytest.mark.parametrize(
    ("multiple", "found"),
    [
        ("25", [[2, "order_multiple", "25", "multiple_step:g:MAD=60"]]),
        ("10", []),
        # The minimum is no multiple either: the cell is named once.
        ("40", [[2, "order_multiple", "40", "multiple"]]),
    ],
)
def test_multiple_that_strands_a_price_that_is_kept_is_a_problem(desk, seller, multiple, found):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1", moq=50, order_multiple=5)
    product.tiers.all().delete()
    for begins, price in ((50, 150), (60, 140)):
        PriceTier.objects.create(product=product, currency="MAD", min_quantity=begins, unit_price=price)

    assert try_out(desk, text([["Ref", "Multiple"], ["S-1", multiple]])).problems == found


def test_refused_multiple_names_the_price_that_stops_it():
    said = reason_in_words(strands("kg", [("EUR", Decimal("25.000")), ("USD", Decimal(30))]), "7", ())

    assert "These do not: EUR from 25\xa0kg, USD from 30\xa0kg." in said


@pytest.mark.parametrize("reason", [strands("g", []), "multiple_step:g"])
def test_refused_multiple_names_nothing_where_no_price_is_written_beside_it(reason):
    said = reason_in_words(reason, "12", ())

    assert said == "A price must begin at a whole number of the multiples that one orders in."


def test_price_that_began_to_move_far_since_the_check_is_asked_about_and_not_written(desk, seller):
    ProductFactory(organisation=seller.organisation, seller_code="S-1", is_public=False)
    kept = try_out(desk, text([["Réf", "Quantité minimale", "Prix EUR"], ["S-1", "500", "33,00"]]))
    Product.objects.update(is_public=True)
    before = everything()

    desk.post(page("write", kept.pk))

    kept.refresh_from_db()
    assert (kept.state, kept.counts["jumps"], everything()) == (ImportState.CHECKED, 1, before)


def test_list_that_was_tried_out_instead_of_imported_says_so_until_it_is_tried_out_again(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1")
    kept = try_out(desk, text([HEADERS, ["S-1", "500", "3,40"]]))
    sentence = "The list was not imported"
    told = [sentence in desk.get(page("check", kept.pk)).content.decode()]
    PriceTier.objects.filter(product=product, currency="EUR").update(unit_price=Decimal("3.50"))

    for step in ("write", "again"):
        desk.post(page(step, kept.pk))
        told.append(sentence in desk.get(page("check", kept.pk)).content.decode())

    assert told == [False, True, False]


def test_lists_to_correct_and_lists_in_order_are_told_apart(desk, seller):
    ProductFactory(organisation=seller.organisation, seller_code="S-1")
    for price in ("3,40", "much"):
        try_out(desk, text([HEADERS, ["S-1", "500", price]]))

    shown = desk.get(reverse("imports:index")).content.decode()

    assert [words in shown for words in ("tried out, 1 cell to correct", "tried out, ready to import")] == [
        True,
        True,
    ]


def test_price_of_a_draft_moves_without_a_question(desk, seller):
    ProductFactory(organisation=seller.organisation, seller_code="S-1", is_public=False)

    kept = try_out(desk, text([["Réf", "Quantité minimale", "Prix EUR"], ["S-1", "500", "33,00"]]))

    assert (kept.jumps, kept.counts["jumps"]) == ([], 0)


def test_tick_for_one_trial_confirms_no_other(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1")
    far = far_list(desk)
    seen, before = ticked(desk, far), everything()
    PriceTier.objects.filter(product=product, currency="EUR").update(unit_price=Decimal("1.50"))
    desk.post(page("again", far.pk))
    changed = everything()

    tick(desk, far, seen)

    far = ProductList.objects.get(pk=far.pk)
    assert (far.state, far.jumps[0][4], everything()) == (ImportState.CHECKED, "1.5000", changed)
    assert before != changed
    tick(desk, far)
    assert ProductList.objects.get(pk=far.pk).state == ImportState.IMPORTED


@pytest.mark.parametrize("worth", ["on", "", "another"])
def test_tick_that_names_no_trial_or_that_of_another_list_confirms_nothing(desk, seller, worth):
    ProductFactory(organisation=seller.organisation, seller_code="S-1")
    other, far = far_list(desk, "44,00"), far_list(desk)
    before = everything()

    desk.post(
        page("write", far.pk), {"jumps_are_meant": ticked(desk, other) if worth == "another" else worth}
    )

    assert (ProductList.objects.get(pk=far.pk).state, everything()) == (ImportState.CHECKED, before)


def test_far_price_that_comes_below_those_listed_since_the_check_is_asked_about(desk, seller):
    codes = [f"S-{number:03}" for number in range(102)]
    for code in codes:
        ProductFactory(organisation=seller.organisation, seller_code=code)
    Product.objects.filter(seller_code=codes[-1]).update(is_public=False)
    far = try_out(desk, text([HEADERS, *([code, "500", "33,00"] for code in codes)]))
    assert (len(far.jumps), far.counts["jumps"]) == (100, 101)
    Product.objects.update(is_public=True)
    before = everything()

    tick(desk, far)

    far.refresh_from_db()
    assert (far.state, far.counts["jumps"], everything()) == (ImportState.CHECKED, 102, before)
