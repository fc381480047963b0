"""A day of a programme laid out for a page: rooms beside each other, hours below each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst

from fairs.editions.grid import moment
from fairs.editions.models import Edition
from fairs.sessions.blocks import Cell, Held, Pause, Row, closed_up, laid_out
from fairs.sessions.conflicts import Span
from fairs.sessions.models import Attendance, Room, Session, Showing, Track


@dataclass(frozen=True)
class CellShown:
    """A cell with what a page says in it; ``tone`` is the number of its track, 0 for everybody's."""

    rows: int
    columns: int
    pause: str
    showing: Showing | Session | None = None
    tone: int = 0
    is_now: bool = False
    attendance: Attendance | None = None


@dataclass(frozen=True)
class RowShown:
    """A row of the table, with the hour that begins with it."""

    told: Row
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class DayPage:
    """One day of a programme; ``rooms`` are its columns, each with how many it takes."""

    on: date
    step: int
    rooms: tuple[tuple[Room | None, int], ...]
    rows: tuple[RowShown, ...]


def day_of_page(
    edition: Edition,
    on: date,
    showings: Sequence[Showing | Session],
    tracks: Sequence[Track],
    rooms: Sequence[Room],
    kept: dict[int, Attendance],
    now: datetime,
) -> DayPage:
    """The sessions of a day as its page lays them out, released or planned; there must be one at least."""
    tones = {track.pk: number for number, track in enumerate(tracks, 1)}
    by_key = {one.session_id: one for one in showings}
    used = {one.room_id for one in showings}
    rooms = [room for room in rooms if room.pk in used]
    held = [Held(one.session_id, one.room_id, Span(one.begins_at, one.ends_at)) for one in showings]
    # What is in no room stands after all rooms.
    columns = [room.pk for room in rooms] + [None] * (None in used)
    table = laid_out(held, columns, _pauses_on(edition, on), zone=edition.time_zone, now=now)

    def shown(cell: Cell) -> CellShown:
        if cell.key is None:
            return CellShown(cell.rows, cell.columns, cell.pause)
        one = by_key[cell.key]
        is_now = one.begins_at <= now < one.ends_at and not one.is_cancelled
        tone = tones.get(one.track_id, 0)
        return CellShown(cell.rows, 1, "", one, tone, is_now, kept.get(cell.key))

    named = {room.pk: room for room in rooms}
    return DayPage(
        on,
        table.step,
        tuple((named.get(key), lanes) for key, lanes in table.columns),
        tuple(RowShown(row, tuple(map(shown, row.cells))) for row in closed_up(table.rows)),
    )


def _pauses_on(edition: Edition, on: date) -> list[Pause]:
    return [
        Pause(
            capfirst(one.get_kind_display()),
            Span(moment(on, one.begins, edition.time_zone), moment(on, one.ends, edition.time_zone)),
        )
        for one in edition.breaks.all()
        if one.on in (None, on)
    ]
