"""Words that only say what sort of place one is: region, valley, douar. No Django in here."""

from collections.abc import Iterable, Sequence
from functools import cache

from catalogue.search.everyday import REFERENCE
from catalogue.search.folding import words

PLACE_WORDS = REFERENCE.parent / "place_words.txt"


@cache
def place_words() -> frozenset[str]:
    """Folded words that say nothing beside the name of a place: region, valley, douar."""
    return frozenset(words(PLACE_WORDS.read_text(encoding="utf-8")))


def words_around(places: Iterable[Sequence[int]], typed: Sequence[str]) -> set[int]:
    """Where words stand beside the names of places and say nothing more of them."""
    around: set[int] = set()
    for numbers in places:
        for start, step in ((min(numbers), -1), (max(numbers), 1)):
            beside = start + step
            while 0 <= beside < len(typed) and typed[beside] in place_words():
                around.add(beside)
                beside += step
    return around
