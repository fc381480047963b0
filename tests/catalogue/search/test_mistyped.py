"""A typing error is forgiven in a plural as in the singular, and never makes other goods of a word."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.demonstration import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
PLURALS = {
    "almmonds": "almond",
    "walnutts": "walnut",
    "slipers": "babouche",
    "lenntils": "lentil",
    "sardinnes": "sardine",
    "oystters": "oyster",
    "cuushions": "cushion",
    "biiscuits": "pastry",
    "carppets": "rug",
    "baskkets": "basket",
    "cacctuses": "prickly-pear",
    "olivves": "olive",
    "amanndes": "almond",
    "babuoches": "babouche",
    "coussisn": "cushion",
    "lentejjas": "lentil",
    "alemndras": "almond",
    "cojiness": "cushion",
    "Mandlen": "almond",
    "Feiggen": "fig",
    "Teppicche": "rug",
    "manddorle": "almond",
    "pasticcinni": "pastry",
}
# Its consonants are those of spices in Darija.
LEATHER = ("leathr bag", "lether bag", "leater bag", "leahter bags")
# A letter that was lost or swapped is sooner meant than another letter.
SOONER = {"capets": "rug", "hanbags": "bag", "clmentine": "clementine"}


@pytest.mark.parametrize("typed", PLURALS)
def test_an_error_in_a_plural_is_forgiven(typed):
    assert PLURALS[typed] in told(read(typed, reference_lexicon())).split()


@pytest.mark.parametrize("typed", LEATHER)
def test_leather_with_an_error_is_no_spice(typed):
    assert set(told(read(typed, reference_lexicon())).split()) == {"leather", "bag"}


@pytest.mark.parametrize("typed", SOONER)
def test_of_two_words_the_one_of_the_same_letters_is_meant(typed):
    assert SOONER[typed] in told(read(typed, reference_lexicon())).split()


@pytest.mark.parametrize("typed", ["tapas", "filters", "blocks", "ranges", "figures", "stamps", "créneaux"])
def test_an_everyday_word_has_no_errors_in_its_plural_either(typed):
    assert not read(typed, reference_lexicon()).parts


@pytest.mark.parametrize("typed", ["argan", "tapis", "carde", "kamoun", "l3etria"])
def test_a_word_as_it_is_written_is_never_corrected(typed):
    assert not any(part.is_guess for part in read(typed, reference_lexicon()).parts)


def test_an_everyday_word_is_not_found_by_a_short_stem_that_goods_share():
    assert answer_to("tapas")[0] == []
