"""How far an edition is away, or how far it has come, by its own clocks. No Django in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Stage(StrEnum):
    """What there is to say about the present."""

    FAR = "far"
    TOMORROW = "tomorrow"
    TODAY = "today"
    OPEN = "open"
    BETWEEN = "between"


@dataclass(frozen=True)
class Doors:
    """One day of an edition: from when to when its doors are open."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Countdown:
    """``at`` is when the doors open next, or close, on day ``number`` of ``all_days``."""

    stage: Stage
    at: str
    on: date
    days_left: int
    number: int
    all_days: int


def countdown_of(days: Sequence[Doors], zone: str, now: datetime) -> Countdown | None:
    """The next thing that the doors do; None once they have closed for the last time, or without any day."""
    clocks = ZoneInfo(zone)
    to_come = [(number, day) for number, day in enumerate(days, 1) if day.closes_at > now]
    if not to_come:
        return None
    number, day = to_come[0]
    is_open = day.opens_at <= now
    moment = (day.closes_at if is_open else day.opens_at).astimezone(clocks)
    left = (moment.date() - now.astimezone(clocks).date()).days
    return Countdown(_stage(is_open, number, left), f"{moment:%H:%M}", moment.date(), left, number, len(days))


def _stage(is_open: bool, number: int, left: int) -> Stage:
    if is_open:
        return Stage.OPEN
    if left == 0:
        return Stage.TODAY
    if left == 1:
        return Stage.TOMORROW
    return Stage.BETWEEN if number > 1 else Stage.FAR
