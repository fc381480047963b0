from datetime import UTC, datetime, timedelta

import pytest

from fairs.sessions.blocks import Cell, Held, Pause, closed_up, laid_out
from fairs.sessions.conflicts import Span

pytestmark = pytest.mark.unit

# Tokyo is nine hours ahead of UTC.
DAY = datetime(2030, 5, 6, tzinfo=UTC) - timedelta(hours=9)
ZONE = "Asia/Tokyo"
HALL, ROOM = 1, 2


def span(begins, ends):
    """Hours on the wall."""
    return Span(DAY + timedelta(hours=begins), DAY + timedelta(hours=ends))


def table(*held, rooms=(HALL, ROOM), pauses=(), now=0):
    return laid_out(held, rooms, pauses, zone=ZONE, now=DAY + timedelta(hours=now))


def begun(told):
    """The cells that begin with each row in which any does."""
    return {number: row.cells for number, row in enumerate(told.rows) if row.cells}


def test_session_takes_the_rows_of_its_hours_and_what_is_between_is_empty():
    told = table(Held(7, HALL, span(9.5, 10.25)), Held(8, ROOM, span(10, 11)))

    assert (told.step, len(told.rows)) == (15, 8)
    assert begun(told) == {
        0: (Cell(2), Cell(4)),
        2: (Cell(3, key=7),),
        4: (Cell(4, key=8),),
        5: (Cell(3),),
    }


@pytest.mark.parametrize(("minutes", "step", "rows"), [(0, 15, 4), (5, 5, 12), (7, 5, 12)])
def test_steps_are_as_coarse_as_the_hours_allow(minutes, step, rows):
    begins = 9 + minutes / 60

    told = table(Held(7, HALL, span(begins, begins + 0.5)), rooms=(HALL,))

    assert (told.step, len(told.rows)) == (step, rows)


def test_room_in_which_two_sessions_meet_has_two_columns():
    told = table(Held(7, HALL, span(9, 10)), Held(8, HALL, span(9.5, 10)), Held(9, ROOM, span(9, 10)))

    assert told.columns == ((HALL, 2), (ROOM, 1))
    assert begun(told) == {0: (Cell(4, key=7), Cell(2), Cell(4, key=9)), 2: (Cell(2, key=8),)}


def test_break_goes_over_all_columns_unless_a_session_is_held_in_it():
    held = (Held(7, HALL, span(9, 10)), Held(8, ROOM, span(11, 12)))
    lunch, tea = Pause("Lunch", span(10, 11)), Pause("Tea", span(11, 11.5))

    told = table(*held, pauses=[lunch, tea])

    assert begun(told) == {
        0: (Cell(4, key=7), Cell(4)),
        4: (Cell(4, 2, pause="Lunch"),),
        8: (Cell(4), Cell(4, key=8)),
    }


def test_hours_are_those_of_the_wall_and_the_present_one_is_marked():
    told = table(Held(7, HALL, span(9.5, 11)), rooms=(HALL,), now=10.75)

    hours = [(row.hour, row.hour_rows, row.is_now) for row in told.rows if row.hour]
    assert hours == [("09:00", 4, False), ("10:00", 4, True)]


def test_every_row_is_filled_to_the_same_width():
    held = [Held(n, (HALL, ROOM)[n % 2], span(9 + n / 3, 9.3 + n / 3)) for n in range(12)]
    told = table(*held, pauses=[Pause("Lunch", span(14, 15))])

    width = sum(lanes for _room, lanes in told.columns)
    filled = [0] * len(told.rows)
    for number, row in enumerate(told.rows):
        for cell in row.cells:
            for below in range(cell.rows):
                filled[number + below] += cell.columns
    assert filled == [width] * len(told.rows)


def test_rows_in_which_nothing_begins_are_closed_up_and_nothing_is_shorter_for_it():
    told = table(Held(7, HALL, span(9.5, 10.25)), Held(8, ROOM, span(10, 11)))

    rows = closed_up(told.rows)

    assert [(row.hour, row.hour_rows, row.steps) for row in rows] == [
        ("09:00", 2, 2),
        ("", 0, 2),
        ("10:00", 2, 1),
        ("", 0, 3),
    ]
    assert [row.cells for row in rows] == [
        (Cell(1), Cell(2)),
        (Cell(2, key=7),),
        (Cell(2, key=8),),
        (Cell(1),),
    ]
