"""Who wants to meet whom, who can when, and the timetable that answers: frozen, and free of Django.

The words are those of the exchange format: a *request* asks for one meeting of two *companies*, which are
organisations with one or several *people*; a *slot* is a stretch of time on the fair's grid. Ids are
positions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """A timetable made anew, or one that people already hold and that is mended."""

    PLAN = "plan"
    REPAIR = "repair"


class Status(StrEnum):
    """Whether a timetable stands, or the pinned meetings contradict each other."""

    OK = "ok"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time; neighbours of one block follow each other without a real pause."""

    id: int
    day: int
    block: int
    start: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people of one place can meet; windows are aware times (from, to), in that place's own offset."""

    id: int
    zone: str
    windows: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class TableType:
    """A kind of table; changing from or to a virtual one moves nobody."""

    id: int
    name: str
    virtual: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table; with an owner it is for meetings of that company only."""

    id: int
    type: int
    owner: int | None
    closed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pool:
    """Interpreters between two languages: how many there are in each slot."""

    id: int
    langs: tuple[str, str]
    capacity: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """One side of requests; `min_meetings` is what it was promised."""

    id: int
    langs: frozenset[str]
    min_meetings: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A seat at tables: `max_per_day` meetings a day, `max_run` in a row within a block."""

    id: int
    company: int
    calendar: int
    busy: frozenset[int]
    sessions: tuple[int, ...]
    max_per_day: int
    max_run: int


@dataclass(frozen=True, slots=True)
class Request:
    """Buyer `a` and exporter `b` want to meet; None for people means anybody of the company."""

    id: int
    a: int
    b: int
    mutual: bool
    value: int
    table_types: tuple[int, ...]
    people_a: tuple[int, ...] | None = None
    people_b: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that is held: when, at which table, by whom, and through which pool of interpreters."""

    request: int
    slot: int
    table: int
    person_a: int
    person_b: int
    pool: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no timetable can pass: value, value among those of least shortfall, shortfall."""

    value: int
    value_at_least_shortfall: int
    shortfall: int
    method: str = ""


@dataclass(frozen=True)
class Problem:
    """Everything that a timetable is made from.

    What is `published` people hold already: a repair keeps it, a plan prefers it among equals.
    """

    name: str
    slots: tuple[Slot, ...]
    calendars: tuple[Calendar, ...]
    sessions: tuple[frozenset[int], ...]
    table_types: tuple[TableType, ...]
    tables: tuple[Table, ...]
    pools: tuple[Pool, ...]
    companies: tuple[Company, ...]
    people: tuple[Person, ...]
    requests: tuple[Request, ...]
    mode: Mode = Mode.PLAN
    pinned: tuple[Meeting, ...] = ()
    published: tuple[Meeting, ...] = ()
    max_moves: int | None = None

    def people_of(self, request: Request) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who may sit on either side of a request."""
        return (
            request.people_a or self.companies[request.a].people,
            request.people_b or self.companies[request.b].people,
        )

    def pools_of(self, request: Request) -> tuple[int, ...] | None:
        """The pools that connect both companies; None where they share a language."""
        one, other = self.companies[request.a].langs, self.companies[request.b].langs
        if one & other:
            return None
        return tuple(
            pool.id
            for pool in self.pools
            if (pool.langs[0] in one and pool.langs[1] in other)
            or (pool.langs[1] in one and pool.langs[0] in other)
        )

    def availability(self) -> list[frozenset[int]]:
        """For each person the slots in which it can meet: its calendar less what keeps it busy."""
        inside = [self.slots_inside(calendar) for calendar in self.calendars]
        free = []
        for person in self.people:
            attended = frozenset().union(*(self.sessions[each] for each in person.sessions))
            free.append(inside[person.calendar] - person.busy - attended)
        return free

    def slots_inside(self, calendar: Calendar) -> frozenset[int]:
        """The slots that lie within one window of a calendar."""
        found = set()
        for slot in self.slots:
            # Aware times of different offsets compare as the moments they are.
            seconds = slot.minutes * 60
            for begins, ends in calendar.windows:
                if begins <= slot.start and (ends - slot.start).total_seconds() >= seconds:
                    found.add(slot.id)
                    break
        return frozenset(found)


@dataclass(frozen=True)
class Figures:
    """What a timetable is judged by; the lower the better, but for the value."""

    shortfall: int
    value: int
    idle: int
    table_changes: int
    meetings: int
    dropped: int = 0
    moved: int = 0
    moved_unforced: int = 0


@dataclass(frozen=True)
class Timetable:
    """The answer: meetings, or the pinned requests that cannot stand together."""

    instance: str
    status: Status = Status.OK
    meetings: tuple[Meeting, ...] = ()
    conflict: tuple[int, ...] = ()
    figures: Figures | None = None
    bounds: Bounds | None = None
    # Whether a clock or a person ended the search before its budget was spent.
    stopped_early: bool = False
    history: Sequence[tuple[float, str, int]] = field(default=(), compare=False)
