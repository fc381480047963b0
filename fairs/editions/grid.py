"""The meeting slots of a day: wall-clock hours of one zone, told as moments. No Django in here.

A zone may change its clock during an edition: Morocco left UTC+1 for UTC+0 during every Ramadan, and once
more in September 2026. Hours are what people read on the wall, so each is turned into a moment by itself and
never by adding hours to a midnight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Opening:
    """When the doors are open on one day."""

    on: date
    opens: time
    closes: time


@dataclass(frozen=True)
class Pause:
    """When nobody meets: on one day, or on every day where none is named."""

    begins: time
    ends: time
    on: date | None = None


@dataclass(frozen=True)
class Slot:
    """One meeting's time, as two moments in UTC; ``number`` counts from 1 within its day."""

    number: int
    begins: datetime
    ends: datetime


def moment(on: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, when the clocks of a zone show this hour; the first one where they show it twice.

    An hour that the clocks leave out is read with the offset before the change.
    """
    return datetime.combine(on, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def slots_of(
    opening: Opening, pauses: Sequence[Pause], *, zone: str, minutes: int, between: int
) -> list[Slot]:
    """The slots of a day: ``minutes`` long with ``between`` minutes after each, none across a pause."""
    return [
        Slot(number, begins, ends)
        for number, (begins, ends) in enumerate(_spans(opening, pauses, zone, minutes, between), 1)
    ]


def _spans(
    opening: Opening, pauses: Sequence[Pause], zone: str, minutes: int, between: int
) -> Iterator[tuple[datetime, datetime]]:
    length, gap = timedelta(minutes=minutes), timedelta(minutes=between)
    closes = moment(opening.on, opening.closes, zone)
    shut = sorted(
        (moment(opening.on, pause.begins, zone), moment(opening.on, pause.ends, zone))
        for pause in pauses
        if pause.on in (None, opening.on)
    )
    begins = moment(opening.on, opening.opens, zone)
    while begins + length <= closes:
        met = next(((start, end) for start, end in shut if start < begins + length and begins < end), None)
        if met is None:
            yield begins, begins + length
            begins += length + gap
        else:
            begins = met[1]
