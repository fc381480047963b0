"""Oils asked for by what they are for, or by what they are of in general."""

import pytest

from catalogue.search.document import Offer, document_of
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to

pytestmark = pytest.mark.unit
EDIBLE = {
    "Virgin argan oil, culinary, organic",
    "Extra virgin olive oil of the Haouz",
    "Extra virgin olive oil of Ouezzane, organic",
}
PRESSED = {
    *EDIBLE,
    "Virgin argan oil, cosmetic grade, organic",
    "Argan face oil, retail bottle",
    "Prickly pear seed oil",
}
EATEN = (
    "edible oils",
    "cooking oil",
    "huiles alimentaires",
    "huile de table",
    "Speiseöl",
    "Speiseöle",
    "aceites comestibles",
    "oli alimentari",
    "زيوت غذائية",
    "زيت للطبخ",
    "huile de cuisine",
    "huile pour cuisiner",
    "aceite de cocina",
    "aceite para cocinar",
    "olio per cucinare",
    "Öl zum Kochen",
    "zit lmakla",
)
OF_PLANTS = (
    "vegetable oils",
    "huiles végétales",
    "Pflanzenöle",
    "aceites vegetales",
    "oli vegetali",
    "زيوت نباتية",
)
# What an oil is, by its title: a vegetable oil, and one that is eaten.
TITLED = {
    "Olive oil": (True, True),
    "Olivenöl": (True, True),
    "Huile de sésame": (True, True),
    "Nigella seed oil": (True, False),
    "Apricot kernel oil": (True, False),
    "Olive oil, cosmetic grade": (True, False),
    "Rose oil": (False, False),
    "Carrot seed oil": (False, False),
    "Nigella essential oil": (False, False),
    "Olive oil soap": (False, False),
    "Sardines in olive oil": (False, False),
    "Olives": (False, False),
}


@pytest.mark.parametrize("typed", EATEN)
def test_oils_that_are_eaten_are_those_of_olives_too(typed):
    assert set(answer_to(typed)[0]) == EDIBLE


@pytest.mark.parametrize("typed", OF_PLANTS)
def test_vegetable_oils_are_pressed_and_no_essential_oils(typed):
    assert set(answer_to(typed)[0]) == PRESSED


@pytest.mark.parametrize(("title", "told"), TITLED.items())
def test_an_oil_is_what_it_is_of(title, told):
    held = document_of(Offer("1", (title,)), reference_lexicon()).codes["concepts"]

    assert ("vegetable-oil" in held, "culinary" in held) == told


def test_culinary_argan_oil_is_still_that_alone():
    assert answer_to("culinary argan oil")[0] == ["Virgin argan oil, culinary, organic"]
