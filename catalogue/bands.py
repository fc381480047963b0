"""Where a laboratory value lies among the limits of a standard: a scale cut into zones. No Django in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from catalogue.grading import EVERY_CATEGORY, Bound, Limit

# What is left on either side of the outermost figure, as a share of what lies between.
MARGIN = Decimal("0.3")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Category:
    """What one category asks of one parameter; without a name where a standard has no categories."""

    name: str
    least: Decimal | None
    most: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a value meets it; the limit itself does."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Zone:
    """A part of the scale: its category and how good that one is (0 the best), or none beyond the limits."""

    start: Decimal
    end: Decimal
    category: str = ""
    rank: int | None = None


@dataclass(frozen=True)
class Band:
    """A value on its scale, with the limits and the zones between them."""

    value: Decimal
    low: Decimal
    high: Decimal
    edition: str
    categories: tuple[Category, ...]
    limits: tuple[Decimal, ...]
    zones: tuple[Zone, ...]

    @property
    def is_within(self) -> bool:
        """Whether the value meets at least one category."""
        return any(category.holds(self.value) for category in self.categories)

    def share(self, value: Decimal) -> float:
        """How far along the scale a value is, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))


def band_of(value: Decimal, limits: Sequence[Limit], *, edition: str) -> Band | None:
    """The scale of a value under the limits of its parameter; none where no limit is known."""
    if not limits:
        return None
    categories = _categories(limits)
    bounds = tuple(sorted({limit.value for limit in limits}))
    low, high = _ends(value, bounds, has_least=any(limit.bound is Bound.MIN for limit in limits))
    edges = (low, *(bound for bound in bounds if low < bound < high), high)
    zones = tuple(_zone(start, end, categories) for start, end in pairwise(edges))
    return Band(value, low, high, edition, categories, bounds, zones)


def _categories(limits: Sequence[Limit]) -> tuple[Category, ...]:
    """The categories, the best first, each with the limits that all of them share."""
    names = tuple(dict.fromkeys(limit.category for limit in limits if limit.category not in EVERY_CATEGORY))
    categories = []
    for name in names or ("",):
        asked = [limit for limit in limits if limit.category in (name, *EVERY_CATEGORY)]
        least = max((limit.value for limit in asked if limit.bound is Bound.MIN), default=None)
        most = min((limit.value for limit in asked if limit.bound is Bound.MAX), default=None)
        categories.append(Category(name, least, most))
    return tuple(categories)


def _ends(value: Decimal, bounds: Sequence[Decimal], *, has_least: bool) -> tuple[Decimal, Decimal]:
    """Where the scale begins and ends: from nothing where there is only an upper limit, never below it."""
    lowest, highest = min(value, *bounds), max(value, *bounds)
    if not has_least:
        lowest = min(lowest, ZERO)
    room = (highest - lowest) * MARGIN or abs(highest) or Decimal(1)
    return (max(lowest - room, ZERO) if lowest >= 0 else lowest - room), highest + room


def _zone(start: Decimal, end: Decimal, categories: Sequence[Category]) -> Zone:
    middle = (start + end) / 2
    for rank, category in enumerate(categories):
        if category.holds(middle):
            return Zone(start, end, category.name, rank)
    return Zone(start, end)
