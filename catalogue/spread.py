"""How prices lie between the lowest and the highest: prices and counts in, bars out. No Django in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

BARS = 14
# Where the highest is so many times the lowest, each bar is a multiple of the one before.
WIDE = 20.0
# A bar that holds one product is still seen.
LEAST = 0.08


@dataclass(frozen=True)
class Bar:
    """A stretch of prices: its height from 0 to 1, and whether some of it is within what was asked."""

    height: float
    is_within: bool


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest price, and the bars between them."""

    low: float
    high: float
    bars: tuple[Bar, ...]


def spread_of(
    counts: Mapping[float, int], *, low: float | None = None, high: float | None = None
) -> Spread | None:
    """The spread of prices that occur so many times; ``low`` and ``high`` were asked for.

    Nothing where there is one price or none: there is nothing to choose between.
    """
    priced = {price: count for price, count in counts.items() if price > 0 and count}
    if len(priced) < 2:
        return None
    least, most = min(priced), max(priced)
    is_wide = most > WIDE * least
    held, within = [0] * BARS, [False] * BARS
    for price, count in priced.items():
        share = log(price / least) / log(most / least) if is_wide else (price - least) / (most - least)
        place = min(int(share * BARS), BARS - 1)
        held[place] += count
        within[place] |= (low is None or price >= low) and (high is None or price <= high)
    top = max(held)
    heights = [max(count / top, LEAST) if count else 0.0 for count in held]
    return Spread(least, most, tuple(Bar(*each) for each in zip(heights, within, strict=True)))
