"""What the page says of cells that cannot be taken."""

import pytest

from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import desk, page, try_out

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


def test_months_that_are_accepted_are_named_in_their_order(desk):
    tried = try_out(
        desk, text([["Réf", "Désignation", "Récolte"], ["S-1", "Safran", "Brumaire, mars, Nivôse"]])
    )

    ((*_cell, reason),) = desk.get(page("check", tried.pk)).context["problems"]

    assert reason.startswith("“Brumaire, Nivôse” is not known here. Write one of: January, February, March,")
