import pytest

from fairs.live.pacing import Buckets, Pace

pytestmark = pytest.mark.unit
PACE = Pace(burst=3, rate=0.5)


def test_so_many_at_once_and_then_one_by_one():
    buckets = Buckets()

    assert [buckets.take("a", PACE, 0.0) for _time in range(4)] == [0, 0, 0, 2]
    assert [buckets.take("a", PACE, at) for at in (1.0, 2.0, 2.5)] == [1, 0, 2]


def test_somebody_elses_haste_is_not_ones_own():
    buckets = Buckets()
    for _time in range(5):
        buckets.take("a", PACE, 0.0)

    assert buckets.take("b", PACE, 0.0) == 0


def test_a_bucket_is_never_more_than_full():
    buckets = Buckets()
    buckets.take("a", PACE, 0.0)

    assert [buckets.take("a", PACE, 1_000.0) for _time in range(4)] == [0, 0, 0, 2]


def test_a_clock_that_steps_back_gives_nothing():
    buckets = Buckets()
    for _time in range(3):
        buckets.take("a", PACE, 10.0)

    assert buckets.take("a", PACE, 0.0) == 2
