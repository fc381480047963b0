"""The figures of an edition, counted from plain facts. No Django in here.

Every table has the same columns, so that screen, paper and spreadsheet show the same. Money is kept by
currency and never added across currencies.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

NOT_SAID = ""
# The columns of what a row counts of meetings.
MEETING = ("meetings", "held", "missed")


@dataclass(frozen=True)
class Applied:
    """A seller of an edition: whether it exhibits, what it is counted by, and whether it had to apply."""

    organisation: int
    exhibits: bool
    region: str
    category: str
    women_led: bool
    sent: bool = True


@dataclass(frozen=True)
class Came:
    """Somebody admitted: whether as a buyer, from which market, and whether the door saw them."""

    is_buyer: bool
    market: str
    entered: bool


@dataclass(frozen=True)
class Ordered:
    """An order between an exhibitor and a buyer of the edition."""

    seller: int
    market: str
    currency: str
    total: Decimal


@dataclass(frozen=True)
class Met:
    """A meeting that an exhibitor and a buyer of the edition agreed on, and what became of it.

    Neither held nor missed is one of which nobody has said anything yet.
    """

    seller: int
    market: str
    held: bool
    missed: bool


@dataclass
class Row:
    """One line of a table. ``key`` names a region, a category, a market; empty where nothing was said."""

    key: str
    applications: int = 0
    exhibitors: int = 0
    guests: int = 0
    buyers: int = 0
    entered: int = 0
    meetings: int = 0
    held: int = 0
    missed: int = 0
    orders: int = 0
    ordered: dict[str, str] = field(default_factory=dict)

    def add_meeting(self, met: Met) -> None:
        """Count a meeting and what became of it."""
        self.meetings += 1
        self.held += met.held
        self.missed += met.missed

    def add_order(self, order: Ordered) -> None:
        """Count an order and its amount."""
        self.orders += 1
        sum_ = Decimal(self.ordered.get(order.currency, "0")) + order.total
        self.ordered[order.currency] = str(sum_)


Key = Callable[[Applied], str]


def count(
    applied: Sequence[Applied], came: Sequence[Came], ordered: Sequence[Ordered], met: Sequence[Met] = ()
) -> dict[str, list[dict[str, Any]]]:
    """The tables of a report by name: the whole, by region, by category, women-led, by market.

    They are plain values, so that they can be kept as they were on the day an edition closed.
    """
    tables = {
        "whole": _by_seller(applied, ordered, met, lambda one: NOT_SAID),
        "region": _by_seller(applied, ordered, met, lambda one: one.region),
        "category": _by_seller(applied, ordered, met, lambda one: one.category),
        "women_led": _by_seller(applied, ordered, met, lambda one: "yes" if one.women_led else "no"),
        "market": _by_market(came, ordered, met),
    }
    whole = tables["whole"] or [Row(NOT_SAID)]
    whole[0].guests = len(came)
    whole[0].buyers = sum(one.is_buyer for one in came)
    whole[0].entered = sum(one.entered for one in came)
    tables["whole"] = whole
    return {name: [asdict(row) for row in rows] for name, rows in tables.items()}


def _by_seller(
    applied: Iterable[Applied], ordered: Iterable[Ordered], met: Iterable[Met], key: Key
) -> list[Row]:
    rows: dict[str, Row] = {}
    place: dict[int, Row] = {}
    for one in applied:
        row = rows.setdefault(key(one), Row(key(one)))
        row.applications += one.sent
        row.exhibitors += one.exhibits
        if one.exhibits:
            place[one.organisation] = row
    for order in ordered:
        if order.seller in place:
            place[order.seller].add_order(order)
    for meeting in met:
        if meeting.seller in place:
            place[meeting.seller].add_meeting(meeting)
    return _sorted(rows)


def _by_market(came: Iterable[Came], ordered: Iterable[Ordered], met: Iterable[Met]) -> list[Row]:
    rows: dict[str, Row] = {}
    for one in came:
        row = rows.setdefault(one.market, Row(one.market))
        row.guests += 1
        row.buyers += one.is_buyer
        row.entered += one.entered
    for order in ordered:
        rows.setdefault(order.market, Row(order.market)).add_order(order)
    for meeting in met:
        rows.setdefault(meeting.market, Row(meeting.market)).add_meeting(meeting)
    return _sorted(rows)


def _sorted(rows: dict[str, Row]) -> list[Row]:
    """The largest first; what nothing was said of last."""
    return sorted(rows.values(), key=lambda row: (*standing(asdict(row)), row.key))


def standing(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    """What the rows of a table are sorted by; who knows names sorts what stands alike."""
    return row["key"] == NOT_SAID, -row["applications"] - row["guests"], -row["orders"]
