from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from fairs.editions.states import Mode
from fairs.live.rules import is_live_at, seconds_to_wait

pytestmark = pytest.mark.unit
BEGINS = datetime(2030, 5, 6, 9, tzinfo=UTC)


def session(**told):
    hours = {"begins_at": BEGINS, "ends_at": BEGINS + timedelta(hours=1)}
    return SimpleNamespace(**{**hours, "mode": Mode.HYBRID, "is_cancelled": False, **told})


@pytest.mark.parametrize(
    ("minutes", "is_live"), [(-16, False), (-15, True), (0, True), (60, True), (89, True), (90, False)]
)
def test_session_is_live_with_time_to_arrive_and_to_part(minutes, is_live):
    assert is_live_at(session(), BEGINS + timedelta(minutes=minutes)) is is_live


@pytest.mark.parametrize(
    ("told", "is_live"),
    [
        ({"mode": Mode.DIGITAL}, True),
        ({"mode": Mode.IN_PERSON}, False),
        ({"is_cancelled": True}, False),
    ],
)
def test_only_what_is_held_on_screens_is_live(told, is_live):
    assert is_live_at(session(**told), BEGINS) is is_live


@pytest.mark.parametrize(
    ("every", "ago", "seconds"),
    [(0, 0, 0), (10, None, 0), (10, 0, 10), (10, 2.5, 8), (10, 10, 0), (10, 60, 0)],
)
def test_wait_of_slow_mode_is_in_whole_seconds(every, ago, seconds):
    last = None if ago is None else BEGINS - timedelta(seconds=ago)

    assert seconds_to_wait(SimpleNamespace(slow_seconds=every), last, BEGINS) == seconds
