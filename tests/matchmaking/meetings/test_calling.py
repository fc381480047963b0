"""A meeting by video has a call, for the two who meet, around its time."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from fairs.live.calling import answer_asked, ask_all, members_of
from fairs.live.errors import CallNotLonger, CallNotNow
from fairs.live.models import LiveRoom
from fairs.live.queries import room_for
from matchmaking.meetings.actions import accept_and_book, cancel_meeting, move_meeting, open_call_of
from matchmaking.models import Meeting, Note, Request, Seat
from matchmaking.parties.actions import change_party, lay_tables
from matchmaking.parties.states import TableKind
from moussem.core.errors import MoveNotAllowed, NotYours
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIRST, SECOND = (f"0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e0{n}" for n in (1, 2))


@pytest.fixture
def meeting(live):
    """A meeting by video in the first slot."""
    lay_tables(live.edition, actor=live.organiser, kind=TableKind.VIRTUAL, count=2)
    change_party(live.buyer, actor=live.buys, languages=live.buyer.languages, table_kinds=["virtual"])
    request = Request.objects.get(pk=live.request.pk)
    return accept_and_book(request, actor=live.sells, slot=live.slots[0])


def at(meeting, minutes):
    """The clocks stand so many minutes after its beginning."""
    return time_machine.travel(meeting.slot.begins + timedelta(minutes=minutes), tick=False)


def address(live, meeting, name="call"):
    return reverse(f"matchmaking:{name}", args=[live.edition.slug, meeting.pk])


def go_on(live, room):
    asked = ask_all(room, actor=live.buys, what="longer", client_uuid=FIRST)
    return answer_asked(room, asked.seq, actor=live.sells, yes=True, client_uuid=SECOND)


def test_first_who_comes_opens_the_call_and_the_other_finds_it(client, live, meeting):
    with at(meeting, -15):
        client.force_login(live.buys)
        assert b"Go to the call" in client.get(address(live, meeting, "meeting")).content
        first = client.post(address(live, meeting))
        client.force_login(live.sells)
        second = client.post(address(live, meeting))

    room = LiveRoom.objects.get()
    there = reverse("fairs:call", args=[live.edition.slug, room.pk])
    assert (first.url, second.url) == (there, there)
    assert members_of(room) == [live.buys, live.sells]
    assert (room.call.begins_at, room.call.ends_at) == (meeting.slot.begins, meeting.slot.ends)


@pytest.mark.parametrize("minutes", [-16, 24 * 60])
def test_call_opens_neither_before_nor_after_its_time(client, live, meeting, refused, minutes):
    with at(meeting, minutes):
        refused(CallNotNow, open_call_of, meeting, actor=live.buys)
        client.force_login(live.buys)
        page = client.get(address(live, meeting, "meeting")).content

    assert b"Go to the call" not in page


def test_nobody_but_the_two_opens_it(live, meeting, refused):
    with at(meeting, 0):
        for person in (live.organiser, UserFactory()):
            refused(NotYours, open_call_of, meeting, actor=person)


def test_meeting_at_a_table_has_no_call(live, books, refused):
    met = books(0)

    with at(met, 0):
        refused(NotYours, open_call_of, met, actor=live.buys)


def test_call_closes_with_its_meeting(live, meeting, refused):
    with at(meeting, -10):
        room = open_call_of(meeting, actor=live.buys)
        cancel_meeting(meeting, actor=live.organiser)
        refused(MoveNotAllowed, open_call_of, meeting, actor=live.buys)

    room.refresh_from_db()
    assert room.is_closed


def test_moved_meeting_has_another_call(live, meeting):
    with at(meeting, -10):
        room = open_call_of(meeting, actor=live.buys)
        move_meeting(meeting, actor=live.buys, slot=live.slots[1])
    moved = Meeting.objects.get()
    with at(moved, 0):
        other = open_call_of(moved, actor=live.sells)

    room.refresh_from_db()
    assert (room.is_closed, other.is_open, other == room) == (True, True, False)


def test_call_goes_on_into_the_next_slot_where_both_are_free(live, meeting):
    with at(meeting, 1):
        room = open_call_of(meeting, actor=live.buys)
        go_on(live, room)

    room.call.refresh_from_db()
    assert room.call.ends_at == live.slots[1].ends
    taken = Seat.objects.filter(slot=live.slots[1]).values_list("delegate", "table")
    assert set(taken) == {(meeting.buyer_id, None), (meeting.exporter_id, None), (None, meeting.table_id)}


def test_nobody_is_asked_to_go_on_where_one_meets_somebody_else(live, meeting, rival, refused):
    rival(1)
    with at(meeting, 1):
        room = open_call_of(meeting, actor=live.buys)
        refused(CallNotLonger, ask_all, room, actor=live.buys, what="longer", client_uuid=FIRST)


def test_call_ends_in_time_where_one_meets_somebody_else_meanwhile(live, meeting, rival):
    with at(meeting, 1):
        room = open_call_of(meeting, actor=live.buys)
        asked = ask_all(room, actor=live.buys, what="longer", client_uuid=FIRST)
    rival(1)
    with at(meeting, 2):
        answer_asked(room, asked.seq, actor=live.sells, yes=True, client_uuid=SECOND)

    room.call.refresh_from_db()
    assert room.call.ends_at == meeting.slot.ends
    assert [one.kind for one in room.entries.all()] == ["asked", "answered", "impossible"]
    assert not Seat.objects.filter(meeting=meeting, slot=live.slots[1]).exists()


def test_note_waits_on_the_page_of_the_call_for_the_hour(client, live, meeting):
    shown = {}
    for minutes in (-10, 1):
        with at(meeting, minutes):
            client.force_login(live.buys)
            room = open_call_of(meeting, actor=live.buys)
            page = client.get(reverse("fairs:call", args=[live.edition.slug, room.pk])).content.decode()
        note = page[page.index("data-from=") :].partition(">")[0]
        shown[minutes] = "hidden" not in note

    assert shown == {-10: False, 1: True}


def test_page_of_the_call_is_for_its_people_and_keeps_the_note_of_their_side(client, live, meeting):
    with at(meeting, 1):
        room = open_call_of(meeting, actor=live.buys)
        there = reverse("fairs:call", args=[live.edition.slug, room.pk])
        client.force_login(live.sells)
        page = client.get(there).content.decode()
        sent = {"act": "note", "note-text": "Ten kilos by May", "note-next_step": "sample"}
        kept = client.post(address(live, meeting, "meeting"), sent)
        client.force_login(live.organiser)
        assert client.get(there).status_code == 404

    assert live.buyer.organisation.label in page
    assert 'name="note-text"' in page
    assert (kept.status_code, Note.objects.get().party) == (302, live.exporter)
    assert room_for(live.organiser, room.pk) is None


def test_only_pages_of_calls_use_camera_and_microphone(client, live, meeting):
    client.force_login(live.buys)
    with at(meeting, 1):
        room = open_call_of(meeting, actor=live.buys)
        here = [
            reverse("fairs:call", args=[live.edition.slug, room.pk]),
            reverse("fairs:call_test", args=[live.edition.slug]),
            address(live, meeting, "meeting"),
        ]
        policies = [client.get(one)["Permissions-Policy"] for one in here]

    allowed = "camera=(self), microphone=(self), display-capture=(), geolocation=()"
    assert policies == [allowed, allowed, allowed.replace("(self)", "()")]
