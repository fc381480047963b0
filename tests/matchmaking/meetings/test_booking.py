"""A meeting takes its seats or none of them, moves, and is cancelled."""

from datetime import time, timedelta

import pytest
import time_machine

from matchmaking.meetings.actions import accept_and_book, book, call_off, cancel_meeting, move_meeting, pin
from matchmaking.meetings.errors import (
    BookedAlready,
    MeetingBegun,
    MeetingPinned,
    MovedOften,
    NoCommonSlot,
    NotAccepted,
    NotLive,
    NotMovedNow,
    SlotTaken,
    ThereAlready,
)
from matchmaking.models import MeetingTable, Request, Seat, Slot
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    close_table,
    hire_interpreter,
    leave_meetings,
    name_delegate,
    set_absences,
    set_hours,
    set_interpreter_absences,
)
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, ask
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.organisations.states import Role
from tests.factories.matchmaking import buyer_at, meeting_edition, speaker_of
from tests.factories.people import UserFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def seats_of(meeting):
    return [(one.slot_id, one.delegate_id, one.table_id) for one in meeting.seats.all()]


def test_a_meeting_takes_a_seat_for_each_person_and_for_its_table(live, books):
    meeting = books(3)

    slot = live.slots[3].pk
    people = sorted([live.buyer.delegates.get().pk, live.exporter.delegates.get().pk])
    assert seats_of(meeting) == [*((slot, key, None) for key in people), (slot, None, meeting.table_id)]
    assert (meeting.origin, meeting.table.kind, meeting.sequence) == ("live", "standard", 0)


def test_the_organiser_books_what_is_agreed_before_meetings_are_live(live, refused):
    advance_matching(live.edition, MatchingState.ASKING, actor=live.organiser)
    refused(NotLive, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])
    refused(NotAccepted, book, live.request, actor=live.organiser, slot=live.slots[0])
    accept(live.request, actor=live.sells)
    refused(NotLive, book, live.request, actor=live.sells, slot=live.slots[0])

    meeting = book(live.request, actor=live.organiser, slot=live.slots[0], origin="organiser")

    assert (meeting.slot, meeting.origin) == (live.slots[0], "organiser")
    refused(BookedAlready, book, live.request, actor=live.organiser, slot=live.slots[1])


def test_strangers_book_move_and_cancel_nothing(live, books, refused):
    stranger, neighbour = UserFactory(), speaker_of(buyer_at(live.edition))
    refused(NotYours, accept_and_book, live.request, actor=stranger, slot=live.slots[0])
    meeting = books()

    for actor in (stranger, neighbour):
        refused(NotYours, book, live.request, actor=actor, slot=live.slots[0])
        refused(NotYours, move_meeting, meeting, actor=actor, slot=live.slots[1])
        refused(NotYours, call_off, live.request, actor=actor)
    for actor in (stranger, neighbour, live.buys, live.sells):
        refused(NotYours, cancel_meeting, meeting, actor=actor)
        refused(NotYours, pin, meeting, actor=actor, is_pinned=True)


def test_a_slot_that_is_over_elsewhere_or_gone_is_not_booked(live, refused):
    elsewhere = Slot.objects.filter(edition=meeting_edition()).first()
    gone = Slot(pk=0, edition=live.edition, begins=live.slots[0].begins, ends=live.slots[0].ends)
    for slot in (elsewhere, gone):
        refused(SlotTaken, accept_and_book, live.request, actor=live.sells, slot=slot)
    with time_machine.travel(live.slots[0].begins, tick=False):
        refusal = refused(SlotTaken, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])

    assert [one.slot for one in refusal.openings] == live.slots[1:4]
    assert [one["slot"] for one in refusal.as_dict()["openings"]] == [one.pk for one in live.slots[1:4]]


def test_whoever_is_second_reads_the_next_three_slots_of_both(live, rival, refused):
    set_absences(live.buyer.delegates.get(), actor=live.buys, slots=[live.slots[1], live.slots[3]])
    rival(0)

    refusal = refused(SlotTaken, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])

    assert [one.slot for one in refusal.openings] == [live.slots[2], live.slots[4], live.slots[5]]


def test_without_a_table_there_is_no_common_slot(live, refused):
    for table in MeetingTable.objects.filter(edition=live.edition):
        close_table(table, actor=live.organiser, slots=live.slots)

    refused(NoCommonSlot, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])


def test_two_without_a_common_language_meet_where_an_interpreter_is_free(live, refused):
    change_party(live.buyer, actor=live.buys, languages=["en"])
    change_party(live.exporter, actor=live.sells, languages=["ar"])
    live.request = Request.objects.get()
    refused(NoCommonSlot, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])
    hired = hire_interpreter(live.edition, actor=live.organiser, name="Hajar", languages=("en", "ar"))
    set_interpreter_absences(hired, actor=live.organiser, slots=live.slots[:1])
    refused(SlotTaken, accept_and_book, live.request, actor=live.sells, slot=live.slots[0])

    meeting = accept_and_book(live.request, actor=live.sells, slot=live.slots[1])

    assert meeting.interpreter == hired
    assert Seat.objects.filter(interpreter=hired).values_list("slot", flat=True).get() == live.slots[1].pk


def test_a_moved_meeting_frees_its_place_and_counts_on(live, books):
    meeting = books(0)

    moved = move_meeting(meeting, actor=live.buys, slot=live.slots[2])

    assert (moved.slot, moved.sequence, moved.state) == (live.slots[2], 1, "booked")
    assert set(Seat.objects.values_list("slot", flat=True)) == {live.slots[2].pk}
    assert Seat.objects.count() == 3


def test_a_meeting_that_cannot_move_stays_where_it_is(live, books, rival, refused):
    meeting = books(0)
    rival(1)

    refusal = refused(SlotTaken, move_meeting, meeting, actor=live.buys, slot=live.slots[1])
    assert [one.slot for one in refusal.openings] == live.slots[2:5]
    refused(ThereAlready, move_meeting, meeting, actor=live.buys, slot=live.slots[0])
    advance_matching(live.edition, MatchingState.ASKING, actor=live.organiser)
    refused(NotMovedNow, move_meeting, meeting, actor=live.buys, slot=live.slots[2])
    assert move_meeting(meeting, actor=live.organiser, slot=live.slots[2]).slot == live.slots[2]


def test_a_delegation_sends_who_is_free_and_keeps_who_was_to_come(live, books):
    colleague = member_of(live.exporter.organisation, Role.SALES).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    meeting = books(0)
    first, second = live.exporter.delegates.order_by("pk")
    assert meeting.exporter == first
    set_absences(first, actor=live.sells, slots=[live.slots[1]])

    assert move_meeting(meeting, actor=live.sells, slot=live.slots[1]).exporter == second
    assert move_meeting(meeting, actor=live.sells, slot=live.slots[2]).exporter == second


def test_a_cancelled_meeting_frees_its_seats_and_its_request_may_be_booked_again(live, books, refused):
    meeting = cancel_meeting(books(0), actor=live.organiser, reason="The hall is closed")

    assert (meeting.state, meeting.reason, meeting.sequence) == ("cancelled", "The hall is closed", 1)
    assert (Seat.objects.count(), Request.objects.get().state) == (0, "accepted")
    refused(MoveNotAllowed, move_meeting, meeting, actor=live.buys, slot=live.slots[1])
    refused(MoveNotAllowed, cancel_meeting, meeting, actor=live.organiser)
    assert book(live.request, actor=live.buys, slot=live.slots[1]).uid != meeting.uid


def test_nobody_moves_or_cancels_what_has_begun(live, books, refused):
    meeting = books(0)

    with time_machine.travel(meeting.slot.begins, tick=False):
        refused(MeetingBegun, move_meeting, meeting, actor=live.buys, slot=live.slots[2])
        refused(MeetingBegun, cancel_meeting, meeting, actor=live.organiser)
        refused(MeetingBegun, call_off, live.request, actor=live.buys)


def test_who_leaves_the_fair_cancels_what_is_to_come_and_not_what_was(
    live, books, rival, django_capture_on_commit_callbacks
):
    over, coming = books(0), rival(1)

    with (
        time_machine.travel(over.slot.ends + timedelta(minutes=1), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        leave_meetings(live.exporter, actor=live.sells)

    over.refresh_from_db()
    coming.refresh_from_db()
    assert (over.state, coming.state, coming.reason) == ("booked", "cancelled", "")


def test_the_organiser_pins_and_loosens_a_meeting(live, books):
    meeting = books()

    assert pin(meeting, actor=live.organiser, is_pinned=True).is_pinned is True
    assert pin(meeting, actor=live.organiser, is_pinned=False).is_pinned is False


def test_neither_side_moves_a_pinned_meeting_and_the_organiser_does(live, books, refused):
    meeting = pin(books(), actor=live.organiser, is_pinned=True)

    for person in (live.buys, live.sells):
        refused(MeetingPinned, move_meeting, meeting, actor=person, slot=live.slots[1])

    assert move_meeting(meeting, actor=live.organiser, slot=live.slots[1]).slot == live.slots[1]


def test_other_hours_leave_a_booked_meeting_where_it_is(live, books):
    meeting, delegate = books(0), live.exporter.delegates.get()

    night = {"time_zone": "Africa/Casablanca", "wakes": time(22), "sleeps": time(23)}
    set_hours(delegate, actor=live.sells, **night)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.exporter, Seat.objects.count()) == ("booked", delegate, 3)


def test_an_accept_asks_little_and_whoever_comes_late_still_less(live, django_assert_num_queries):
    other = buyer_at(live.edition)
    late = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
    late, known = Request.objects.get(pk=late.pk), Request.objects.get(pk=live.request.pk)
    # One of them tells whose rows are to be locked.
    with django_assert_num_queries(26):
        accept_and_book(known, actor=live.sells, slot=live.slots[0])

    with django_assert_num_queries(20), pytest.raises(SlotTaken):
        accept_and_book(late, actor=live.sells, slot=live.slots[0])


def test_a_party_moves_a_meeting_a_few_times_and_the_others_still_can(live, books, refused):
    meeting = books(0)
    for number in (1, 2, 1, 2, 1):
        move_meeting(meeting, actor=live.buys, slot=live.slots[number])

    refusal = refused(MovedOften, move_meeting, meeting, actor=live.buys, slot=live.slots[2])
    assert "moved this meeting 5 times" in str(refusal)

    for number, actor in ((2, live.sells), (3, live.organiser)):
        assert move_meeting(meeting, actor=actor, slot=live.slots[number]).slot == live.slots[number]
