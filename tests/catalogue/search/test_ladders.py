"""A top price beside a quantity is compared with what that quantity costs, as the card shows it."""

import pytest
from django.urls import reverse

from catalogue.search import indexing
from catalogue.search.asked import Asked
from catalogue.search.results import how_many
from tests.factories.catalogue import ProductFactory

pytestmark = pytest.mark.integration
LIST = reverse("catalogue:index")
FALLING, STEADY = [("50", "3.40"), ("5000", "2.91")], [("50", "3.20")]


@pytest.fixture
def page_of(db, shelf, client):
    ProductFactory(title="Bouffegous dates", texts=False, unit="kg", moq=50, ladder=FALLING)
    ProductFactory(title="Aziza dates", texts=False, unit="kg", moq=50, ladder=STEADY)
    indexing.rebuild()
    return lambda typed: client.get(LIST, {"q": typed}).context


def titles(page):
    return sorted(product.title for product in page["products"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dates 5000 kg under 3 euro", ["Bouffegous dates"]),
        ("5 tonnes de dattes à moins de 3 €", ["Bouffegous dates"]),
        ("5000 kg Datteln unter 3 Euro", ["Bouffegous dates"]),
        ("5000 كغ تمر بأقل من 3 يورو", ["Bouffegous dates"]),
        ("dates 4999 kg under 3.30 euro", ["Aziza dates"]),
        ("dates 5000 kg over 3 euro", ["Aziza dates"]),
        ("dates under 3.30 euro", ["Aziza dates"]),
    ],
)
def test_the_price_of_the_quantity_is_compared(page_of, typed, found):
    page = page_of(typed)

    assert titles(page) == found
    assert page["relaxed"] == []
    assert how_many(Asked(typed), "EUR") == len(found)


def test_a_price_that_the_quantity_does_not_reach_is_given_up_and_told(page_of):
    page = page_of("dates 100 kg under 3 euro")

    assert titles(page) == ["Aziza dates", "Bouffegous dates"]
    assert page["relaxed"] == ["up to €3.00"]


def test_where_nobody_sells_so_little_the_smallest_order_is_compared(page_of):
    page = page_of("dates 1 kg under 3.30 euro")

    assert titles(page) == ["Aziza dates"]


@pytest.mark.parametrize(
    ("typed", "found", "relaxed"),
    [
        ("dates 5000 kg under 3 euro", ["Bouffegous dates"], ["5,000 kg"]),
        ("dates 4999 kg under 3.30 euro", ["Aziza dates"], ["4,999 kg"]),
        ("dates under 3.30 euro", ["Aziza dates"], []),
        ("dates 100 kg under 3 euro", ["Aziza dates", "Bouffegous dates"], ["100 kg", "up to €3.00"]),
    ],
)
def test_without_an_engine_the_database_compares_it_too(db, searching, client, typed, found, relaxed):
    for title, ladder in (("Bouffegous dates", FALLING), ("Aziza dates", STEADY)):
        ProductFactory(title=title, texts=False, unit="kg", moq=50, ladder=ladder)
    searching("embedded")

    page = client.get(LIST, {"q": typed}).context

    assert titles(page) == found
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in page["relaxed"]] == relaxed


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("saffron cheaper than 3 euros", ["Saffron threads"]),
        ("safran à moins de 3 €", ["Saffron threads"]),
        ("زعفران بأقل من 3 يورو", ["Saffron threads"]),
        ("500 g saffron under 3 euros", ["Saffron threads"]),
        # A base unit of some costs as much.
        ("saffron under 3000 euros", ["Saffron threads"]),
        ("saffron over 2 euros", ["Saffron powder", "Saffron threads"]),
    ],
)
def test_a_price_of_no_unit_is_that_of_the_unit_on_the_cards(db, shelf, client, typed, found):
    ProductFactory(title="Saffron threads", texts=False, unit="g", moq=50, ladder=[("50", "2.85")])
    ProductFactory(title="Saffron powder", texts=False, unit="g", moq=50, ladder=[("50", "3.40")])
    indexing.rebuild()

    page = client.get(LIST, {"q": typed}).context

    assert titles(page) == found
    assert page["relaxed"] == []


def test_a_price_of_a_kilogram_is_never_that_of_a_gram(db, shelf, client):
    ProductFactory(title="Saffron threads", texts=False, unit="g", moq=50, ladder=[("50", "2.85")])
    indexing.rebuild()

    assert client.get(LIST, {"q": "saffron under 3 euros per kg"}).context["relaxed"] != []
