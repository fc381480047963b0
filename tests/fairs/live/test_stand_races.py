"""Visitors and colleagues at once at a stand, on a database with row locks."""

from uuid import uuid4

from fairs.live.stands.actions import ask_at_stand, call_next, say_in_thread
from fairs.live.stands.errors import AnsweredByAnother
from fairs.live.stands.models import StandThread
from moussem.core.errors import Refusal
from tests.factories.live import guest_of, keeper_of, receiving_at, stand_room, thread_at
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
MANY = 6


def tried(act):
    """What came of it, or the refusal."""
    try:
        return act()
    except Refusal as refusal:
        return refusal


def test_two_who_call_at_once_call_two_visitors():
    stand = stand_room()
    staff = [receiving_at(stand) for _each in range(MANY)]
    rooms = [thread_at(stand, guest_of(stand)) for _each in range(MANY)]

    called = at_once(*[lambda who=who: call_next(stand.exhibitor, actor=who) for who in staff])

    assert {one.room_id for one in called} == {one.pk for one in rooms}
    assert {one.holder_id for one in called} == {one.pk for one in staff}


def test_one_visitor_who_asks_many_times_at_once_has_one_conversation():
    stand = stand_room()
    receiving_at(stand)
    visitor, told = guest_of(stand), {"text": "Do you ship?"}

    at_once(*[lambda: ask_at_stand(stand.exhibitor, actor=visitor, client_uuid=uuid4(), **told)] * MANY)

    thread = StandThread.objects.get()
    assert list(thread.room.entries.values_list("seq", flat=True)) == list(range(1, MANY + 1))


def test_of_many_who_answer_at_once_one_does():
    stand = stand_room()
    staff = [keeper_of(stand) for _each in range(MANY)]
    thread = thread_at(stand, guest_of(stand)).thread

    def answer(who):
        return tried(lambda: say_in_thread(thread, actor=who, text="Yes.", client_uuid=uuid4()))

    told = at_once(*[lambda who=who: answer(who) for who in staff])

    thread.refresh_from_db()
    assert sum(isinstance(one, AnsweredByAnother) for one in told) == MANY - 1
    assert [one.author_id for one in thread.room.entries.filter(kind="chat")[1:]] == [thread.holder_id]
