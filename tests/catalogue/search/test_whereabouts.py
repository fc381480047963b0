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

REGIONS = {
    "olive oil marrakech region": "olive oil ma-07",
    "cumin région de Marrakech": "cumin ma-07",
    "زيت الزيتون جهة مراكش": "oil olive ma-07",
    "region of Agadir": "ma-09",
    "Fes region": "ma-03",
    "región de Tánger": "ma-01",
    "Region Oujda": "ma-02",
    "regione di Rabat": "ma-04",
    "région de Béni Mellal": "ma-05",
    "Casablanca region": "ma-06",
    "جهة الرشيدية": "ma-08",
    "région de Guelmim": "ma-10",
    "Laâyoune region": "ma-11",
    "Dakhla region": "ma-12",
    "jihat agadir": "ma-09",
    # The town, its province, and a region that is no town's.
    "olive oil marrakech": "olive oil ma-mar",
    "province de Marrakech": "ma-mar",
    "إقليم الرشيدية": "ma-err",
    "region of Essaouira": "ma-esi",
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


@pytest.mark.parametrize("typed", REGIONS)
def test_a_region_is_called_by_its_chief_town(typed):
    assert told(read(typed, reference_lexicon())) == REGIONS[typed]


def test_such_a_region_is_undone_as_a_whole():
    reading = read("olive oil marrakech region", reference_lexicon(), without=["ma-07"])

    assert (told(reading), reading.rest) == ("olive oil", ())
