"""What a list of products was asked, as its address says it: one spelling each. No Django in here."""

import re
from urllib.parse import parse_qsl, urlencode

from catalogue.words import clean_text

# What turns pages or stands in every form is no part of a question.
NOT_ASKED = frozenset({"page", "csrfmiddlewaretoken", "next"})
# What only orders the answers asks nothing.
ONLY_ORDERS = frozenset({"sort"})
NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
LONGEST = 1500
# Nothing that we would keep is longer, so the rest is not even read.
LONGEST_READ = 8 * LONGEST
MOST_PAIRS = 60


def canonical_query(query: str) -> str:
    """The question with its parts in one order, without pages, empty parts and what nobody can see."""
    return urlencode(sorted(_pairs(query)))


def unordered(query: str) -> str:
    """The question itself, however its answers are ordered: what is saved twice is one search."""
    return urlencode(sorted(pair for pair in _pairs(query) if pair[0] not in ONLY_ORDERS))


def text_asked(query: str) -> str:
    """The words of a question; its choices left out."""
    return next((value for name, value in sorted(_pairs(query)) if name == "q"), "")


def asks_nothing(query: str) -> bool:
    """Whether the question leaves the list as it is, but perhaps for its order."""
    return all(name in ONLY_ORDERS for name, _value in _pairs(query))


def _pairs(query: str) -> set[tuple[str, str]]:
    read = parse_qsl(query[:LONGEST_READ].removeprefix("?"), errors="replace", separator="&")
    cleaned = ((name, clean_text(value)) for name, value in read[: 2 * MOST_PAIRS])
    found = dict.fromkeys(
        (name, value) for name, value in cleaned if value and name not in NOT_ASKED and NAME.fullmatch(name)
    )
    return set(list(found)[:MOST_PAIRS])
