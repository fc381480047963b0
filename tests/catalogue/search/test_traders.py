"""Who makes goods and trades in them is any seller: such a word says nothing, and is no typing error."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
READ = {
    "organic producers": "organic",
    "organic growers": "organic",
    "ifs certified producers": "ifs certified",
    "halal exporters": "halal-food",
    "olive oil producers": "olive oil",
    "saffron importers and wholesalers": "saffron",
    "producteurs bio": "organic",
    "fournisseurs bio": "organic",
    "fabricants de savon": "soap",
    "fabricants d'huile d'argan": "oil argan",
    "usines de sardines": "sardine",
    "Produzenten Bio": "organic",
    "Hersteller von Arganöl": "argan oil",
    "Safran Großhändler": "saffron",
    "proveedores de azafrán": "saffron",
    "fábricas de aceite de oliva": "oil olive",
    "fornitori di zafferano": "saffron",
    "aziende di miele": "honey",
    "منتجو الزعفران": "saffron",
    "منتجي زيت الزيتون": "oil olive",
    "مصدرو العسل": "honey",
    "مصانع الصابون": "soap",
    "fellaha zit zitoun": "oil olive",
    # What they are called who are women, and what is made by hand, stays what it is.
    "women producers": "women-led",
    "women producer": "women-led",
    "femmes productrices": "women-led",
    "planter": "flower-pot",
    "safran à l'usine": "saffron exw",
    "azafrán en fábrica": "saffron exw",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_who_sells_is_no_part_of_what_is_asked(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(
    "typed", ["organic producers", "producteurs bio", "Produzenten Bio", "productores bio"]
)
def test_organic_producers_have_all_that_is_organic(typed):
    assert answer_to(typed) == answer_to("organic")


@pytest.mark.parametrize("typed", ["farmers", "fournisseurs", "Lieferanten", "esportatori", "موردون"])
def test_sellers_by_themselves_have_everything(typed):
    assert read(typed, reference_lexicon()).rest == ()
