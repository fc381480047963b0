"""Names as buyers write them, and everyday words that are no goods."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "Salé pottery": "ma-sal pottery",
    "poterie de Salé": "pottery ma-sal",
    "tapis de salé": "rug ma-sal",
    "pottery from Sale": "pottery ma-sal",
    "beurre salé": "butter salted",
    "amandes salées": "almond salted",
    "pottery for sale": "pottery",
    "za'faran": "saffron",
    "z'afran": "saffron",
    "zaʿfarān": "saffron",
    "zaffron": "saffron",
    "ⵣⵄⴼⵔⴰⵏ": "saffron",
    "l'huile d'argan": "oil argan",
    "huile dargan": "oil argan",
    "women's argan": "women-led argan",
    "haba sawda": "nigella",
    "nafa3": "aniseed",
    "iklil": "rosemary",
    "mazhar": "floral-water orange-blossom",
    "ras hanout 5kg": "ras-el-hanout 5 kg",
    "zaknnari": "prickly-pear",
    "ta3awniya dyal nsa argan": "women-led argan",
    "ta3awniyat nissa2 argan": "women-led argan",
    "GLOBAL G.A.P. clementines": "ggap clementine",
    "halal argan": "halal-food argan",
    "ECOCERT argan": "argan ?ecocert",
    "MSC sardines": "sardine ?msc",
    "NATRUE argan": "argan ?natrue",
    "kosher olive oil": "olive oil ?kosher",
    "notre couscous": "couscous",
    "Salve, olio d'argan": "oil argan",
    "salam bghina zit zitoun": "oil olive",
    "miele ma non di timo": "honey -thyme",
    "olives picked in October": "olive month-10",
    "almonds without skin": "almond skinless",
    "amandes sans peau": "almond skinless",
    "Mandeln ohne Haut": "almond skinless",
    "almendras sin piel": "almond skinless",
    "mandorle senza pelle": "almond skinless",
    "blanched almonds": "skinless almond",
}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_it_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


def test_a_question_that_is_too_long_loses_the_word_it_is_cut_in():
    typed = "argan " * 32 + "saffron powder"

    assert read(typed, reference_lexicon()).text == ("argan " * 32 + "saffron").strip()
    assert read("a" * 300, reference_lexicon()).text == "a" * 200
