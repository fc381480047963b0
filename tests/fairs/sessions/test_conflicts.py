from datetime import UTC, datetime, timedelta

import pytest

from fairs.sessions.conflicts import Conflict, Planned, Span, Trouble, conflicts_in

pytestmark = pytest.mark.unit

DAY = datetime(2030, 5, 6, tzinfo=UTC)


def span(begins, ends):
    return Span(DAY + timedelta(hours=begins), DAY + timedelta(hours=ends))


OPEN, LUNCH = [span(9, 18)], [span(13, 14)]


def planned(key, begins, ends, room=None, speakers=()):
    return Planned(key, span(begins, ends), room, frozenset(speakers))


def test_two_sessions_in_one_room_at_a_time_are_told_once():
    sessions = [planned(2, 10.5, 11.5, room=7), planned(1, 10, 11, room=7), planned(3, 10, 11, room=8)]

    assert conflicts_in(sessions, OPEN, LUNCH) == [Conflict(Trouble.ROOM, 1, 2, 7)]


def test_speaker_in_two_sessions_at_a_time_is_told_by_name():
    sessions = [planned(1, 10, 11, speakers={4, 5}), planned(2, 10.9, 12, speakers={5, 6})]

    assert conflicts_in(sessions, OPEN, LUNCH) == [Conflict(Trouble.SPEAKER, 1, 2, 5)]


def test_one_session_after_the_other_is_no_conflict():
    sessions = [planned(1, 10, 11, room=7, speakers={4}), planned(2, 11, 12, room=7, speakers={4})]

    assert conflicts_in(sessions, OPEN, LUNCH) == []


def test_sessions_without_a_room_do_not_meet_in_it():
    assert conflicts_in([planned(1, 10, 11), planned(2, 10, 11)], OPEN, LUNCH) == []


def test_session_outside_the_opening_hours_is_told_and_its_break_is_not():
    sessions = [planned(1, 8.5, 9.5), planned(2, 12.5, 19), planned(3, 9, 13)]

    assert conflicts_in(sessions, OPEN, LUNCH) == [Conflict(Trouble.CLOSED, 1), Conflict(Trouble.CLOSED, 2)]


def test_session_across_a_break_is_told():
    assert conflicts_in([planned(1, 12.5, 13.5), planned(2, 14, 15)], OPEN, LUNCH) == [
        Conflict(Trouble.BREAK, 1)
    ]
