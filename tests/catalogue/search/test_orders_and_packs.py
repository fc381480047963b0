"""How much is asked for beside packs, prices and bounds: nothing of it is lost without a word."""

import pytest

from catalogue.search.asked import Asked
from catalogue.search.query import read
from catalogue.search.questions import reading_of_question
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
BESIDE_PACKS = {
    "dates 5 kg cartons 500 kg": "date 500 kg",
    "dates 5 kg cartons, 500 kg": "date 500 kg",
    "500 kg dates in 5 kg cartons": "date 500 kg",
    "500 kg dates, 5 kg cartons": "date 500 kg",
    "lentils 25 kg bags 1 ton": "lentil 1000 kg",
    "olive oil 5 L tins 100 L": "olive oil 100 l",
    "dattes 500 kg sacs de 25 kg": "date 500 kg",
    "Datteln 5 kg Kartons 500 kg": "date 500 kg",
    "dátiles 500 kg cajas de 5 kg": "date 500 kg",
    "datteri 500 kg cartoni da 5 kg": "date 500 kg",
    "تمر 500 كغ في كراتين 5 كغ": "date 500 kg",
    "tmar 500 kg carton 5 kg": "date 500 kg",
    "dates 5 kg cartons": "date",
}
COUNTED_PACKS = {
    "40 bags of 25 kg cumin": "cumin 1000 kg",
    "cumin 40 bags 25 kg": "cumin 1000 kg",
    "40 sacs de 25 kg de cumin": "cumin 1000 kg",
    "40 Säcke à 25 kg Kreuzkümmel": "cumin 1000 kg",
    "40 sacos de 25 kg de comino": "cumin 1000 kg",
    "40 sacchi da 25 kg di cumino": "cumin 1000 kg",
    "40 كيس من 25 كغ كمون": "cumin 1000 kg",
    "40 khencha dyal 25 kg kamoun": "cumin 1000 kg",
    "2 pallets 1600 kg dates": "date 1600 kg",
}
PRICED = {
    "10 lanterns under 50 euro": "lantern 10 piece ..50 EUR",
    "100 handbags under 40 euro": "bag 100 piece ..40 EUR",
    "200 tagines under 5 euro": "tajine-dish 200 piece ..5 EUR",
    "50 lanternes à moins de 50 €": "lantern 50 piece ..50 EUR",
    "50 Laternen unter 50 Euro": "lantern 50 piece ..50 EUR",
}
BARE = {
    "argan oil under 25": (None, 25),
    "olive oil max. 7": (None, 7),
    "olive oil up to 7": (None, 7),
    "honey > 30": (30, None),
    "huile d'argan moins de 25": (None, 25),
    "Olivenöl unter 8": (None, 8),
    "aceite de argán menos de 25": (None, 25),
    "olio di oliva sotto 8": (None, 8),
    "زيت أركان أقل من 25": (None, 25),
    "zit argan 9el men 25": (None, 25),
    "rugs under 100": (None, 100),
    "olive oil acidity < 0.8": None,
    "olive oil acidity under 0.8%": None,
    "at least 50 rugs": None,
    "saffron max 5 days": None,
}


@pytest.mark.parametrize("typed", [*BESIDE_PACKS, *COUNTED_PACKS, *PRICED])
def test_an_order_is_read_beside_its_packs_and_its_price(typed):
    lexicon = reference_lexicon()

    assert told(read(typed, lexicon)) == (BESIDE_PACKS | COUNTED_PACKS | PRICED)[typed]


@pytest.mark.parametrize("typed", BARE)
def test_a_bound_without_a_unit_is_a_price(typed):
    price = read(typed, reference_lexicon()).price

    assert (price and (price.low, price.high)) == BARE[typed]


@pytest.mark.parametrize("currency", ["EUR", "MAD"])
def test_a_price_without_a_currency_is_in_that_of_the_buyer(currency):
    reading = reading_of_question(Asked("argan oil under 25"), reference_lexicon(), currency)

    assert reading.price and (reading.price.high, reading.price.currency) == (25, currency)
