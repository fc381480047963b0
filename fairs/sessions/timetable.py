"""A day of a programme laid out for a page: its rows by hour, and its drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language_bidi

from fairs.editions.models import Edition
from fairs.sessions.conflicts import Span
from fairs.sessions.drawing import Drawing, Held, drawn_day
from fairs.sessions.models import Attendance, Showing, Track
from fairs.sessions.queries import breaks_of, openings_of


@dataclass(frozen=True)
class Cell:
    """A session in its column; column 0 goes over all."""

    showing: Showing
    column: int
    is_now: bool
    attendance: Attendance | None


@dataclass(frozen=True)
class Row:
    """Sessions that run beside each other, and when the first of them begins."""

    begins: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class DayPage:
    """One day of a programme."""

    on: date
    rows: tuple[Row, ...]
    drawing: Drawing
    bars: tuple[tuple[Any, Showing], ...]
    is_today: bool


def day_of_page(
    edition: Edition,
    on: date,
    showings: Sequence[Showing],
    tracks: Sequence[Track],
    kept: dict[int, Attendance],
    now: datetime,
) -> DayPage:
    """The sessions of a day, in their order, as its page lays them out; there must be one at least."""
    columns = {track.pk: number for number, track in enumerate(tracks, 1)}
    cells = [
        Cell(
            one,
            columns.get(one.track_id, 0),
            one.begins_at <= now < one.ends_at and not one.is_cancelled,
            kept.get(one.session_id),
        )
        for one in showings
    ]
    whole = Span(min(one.begins_at for one in showings), max(one.ends_at for one in showings))
    drawing = drawn_day(
        [
            Held(one.session_id, columns[one.track_id] - 1 if one.track_id in columns else None, one.span)
            for one in showings
            if not one.is_cancelled
        ],
        breaks_of(edition),
        next((opening for opening in openings_of(edition) if opening.meets(whole)), whole),
        zone=edition.time_zone,
        now=now,
        mirrored=get_language_bidi(),
    )
    by_key = {one.session_id: one for one in showings}
    return DayPage(
        on,
        tuple(_rows(cells)),
        drawing,
        tuple((bar, by_key[bar.key]) for bar in drawing.bars),
        now.astimezone(ZoneInfo(edition.time_zone)).date() == on,
    )


def _rows(cells: list[Cell]) -> Iterator[Row]:
    """Whatever meets stands in one row; what is for everybody has a row of its own."""
    row: list[Cell] = []
    until = None
    for cell in cells:
        apart = not cell.column or (row and not row[-1].column)
        if row and (apart or cell.showing.begins_at >= until):
            yield Row(row[0].showing.begins_at, tuple(row))
            row, until = [], None
        row.append(cell)
        until = max(until, cell.showing.ends_at) if until else cell.showing.ends_at
    if row:
        yield Row(row[0].showing.begins_at, tuple(row))
