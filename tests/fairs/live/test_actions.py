"""Rooms open and close by the clock, and their log grows by one entry at a time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fairs.editions.states import Mode
from fairs.live import bus
from fairs.live.actions import (
    close_room,
    end_presences,
    invite_into_call,
    open_call,
    open_session_room,
    open_stand_room,
    renew_presences,
    tend_rooms,
    write,
)
from fairs.live.errors import FieldWrong, RoomClosed, SlowMode
from fairs.live.models import LiveEntry, LivePresence, LiveRoom
from fairs.live.queries import entries_since, heads_of, people_in
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from tests.factories.live import call_room, guest_of, live_session, session_room, stand_room
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class Hears:
    """Whatever a process would be told."""

    def __init__(self):
        self.heard = []

    def hear_from_anywhere(self, hint):
        self.heard.append(hint)


@pytest.fixture
def heard():
    hub = Hears()
    bus.attach(hub)
    yield hub.heard
    bus.detach(hub)


def say(room, author, text="Salam", **told):
    return write(room, "chat", {"text": text}, author=author, **{"client_uuid": uuid4(), **told})


def test_entries_are_numbered_from_one_without_holes():
    room = session_room()
    guest = guest_of(room)

    assert [say(room, guest).seq for _time in range(3)] == [1, 2, 3]
    assert LiveRoom.objects.get(pk=room.pk).seq == 3


def test_entry_is_told_once_it_is_committed(heard, django_capture_on_commit_callbacks):
    room = session_room()
    guest = guest_of(room)

    with django_capture_on_commit_callbacks(execute=True):
        entry = say(room, guest)
        assert heard == []

    ((seq, frame),) = entries_since(room.pk, 0).entries
    assert [hint._replace(at=0.0) for hint in heard] == [bus.Hint(room.pk, entry.seq, frame)]
    assert seq == entry.seq


def test_what_is_sent_twice_is_written_once_and_told_once(heard, django_capture_on_commit_callbacks):
    room, key = session_room(), uuid4()
    guest = guest_of(room)

    with django_capture_on_commit_callbacks(execute=True):
        first = say(room, guest, client_uuid=key)
        again = say(room, guest, "Something else", client_uuid=key)

    assert (again, again.data, LiveEntry.objects.count(), len(heard)) == (first, {"text": "Salam"}, 1, 1)


def test_something_of_another_kind_is_not_the_same(refused):
    room, key = session_room(), uuid4()
    guest = guest_of(room)
    say(room, guest, client_uuid=key)

    refused(FieldWrong, write, room, "caption", {"text": "Salam"}, author=guest, client_uuid=key)


def test_two_people_may_use_the_same_uuid():
    room, key = session_room(), uuid4()

    assert [say(room, guest_of(room), client_uuid=key).seq for _time in range(2)] == [1, 2]


def test_closed_room_takes_nothing(refused):
    room = close_room(session_room())

    refused(RoomClosed, say, room, guest_of(room))


def test_what_was_said_before_a_room_closed_is_answered_again():
    room, key = session_room(), uuid4()
    guest = guest_of(room)
    first = say(room, guest, client_uuid=key)

    assert say(close_room(room), guest, client_uuid=key) == first


def test_in_slow_mode_somebody_waits_for_their_turn(refused):
    room, now = session_room(), timezone.now()
    room.slow_seconds = 10
    room.save()
    guest = guest_of(room)
    say(room, guest, paced=["chat"], now=now)

    later = now + timedelta(seconds=3)
    refusal = refused(SlowMode, say, room, guest, paced=["chat"], now=later)
    assert refusal.facts == {"every": 10, "seconds": 7}
    assert say(room, guest_of(room), paced=["chat"], now=later).seq == 2
    assert say(room, guest, paced=["chat"], now=now + timedelta(seconds=10)).seq == 3
    assert say(room, guest, now=now).seq == 4


def test_room_of_a_session_opens_before_it_and_closes_after():
    session = live_session()
    begins, ends = session.showing.begins_at, session.showing.ends_at
    told = {"late": ends + timedelta(minutes=31), "early": begins - timedelta(minutes=16)}

    tend_rooms(told["early"])
    assert LiveRoom.objects.count() == 0
    tend_rooms(begins - timedelta(minutes=14))
    room = LiveRoom.objects.get()
    assert (room.session, room.is_open) == (session, True)
    tend_rooms(ends + timedelta(minutes=29))
    assert LiveRoom.objects.get().is_open
    tend_rooms(told["late"])
    assert LiveRoom.objects.get().is_closed
    tend_rooms(begins)
    assert LiveRoom.objects.get().is_open
    assert [one.verb for one in history_of(room)] == ["live_room_opened", "moved.closed", "moved.open"]


def test_session_in_halls_alone_has_no_room(refused):
    session = live_session(mode=Mode.IN_PERSON)

    tend_rooms()

    assert LiveRoom.objects.count() == 0
    refused(RoomClosed, open_session_room, session)


def test_room_closes_when_its_session_is_cancelled():
    room = session_room()
    room.session.showing.is_cancelled = True
    room.session.showing.save()

    tend_rooms()

    assert LiveRoom.objects.get(pk=room.pk).is_closed


def test_rooms_are_opened_once():
    room, stand = session_room(), stand_room()

    assert open_session_room(room.session) == room
    assert open_stand_room(stand.exhibitor) == stand
    assert LiveRoom.objects.count() == 2


def test_stand_that_is_open_is_looked_at_without_a_lock(django_assert_num_queries):
    stand = stand_room()

    with django_assert_num_queries(3) as asked:
        open_stand_room(stand.exhibitor)

    assert [one["sql"].split()[0] for one in asked.captured_queries] == ["SAVEPOINT", "SELECT", "RELEASE"]
    assert [one for one in asked.captured_queries if "FOR UPDATE" in one["sql"]] == []


def test_stand_of_an_exhibitor_that_left_has_no_room(refused):
    stand = stand_room()
    stand.exhibitor.left_at = timezone.now()
    stand.exhibitor.save()

    refused(NotYours, open_stand_room, stand.exhibitor)


def test_call_is_its_members_and_who_is_invited_later():
    one, other, interpreter = UserFactory(), UserFactory(), UserFactory()
    room = open_call(session_room().edition, [one, other])

    invite_into_call(room, interpreter)
    invite_into_call(room, interpreter)

    assert [member.person for member in room.members.all()] == [one, other, interpreter]


def test_nobody_is_invited_into_a_session_or_a_closed_call(refused):
    refused(NotYours, invite_into_call, session_room(), UserFactory())
    refused(RoomClosed, invite_into_call, close_room(call_room(UserFactory())), UserFactory())


def test_people_are_there_until_their_lease_ends():
    room, now = session_room(), timezone.now()
    salma, brahim = guest_of(room), guest_of(room, first_name="Brahim")

    renew_presences([(room.pk, salma.pk)], process="a", now=now - timedelta(seconds=46))
    renew_presences([(room.pk, brahim.pk)], process="a", now=now)
    renew_presences([(room.pk, brahim.pk)], process="b", now=now)

    assert people_in(room, now) == [brahim]
    assert heads_of([room.pk], now) == {room.pk: (0, 1, True, 0)}
    renew_presences([(room.pk, salma.pk)], process="a", now=now)
    assert people_in(room, now) == [brahim, salma]
    end_presences([(room.pk, brahim.pk), (room.pk, salma.pk)], process="a")
    assert people_in(room, now) == [brahim]


def test_presences_of_processes_that_are_gone_are_forgotten():
    room = session_room()
    renew_presences([(room.pk, guest_of(room).pk)], process="a", now=timezone.now() - timedelta(hours=1))

    tend_rooms()

    assert LivePresence.objects.count() == 0
