import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.words import LONGEST, MOST_WORDS, clean_text, pattern_of, words_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("epices", "Épices douces"),
        ("ÉPICES", "epices"),
        ("safran d'azilal", "Safran d’Azilal"),
        ("زعفران", "الزعفران الحر"),
        ("الزعفران", "زعفران خيوط"),
        ("اركان", "زيت أركان"),
        ("c++ (bio)", "C++ (bio)"),
    ],
)
def test_words_are_found_whatever_their_accents(typed, written):
    found = [bool(re.search(pattern_of(word), written, re.IGNORECASE)) for word in words_of(typed)]

    assert found == [True] * len(words_of(typed))


def test_text_loses_what_cannot_be_seen():
    assert clean_text("  saf\x00ran\u202e \n bio\u200b ") == "safran bio"


def test_text_is_cut_and_words_are_few():
    assert (len(clean_text("a" * 10_000)), len(words_of("un " * 500))) == (LONGEST, MOST_WORDS)


@given(st.text(max_size=300))
def test_any_text_makes_patterns_that_find_it(typed):
    line = clean_text(typed).casefold()

    assert all(re.search(pattern_of(word), line) for word in words_of(typed))
