"""Many at once, on a database with row locks."""

import threading
from uuid import uuid4

from django.db import connection

from fairs.live.actions import open_session_room, write
from fairs.live.models import LiveEntry, LiveRoom
from tests.factories.live import guest_of, live_session, session_room
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
WRITERS, EACH = 20, 10


def test_entries_are_numbered_without_holes_in_the_order_in_which_they_are_seen():
    room = session_room()
    people = [guest_of(room) for _number in range(WRITERS)]
    seen, done = [], threading.Event()

    def look():
        try:
            while not done.is_set():
                seen.append(set(LiveEntry.objects.filter(room=room).values_list("seq", flat=True)))
        finally:
            connection.close()

    watcher = threading.Thread(target=look)
    watcher.start()
    at_once(*[lambda who=who: [say(room, who) for _time in range(EACH)] for who in people])
    done.set()
    watcher.join()

    numbers = list(LiveEntry.objects.filter(room=room).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, WRITERS * EACH + 1))
    assert LiveRoom.objects.get(pk=room.pk).seq == WRITERS * EACH
    # No reader has ever seen an entry before one that stands above it.
    assert [one for one in seen if one != set(range(1, len(one) + 1))] == []


def test_one_message_that_is_sent_many_times_at_once_is_one_entry():
    room, key = session_room(), uuid4()
    guest = guest_of(room)

    entries = at_once(*[lambda: say(room, guest, key)] * WRITERS)

    assert {one.pk for one in entries} == {LiveEntry.objects.get().pk}
    assert LiveRoom.objects.get(pk=room.pk).seq == 1


def test_room_that_is_opened_many_times_at_once_is_one():
    session = live_session()

    rooms = at_once(*[lambda: open_session_room(session)] * 8)

    assert {one.pk for one in rooms} == {LiveRoom.objects.get().pk}


def say(room, author, key=None):
    return write(room, "chat", {"text": "Salam"}, author=author, client_uuid=key or uuid4())
