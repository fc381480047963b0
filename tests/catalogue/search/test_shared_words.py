"""Words that are one thing in one language and another in the next: what a buyer meant by them."""

import pytest

from catalogue.search.everyday import languages_by_word
from catalogue.search.folding import fold
from catalogue.search.query import read
from catalogue.search.tables import LANGUAGES, aliases_in, reference_files, reference_lexicon, rows_of
from catalogue.search.told import BY_ITSELF
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "pure argan oil": "pure argan oil",
    "pure honey": "pure honey",
    "huile d'argan pure": "oil argan pure",
    "puré de dátiles": "paste date",
    "100 % pure honey": "pure honey",
    "100% argan oil": "pure argan oil",
    "عسل ١٠٠٪": "honey pure",
    "100 rugs": "rug 100 piece",
    "babouches hommes": "babouche ?hommes",
    "7ommes": "chickpea",
    "Roman chamomile": "chamomile",
    "Arganöl nach Polen": "argan oil destination-pologne",
    "Polen": "pollen",
    "semi-dried tomatoes": "dried tomato",
    "olives semi confites": "olive candied",
    "semi di sesamo": "seed sesame",
    "huile d'argan haut de gamme": "oil argan",
    "massage oil for pain": "massage oil",
    "pain complet": "bread",
    "offer for argan oil by email": "argan oil",
    "marine salt": "salt",
    "olives marinées": "olive pickled",
    "tisane to lose weight": "infusion",
    "carob from Al Hoceima": "carob ma-hoc",
    "agar El-Jadida": "agar ma-jdi",
    "El Hajeb": "ma-haj",
    "olio di fico d'india": "oil prickly-pear",
    "sale rosa": "salt",
    "olive oil for sale": "olive oil",
    "mandorle senza sale": "almond unsalted",
    "argile blanche": "clay white",
    "olives in the salt": "olive salted",
    "citron confit au sel": "preserved-lemon",
    "linge de table": "tablecloth",
    "honey on order": "honey made-to-order",
}
# A carton is one in English too; what is sent by e-mail is no enamel.
ALIKE = {("carton", "es", "cartón"), ("enamel", "fr", "émail")}
# Of a rug and the town that weaves it the town is asked; so it is of a cup and Taza, and a hat and Fez.
TOWNS_FIRST = {"azilal-rug", "boujad-rug", "zemmour-rug", "mrirt-rug", "cup", "gandoura", "fez", "pure"}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_a_word_of_two_languages_is_what_its_question_says(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


def test_no_alias_is_an_everyday_word_of_another_language_but_for_its_accents():
    found = set()
    for row in rows_of(*reference_files()):
        for language in LANGUAGES if row["kind"] != "stop" else ():
            for alias in aliases_in(row[language]):
                everyday = languages_by_word().get(fold(alias), frozenset())
                if everyday and language not in everyday and fold(alias) != alias.casefold():
                    found.add((row["code"], language, alias))

    assert found == ALIKE


def test_every_alias_is_read_as_what_it_names_but_for_those_of_towns():
    found = set()
    for row in rows_of(*reference_files()):
        for language in LANGUAGES if row["kind"] not in ("stop", "unit") else ():
            for alias in aliases_in(row[language]):
                parts = read(alias, reference_lexicon()).parts
                if BY_ITSELF.get(row["code"], row["code"]) not in {
                    code for part in parts for code in part.codes
                }:
                    found.add(row["code"])
                    assert [part.kind for part in parts] == ["place"]

    assert found == TOWNS_FIRST
