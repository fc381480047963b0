from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fairs.sessions.changes import Kind, Seen, kinds_of_change

pytestmark = pytest.mark.unit

TEN, ELEVEN, NOON = (datetime(2030, 5, 6, hour, tzinfo=UTC) for hour in (10, 11, 12))
WAS = Seen(TEN, ELEVEN, 7, False, "words")


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, []),
        ({"ends": NOON}, [Kind.MOVED]),
        ({"room": 8}, [Kind.ROOM]),
        ({"room": None}, [Kind.ROOM]),
        ({"begins": ELEVEN, "ends": NOON, "room": 8, "rest": "others"}, [Kind.MOVED, Kind.ROOM]),
        ({"rest": "others"}, [Kind.TEXT]),
        ({"is_cancelled": True, "room": 8}, [Kind.CANCELLED]),
    ],
)
def test_what_differs_is_told_by_its_kind(changed, kinds):
    assert kinds_of_change(WAS, replace(WAS, **changed)) == kinds


def test_session_never_shown_is_new_unless_it_is_cancelled_already():
    assert kinds_of_change(None, WAS) == [Kind.NEW]
    assert kinds_of_change(None, replace(WAS, is_cancelled=True)) == []


def test_cancelled_session_stays_so_without_news_and_may_come_back():
    gone = replace(WAS, is_cancelled=True)

    assert kinds_of_change(gone, replace(gone, room=8)) == []
    assert kinds_of_change(gone, replace(WAS, ends=NOON)) == [Kind.RESTORED, Kind.MOVED]
