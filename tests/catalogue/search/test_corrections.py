"""What a question takes back: an amount for another one; and the "but" that is goods elsewhere."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
AMOUNTS = {
    "I don't want 20 kg but 50 kg of honey": "honey 50 kg",
    "no quiero 20 kg sino 50 kg de miel": "honey 50 kg",
    "non voglio 20 kg ma 50 kg di miele": "honey 50 kg",
    "ما بغيتش 20 كيلو بغيت 50 كيلو عسل": "honey 50 kg",
    "instead of 20 kg, 50 kg honey": "honey 50 kg",
    "not 20 kg but 50 kg honey": "honey 50 kg",
    "honey not 20 kg but 50 kg": "honey 50 kg",
    "honey 50 kg not 20 kg": "honey 50 kg",
    "nicht 20 kg sondern 50 kg Honig": "honey 50 kg",
    "nicht 20 sondern 50 kg Honig": "honey 50 kg",
    "pas 20 kg mais 50 kg de miel": "honey 50 kg",
    "no 20 kg sino 50 kg de miel": "honey 50 kg",
    "non 20 kg ma 50 kg di miele": "honey 50 kg",
    "ليس 20 كيلو بل 50 كيلو عسل": "honey 50 kg",
    "machi 20 kilo walakin 50 kilo 3sel": "honey 50 kg",
    "500 kg Datteln statt 1000 kg": "date 500 kg",
    "500 kg dates instead of 1000 kg": "date 500 kg",
    "500 kg dattes au lieu de 1000 kg": "date 500 kg",
    "500 kg de dátiles en vez de 1000 kg": "date 500 kg",
    "500 kg datteri invece di 1000 kg": "date 500 kg",
    "500 كيلو تمر وليس 1000 كيلو": "date 500 kg",
    "500 kg of dates, not 1000 kg": "date 500 kg",
    "je veux 50 kg de dattes et non 20 kg": "date 50 kg",
    "بغيت 50 كيلو تمر ماشي 20": "date 50 kg",
    "not 100 but 200 rugs": "rug 200 piece",
    "pas deux cents kilos mais cinq cents kilos de dattes": "date 500 kg",
    "honey, not 20 euros but 10 euros": "honey ..10 EUR",
    "honey at 10 euros not 20 euros": "honey ..10 EUR",
    "not in 20 kg bags, honey 500 kg": "honey 500 kg",
    "why not 20 kg honey": "honey 20 kg",
    "no 3sel, zit zitoun": "-honey oil olive",
    "tmar ma ykounch ktar mn 20 kilo": "date 20 kg",
    "dátiles que no sean más de 20 kg": "date 20 kg",
    "3sel bla za3tar machi ktar mn 50 kilo": "honey -thyme 50 kg",
}
BUTS = {
    "savon mais à l'argan": "soap argan",
    "miele ma a meno di 10 euro": "honey ..10 EUR",
    "dattes mais de Zagora": "date ma-zag",
    "miel de thym mais bio": "honey thyme organic",
    "miel, mais bio": "honey organic",
    "couscous mais bio": "couscous organic",
    "miel mais pas plus de 50 kg": "honey 50 kg",
    "dattes mais pas plus de 10 euros": "date ..10 EUR",
    "huile d'argan mais cosmétique": "oil argan cosmetic",
    "miel au moins 20 kg mais pas plus de 50 kg": "honey 50 kg",
    "safran mais en filaments": "saffron threads",
    "farine de blé mais bio": "flour wheat organic",
    "miel de thym mais de Taounate": "honey thyme ma-tao",
    "tapis mais pas rouge": "rug -red",
    "miele ma non più di 50 kg": "honey 50 kg",
    "miele ma biologico": "honey organic",
    "olio d'oliva ma extravergine": "oil olive extra-virgin",
    "zafferano ma non in polvere": "saffron -powder",
    "tappeti ma non di lana": "rug -wool",
    "je ne cherche pas de dattes mais des figues": "-date fig",
    "non cerco datteri ma fichi": "-date fig",
}
GOODS = {
    "mais": "maize",
    "mais bio": "maize organic",
    "50 kg de mais": "maize 50 kg",
    "50 kg mais": "maize 50 kg",
    "farine de mais": "flour maize",
    "farine mais": "flour maize",
    "couscous mais": "couscous maize",
    "blé, orge et mais": "wheat barley maize",
    "couscous sans mais": "couscous -maize",
    "couscous sans blé ni mais": "couscous -wheat -maize",
    "Couscous ohne Weizen und Mais": "couscous -wheat -maize",
    "couscous senza grano né mais": "couscous -wheat -maize",
    "Mais und Weizen": "maize wheat",
    "farina di mais biologica": "flour maize organic",
    "kseksou bla dra": "couscous -maize",
    "kseksou bla dra w gm7": "couscous -maize -wheat",
    "khobz dra": "bread maize",
    "tmar dra": "date draa",
    "bla sokkar ma ward": "sugar-free floral-water rose",
    "zit zitoun ma zhar": "oil olive floral-water orange-blossom",
    "ma ward bio": "floral-water rose organic",
}


@pytest.mark.parametrize(("typed", "meant"), AMOUNTS.items())
def test_an_amount_that_is_taken_back_refuses_no_goods(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), BUTS.items())
def test_a_but_between_goods_and_a_condition_is_no_maize_and_no_water(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), GOODS.items())
def test_maize_and_water_stay_goods_where_they_are_asked_for(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
