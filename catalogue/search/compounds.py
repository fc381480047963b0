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

WITH = frozenset(words("with avec au aux à con mit al alla allo ai agli alle مع ب"))
ARABIC = re.compile(r"[\u0621-\u064a]")


def named_after(
    found: Sequence[Found], skipped: Sequence[frozenset[str]], text: str, lexicon: Lexicon
) -> tuple[Part, ...]:
    """Of two goods those that the other ones are named after; nothing where each is asked for by itself."""
    goods = sorted(
        (one for one in found if one.part.kind == "thing" and not one.part.is_unwanted),
        key=lambda each: min(each.numbers),
    )
    if len(goods) != 2:
        return ()
    first, last = goods
    start, end = max(first.numbers), min(last.numbers)
    between = frozenset[str]().union(*skipped[start + 1 : end + 1])
    if not JOINING.isdisjoint(between):
        return ()
    opens, closes = (any(CALLED_AFTER & lexicon.ancestors(code) for code in one.part.codes) for one in goods)
    if opens and closes:
        # Thyme honey and its kinds: one is what the other is.
        return ()
    is_next = end - start <= 1
    if closes and is_next and not between:
        # Lavender honey, Lavendelhonig.
        return (first.part,)
    is_bound = bool(between) or (is_next and ARABIC.search(text) is not None)
    if (opens and is_bound) or not WITH.isdisjoint(between):
        return (last.part,)
    return ()
