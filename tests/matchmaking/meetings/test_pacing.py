"""How many meetings a person has in a day and in a row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.meetings.pacing import Pace, fits

pytestmark = pytest.mark.unit

FIRST = date(2027, 2, 6)
# Two days; each has a block of four slots before lunch and one of four after it.
PLACES = {n: Pace(n, FIRST + timedelta(days=n // 8), n // 4) for n in range(16)}


def free(position, taken, most_a_day=16, most_in_a_row=16):
    return fits(
        PLACES[position],
        [PLACES[one] for one in taken],
        paces=PLACES,
        most_a_day=most_a_day,
        most_in_a_row=most_in_a_row,
    )


def longest_row(held):
    """The most meetings of one block that follow one another, counted the plain way."""
    best = 0
    for block in range(4):
        row = 0
        for position in range(block * 4, block * 4 + 4):
            row = row + 1 if position in held else 0
            best = max(best, row)
    return best


@pytest.mark.parametrize(
    ("position", "taken", "expected"),
    [(0, [], True), (0, [0], False), (2, [0, 1], False), (1, [0, 2], False), (3, [0, 1], True)],
)
def test_two_in_a_row_are_followed_by_a_pause(position, taken, expected):
    assert free(position, taken, most_in_a_row=2) is expected


def test_lunch_and_the_night_are_pauses():
    assert free(4, [2, 3], most_in_a_row=2) is True
    assert free(8, [6, 7], most_in_a_row=2) is True


def test_a_day_is_full_and_the_next_is_not():
    assert free(7, [0, 2, 4], most_a_day=3) is False
    assert free(8, [0, 2, 4], most_a_day=3) is True


@given(st.sets(st.integers(0, 15)), st.integers(0, 15), st.integers(1, 9), st.integers(1, 5))
def test_one_more_fits_where_the_day_and_its_rows_stay_within_their_limits(held, position, a_day, in_a_row):
    before = longest_row(held)
    with_it = held | {position}
    day = [one for one in with_it if one // 8 == position // 8]
    told = free(position, held, most_a_day=a_day, most_in_a_row=in_a_row)

    # Whoever had more than the limit already, by older hours, is asked only about the row that it joins.
    if before <= in_a_row:
        assert told is (position not in held and len(day) <= a_day and longest_row(with_it) <= in_a_row)
