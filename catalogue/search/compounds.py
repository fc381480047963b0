"""Goods that are named after other goods: honey of lavender, olives with lemon. No Django in here.

What they are named after says how they are to be: where none is so it is given up and told, as a colour is.
"""

import re
from collections.abc import Sequence

from catalogue.search.document import CALLED_AFTER
from catalogue.search.folding import words
from catalogue.search.joined import JOINING
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import Found
from catalogue.search.reading import Part

# Goods of which a kind that nobody sells is given up as what they are named after is: honey of the mountain.
# Of others it is what is asked: who wants medjool dates wants no other ones.
GIVEN_UP = ("honey",)
WITH = frozenset(words("with avec au aux à con mit al alla allo ai agli alle مع ب"))
ARABIC = re.compile(r"[\u0621-\u064a]")


def named_after(
    found: Sequence[Found], skipped: Sequence[frozenset[str]], text: str, lexicon: Lexicon
) -> tuple[Part, ...]:
    """What goods are named after, and kinds of them by their own name; nothing where each is asked for."""
    goods = sorted(
        (one for one in found if one.part.kind == "thing" and not one.part.is_unwanted),
        key=lambda each: min(each.numbers),
    )
    kinds = tuple(one.part for one in goods if what_of(one.part, lexicon))
    if len(goods) != 2:
        return kinds if len(goods) == 1 else ()
    first, last = goods
    start, end = max(first.numbers), min(last.numbers)
    between = frozenset[str]().union(*skipped[start + 1 : end + 1])
    if not JOINING.isdisjoint(between):
        return ()
    opens, closes = (any(CALLED_AFTER & lexicon.ancestors(code) for code in one.part.codes) for one in goods)
    if opens and closes:
        # Thyme honey and its kinds: one is what the other is.
        return kinds
    is_next = end - start <= 1
    if closes and is_next and not between:
        # Lavender honey, Lavendelhonig.
        return (first.part,)
    is_bound = bool(between) or (is_next and ARABIC.search(text) is not None)
    if (opens and is_bound) or not WITH.isdisjoint(between):
        return (last.part,)
    return ()


def what_of(part: Part, lexicon: Lexicon) -> tuple[str, ...]:
    """What goods are a kind of that are called by its name: mountain honey, and no honeycomb."""
    told = (lexicon.concepts[code] for code in part.codes)
    return tuple(
        parent
        for concept in told
        for parent in concept.parents
        if parent in GIVEN_UP and parent in words(concept.names.get("en", ""))
    )
