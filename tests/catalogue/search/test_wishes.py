"""A list that is asked for a quantity says what there is of it, and what it costs."""

from decimal import Decimal

import pytest

from catalogue.search import indexing
from catalogue.wishes import larger
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        (1000, "g", (1, "kg")),
        (1500, "g", (1500, "g")),
        (500, "g", (500, "g")),
        (2000, "kg", (2000, "kg")),
        (0, "g", (0, "g")),
    ],
)
def test_grams_are_kilograms_where_they_are_whole(quantity, unit, said):
    assert larger(Decimal(quantity), unit) == said


def test_cards_say_what_is_in_stock_of_the_quantity_and_its_price(searching, client):
    searching("embedded")
    ProductFactory(lots=[("2026", "14000")])
    ProductFactory(lots=[])
    indexing.rebuild()

    pages = [client.get("/en/products/", {"q": f"saffron {asked}"}) for asked in ("3 kg", "50 kg")]
    few, many = (" ".join(page.content.decode().split()).replace("\xa0", " ") for page in pages)

    assert few.count("€3.10</bdi> <small>for") == many.count("€2.90</bdi> <small>for") == 2
    assert few.count("at <bdi>3 kg</bdi>") == many.count("at <bdi>50 kg</bdi>") == 2
    assert few.count("<bdi>14 kg</bdi> in stock<") == 1
    assert many.count("<bdi>14 kg</bdi> in stock of <bdi>50 kg</bdi> asked; more on request") == 1


def test_quantity_costs_one_question_whatever_is_found(searching, client, django_assert_num_queries):
    searching("embedded")
    ProductFactory.create_batch(3)
    indexing.rebuild()
    client.get("/en/products/", {"q": "saffron 3 kg"})

    with django_assert_num_queries(5):
        client.get("/en/products/", {"q": "saffron 3 kg"})
