"""A day counts whole, by the clocks of the edition; whoever falls under several deadlines has the latest."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairs.applications.deadlines import (
    Term,
    closes_at,
    gives_nobody_time,
    is_open,
    last_day_for,
    moves_somebody,
)

pytestmark = pytest.mark.unit

DAY = date(2026, 5, 4)
LATER = DAY + timedelta(days=3)
SECOND = timedelta(seconds=1)


def day_for(terms, region=None, province=None, category=None):
    return last_day_for(terms, region=region, province=province, category=category)


@pytest.mark.parametrize(
    ("last_day", "zone", "midnight"),
    [
        (DAY, "Africa/Casablanca", datetime(2026, 5, 4, 23, tzinfo=UTC)),
        (date(2026, 3, 2), "Africa/Casablanca", datetime(2026, 3, 3, tzinfo=UTC)),
        (date(2026, 2, 14), "Africa/Casablanca", datetime(2026, 2, 14, 23, tzinfo=UTC)),
        (date(2026, 3, 21), "Africa/Casablanca", datetime(2026, 3, 22, tzinfo=UTC)),
        (DAY, "Pacific/Auckland", datetime(2026, 5, 4, 12, tzinfo=UTC)),
        (DAY, "America/Los_Angeles", datetime(2026, 5, 5, 7, tzinfo=UTC)),
        # Cairo’s clocks have no midnight on that night.
        (date(2026, 4, 23), "Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ],
)
def test_last_second_of_the_day_is_in_time_and_midnight_is_not(last_day, zone, midnight):
    assert closes_at(last_day, zone) == midnight
    assert is_open(last_day, zone, midnight - SECOND)
    assert is_open(last_day, zone, midnight - timedelta(microseconds=1))
    assert not is_open(last_day, zone, midnight)


def test_without_a_deadline_nothing_is_open():
    assert day_for([]) is None
    assert not is_open(None, "Africa/Casablanca", datetime(2026, 5, 4, tzinfo=UTC))


def test_latest_of_several_deadlines_counts():
    terms = [Term(DAY + timedelta(days=2), region="MA-09"), Term(DAY), Term(DAY - timedelta(days=9))]

    assert day_for(terms, region="MA-09") == DAY + timedelta(days=2)
    assert day_for(terms, region="MA-01") == DAY
    assert day_for(terms) == DAY


def test_cohort_of_a_province_or_a_category_leaves_the_others_out():
    terms = [Term(DAY, province="MA-TAR"), Term(DAY + timedelta(days=1), category=7)]

    assert day_for(terms, region="MA-09", province="MA-TAR") == DAY
    assert day_for(terms, category=7) == DAY + timedelta(days=1)
    assert day_for(terms, region="MA-09", province="MA-AGD", category=8) is None


def test_cohort_of_several_facts_asks_for_all_of_them():
    terms = [Term(DAY, region="MA-09", category=7)]

    assert day_for(terms, region="MA-09", category=7) == DAY
    assert day_for(terms, region="MA-09") is None
    assert day_for(terms, category=7) is None


@pytest.mark.parametrize(
    ("known", "new", "moves"),
    [
        ([], Term(LATER), False),
        ([Term(DAY)], Term(LATER), True),
        ([Term(DAY)], Term(DAY, category=7), False),
        ([Term(DAY)], Term(LATER, category=7), True),
        ([Term(DAY, region="MA-09")], Term(LATER), True),
        ([Term(DAY, region="MA-09")], Term(LATER, region="MA-04"), False),
        ([Term(DAY, region="MA-09"), Term(LATER)], Term(LATER, category=7), False),
        ([Term(DAY, region="MA-09")], Term(LATER, category=7), True),
        ([Term(DAY, "MA-09", "MA-TAR")], Term(LATER, "MA-09"), True),
        ([Term(DAY, "MA-09", "MA-TAR")], Term(LATER, "MA-04"), False),
    ],
)
def test_deadline_that_gives_time_to_who_has_a_day_already_is_known(known, new, moves):
    assert moves_somebody(known, new) is moves


@pytest.mark.parametrize(
    ("other", "nothing"),
    [
        (Term(LATER), True),
        (Term(LATER, region="r1"), True),
        (Term(DAY), False),
        (Term(LATER, region="r2"), False),
        (Term(LATER, region="r1", category=3), False),
    ],
)
def test_deadline_gives_nobody_time_where_a_wider_one_is_as_late(other, nothing):
    assert gives_nobody_time([other], Term(LATER, region="r1")) is nothing
