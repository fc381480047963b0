"""Little of something is no wish for it: low sugar jam."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.demonstration import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
JAM = (
    "low sugar jam",
    "jam low in sugar",
    "jam with less sugar",
    "confiture peu sucrée",
    "confiture pauvre en sucre",
    "confiture moins sucrée",
    "مربى قليل السكر",
    "mermelada baja en azúcar",
    "mermelada con poco azúcar",
    "zuckerarme Konfitüre",
    "Konfitüre mit wenig Zucker",
    "marmellata con poco zucchero",
    "marmellata a basso contenuto di zuccheri",
    "konfitir sokkar 9lil",
)
MEANT = {
    "low salt olives": "low-salt olive",
    "olives peu salées": "olive low-salt",
    "زيتون قليل الملح": "olive low-salt",
    "aceitunas bajas en sal": "olive low-salt",
    "salzarme Oliven": "low-salt olive",
    "olive con poco sale": "olive low-salt",
    "sardines low in sodium": "sardine low-salt",
    "low fat cheese": "low-fat cheese",
    "fromage faible en matières grasses": "cheese low-fat",
    "جبن قليل الدسم": "cheese low-fat",
    "fettarmer Käse": "low-fat cheese",
    "low calorie jam": "low-calorie jam",
    # Asked for, and bounded.
    "sugar": "sugar",
    "jam without sugar": "jam sugar-free",
    "salt less than 2 euros": "salt ..2 EUR",
    "moins de 20 kg de sel": "salt 20 kg",
}


@pytest.mark.parametrize("typed", JAM)
def test_little_sugar_is_no_wish_for_sugar(typed):
    assert answer_to(typed) == (["Prickly pear jam"], ())


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_little_of_something_is_how_the_goods_are(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


def test_little_of_it_that_no_offer_tells_is_given_up():
    assert answer_to("low salt olives")[1] == ("word:low-salt",)
