"""The days of one person at a fair: meetings, sessions that they keep, and what is free between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from fairs.sessions.clocks import differ
from matchmaking.meetings.models import Meeting
from matchmaking.parties.models import Slot
from matchmaking.requests.clocks import AGAIN, KEPT_LEFT


@dataclass
class Line:
    """One line of a day: a meeting, a session, or slots that are free or taken out."""

    kind: str
    begins: datetime
    ends: datetime
    meeting: Meeting | None = None
    showing: Any = None
    slots: list[Slot] = field(default_factory=list)
    at_fair: str = ""
    for_me: str = ""
    is_now: bool = False
    is_over: bool = False
    is_crossed: bool = False
    # Of free slots: whom to ask for one of them.
    to_ask: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class DayShown:
    """A day of the fair with its lines."""

    on: date
    lines: list[Line]

    @property
    def meetings(self) -> int:
        """How many meetings it has."""
        return sum(1 for line in self.lines if line.kind == "meeting")


def hours_between(begins: datetime, ends: datetime, zone: str, fair: str) -> str:
    """From when to when by the clocks of a zone, with the day where it is another one than at the fair."""
    first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (begins, ends))
    hours = f"{KEPT_LEFT}{first:%H:%M}–{last:%H:%M}{AGAIN}"
    there = begins.astimezone(ZoneInfo(fair))
    return hours if first.date() == there.date() else f"{date_format(first, 'D')} {hours}"


def days_shown(
    slots: Sequence[Slot],
    *,
    meetings: Iterable[Meeting],
    showings: Iterable[Any],
    away: set[int],
    zones: tuple[str, str],
    now: datetime,
) -> list[DayShown]:
    """Every day that has slots, meetings or sessions; ``zones`` are those of the fair and of the reader."""
    fair, mine = zones
    busy = [_of_meeting(one) for one in meetings] + [_of_session(one) for one in showings]
    lines = [*busy, *_between(slots, busy, away, now)]
    for line in lines:
        line.at_fair = hours_between(line.begins, line.ends, fair, fair)
        if differ(line.begins, fair, mine):
            line.for_me = hours_between(line.begins, line.ends, mine, fair)
        line.is_over = line.ends <= now
        line.is_now = line.begins <= now < line.ends and line.kind in ("meeting", "session")
        line.is_crossed = any(_meet(line, one) for one in busy if one is not line)
    ordered = sorted(lines, key=lambda line: (line.begins, line.ends))
    by_day = groupby(ordered, key=lambda line: line.begins.astimezone(ZoneInfo(fair)).date())
    return [DayShown(on, list(found)) for on, found in by_day]


def _meet(one: Any, other: Any) -> bool:
    return one.begins < other.ends and other.begins < one.ends


def _of_meeting(meeting: Meeting) -> Line:
    return Line("meeting", meeting.slot.begins, meeting.slot.ends, meeting=meeting)


def _of_session(showing: Any) -> Line:
    return Line("session", showing.begins_at, showing.ends_at, showing=showing)


def _between(slots: Sequence[Slot], busy: Sequence[Line], away: set[int], now: datetime) -> Iterator[Line]:
    """Slots to come in which nothing is, those that follow one another as one line."""
    told = []
    for number, slot in enumerate(slots):
        is_taken = any(_meet(line, slot) for line in busy)
        if not is_taken and slot.begins > now:
            told.append((number, slot, "away" if slot.pk in away else "free"))
    # A gap in the numbers, a pause or another kind begins a new line.
    runs = groupby(enumerate(told), key=lambda pair: (pair[1][0] - pair[0], pair[1][1].block, pair[1][2]))
    for (_gap, _block, kind), found in runs:
        row = [slot for _n, (_number, slot, _kind) in found]
        yield Line(kind, row[0].begins, row[-1].ends, slots=row)
