"""What was asked, as chips: each thing once, and each with the way back."""

import pytest

from catalogue.choices import chips_of, put_aside_of
from catalogue.search.asked import Asked
from catalogue.search.query import read
from tests.catalogue.search.words import LEXICON

pytestmark = pytest.mark.unit
NAMES = {"department": {}, "region": {"MA-09": "Souss-Massa"}}


def chips(asked):
    reading = read(asked.text, LEXICON, without=asked.without)
    return chips_of(asked, reading, LEXICON, NAMES, "EUR")


def test_choice_that_words_repeat_is_told_once_and_taken_back_with_them():
    asked = Asked("organic rose", chosen={"is": ("organic",), "region": ("MA-09",)})

    found = chips(asked)

    assert [(chip.kind, chip.href) for chip in found] == [
        ("understood", "?not=organic&q=organic+rose&region=MA-09"),
        ("understood", "?is=organic&not=rose&q=organic+rose&region=MA-09"),
        ("chosen", "?is=organic&q=organic+rose"),
    ]


def test_what_was_put_aside_comes_back_by_one_press():
    asked = Asked("organic rose", without=("organic", "rose"))

    back = put_aside_of(asked, {}, LEXICON)

    assert [chip.href for chip in back] == ["?not=rose&q=organic+rose", "?not=organic&q=organic+rose"]
    assert put_aside_of(Asked("organic rose"), {}, LEXICON) == []


def test_a_word_that_narrows_without_being_understood_can_be_dropped():
    asked = Asked("organic rose duty", chosen={"region": ("MA-09",)})

    found = [(chip.kind, chip.label, chip.href) for chip in chips(asked)]

    assert found[2:] == [
        ("typed", "“duty”", "?q=organic+rose&region=MA-09"),
        ("chosen", "Souss-Massa", "?q=organic+rose+duty"),
    ]
