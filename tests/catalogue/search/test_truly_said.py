"""The page says of no word that it is in no offer where one holds it or means it."""

import pytest
from django.urls import reverse

from catalogue.models import ProductText
from catalogue.search import indexing
from catalogue.search.document import Offer, document_of
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told
from tests.factories.catalogue import ProductFactory

pytestmark = pytest.mark.unit
QUESTIONS = {
    "rose water of kelaa m'gouna": "rose floral-water kelaat-mgouna",
    "rose water kelaat mgouna": "rose floral-water kelaat-mgouna",
    "eau de rose kelâat m’gouna": "floral-water rose kelaat-mgouna",
    "m'hamid dates": "mhamid date",
    "M'diq": "ma-mdf",
    "je m'intéresse au safran": "saffron",
    "disponible tout de suite safran": "in-stock saffron",
    "saffron available right away": "saffron in-stock",
    "Safran sofort verfügbar": "saffron in-stock",
    "azafrán disponible de inmediato": "saffron in-stock",
    "zafferano disponibile subito": "saffron in-stock",
    "زعفران متوفر حالا": "saffron in-stock",
    "za3fran mwejoud daba": "saffron in-stock",
}


@pytest.mark.parametrize("typed", QUESTIONS)
def test_it_is_understood(typed):
    assert told(read(typed, reference_lexicon())) == QUESTIONS[typed]


@pytest.mark.integration
def test_words_of_the_packaging_are_found(db, searching, client):
    searching("embedded")
    product = ProductFactory(title="Olive oil", texts=False)
    pack = "tank 1000 L or dropper bottle"
    ProductText.objects.create(product=product, language="en", title="Olive oil", packaging=pack)
    indexing.rebuild()

    for typed in ("olive oil 1000 l tank", "olive oil dropper bottle"):
        page = client.get(reverse("catalogue:index"), {"q": typed}).context

        assert [one.title for one in page["products"]] == ["Olive oil"]
        assert page["results"].unknown == ()


def test_packaging_names_no_goods():
    offer = Offer("1", ("Olive oil",), packs=("wool bag with argan 500 g",))

    document = document_of(offer, reference_lexicon())

    assert {"argan", "wool", "bag"}.isdisjoint(document.codes["concepts"])
    assert "500" not in document.body
