import pytest
from django.core.cache import cache

from moussem.core.pacing import is_too_often

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def nothing_counted():
    """No other test has done any of this."""
    cache.clear()


def test_one_more_than_the_most_is_too_often():
    assert [is_too_often("letter", "a", most=2, seconds=60) for _once in range(4)] == [
        False,
        False,
        True,
        True,
    ]


def test_others_and_other_things_are_counted_by_themselves():
    is_too_often("letter", "a", most=1, seconds=60)

    assert is_too_often("letter", "b", most=1, seconds=60) is False
    assert is_too_often("answer", "a", most=1, seconds=60) is False
    assert is_too_often("letter", "a", most=1, seconds=60) is True


def test_the_same_thing_again_counts_once_and_what_was_refused_stays_refused():
    def looks(same):
        return is_too_often("look", "a", most=2, seconds=60, same=same)

    assert [looks(one) for one in ("x", "x", "y", "x", "z", "z", "y")] == [
        *(False, False, False, False),
        *(True, True, False),
    ]
