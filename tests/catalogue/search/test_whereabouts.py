"""What sort of place is meant says nothing beside its name."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
PLACES = {
    "Souss-Massa region": "ma-09",
    "région Souss-Massa": "ma-09",
    "products from the Oriental region": "ma-02",
    "région de l'Oriental": "ma-02",
    "region of Essaouira": "ma-esi",
    "región de Souss-Massa": "ma-09",
    "regione Souss-Massa": "ma-09",
    "Provinz Taroudant": "ma-tar",
    "جهة سوس ماسة": "ma-09",
    "منتجات جهة الشرق": "ma-02",
    "province de Taroudant": "ma-tar",
    "إقليم زاكورة": "ma-zag",
    "jihat meknes": "ma-mek",
    "saffron province of Taroudant": "saffron ma-tar",
    "saffron village of Taliouine": "saffron taliouine",
    "huile d'olive de la région de Fès-Meknès": "oil olive ma-03",
    "زيت الزيتون من منطقة مكناس": "oil olive ma-mek",
    "olives from the region": "olive",
}


@pytest.mark.parametrize("typed", PLACES)
def test_the_place_is_all_that_is_left(typed):
    assert told(read(typed, reference_lexicon())) == PLACES[typed]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mountain honey", "mountain-honey"), ("miel de montagne", "mountain-honey"), ("remote area", "remote")],
)
def test_such_a_word_is_read_where_it_says_something(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
