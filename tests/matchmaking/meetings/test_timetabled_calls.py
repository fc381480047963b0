"""A timetable goes around calls that go on longer, and closes those whose meetings it moves or cancels."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from fairs.live.calling import answer_asked, ask_all
from matchmaking.meetings.actions import accept_and_book, cancel_meeting, move_meeting, open_call_of
from matchmaking.meetings.states import MeetingState
from matchmaking.models import Meeting, Request, Seat, Version
from matchmaking.parties.actions import change_party, lay_tables, set_absences
from matchmaking.parties.states import TableKind
from matchmaking.requests.actions import accept, ask
from matchmaking.timetables.actions import ask_run, make_timetable, publish, roll_back
from matchmaking.timetables.errors import DraftOutdated, SeatTaken
from matchmaking.timetables.states import RunMode
from tests.factories.matchmaking import buyer_at, speaker_of
from tests.matchmaking.timetables.greedy import solve

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIRST, SECOND = (f"0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e0{n}" for n in (1, 2))


@pytest.fixture
def meeting(live):
    """A meeting by video in the first slot."""
    lay_tables(live.edition, actor=live.organiser, kind=TableKind.VIRTUAL, count=2)
    change_party(live.buyer, actor=live.buys, languages=live.buyer.languages, table_kinds=["virtual"])
    return accept_and_book(Request.objects.get(pk=live.request.pk), actor=live.sells, slot=live.slots[0])


def at(meeting, minutes):
    """The clocks stand so many minutes after its beginning."""
    return time_machine.travel(meeting.slot.begins + timedelta(minutes=minutes), tick=False)


def repairs(live, **upset):
    run = ask_run(live.edition, actor=live.organiser, mode=RunMode.REPAIR, upset=upset)
    return make_timetable(run.pk, solver=solve)


def go_on(live, meeting):
    room = open_call_of(meeting, actor=live.buys)
    asked = ask_all(room, actor=live.buys, what="longer", client_uuid=FIRST)
    answer_asked(room, asked.seq, actor=live.sells, yes=True, client_uuid=SECOND)
    assert Seat.objects.filter(meeting=meeting, slot=live.slots[1]).count() == 3


def agreed_for_the_second_slot(live):
    """Another request by video, which only the second slot suits."""
    other = buyer_at(live.edition)
    change_party(other, actor=speaker_of(other), languages=other.languages, table_kinds=["virtual"])
    asked = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
    accept(asked, actor=live.sells)
    set_absences(live.exporter.delegates.get(), actor=live.sells, slots=live.slots[2:])
    return asked


def test_timetable_places_nobody_in_the_slot_of_a_call_that_goes_on_longer(client, live, meeting):
    asked = agreed_for_the_second_slot(live)
    with at(meeting, 1):
        go_on(live, meeting)
        run = repairs(live)

    assert [row["request"] for row in run.draft] == [meeting.request_id]
    assert [one["request"] for one in run.explained["unheld"]] == [asked.pk]


def test_draft_is_not_published_over_a_call_that_goes_on_longer_since(client, live, meeting, refused):
    asked = agreed_for_the_second_slot(live)
    with at(meeting, 1):
        client.force_login(live.organiser)
        run = repairs(live)
        assert {row["request"] for row in run.draft} == {meeting.request_id, asked.pk}
        go_on(live, meeting)

        refused(DraftOutdated, publish, run, actor=live.organiser)
        page = client.get(reverse("matchmaking:run", args=[live.edition.slug, run.pk])).content.decode()
        answer = client.post(reverse("matchmaking:publish", args=[live.edition.slug, run.pk]))

    assert "still in a call that goes on longer" in page
    assert (answer.status_code, Version.objects.count(), Meeting.objects.count()) == (302, 0, 1)


def test_going_back_leaves_out_what_a_call_that_goes_on_longer_takes_up(client, live, meeting):
    asked = agreed_for_the_second_slot(live)
    with at(meeting, -60):
        version = publish(repairs(live), actor=live.organiser)
        cancel_meeting(Meeting.objects.get(request=asked), actor=live.organiser)
    with at(meeting, 1):
        client.force_login(live.organiser)
        go_on(live, meeting)
        answer = client.post(reverse("matchmaking:roll_back", args=[live.edition.slug, version.number]))

    assert (answer.status_code, Version.objects.count()) == (302, 1)
    assert [one.request_id for one in Meeting.objects.standing()] == [meeting.request_id]


def test_seats_have_the_last_word_about_a_timetable(live, meeting, refused):
    asked = agreed_for_the_second_slot(live)
    with at(meeting, -60):
        version = publish(repairs(live), actor=live.organiser)
        gone = cancel_meeting(Meeting.objects.get(request=asked), actor=live.organiser)
        run = repairs(live)
        # As if somebody had sat down there behind the locks.
        Seat.objects.create(meeting=gone, slot=gone.slot, table=gone.table)

        refused(DraftOutdated, publish, run, actor=live.organiser)
        refused(SeatTaken, roll_back, version, actor=live.organiser)


@pytest.mark.parametrize(("first", "state"), [(1, "booked"), (0, "cancelled")])
def test_call_of_a_meeting_that_a_timetable_moves_or_cancels_is_closed(live, meeting, first, state):
    set_absences(live.buyer.delegates.get(), actor=live.buys, slots=live.slots[2:])
    lost = [live.slots[0].pk] if first else [one.pk for one in live.slots]
    with at(meeting, -12):
        room = open_call_of(meeting, actor=live.buys)
        publish(repairs(live, delegates={str(meeting.exporter_id): lost}), actor=live.organiser)
    room.refresh_from_db()
    now = Meeting.objects.get()

    assert (room.is_closed, now.state, now.slot) == (True, state, live.slots[first])
    if state == MeetingState.BOOKED:
        with at(now, 0):
            other = open_call_of(now, actor=live.sells)
        assert (other == room, other.call.begins_at, other.call.ends_at) == (
            False,
            now.slot.begins,
            now.slot.ends,
        )


def test_slot_that_a_repair_gave_a_meeting_is_chosen_by_nobody(live, meeting):
    def repair_without(person, slot):
        return publish(repairs(live, delegates={str(person): [slot.pk]}), actor=live.organiser)

    *_others, last = live.slots
    with at(meeting, -60):
        move_meeting(meeting, actor=live.buys, slot=live.slots[2])
        version = repair_without(meeting.buyer_id, live.slots[5])
        move_meeting(Meeting.objects.get(), actor=live.buys, slot=last)
        assert Meeting.objects.get().chosen_at is not None
        repair_without(meeting.exporter_id, last)
        moved = Meeting.objects.get()
        assert (moved.slot, moved.chosen_at) == (live.slots[0], None)

        roll_back(version, actor=live.organiser)

    assert Meeting.objects.get().slot == live.slots[2]


@pytest.mark.parametrize("mode", [RunMode.PLAN, RunMode.REPAIR])
def test_call_that_the_two_chose_stays_one_though_they_meet_at_tables_by_now(live, meeting, mode):
    change_party(live.buyer, actor=live.buys, languages=live.buyer.languages)
    told = {"slot": meeting.slot_id, "table": meeting.table_id, "request": meeting.request_id}

    run = make_timetable(ask_run(live.edition, actor=live.organiser, mode=mode).pk)

    assert [{name: row[name] for name in told} for row in run.draft] == [told]


def test_call_that_the_two_chose_is_moved_to_another_call(live, meeting):
    change_party(live.buyer, actor=live.buys, languages=live.buyer.languages)
    with at(meeting, -60):
        publish(repairs(live, delegates={str(meeting.exporter_id): [meeting.slot_id]}), actor=live.organiser)

    now = Meeting.objects.get()
    assert (now.slot, now.is_by_video) == (live.slots[1], True)
