from datetime import UTC, datetime, timedelta

import pytest

from fairs.sessions.conflicts import Span
from fairs.sessions.drawing import APART, AXIS, BAR, GAP, WIDTH, Held, drawn_day

pytestmark = pytest.mark.unit

# The clocks were an hour ahead of UTC.
DAY = datetime(2026, 5, 6, tzinfo=UTC)
ZONE = "Africa/Casablanca"


def span(begins, ends):
    return Span(DAY + timedelta(hours=begins), DAY + timedelta(hours=ends))


def drawn(*held, now=0, **told):
    told = {"zone": ZONE, "now": DAY + timedelta(hours=now), **told}
    return drawn_day(held, [span(12, 13)], span(8, 16), **told)


def test_sessions_of_a_track_share_a_row_and_go_below_where_they_meet():
    drawing = drawn(
        Held(1, 0, span(8, 9)), Held(2, 0, span(9, 10)), Held(3, 0, span(8, 10)), Held(4, 1, span(8, 9))
    )

    rows = {bar.key: (bar.y - AXIS) / (BAR + GAP) for bar in drawing.bars}
    assert rows == {1: 0, 2: 0, 3: 1, 4: 2}
    assert drawing.height == AXIS + 3 * (BAR + GAP)


def test_bar_stands_at_its_hours_and_a_break_at_its_own():
    hour = WIDTH / 8
    (bar,) = (drawing := drawn(Held(1, 0, span(9, 11)))).bars

    assert (bar.x, bar.width) == (hour, 2 * hour - APART)
    assert drawing.pauses == ((4 * hour, hour),)


def test_arabic_reads_the_day_from_the_right():
    hour = WIDTH / 8
    (bar,) = (drawing := drawn(Held(1, 0, span(8, 9)), mirrored=True)).bars

    assert bar.x == WIDTH - hour + APART
    assert [drawing.ticks[0].x, drawing.ticks[-1].x] == [WIDTH, 0]


def test_session_for_everybody_goes_over_all_rows():
    drawing = drawn(Held(1, None, span(8, 9)), Held(2, 0, span(9, 10)), Held(3, 1, span(9, 10)))

    assert (drawing.bars[0].y, drawing.bars[0].height) == (AXIS, 2 * (BAR + GAP) - GAP)


def test_hours_are_those_of_the_clocks_and_now_stands_only_within_the_day():
    assert [tick.hour for tick in drawn(Held(1, 0, span(9, 10))).ticks][:2] == ["09:00", "10:00"]
    assert [drawn(Held(1, 0, span(9, 10)), now=now).now for now in (7, 12, 16)] == [None, WIDTH / 2, None]
