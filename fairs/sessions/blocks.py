"""A day laid out as a table: a column for each room, a row for each step of time. No Django in here.

A table needs no measures of its own in the page, where none may stand: a session that lasts an hour is a cell
of so many rows, and a row grows where words need more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fairs.sessions.conflicts import Span

# The rows of a day, in minutes: the coarsest in which every session begins and ends on a line.
STEPS = (15, 5)
HOUR = 60


@dataclass(frozen=True)
class Held:
    """A session to be laid out, and the room that it is in; None is nowhere in the halls."""

    key: int
    room: int | None
    span: Span


@dataclass(frozen=True)
class Pause:
    """A break, with its name."""

    name: str
    span: Span


@dataclass(frozen=True)
class Cell:
    """Some rows of a column: a session, a break over all columns, or nothing."""

    rows: int
    columns: int = 1
    key: int | None = None
    pause: str = ""


@dataclass(frozen=True)
class Row:
    """What begins with a step, and the hour that does; ``steps`` is how many of them it is tall."""

    cells: tuple[Cell, ...]
    hour: str = ""
    hour_rows: int = 0
    is_now: bool = False
    steps: int = 1


@dataclass(frozen=True)
class Table:
    """``columns`` tells for each room, in the order of the columns, over how many of them it goes."""

    step: int
    columns: tuple[tuple[int | None, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Block:
    first: int
    after: int
    cell: Cell


def laid_out(
    held: Sequence[Held], rooms: Sequence[int | None], pauses: Iterable[Pause], *, zone: str, now: datetime
) -> Table:
    """The day from the full hour before its first session to the one after its last; one there must be."""
    begins = _full_hour(min(one.span.begins for one in held), zone)

    def minutes(at: datetime) -> int:
        return round((at - begins) / timedelta(minutes=1))

    step = next((one for one in STEPS if _fits(one, held, minutes)), STEPS[-1])
    last = max(minutes(one.span.ends) for one in held)
    count = -(-last // HOUR) * HOUR // step
    # What lies between two lines takes the whole of both steps.
    placed = [(one, minutes(one.span.begins) // step, -(-minutes(one.span.ends) // step)) for one in held]
    lanes, columns = _lanes(placed, rooms)
    shared = [
        _Block(first, after, Cell(after - first, len(lanes), pause=pause.name))
        for pause in pauses
        if 0 <= (first := minutes(pause.span.begins) // step) < (after := minutes(pause.span.ends) // step)
        if after <= count and all(one.after <= first or after <= one.first for lane in lanes for one in lane)
    ]
    cells = defaultdict(list)
    for number, lane in enumerate(lanes):
        # A break stands once, in the first column, over all.
        for block in _filled(lane, shared, count):
            if not block.cell.pause or number == 0:
                cells[block.first].append(block.cell)
    rows = (_row(begins, row, step, tuple(cells[row]), zone, now) for row in range(count))
    return Table(step, columns, tuple(rows))


def closed_up(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Only the rows that something begins with, each as tall as those it closes up on.

    A table with a row in which no cell begins is not sound, and a screen reader counts it.
    """
    kept = [number for number, row in enumerate(rows) if row.cells or row.hour]
    place = dict(zip([*kept, len(rows)], range(len(kept) + 1), strict=True))

    def told(number: int, after: int) -> Row:
        row = rows[number]
        cells = (replace(cell, rows=place[number + cell.rows] - place[number]) for cell in row.cells)
        hour_rows = place[number + row.hour_rows] - place[number]
        return replace(row, cells=tuple(cells), hour_rows=hour_rows, steps=after - number)

    return tuple(map(told, kept, [*kept[1:], len(rows)]))


def _fits(step: int, held: Sequence[Held], minutes: Callable[[datetime], int]) -> bool:
    return all(minutes(at) % step == 0 for one in held for at in (one.span.begins, one.span.ends))


def _full_hour(at: datetime, zone: str) -> datetime:
    """By the clocks of a zone, some of which are half an hour off."""
    wall = at.astimezone(ZoneInfo(zone))
    return at - timedelta(minutes=wall.minute, seconds=wall.second)


def _lanes(
    placed: Sequence[tuple[Held, int, int]], rooms: Sequence[int | None]
) -> tuple[list[list[_Block]], tuple[tuple[int | None, int], ...]]:
    """The blocks of each column; a room has one column more where two of its sessions meet."""
    lanes: list[list[_Block]] = []
    columns = []
    for room in rooms:
        own: list[list[_Block]] = [[]]
        for one, first, after in sorted(placed, key=lambda told: told[1]):
            if one.room != room:
                continue
            lane = next((lane for lane in own if not lane or lane[-1].after <= first), None)
            if lane is None:
                own.append(lane := [])
            lane.append(_Block(first, after, Cell(after - first, key=one.key)))
        lanes += own
        columns.append((room, len(own)))
    return lanes, tuple(columns)


def _filled(lane: Sequence[_Block], shared: Sequence[_Block], count: int) -> list[_Block]:
    """A column without a hole: what nothing stands in is an empty cell."""
    found: list[_Block] = []
    at = 0
    end = _Block(count, count, Cell(0))
    for block in [*sorted([*lane, *shared], key=lambda one: one.first), end]:
        if block.first > at:
            found.append(_Block(at, block.first, Cell(block.first - at)))
        if block is not end:
            found.append(block)
        at = block.after
    return found


def _row(begins: datetime, row: int, step: int, cells: tuple[Cell, ...], zone: str, now: datetime) -> Row:
    if row * step % HOUR:
        return Row(cells)
    at = begins + timedelta(minutes=row * step)
    told = Row(cells, f"{at.astimezone(ZoneInfo(zone)):%H:%M}", HOUR // step)
    return replace(told, is_now=at <= now < at + timedelta(hours=1))
