"""What the table of the bench calls kept."""

import pytest

from bench.timetable import failures

pytestmark = pytest.mark.unit

CHECKED = {"valid": True, "ratio_fair": 1.0, "dropped": 0, "moved": 0, "moved_forced": 0}


@pytest.mark.parametrize(("shortfall", "missed"), [(3, []), (4, ["shortfall"])])
def test_a_repair_that_misses_more_promises_than_it_must_is_not_kept(shortfall, missed):
    checked = {**CHECKED, "shortfall": shortfall, "shortfall_lb": 3}
    told = {"exit": 0, "seconds": 0.5, "megabytes": 300, "checked": checked}

    assert list(failures("r1-morning-after", told)) == missed
