"""Who may enter which room: asked by room, by person, and by every command there is."""

import pytest
from django.utils import timezone

from fairs.live import pacing, protocol
from fairs.live.commands import ANSWERS, answer, load_subjects
from fairs.live.protocol import parse
from fairs.live.queries import room_for, rooms_for, who_may_stay
from fairs.live.safety.actions import take_measure
from fairs.live.safety.states import Measure
from fairs.models import Guest
from moussem.core.errors import NotYours
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from moussem.people.models import User
from tests.factories.fairs import organiser as agency
from tests.factories.live import call_room, guest_of, practice_room, session_room, stand_room, thread_at
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.sessions import attendee, organiser
from tests.fairs.live.examples import EXAMPLES

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def rooms():
    """A session, a stand, a question there, its rehearsal, and a call of two guests, all of one edition."""
    session = session_room()
    stand = stand_room(session.edition)
    people = [guest_of(session), guest_of(session)]
    call = call_room(*people, edition=session.edition)
    return {
        "session": session,
        "stand": stand,
        "call": call,
        "thread": thread_at(stand, guest_of(session)),
        "practice": practice_room(stand),
    }


def kept_out_of(edition):
    """A guest whom the organiser keeps out."""
    guest = attendee(edition)
    take_measure(edition, Measure.BAN, actor=organiser(edition), person=guest, reason="Insults")
    return guest


def people_of(rooms):
    """Everybody there could be, by what they are."""
    edition, exhibitor = rooms["session"].edition, rooms["stand"].exhibitor.organisation
    waiting = UserFactory()
    Guest.objects.create(edition=edition, person=waiting, state="waiting")
    gone = MembershipFactory(organisation=exhibitor, role=Role.SALES, is_active=False).user
    elsewhere = session_room()
    return {
        "called": rooms["call"].members.first().person,
        "asker": rooms["thread"].thread.visitor,
        "kept out": kept_out_of(rooms["session"].edition),
        "guest": guest_of(rooms["session"]),
        "exhibitor": Membership.objects.get(organisation=exhibitor, role=Role.OWNER).user,
        "rival": stand_room(edition).exhibitor.organisation.memberships.get().user,
        "organiser": organiser(edition),
        "stranger": UserFactory(),
        "waiting": waiting,
        "left": gone,
        "closed": guest_of(rooms["session"], is_active=False),
        "elsewhere": attendee(elsewhere.edition),
        "exhibits elsewhere": stand_room(elsewhere.edition).exhibitor.organisation.memberships.get().user,
        "organises elsewhere": agency().user,
        "staff": UserFactory(is_staff=True),
    }


EVERYBODY = {"session", "stand"}
INSIDE = {
    "called": {*EVERYBODY, "call"}, "asker": {*EVERYBODY, "thread"},
    "exhibitor": {*EVERYBODY, "thread", "practice"},
    "guest": EVERYBODY, "rival": EVERYBODY, "organiser": EVERYBODY,
}  # fmt: skip


def test_rooms_are_entered_by_whom_they_are_for(rooms):
    people = people_of(rooms)

    for room in rooms.values():
        asked = {who for who, person in people.items() if room_for(person, room.pk)}
        assert asked == {who for who, kinds in INSIDE.items() if room.kind in kinds}

    found = {who: {one.kind for one in rooms_for(person).filter(edition=rooms["session"].edition)}
             for who, person in people.items()}  # fmt: skip

    assert found == {who: INSIDE.get(who, set()) for who in people}


def test_whoever_may_enter_may_stay_and_nobody_else(rooms):
    people = people_of(rooms)
    keys = {person.pk for person in people.values()}

    for room in rooms.values():
        admitted = {person.pk for person in people.values() if room_for(person, room.pk)}
        assert who_may_stay(room.pk, keys) == admitted


def test_nobody_enters_what_was_cancelled_withdrawn_or_left(rooms):
    guest = rooms["call"].members.first().person
    session, exhibitor = rooms["session"].session, rooms["stand"].exhibitor
    session.showing.is_cancelled = True
    session.showing.save()
    exhibitor.left_at = timezone.now()
    exhibitor.save()

    assert {one.kind for one in rooms_for(guest)} == {"call"}
    assert [who_may_stay(rooms[kind].pk, [guest.pk]) for kind in ("session", "stand")] == [set(), set()]
    session.edition.state = "draft"
    session.edition.save()
    assert list(rooms_for(guest)) == []
    assert who_may_stay(rooms["call"].pk, [guest.pk]) == set()


def test_every_command_has_an_example():
    assert EXAMPLES.keys() == ANSWERS.keys() == protocol.SHAPES.keys()


@pytest.mark.parametrize("name", sorted(ANSWERS))
@pytest.mark.parametrize("kind", ["session", "stand", "call", "thread", "practice"])
def test_every_command_is_refused_to_whoever_may_not_enter(rooms, refused, name, kind):
    room, told = rooms[kind], EXAMPLES[name]
    for who, person in people_of(rooms).items():
        pacing.buckets.forget()
        if kind not in INSIDE.get(who, ()):
            asked = parse(protocol.command(name, "1", **told, room=room.pk))
            refused(NotYours, answer, person, asked)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_command_is_refused_where_no_room_is(refused, name):
    asked = parse(protocol.command(name, "1", **EXAMPLES[name], room=2**40))

    refused(NotYours, answer, UserFactory(), asked)


def test_nobody_who_is_not_signed_in_has_rooms(rooms):
    from django.contrib.auth.models import AnonymousUser

    assert list(rooms_for(AnonymousUser())) == []


def test_stranger_uses_up_nobodys_turn(rooms, refused):
    asked = parse(protocol.command("chat.say", "1", **EXAMPLES["chat.say"], room=rooms["session"].pk))
    stranger = UserFactory()
    for _time in range(200):
        with pytest.raises(NotYours):
            answer(stranger, asked)

    assert answer(guest_of(rooms["session"]), asked)["seq"] == 1
    assert User.objects.filter(pk=stranger.pk).exists()


def test_a_room_is_found_in_one_statement(rooms, django_assert_num_queries):
    guest = guest_of(rooms["session"])

    with django_assert_num_queries(1):
        assert room_for(guest, rooms["session"].pk) == rooms["session"]
