"""The plan of a day as a drawing: a lane for each track, a bar for each session. No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fairs.sessions.conflicts import Span

WIDTH, BAR, GAP, AXIS, MARGIN = 960, 24, 6, 26, 18
# A bar ends a little before the next begins.
APART = 3
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Held:
    """A session to be drawn: its lane counts from 0; None goes over all lanes."""

    key: int
    lane: int | None
    span: Span


@dataclass(frozen=True)
class Bar:
    """Where a session is drawn."""

    key: int
    lane: int | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A full hour on the axis."""

    x: float
    hour: str


@dataclass(frozen=True)
class Drawing:
    """A day, ready to be drawn; ``now`` is where the present stands, if it stands within."""

    width: int
    height: float
    axis: int
    bars: tuple[Bar, ...]
    pauses: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]
    now: float | None

    @property
    def whole(self) -> int:
        """The width with room for the first and the last hour."""
        return self.width + 2 * MARGIN


def drawn_day(
    held: Sequence[Held],
    pauses: Iterable[Span],
    opening: Span | None,
    *,
    zone: str,
    now: datetime,
    mirrored: bool = False,
) -> Drawing:
    """The day from the opening of its doors, or its first session, to the closing or its last."""
    ends = [one.span for one in held] + ([opening] if opening else [])
    frame = Span(min(span.begins for span in ends), max(span.ends for span in ends))
    scale = WIDTH / ((frame.ends - frame.begins) / HOUR)

    def place(at: datetime) -> float:
        return round((at - frame.begins) / HOUR * scale, 1)

    def x(begins: datetime, width: float) -> float:
        return round(WIDTH - place(begins) - width, 1) if mirrored else place(begins)

    rows, count = _rows(held)
    height = AXIS + count * (BAR + GAP)
    bars = []
    for one in held:
        width = round(place(one.span.ends) - place(one.span.begins) - APART, 1)
        over_all = one.lane is None
        y = AXIS if over_all else AXIS + rows[one.key] * (BAR + GAP)
        tall = height - AXIS - GAP if over_all else BAR
        bars.append(Bar(one.key, one.lane, x(one.span.begins, width), y, width, tall))
    return Drawing(
        width=WIDTH,
        height=height,
        axis=AXIS,
        bars=tuple(bars),
        pauses=tuple(
            (
                x(pause.begins, place(pause.ends) - place(pause.begins)),
                place(pause.ends) - place(pause.begins),
            )
            for pause in pauses
            if frame.holds(pause)
        ),
        ticks=tuple(Tick(x(at, 0), f"{at.astimezone(ZoneInfo(zone)):%H:%M}") for at in _hours(frame, zone)),
        now=x(now, 0) if frame.begins <= now < frame.ends else None,
    )


def _rows(held: Sequence[Held]) -> tuple[dict[int, int], int]:
    """A row for each session: those of a track share one, and go below it where they meet."""
    rows: dict[int, int] = {}
    first = 0
    for lane in sorted({one.lane for one in held if one.lane is not None}):
        busy: list[datetime] = []
        for one in sorted((one for one in held if one.lane == lane), key=lambda one: one.span.begins):
            row = next((row for row, until in enumerate(busy) if until <= one.span.begins), len(busy))
            busy[row : row + 1] = [one.span.ends]
            rows[one.key] = first + row
        first += len(busy)
    return rows, max(first, 1)


def _hours(frame: Span, zone: str) -> Iterable[datetime]:
    at = frame.begins
    minutes = at.astimezone(ZoneInfo(zone)).minute
    at += timedelta(minutes=-minutes % 60)
    while at <= frame.ends:
        yield at
        at += HOUR
