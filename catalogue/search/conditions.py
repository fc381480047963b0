"""What a question says of an order that offers do not tell: the month of delivery, a pack. No Django in here.

It narrows nothing, and the page says so.
"""

import re
from collections.abc import Iterable
from itertools import chain

from catalogue.search.amounts import is_amount, packs_said
from catalogue.search.bounds import AT_LEAST, AT_MOST, NO_SIGNS
from catalogue.search.folding import WORD, words
from catalogue.search.lexicon import EXACT, PLURAL, Lexicon
from catalogue.search.phrases import any_of, phrases_in
from catalogue.search.prices import NUMBER

SAID = phrases_in("conditions.csv")
DELIVERED, AVAILABLE, HARVESTED = (
    frozenset(words(" ".join(SAID[sense]))) for sense in ("delivered", "available", "harvested")
)
WISH = re.compile(rf"(?<!\w)(?:{any_of(filter(None, SAID['wish']))})(?!\w)")
# The smallest order by a number without a unit: of what it is a number is not said.
SMALLEST = re.compile(
    rf"(?<!\w)(?:{any_of(SAID['smallest'])}|(?:{any_of(SAID['order'])})(?=\s{{1,3}}{AT_LEAST}))(?!\w)\s{{0,2}}(?:of|is|de|von|di|من)?[\s:]{{0,2}}"
    rf"[{AT_LEAST}{AT_MOST}<>]?=?\s{{0,3}}(?P<number>{NUMBER})(?![\w.,/%]*\w|\s?[%€$£])"
)
# So many words may stand between "delivered" and its month, and so many between a month and its "delivery".
MOST_BETWEEN, MOST_BEHIND = 4, 1


def passed_over(text: str, lexicon: Lexicon, unread: frozenset[str]) -> tuple[str, list[str]]:
    """A text in small letters without what would be read otherwise, and all that narrows nothing."""
    left, told = _without_delivery(text, lexicon)
    orders = [one for one in SMALLEST.finditer(left) if not is_amount(left, one.start("number"), lexicon)]
    for one in reversed(orders):
        left = f"{left[: one.start()]} {left[one.end() :]}"
    told += [one[0] for one in orders]
    packs = [] if "quantity" in unread else packs_said(left, lexicon)
    return left, [*told, *(match[0] for match in WISH.finditer(left)), *packs]


def said_once(told: Iterable[str]) -> tuple[str, ...]:
    """What was said, once each, without the signs that stand for words."""
    return tuple(dict.fromkeys(" ".join(one.translate(NO_SIGNS).split()) for one in told))


def _without_delivery(text: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """A text in small letters without the months of delivery, and what said them: no month of a harvest.

    What is available in a month is not in stock for that.
    """
    found = [(match.start(), match.end(), "".join(words(match[0]))) for match in WORD.finditer(text)]
    if (DELIVERED | AVAILABLE).isdisjoint(word for _start, _end, word in found):
        return text, []
    cut: set[tuple[int, int]] = set()
    told: dict[int, list[int]] = {}
    for place, (start, end, word) in enumerate(found):
        at = _delivered_at(place, [each[2] for each in found])
        if at is not None and _is_month(word, lexicon):
            told.setdefault(at, [*found[at][:2]]).extend((start, end))
            cut |= {(start, end), *([found[at][:2]] if found[at][2] in AVAILABLE else [])}
    left = text
    for start, end in sorted(cut, reverse=True):
        left = f"{left[:start]} {left[end:]}"
    return left, [text[min(ends) : max(ends)] for ends in told.values()]


def _delivered_at(place: int, told: list[str]) -> int | None:
    """The place of the word that says that goods are delivered in the month at a place."""
    before = range(place - 1, max(place - 2 - MOST_BETWEEN, -1), -1)
    behind = range(place + 1, min(place + 2 + MOST_BEHIND, len(told)))
    said = (each for each in chain(before, behind) if told[each] in DELIVERED | AVAILABLE | HARVESTED)
    first = next(said, None)
    return None if first is None or told[first] in HARVESTED else first


def _is_month(word: str, lexicon: Lexicon) -> bool:
    return any(alias.kind == "month" for alias, _doubt in lexicon.beginning(word, EXACT, PLURAL).alone)
