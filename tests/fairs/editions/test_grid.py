"""Hours on the wall told as moments, on the days when Morocco changes its clocks too."""

from datetime import UTC, date, datetime, time

import pytest

from fairs.editions.grid import Opening, Pause, Slot, moment, slots_of

pytestmark = pytest.mark.unit

ZONE = "Africa/Casablanca"
# In 2026 the clocks went back from three to two as Ramadan came near, and forward from two to three after it.
BACK, FORWARD = date(2026, 2, 15), date(2026, 3, 22)
PLAIN = date(2026, 5, 4)


def utc(on, hour, minute=0):
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)


def spans(opens, closes, *pauses, on=PLAIN, minutes=60, between=0):
    """The slots of a day as pairs of hours and minutes in UTC."""
    slots = slots_of(Opening(on, opens, closes), pauses, zone=ZONE, minutes=minutes, between=between)
    return [(f"{slot.begins:%H:%M}", f"{slot.ends:%H:%M}") for slot in slots]


@pytest.mark.parametrize(
    ("on", "hour"),
    [(date(2026, 2, 14), 8), (BACK, 9), (date(2026, 3, 21), 9), (FORWARD, 8)],
    ids=["before Ramadan", "the clocks went back", "in Ramadan", "the clocks went forward"],
)
def test_nine_in_the_morning_is_what_the_clocks_show(on, hour):
    assert moment(on, time(9), ZONE) == utc(on, hour)


def test_hour_shown_twice_is_the_first_one():
    assert moment(BACK, time(2, 30), ZONE) == utc(BACK, 1, 30)
    assert moment(BACK, time(3), ZONE) == utc(BACK, 3)


def test_hour_left_out_is_read_with_the_offset_before():
    assert moment(FORWARD, time(2, 30), ZONE) == utc(FORWARD, 2, 30)
    assert moment(FORWARD, time(3, 30), ZONE) == utc(FORWARD, 2, 30)


def test_night_gains_an_hour_when_the_clocks_go_back():
    assert spans(time(1), time(5), on=BACK) == [
        ("00:00", "01:00"),
        ("01:00", "02:00"),
        ("02:00", "03:00"),
        ("03:00", "04:00"),
        ("04:00", "05:00"),
    ]


def test_night_loses_an_hour_when_the_clocks_go_forward():
    assert spans(time(1), time(5), on=FORWARD) == [("01:00", "02:00"), ("02:00", "03:00"), ("03:00", "04:00")]


def test_slots_are_numbered_from_one_with_the_gap_after_each():
    slots = slots_of(Opening(PLAIN, time(9), time(10)), [], zone=ZONE, minutes=20, between=10)

    assert slots == [Slot(1, utc(PLAIN, 8), utc(PLAIN, 8, 20)), Slot(2, utc(PLAIN, 8, 30), utc(PLAIN, 8, 50))]


def test_last_slot_may_end_as_the_doors_close():
    assert spans(time(9), time(11)) == [("08:00", "09:00"), ("09:00", "10:00")]
    assert spans(time(9), time(10, 59)) == [("08:00", "09:00")]


def test_no_slot_reaches_into_a_break_and_the_next_begins_as_it_ends():
    lunch = Pause(time(10, 30), time(11, 15))

    assert spans(time(9), time(13), lunch) == [("08:00", "09:00"), ("10:15", "11:15")]


def test_breaks_that_touch_or_overlap_are_one():
    pauses = [Pause(time(11), time(12)), Pause(time(10), time(11, 30)), Pause(time(12), time(12, 30))]

    assert spans(time(9), time(14), *pauses) == [("08:00", "09:00"), ("11:30", "12:30")]


def test_break_of_another_day_is_none_of_this_one():
    assert spans(time(9), time(11), Pause(time(9), time(11), FORWARD)) == [
        ("08:00", "09:00"),
        ("09:00", "10:00"),
    ]
    assert spans(time(9), time(11), Pause(time(9), time(11), PLAIN)) == []


@pytest.mark.parametrize(
    ("opens", "closes", "pauses"),
    [
        (time(9), time(9, 59), []),
        (time(9), time(10, 30), [Pause(time(9, 30), time(9, 45))]),
        (time(9), time(12), [Pause(time(8), time(13))]),
    ],
    ids=["too short", "cut in two", "a break all day"],
)
def test_day_without_room_for_a_meeting_has_no_slot(opens, closes, pauses):
    assert spans(opens, closes, *pauses) == []
