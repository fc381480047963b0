"""What the page says of cells that cannot be taken."""

import pytest

from catalogue.models import Product
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import desk, page, try_out
from tests.factories.catalogue import ProductFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_refused_cell_is_named_by_the_senders_own_header_and_by_ours(desk):
    headers = ["Réf", "Désignation", "Unité", "Mini", "Tarif 1", "À partir de 2", "Tarif 2", "Saison"]
    row = ["S-1", "Safran", "g", "500", "trois", "mille", "3,10", "octobre, Brumaire"]
    tried = try_out(
        desk, text([headers, row]), column_3="quantity:1", column_4="price:EUR:1", column_6="price:EUR:2"
    )

    page_shown = desk.get(page("check", tried.pk))

    told = [(header, str(name)) for _row, header, name, *_why in page_shown.context["problems"]]
    assert told == [
        ("Tarif 1", "Step 1: price in EUR"),
        ("À partir de 2", "Step 2: from this quantity"),
        ("Saison", "Months of harvest or making"),
    ]


@pytest.mark.parametrize("typed", ["s-1", "\u0405-1", "\uff33-1"])
def test_code_that_reads_like_a_known_one_is_asked_about_and_brings_no_second_product(desk, typed):
    headers, row = ["Réf", "Désignation", "Unité"], ["Safran", "g"]
    desk.post(page("write", try_out(desk, text([headers, ["S-1", *row]])).pk))
    codes = list(Product.objects.values_list("seller_code", flat=True))

    tried = try_out(desk, text([headers, [typed, *row], ["S-2", *row]]))
    desk.post(page("write", tried.pk))

    ((number, *_names, value, reason),) = desk.get(page("check", tried.pk)).context["problems"]
    assert (number, value, "S-1" in reason) == (2, typed, True)
    assert list(Product.objects.values_list("seller_code", flat=True)) == codes == ["S-1"]


def test_codes_of_one_list_that_read_alike_are_asked_about(desk):
    row = ["Safran", "g"]
    tried = try_out(desk, text([["Réf", "Désignation", "Unité"], ["A-1", *row], ["a-1", *row]]))

    ((number, *_rest),) = desk.get(page("check", tried.pk)).context["problems"]

    assert number == 3


def test_products_whose_codes_read_alike_already_are_known_by_their_own(desk, seller):
    other = "\N{CYRILLIC CAPITAL LETTER DZE}-1"
    for code in ("S-1", other):
        ProductFactory(organisation=seller.organisation, seller_code=code)
    row = ["Safran", "g"]
    tried = try_out(desk, text([["Réf", "Désignation", "Unité"], [other, *row], ["S-1", *row]]))

    assert (tried.problems, tried.counts["new"]) == ([], 0)


def test_months_that_are_accepted_are_named_in_their_order(desk):
    tried = try_out(
        desk, text([["Réf", "Désignation", "Récolte"], ["S-1", "Safran", "Brumaire, mars, Nivôse"]])
    )

    ((*_cell, reason),) = desk.get(page("check", tried.pk)).context["problems"]

    assert reason.startswith("“Brumaire, Nivôse” is not known here. Write one of: January, February, March,")
