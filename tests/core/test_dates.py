from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from moussem.core.dates import period_around, today_here
from tests.house.plan import files, relative

pytestmark = pytest.mark.unit


def test_arabic_dates_are_written_as_in_morocco():
    with override("ar"):
        assert date_format(date(2026, 11, 22)) == "22 نونبر 2026"
        told = date_format(datetime(2026, 7, 3, 14, 5), "DATETIME_FORMAT")
        assert told == "3 يوليوز 2026، 14:05"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Africa/Casablanca", "America/Los_Angeles"])
def test_a_day_begins_for_every_reader_when_it_begins_in_morocco(zone):
    # At UTC+1 in July, at UTC+0 in November.
    for day, ends in ((date(2026, 7, 22), 23), (date(2026, 11, 22), 24)):
        midnight = datetime.combine(day, time(), tzinfo=UTC) + timedelta(hours=ends)
        with timezone.override(zone), time_machine.travel(midnight - timedelta(minutes=30), tick=False):
            assert today_here() == day
        with timezone.override(zone), time_machine.travel(midnight + timedelta(minutes=30), tick=False):
            assert today_here() == day + timedelta(days=1)


def test_nothing_asks_which_day_it_is_where_the_reader_sits():
    asking = [relative(path) for path in files(".py") if "localdate()" in path.read_text(encoding="utf-8")]

    assert asking == []


@pytest.mark.parametrize(
    ("kind", "begins", "following"),
    [
        ("day", datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("month", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        # January was at UTC+1.
        ("year", datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_period_around_a_moment_begins_and_ends_by_the_clocks_of_its_place(kind, begins, following):
    with timezone.override("Africa/Casablanca"):
        assert period_around(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), kind) == (begins, following)
