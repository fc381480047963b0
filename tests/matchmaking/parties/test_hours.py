"""Whether somebody is awake, by their own clocks."""

from datetime import UTC, datetime, time, timedelta

import pytest

from matchmaking.parties.hours import is_awake

pytestmark = pytest.mark.unit


def at(hour, minute=0, day=10, month=1):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def awake(begins, zone, wakes, sleeps, minutes=20):
    ends = begins + timedelta(minutes=minutes)
    return is_awake(begins, ends, zone=zone, wakes=wakes, sleeps=sleeps)


@pytest.mark.parametrize(
    ("begins", "expected"),
    [(at(7, 59), False), (at(8), True), (at(15, 40), True), (at(15, 41), False), (at(23), False)],
)
def test_hours_of_a_day_hold_to_the_minute(begins, expected):
    # Marrakech is at UTC+1 in January.
    assert awake(begins, "Africa/Casablanca", time(9), time(17)) is expected


@pytest.mark.parametrize(
    ("begins", "expected"),
    # Tokyo is at UTC+9: from five in the afternoon to one in the night.
    [(at(7, 59), False), (at(8), True), (at(14, 50), True), (at(15, 40), True), (at(15, 41), False)],
)
def test_hours_may_go_past_midnight(begins, expected):
    assert awake(begins, "Asia/Tokyo", time(17), time(1)) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(-40, True), (-10, False), (10, True), (40, False)])
def test_slot_in_which_the_clocks_go_back_is_within_the_hours_as_a_whole(minutes, expected):
    # New York shows one o’clock for the second time at six of this morning by UTC.
    begins = at(6, day=1, month=11) + timedelta(minutes=minutes)

    assert awake(begins, "America/New_York", time(0, 30), time(1, 45)) is expected


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        # Ramadan 2026: Morocco is at UTC+0 from the 15th of February to the 22nd of March.
        *((14, 2, True), (16, 2, False), (21, 3, False), (23, 3, True)),
        # And since the 20th of September.
        *((19, 9, True), (21, 9, False)),
    ],
)
def test_hours_follow_the_wall_when_the_clocks_change(day, month, expected):
    assert awake(at(8, day=day, month=month), "Africa/Casablanca", time(9), time(17)) is expected


def test_whoever_named_no_hours_is_there_in_all_of_them():
    assert awake(at(3), "America/New_York", None, None) is True
