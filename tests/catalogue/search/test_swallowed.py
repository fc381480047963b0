"""Ordinary questions of which no word is part of another reading."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
# Words that end like "min", "up" and "max" bound no number.
ENDING_LIKE_BOUNDS = {
    "500 kg cumin": "cumin 500 kg",
    "1.5 t cumin seeds": "cumin 1500 kg",
    "10 euros cumin": "cumin ..10 EUR",
    "5 kg cumin and paprika": "cumin paprika 5 kg",
    "100 kg jasmin": "jasmine 100 kg",
    "100 kg Dattelsirup": "date-syrup 100 kg",
}
OF_WHICH = {
    "dattes dont le prix est inférieur à 5 euros": "date ..5 EUR",
    "miel dont le prix est supérieur à 20 euros": "honey 20.. EUR",
    "i dont want to pay more than 10 euros for dates": "date ..10 EUR",
}
ADDED = {
    "no additives jam": "jam",
    "honey without additives organic": "honey organic",
    "sans ajout miel": "honey",
    "Honig ohne Zusatz bio": "honey organic",
    "miel sans ajout de sucre": "honey -sugar",
    "jam without added sugar": "jam sugar-free",
}
PRICED_BAGS = {
    "bag under 50 euros": "bag ..50 EUR",
    "sac à moins de 50 euros": "bag ..50 EUR",
    "bag of dates under 50 euros": "date ..50 EUR",
}
NUMBERED = {
    "oysters no. 3": "oyster",
    "huîtres de Dakhla no. 3": "oyster",
    "saffron no. 1": "saffron",
}
AND_NOT = {
    "أريد تمر ولا أريد المجهول": "date -medjool",
    "أريد زعفران خيوط ولا أريد مسحوق": "saffron threads -powder",
    "بغيت الزعفران وما بغيتش المسحوق": "saffron -powder",
}
NOT_AS = {
    "Safran nicht als Pulver": "saffron -powder",
    "saffron not as powder": "saffron -powder",
    "azafrán no como polvo": "saffron -powder",
    "safran pas sous forme de poudre": "saffron -powder",
    "zafferano non sotto forma di polvere": "saffron -powder",
    "زعفران ليس على شكل مسحوق": "saffron -powder",
}


@pytest.mark.parametrize(("typed", "meant"), ENDING_LIKE_BOUNDS.items())
def test_a_word_that_ends_like_a_bound_is_none(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), OF_WHICH.items())
def test_of_which_in_french_turns_no_bound_round(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), ADDED.items())
def test_additives_are_refused_and_not_what_stands_behind_them(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), PRICED_BAGS.items())
def test_a_bag_with_a_price_is_goods_and_around_goods_a_pack(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), NUMBERED.items())
def test_a_number_of_a_size_refuses_nothing(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), AND_NOT.items())
def test_what_somebody_does_not_want_besides_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), NOT_AS.items())
def test_a_form_that_goods_are_not_to_come_as_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
