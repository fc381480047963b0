"""How far an edition is away, by its own clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from fairs.editions.countdown import Countdown, Doors, Stage, countdown_of

pytestmark = pytest.mark.unit

ZONE = "Africa/Casablanca"
# Nine to six in Casablanca, which is an hour ahead of UTC in May; the 5th is a day off.
DAYS = [
    Doors(datetime(2026, 5, day, 8, tzinfo=UTC), datetime(2026, 5, day, 17, tzinfo=UTC)) for day in (4, 6, 7)
]


@pytest.mark.parametrize(
    ("now", "stage", "at", "left", "number"),
    [
        (datetime(2026, 5, 1, 12, tzinfo=UTC), Stage.FAR, "09:00", 3, 1),
        # By the clocks of the fair it is the 3rd already.
        (datetime(2026, 5, 2, 23, 30, tzinfo=UTC), Stage.TOMORROW, "09:00", 1, 1),
        (datetime(2026, 5, 4, 7, 59, tzinfo=UTC), Stage.TODAY, "09:00", 0, 1),
        (datetime(2026, 5, 4, 8, tzinfo=UTC), Stage.OPEN, "18:00", 0, 1),
        (datetime(2026, 5, 4, 17, tzinfo=UTC), Stage.BETWEEN, "09:00", 2, 2),
        (datetime(2026, 5, 6, 17, tzinfo=UTC), Stage.TOMORROW, "09:00", 1, 3),
    ],
)
def test_next_thing_that_the_doors_do_is_told_by_their_clocks(now, stage, at, left, number):
    on = (now + timedelta(hours=1)).date() + timedelta(days=left)

    assert countdown_of(DAYS, ZONE, now) == Countdown(stage, at, on, left, number, 3)


def test_nothing_is_counted_once_the_doors_have_closed_for_the_last_time():
    assert countdown_of(DAYS, ZONE, datetime(2026, 5, 7, 17, tzinfo=UTC)) is None


def test_an_edition_without_days_counts_to_nothing():
    assert countdown_of([], ZONE, datetime(2026, 5, 1, tzinfo=UTC)) is None
