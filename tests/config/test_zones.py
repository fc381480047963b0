"""Time is told by the package tzdata, whatever the system and the database believe."""

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.resources import files as resources

import pytest
from django.contrib import admin
from django.db.models import DateTimeField

from moussem.core.admin import ListByDates
from tests.config.test_production import COMPLETE, manage
from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

ZONE = "Africa/Casablanca"
# Four times a day in six years.
MOMENTS = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=6 * n) for n in range(4 * 365 * 6)]
# What a command shows of one moment: Python's hour, and that of the C library, which dates the log.
SHOWN = """
import time, zoneinfo
from datetime import UTC, datetime
at = datetime(2026, 11, 26, 12, tzinfo=UTC)
print(at.astimezone(zoneinfo.ZoneInfo("Africa/Casablanca")).hour, time.localtime(at.timestamp()).tm_hour)
"""
# A moment cut to its minute is the same in every zone, so that may be asked.
ASKED_OF_THE_DATABASE = re.compile(
    r"\b(Trunc(?!Minute\()|Extract)[A-Z][a-z]+\(|\.datetimes\(|__(date|time|hour)(__|=)"
)


def test_zone_of_morocco_is_that_of_the_package():
    with (resources("tzdata") / "zoneinfo" / "Africa" / "Casablanca").open("rb") as file:
        packaged = zoneinfo.ZoneInfo.from_file(file)
    told = zoneinfo.ZoneInfo(ZONE)

    assert [at for at in MOMENTS if at.astimezone(told).hour != at.astimezone(packaged).hour] == []


def test_morocco_is_at_greenwich_since_its_last_change():
    turned = datetime(2026, 9, 20, 1, tzinfo=UTC)
    moments = (turned - timedelta(seconds=1), turned, datetime(2028, 7, 1, tzinfo=UTC))

    offsets = [at.astimezone(zoneinfo.ZoneInfo(ZONE)).utcoffset() for at in moments]
    assert [offset // timedelta(hours=1) for offset in offsets] == [1, 0, 0]


def test_c_library_tells_the_hours_that_python_tells():
    done = manage("shell", "--verbosity", "0", "--command", SHOWN, **COMPLETE)

    assert (done.stdout.split(), done.stderr) == (["12", "12"], "")


def test_no_question_lets_the_database_reckon_hours_or_days():
    texts = {relative(path): path.read_text(encoding="utf-8") for path in files(".py")}

    assert [name for name, text in texts.items() if ASKED_OF_THE_DATABASE.search(text)] == []


def test_every_list_by_dates_reckons_them_in_our_zones(rf):
    dated = {
        desk: desk.model._meta.get_field(desk.date_hierarchy)
        for desk in admin.site._registry.values()
        if desk.date_hierarchy
    }
    lists = {
        desk: desk.get_changelist(rf.get("/")) for desk, by in dated.items() if isinstance(by, DateTimeField)
    }

    assert lists == dict.fromkeys(lists, ListByDates)
    assert len(lists) == 3
