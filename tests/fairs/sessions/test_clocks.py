from datetime import UTC, date, datetime, time, timedelta

import pytest

from fairs.editions.grid import moment
from fairs.sessions.clocks import differ, due_lead, is_said_twice, moved_by, turns_between

pytestmark = pytest.mark.unit

ZONE = "Africa/Casablanca"
BEGINS = datetime(2030, 5, 6, 9, tzinfo=UTC)


def test_clocks_of_morocco_turn_around_two_ramadans_and_once_more():
    turns = list(turns_between(ZONE, datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)))

    hours = [(one.wall, one.after // timedelta(hours=1)) for one in turns[1:]]
    assert turns[0].after == timedelta(hours=1)
    assert hours == [
        (datetime(2025, 2, 23, 3), 0),
        (datetime(2025, 4, 6, 2), 1),
        (datetime(2026, 2, 15, 3), 0),
        (datetime(2026, 3, 22, 2), 1),
        (datetime(2026, 9, 20, 2), 0),
    ]


def test_hour_that_clocks_show_twice_is_known_the_second_time():
    first = datetime(2026, 2, 15, 1, 30, tzinfo=UTC)

    assert [is_said_twice(first + timedelta(hours=n), ZONE) for n in (-1, 0, 1, 2)] == [
        *(False, False),
        *(True, False),
    ]


def test_session_moved_across_ramadan_keeps_its_hour_of_the_wall():
    before = moment(date(2026, 2, 10), time(9), ZONE)

    assert moved_by(before, timedelta(days=10), was=ZONE, now=ZONE) == moment(
        date(2026, 2, 20), time(9), ZONE
    )
    assert moved_by(before, timedelta(days=10), was=ZONE, now=ZONE) - before == timedelta(days=10, hours=1)


@pytest.mark.parametrize(
    ("minutes_before", "lead"),
    [
        (24 * 60 + 1, None),
        (24 * 60, timedelta(hours=24)),
        (61, timedelta(hours=24)),
        (60, timedelta(hours=1)),
        (11, timedelta(hours=1)),
        (10, timedelta(minutes=10)),
        (1, timedelta(minutes=10)),
        (0, None),
    ],
)
def test_nearest_reminder_whose_moment_has_come_is_due(minutes_before, lead):
    now = BEGINS - timedelta(minutes=minutes_before)

    assert due_lead(BEGINS, now, BEGINS - timedelta(days=9)) == lead


def test_nobody_is_reminded_of_what_they_have_just_chosen():
    chosen = BEGINS - timedelta(minutes=50)

    assert due_lead(BEGINS, chosen, chosen) is None
    assert due_lead(BEGINS, BEGINS - timedelta(minutes=9), chosen) == timedelta(minutes=10)


def test_zones_differ_only_while_their_clocks_do():
    assert not differ(datetime(2026, 2, 16, 12, tzinfo=UTC), ZONE, "Europe/London")
    assert differ(datetime(2026, 2, 10, 12, tzinfo=UTC), ZONE, "Europe/London")
