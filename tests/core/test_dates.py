from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from moussem.core.dates import today_here
from tests.house.plan import files, relative

pytestmark = pytest.mark.unit


def test_arabic_dates_are_written_as_in_morocco():
    with override("ar"):
        assert date_format(date(2026, 11, 22)) == "22 نونبر 2026"
        told = date_format(datetime(2026, 7, 3, 14, 5), "DATETIME_FORMAT")
        assert told == "3 يوليوز 2026، 14:05"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Africa/Casablanca", "America/Los_Angeles"])
def test_a_day_begins_for_every_reader_when_it_begins_in_morocco(zone):
    with timezone.override(zone), time_machine.travel(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), tick=False):
        assert today_here() == date(2026, 11, 22)
    with timezone.override(zone), time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        assert today_here() == date(2026, 11, 23)


def test_nothing_asks_which_day_it_is_where_the_reader_sits():
    asking = [relative(path) for path in files(".py") if "localdate()" in path.read_text(encoding="utf-8")]

    assert asking == []
