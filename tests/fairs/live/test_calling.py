"""What the people of a call ask each other, and who is let in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fairs.live import purpose
from fairs.live.actions import close_room, tend_rooms
from fairs.live.calling import agreements_of, answer_asked, ask_all, come_late, keep_check, members_of
from fairs.live.errors import CallFull, CallNotLonger, InvitedLeft, NotAsked, NotInvitable, RoomClosed
from fairs.live.models import LiveCheck, LiveEntry
from fairs.live.queries import room_for
from fairs.live.safety.errors import Blocked
from fairs.live.safety.models import LiveBlock
from moussem.core.models import OutboxMessage
from tests.factories.live import call_room, guest_of, session_room
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def salma():
    return MembershipFactory(user__first_name="Salma").user


@pytest.fixture
def brahim():
    return MembershipFactory(user__first_name="Brahim").user


@pytest.fixture
def room(salma, brahim):
    return call_room(salma, brahim)


def colleague_of(person):
    return MembershipFactory(organisation=person.memberships.get().organisation).user


def ask(room, actor, what, **told):
    return ask_all(room, actor=actor, what=what, client_uuid=uuid4(), **told)


def say(room, actor, asked, yes=True):
    return answer_asked(room, asked.seq, actor=actor, yes=yes, client_uuid=uuid4())


@pytest.fixture
def free_afterwards(room, monkeypatch):
    """Whether a slot follows in which both are free: a test may take it away."""
    free = [room.call.ends_at + timedelta(minutes=20)]
    monkeypatch.setattr(purpose, "_PROLONGERS", [lambda asked, *, actor: free[0] if free else None])
    return free


def said(room):
    return [(one.what, sorted(pk for pk, yes in one.said.items() if yes)) for one in agreements_of(room)]


def test_recording_is_wanted_by_all_or_not_at_all(room, salma, brahim):
    asked = ask(room, salma, "record")
    assert not agreements_of(room)[0].has({salma.pk, brahim.pk})

    say(room, brahim, asked)
    assert agreements_of(room)[0].has({salma.pk, brahim.pk})

    say(room, salma, asked, yes=False)
    assert said(room) == [("record", [brahim.pk])]
    assert [one.kind for one in room.entries.all()] == ["asked", "answered", "answered"]


def test_colleague_comes_in_once_the_other_side_agrees(room, salma, brahim):
    colleague = colleague_of(salma)
    asked = ask(room, salma, "guest", person=colleague.pk)
    assert room_for(colleague, room.pk) is None

    say(room, brahim, asked)

    assert members_of(room) == [salma, brahim, colleague]
    assert room_for(colleague, room.pk) == room
    letter = OutboxMessage.objects.get().payload
    assert letter["to"] == colleague.email
    assert f"/{colleague.language}/fairs/{room.edition.slug}/calls/{room.pk}/" in letter["body"]


def test_colleague_does_not_come_in_when_the_other_side_refuses(room, salma, brahim):
    colleague = colleague_of(salma)

    say(room, brahim, ask(room, salma, "guest", person=colleague.pk), yes=False)

    assert members_of(room) == [salma, brahim]
    assert room_for(colleague, room.pk) is None
    assert not OutboxMessage.objects.exists()


def test_nobody_of_another_organisation_is_invited(room, salma, brahim, refused):
    for stranger in (colleague_of(brahim), guest_of(session_room()), brahim):
        refused(NotInvitable, ask, room, salma, "guest", person=stranger.pk)
    refused(NotInvitable, ask, room, salma, "guest")


def test_call_takes_three(room, salma, brahim, refused):
    first, second = colleague_of(salma), colleague_of(salma)
    both = [ask(room, salma, "guest", person=one.pk) for one in (first, second)]
    say(room, brahim, both[0])

    refused(CallFull, say, room, brahim, both[1])
    refused(CallFull, ask, room, salma, "guest", person=second.pk)


def test_third_decides_about_a_recording_and_nothing_else(room, salma, brahim, free_afterwards, refused):
    colleague = colleague_of(salma)
    say(room, brahim, ask(room, salma, "guest", person=colleague.pk))
    record, longer = ask(room, salma, "record"), ask(room, salma, "longer")

    say(room, colleague, record)
    refused(NotAsked, say, room, colleague, longer)

    assert said(room)[1] == ("record", sorted([salma.pk, colleague.pk]))


def test_call_goes_on_until_whoever_knows_it_says(room, salma, brahim, monkeypatch):
    until = room.call.ends_at + timedelta(minutes=20)
    monkeypatch.setattr(purpose, "_PROLONGERS", [lambda asked, *, actor: until if asked == room else None])

    say(room, brahim, ask(room, salma, "longer"))

    room.call.refresh_from_db()
    assert room.call.ends_at == until
    last = room.entries.last()
    assert (last.kind, last.author, last.data) == ("prolonged", None, {"until": until.isoformat()})


def test_nobody_is_asked_to_go_on_where_the_call_cannot(room, salma, refused):
    refused(CallNotLonger, ask, room, salma, "longer")


def test_recording_that_somebody_stopped_names_them_and_tells_it_from_a_no(room, salma, brahim):
    stopped, refused = ask(room, salma, "record"), ask(room, salma, "record")
    say(room, brahim, stopped)

    say(room, salma, stopped, yes=False)
    say(room, brahim, refused, yes=False)

    told = [one.as_dict() for one in agreements_of(room)]
    assert [(one["no"], one["stopped"]) for one in told] == [([salma.pk], [salma.pk]), ([brahim.pk], [])]


def test_call_that_nobody_prolongs_ends_in_time_and_both_read_it(
    room, salma, brahim, free_afterwards, refused
):
    asked, ends = ask(room, salma, "longer"), room.call.ends_at
    free_afterwards.clear()

    say(room, brahim, asked)

    room.call.refresh_from_db()
    last = room.entries.last()
    assert room.call.ends_at == ends
    assert (last.kind, last.author, last.data) == ("impossible", None, {"asked": asked.seq, "what": "longer"})
    assert [one.is_impossible for one in agreements_of(room)] == [True]
    refused(NotAsked, say, room, brahim, asked)


def test_yes_to_a_recording_tells_in_which_window_it_was_said(room, salma, brahim):
    hers, his = uuid4(), uuid4()
    asked = ask(room, salma, "record", window=hers)
    told = {"actor": brahim, "yes": True, "window": his, "client_uuid": uuid4()}

    answer_asked(room, asked.seq, **told)

    windows = agreements_of(room)[0].as_dict()["windows"]
    assert windows == {str(salma.pk): str(hers), str(brahim.pk): str(his)}


def test_what_was_asked_is_answered_by_others_and_once_sent_stands_once(room, salma, brahim, refused):
    key = uuid4()
    asked = ask_all(room, actor=salma, what="record", client_uuid=key)

    assert ask_all(room, actor=salma, what="record", client_uuid=key) == asked
    refused(NotAsked, say, room, salma, asked)
    answer = answer_asked(room, asked.seq, actor=brahim, yes=True, client_uuid=key)
    assert answer_asked(room, asked.seq, actor=brahim, yes=True, client_uuid=key) == answer
    assert LiveEntry.objects.count() == 2


def test_nothing_is_asked_of_what_does_not_wait(room, salma, brahim, refused):
    other = ask(call_room(salma, brahim), salma, "record")
    other.seq = 7

    refused(NotAsked, say, room, brahim, other)
    close_room(room)
    refused(RoomClosed, ask, room, salma, "record")


def test_call_closes_a_quarter_of_an_hour_after_it_ends(room):
    ends = room.call.ends_at
    tend_rooms(ends + timedelta(minutes=14))
    room.refresh_from_db()
    assert room.is_open

    tend_rooms(ends + timedelta(minutes=15))

    room.refresh_from_db()
    assert room.is_closed


def test_last_test_of_devices_stands(salma):
    keep_check(salma, microphone=False, camera=False, direct=True, relay=False)

    found = keep_check(salma, microphone=True, camera=False, direct=False, relay=True)

    assert LiveCheck.objects.get() == found
    assert found.is_fine
    assert found.at <= timezone.now()


@pytest.mark.parametrize("who", ["salma", "colleague"])
def test_nobody_is_let_in_once_one_of_the_two_left_the_organisation(room, salma, brahim, refused, who):
    colleague = colleague_of(salma)
    asked = ask(room, salma, "guest", person=colleague.pk)
    left = {"salma": salma, "colleague": colleague}[who]
    left.memberships.update(is_active=False)

    refused(InvitedLeft, say, room, brahim, asked)

    assert (members_of(room), OutboxMessage.objects.count()) == ([salma, brahim], 0)
    assert (said(room), room_for(colleague, room.pk)) == ([("guest", [salma.pk])], None)


def come(room, actor, uuid=None):
    return come_late(room, actor=actor, minutes=5, client_uuid=uuid or uuid4())


def test_whoever_was_blocked_asks_nothing_and_is_late_for_nobody(room, salma, brahim, refused):
    LiveBlock.objects.create(person=salma, other=brahim)

    for person in (salma, brahim):
        refused(Blocked, ask, room, person, "longer")
        refused(Blocked, come, room, person)

    assert LiveEntry.objects.count() == 0


def test_with_somebody_third_a_blocked_person_still_speaks(salma, brahim):
    room = call_room(salma, brahim, MembershipFactory().user)
    key = uuid4()
    first = come(room, brahim, key)
    LiveBlock.objects.create(person=salma, other=brahim)

    assert [ask(room, brahim, "record").seq, come(room, brahim, key)] == [2, first]
