"""What a zone's clocks do around an edition, for programs that know no zones by name. No Django in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# A zone keeps one offset for days at least; Morocco's shortest part of a year is a month.
STEP = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the form of a wall clock, as calendars write it


@dataclass(frozen=True)
class Turn:
    """A clock that is set: when its wall showed what, and from which offset to which."""

    wall: datetime
    before: timedelta
    after: timedelta


def offset_at(zone: ZoneInfo, at: datetime) -> timedelta:
    """How far the clocks of a zone are from UTC at a moment."""
    return at.astimezone(zone).utcoffset() or timedelta()


def turns_between(name: str, first: datetime, last: datetime) -> Iterator[Turn]:
    """Every change of a zone's offset after one moment and up to another; the offset at first comes first."""
    zone = ZoneInfo(name)
    # In UTC: hours added to a wall clock would be those of the wall.
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    offset = offset_at(zone, first)
    yield Turn(EPOCH, offset, offset)
    at = first
    while at < last:
        following = min(at + STEP, last)
        if offset_at(zone, following) != offset:
            turned = _moment_of_turn(zone, at, following)
            after = offset_at(zone, turned)
            yield Turn((turned + offset).replace(tzinfo=None), offset, after)
            offset, following = after, turned
        at = following


def _moment_of_turn(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset."""
    old = offset_at(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if offset_at(zone, middle) == old else (before, middle)
    return after


def is_said_twice(at: datetime, name: str) -> bool:
    """Whether a moment is the second at which the clocks show its hour: only UTC tells it from the first."""
    return bool(at.astimezone(ZoneInfo(name)).fold)


def differ(at: datetime, one: str, other: str) -> bool:
    """Whether the clocks of two zones show different hours at a moment."""
    return offset_at(ZoneInfo(one), at) != offset_at(ZoneInfo(other), at)


def moved_by(at: datetime, days: timedelta, *, was: str, now: str) -> datetime:
    """The moment, so many days later, when the clocks of a zone show what others showed."""
    wall = at.astimezone(ZoneInfo(was)).replace(tzinfo=None, fold=0) + days
    return wall.replace(tzinfo=ZoneInfo(now)).astimezone(UTC)


# The longest first.
LEADS = (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))


def due_lead(begins: datetime, now: datetime, since: datetime) -> timedelta | None:
    """Which reminder of a session is due: the nearest one whose moment has come.

    Nobody is reminded a day before of what they have chosen an hour ago, nor twice at once after a night
    without a clock.
    """
    if begins <= now:
        return None
    reached = [lead for lead in LEADS if begins - lead <= now]
    return reached[-1] if reached and begins - reached[-1] >= since else None
