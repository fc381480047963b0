"""The days of one person at a fair, whatever room their hours come from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from fairs.sessions.clocks import differ

# “09:00–09:20” would be turned round in Arabic, and broken after its dash on a phone.
KEPT_LEFT, AGAIN = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
TOGETHER = "\N{WORD JOINER}"


@dataclass
class Line:
    """One line of a day: its template is given ``told``. A gap takes nobody's time and is not busy."""

    kind: str
    begins: datetime
    ends: datetime
    template: str
    told: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    is_busy: bool = True
    at_fair: str = ""
    for_me: str = ""
    is_now: bool = False
    is_over: bool = False
    crosses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DayShown:
    """A day of the fair with its lines."""

    on: date
    lines: list[Line]

    @property
    def busy(self) -> int:
        """How many things somebody has to be at."""
        return sum(1 for line in self.lines if line.is_busy)


def meet(one: Any, other: Any) -> bool:
    """Whether two things are on at the same time, for a minute at least."""
    return one.begins < other.ends and other.begins < one.ends


def hours_text(begins: datetime, ends: datetime) -> str:
    """From when to when on the wall, whole on a line and in its own direction."""
    return f"{KEPT_LEFT}{begins:%H:%M}–{TOGETHER}{ends:%H:%M}{AGAIN}"


def hours_between(begins: datetime, ends: datetime, zone: str, fair: str) -> str:
    """From when to when by the clocks of a zone, with the day where it is another one than at the fair."""
    first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (begins, ends))
    hours = hours_text(first, last)
    there = begins.astimezone(ZoneInfo(fair))
    return hours if first.date() == there.date() else f"{date_format(first, 'D')} {hours}"


def days_shown(lines: Iterable[Line], *, zones: tuple[str, str], now: datetime) -> list[DayShown]:
    """Every day on which something is; ``zones`` are those of the fair and of the reader."""
    fair, mine = zones
    ordered = sorted(lines, key=lambda line: (line.begins, line.ends))
    busy = [line for line in ordered if line.is_busy]
    for line in ordered:
        line.at_fair = hours_between(line.begins, line.ends, fair, fair)
        if differ(line.begins, fair, mine):
            line.for_me = hours_between(line.begins, line.ends, mine, fair)
        line.is_over = line.ends <= now
        line.is_now = line.is_busy and line.begins <= now < line.ends
        line.crosses = [one.label for one in busy if one is not line and line.is_busy and meet(line, one)]
    by_day = groupby(ordered, key=lambda line: line.begins.astimezone(ZoneInfo(fair)).date())
    return [DayShown(on, list(found)) for on, found in by_day]


def line_of(attendance: Any) -> Line:
    """A session that somebody keeps; one that was cancelled, or in which no seat is free, takes no time."""
    showing = attendance.session.showing
    return Line(
        "session",
        showing.begins_at,
        showing.ends_at,
        "fairs/sessions/parts/kept.html",
        told={"attendance": attendance, "showing": showing},
        label=showing.label,
        is_busy=attendance.is_seated and not showing.is_cancelled,
    )
