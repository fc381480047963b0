from datetime import date, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

pytestmark = pytest.mark.unit


def test_arabic_dates_are_written_as_in_morocco():
    with override("ar"):
        assert date_format(date(2026, 11, 22)) == "22 نونبر 2026"
        assert date_format(datetime(2026, 7, 3, 14, 5), "DATETIME_FORMAT") == "3 يوليوز 2026، 14:05"
