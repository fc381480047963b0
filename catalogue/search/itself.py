"""Goods by themselves that say how others are beside them: saffron and cosmetics, argan oil for cosmetics.

No Django in here.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from catalogue.search.lexicon import Alias, Lexicon
from catalogue.search.lists import CHOICES, GOODS, stands_apart
from catalogue.search.told import BESIDE_GOODS, BY_ITSELF


class Beside(NamedTuple):
    """Another meaning of the question, the places of its words, and whether goods are for it."""

    alias: Alias
    numbers: Sequence[int]
    is_purpose: bool


def meaning(
    code: str,
    numbers: Sequence[int],
    others: Sequence[Beside],
    skipped: Sequence[frozenset[str]],
    lexicon: Lexicon,
) -> tuple[str, tuple[str, ...]]:
    """The kind and code of such a word: goods where a list parts it from all others."""
    goods = {number for one in others if one.alias.kind in GOODS for number in one.numbers}
    codes = set(chain.from_iterable(one.alias.codes for one in others))
    # Culinary and cosmetic argan oil.
    is_choice = any(BESIDE_GOODS[code] in choice and choice & codes for choice in CHOICES)
    # "Honey, gourmet" is no list of goods.
    is_how = is_choice or bool(goods and lexicon.concepts[code].kind == "use")
    if is_how or _goes_on_a_use(numbers, others) or not stands_apart(numbers, goods, skipped):
        return beside(code, lexicon)
    # What cosmetics are is told of them, where no other goods are asked.
    return "thing" if goods else lexicon.concepts[BY_ITSELF[code]].kind, (BY_ITSELF[code],)


def beside(code: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The kind and code of such a word where it says how other goods are, or are not."""
    return lexicon.concepts[BESIDE_GOODS[code]].kind, (BESIDE_GOODS[code],)


def undone(without: frozenset[str], *meant: Mapping[str, str]) -> frozenset[str]:
    """Codes that are not meant, with those that are read as one of them."""
    pairs = chain.from_iterable(each.items() for each in (BY_ITSELF, BESIDE_GOODS, *meant))
    return without.union(code for code, said in pairs if said in without)


def _goes_on_a_use(numbers: Sequence[int], others: Sequence[Beside]) -> bool:
    """Whether it is said right before what goods are for: for hammam and cosmetics."""
    before = [one for one in others if max(one.numbers) < min(numbers)]
    last = max(before, key=lambda one: max(one.numbers), default=None)
    return last is not None and (last.alias.kind == "use" or last.is_purpose)
