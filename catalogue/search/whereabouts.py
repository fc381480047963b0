"""Words that only say what sort of place one is: region, valley, douar. No Django in here.

A region is called by its chief town, too: the region of Marrakech.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from catalogue.search.everyday import REFERENCE
from catalogue.search.folding import words
from catalogue.search.reading import Part

PLACE_WORDS = REFERENCE.parent / "place_words.txt"
# Those of them that say that a place is a region, and the regions of the towns that they are called by.
REGION_WORDS = REFERENCE.parent / "region_words.txt"
CHIEF_TOWNS = REFERENCE.parent / "chief_towns.csv"


@cache
def place_words() -> frozenset[str]:
    """Folded words that say nothing beside the name of a place: region, valley, douar."""
    return frozenset(words(PLACE_WORDS.read_text(encoding="utf-8")))


@cache
def _region_words() -> frozenset[str]:
    return frozenset(words(REGION_WORDS.read_text(encoding="utf-8")))


@cache
def _regions() -> dict[str, str]:
    """The region of each chief town."""
    with CHIEF_TOWNS.open(encoding="utf-8", newline="") as file:
        return {row["place"]: row["region"] for row in csv.DictReader(file)}


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


def as_region(part: Part, numbers: Sequence[int], typed: Sequence[str]) -> Part:
    """A place, or the region that is called by it where such a word stands beside."""
    beside = words_around([numbers], typed) if part.kind == "place" else set()
    if all(typed[number] not in _region_words() for number in beside):
        return part
    return replace(part, codes=tuple(dict.fromkeys(_regions().get(code, code) for code in part.codes)))
