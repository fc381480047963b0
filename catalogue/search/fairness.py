"""Among offers that are equally good, nobody has the first places alone. No Django in here."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

# No seller holds more of the first places among equals.
FIRST = 10
MOST = 2
# Scores that differ by less say nothing that a buyer would see.
GRAIN = 5.0
# Where those of the first places go on behind the first pages, all of so many take turns, whoever they are.
WIDE = 1000


def fair_order(
    ids: Sequence[str], scores: Sequence[float], sellers: Mapping[str, str], day: date
) -> list[str]:
    """The ids best first; equals take turns by the day, and no seller holds more than two of the first ten
    places unless nobody else is as good.

    ``sellers`` tells whose each offer is; what it does not tell stands last among its equals.
    """
    ranked = sorted(zip(ids, scores, strict=True), key=lambda pair: -round(pair[1] / GRAIN))
    placed: list[str] = []
    held: Counter[str] = Counter()
    for _grade, together in groupby(ranked, key=lambda pair: round(pair[1] / GRAIN)):
        equals = sorted((one for one, _score in together), key=lambda one: _turn(one, sellers, day))
        while equals and len(placed) < FIRST:
            chosen = next((one for one in equals if held[sellers.get(one, "")] < MOST), equals[0])
            equals.remove(chosen)
            placed.append(chosen)
            held[sellers.get(chosen, "")] += 1
        placed += equals
    return placed


def is_cut(scores: Sequence[float]) -> bool:
    """Whether equals of the first places may lie beyond the last of these scores, best first."""
    return len(scores) > FIRST and round(scores[FIRST - 1] / GRAIN) == round(scores[-1] / GRAIN)


def _turn(one: str, sellers: Mapping[str, str], day: date) -> tuple[bool, bytes]:
    """Where an offer stands among its equals on a day: the same on every page, another tomorrow."""
    told = f"{day.isoformat()}:{sellers.get(one, '')}:{one}"
    return one not in sellers, hashlib.blake2b(told.encode(), digest_size=8).digest()
