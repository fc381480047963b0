"""A day of a timetable drawn: tables against slots, or how full each kind is where tables are many."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.utils import timezone
from django.utils.dateparse import parse_date

from fairs.editions.models import Edition
from matchmaking.parties.models import MeetingTable, Slot
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request
from matchmaking.timetables.comparing import Difference, Place
from matchmaking.timetables.states import Mark
from matchmaking.timetables.told import Told
from moussem.core.paging import page_of

# More rows than these are no picture any more.
MOST_ROWS = 40
LINES = 40
SHADES = 5
# These stand in the hall whether anybody sits there or not; a booth or a call is drawn where it is used.
ALWAYS = (TableKind.STANDARD, TableKind.PRIVATE)

Marked = tuple[Mark, Place]


@dataclass
class Row:
    """A table and what stands in each slot of the day: a mark, or nothing."""

    table: MeetingTable
    cells: list[str]


@dataclass
class Filled:
    """How many tables of a kind are taken in a slot, of how many that are open."""

    taken: int
    opened: int

    @property
    def shade(self) -> int:
        """From 0, nobody, to the darkest, full."""
        return -(-SHADES * self.taken // self.opened) if self.opened else 0


@dataclass
class Kind:
    """The tables of one kind: in rows, or in one row of how many are taken."""

    key: str
    label: Any
    tables: list[MeetingTable]
    rows: list[Row] = field(default_factory=list)
    filled: list[Filled] = field(default_factory=list)


@dataclass
class Drawn:
    """One day of a timetable, the other days, and a page of its meetings in words."""

    on: date
    days: list[date]
    slots: list[Slot]
    kinds: list[Kind]
    is_dense: bool
    # What the cells of the day say, for the key.
    marks: list[Mark]
    page: Page


def marked_of(difference: Difference) -> list[Marked]:
    """What a draft holds and what it takes away, each with what is new about it."""
    stay = [*difference.same, *(now for _was, now in difference.quiet)]
    return [
        *((Mark.NEW, one) for one in difference.new),
        *((Mark.MOVED, now) for _was, now in difference.moved),
        *((Mark.KEPT, one) for one in stay),
        *((Mark.CANCELLED, one) for one in difference.cancelled),
    ]


def held(places: Iterable[Place]) -> list[Marked]:
    """Meetings that stand, each as one."""
    return [(Mark.HELD, one) for one in places]


def drawn(
    edition: Edition,
    marked: Iterable[Marked],
    *,
    told: Told,
    closed: Mapping[int, set[int]],
    asked: Mapping[str, str],
) -> Drawn | None:
    """The day that was asked for, else the one that matters most; None while no meeting has a place."""
    slots, tables = told.slots, told.tables
    there = [(mark, one) for mark, one in marked if one.slot in slots and one.table in tables]
    if not there:
        return None
    days = sorted({one.on for one in slots.values()})
    on = _day_in(asked.get("on", ""), days) or _telling(there, slots, edition)
    of_day = [(mark, one) for mark, one in there if slots[one.slot].on == on]
    hours = sorted((one for one in slots.values() if one.on == on), key=lambda one: one.begins)
    kinds = _kinds(of_day, tables)
    is_dense = sum(len(kind.tables) for kind in kinds) > MOST_ROWS
    for kind in kinds:
        if is_dense:
            kind.tables = [one for one in tables.values() if one.kind == kind.key and _is_laid(one)]
            kind.filled = _filled(kind.tables, of_day, hours, closed)
        else:
            kind.rows = _rows(kind.tables, of_day, hours, closed)
    cells = {cell for kind in kinds for row in kind.rows for cell in row.cells}
    said = {mark for mark, _one in of_day} | cells
    page = _lines(edition, of_day, told, asked.get("meetings"))
    return Drawn(on, days, hours, kinds, is_dense, [mark for mark in Mark if mark in said], page)


def _day_in(text: str, days: list[date]) -> date | None:
    """The day of an address, where it is one of the fair's."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day in days else None


def _telling(marked: Iterable[Marked], slots: Mapping[int, Slot], edition: Edition) -> date:
    """The first day on which something changes, else the next on which somebody meets, else the last."""
    changing = [slots[one.slot].on for mark, one in marked if mark not in (Mark.KEPT, Mark.HELD)]
    if changing:
        return min(changing)
    days = {slots[one.slot].on for _mark, one in marked}
    today = timezone.localdate(timezone=ZoneInfo(edition.time_zone))
    return min((one for one in days if one >= today), default=max(days))


def _is_laid(table: MeetingTable) -> bool:
    return table.withdrawn_at is None


def _kinds(of_day: Iterable[Marked], tables: Mapping[int, MeetingTable]) -> list[Kind]:
    """The tables to be drawn under their kinds, in the order of their numbers."""
    used = {one.table for _mark, one in of_day}
    found = []
    for kind in TableKind:
        shown = [
            one
            for one in tables.values()
            if one.kind == kind and (one.pk in used or (kind in ALWAYS and _is_laid(one)))
        ]
        if shown:
            found.append(Kind(kind, kind.label, sorted(shown, key=lambda one: (one.number, one.pk))))
    return found


def _rows(
    tables: Iterable[MeetingTable],
    of_day: Iterable[Marked],
    hours: list[Slot],
    closed: Mapping[int, set[int]],
) -> list[Row]:
    # What is held at a table hides what was cancelled there: marks are written in the order of their weight.
    cells: dict[tuple[int, int], str] = {}
    for mark, one in of_day:
        cells.setdefault((one.table, one.slot), mark)

    def cell(table: int, slot: int) -> str:
        return cells.get((table, slot)) or (Mark.CLOSED if slot in closed.get(table, ()) else "")

    return [Row(one, [cell(one.pk, slot.pk) for slot in hours]) for one in tables]


def _filled(
    tables: list[MeetingTable],
    of_day: Iterable[Marked],
    hours: list[Slot],
    closed: Mapping[int, set[int]],
) -> list[Filled]:
    keys = {one.pk for one in tables}
    taken = Counter(one.slot for mark, one in of_day if mark != Mark.CANCELLED and one.table in keys)
    shut = Counter(slot for key in keys for slot in closed.get(key, ()))
    return [Filled(taken[one.pk], max(len(tables) - shut[one.pk], taken[one.pk])) for one in hours]


def _lines(edition: Edition, of_day: Iterable[Marked], told: Told, number: Any) -> Page:
    """A page of the meetings of a day in words, by their time."""

    def turn(marked: Marked) -> tuple[Any, ...]:
        table = told.tables[marked[1].table]
        return told.slots[marked[1].slot].begins, table.kind, table.number, marked[1].request

    page = page_of(sorted(of_day, key=turn), number, LINES)
    known, keys = dict(told.requests), {one.request for _mark, one in page}
    if missing := keys - known.keys():
        found = Request.objects.filter(edition=edition, pk__in=missing)
        sides = found.select_related("buyer__organisation", "exporter__organisation")
        known |= {one.pk: one for one in sides}
    page.object_list = [
        {
            "mark": mark,
            "slot": told.slots[one.slot],
            "table": told.tables[one.table],
            "request": known[one.request],
        }
        for mark, one in page
        if one.request in known
    ]
    return page
