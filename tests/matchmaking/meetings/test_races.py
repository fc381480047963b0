"""Two hundred accepts at the same moment over the same twenty people and slots."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import product

import pytest
from django.core import mail
from django.db import connection
from icalendar import Calendar

from fairs.editions.actions import withdraw_edition
from fairs.editions.errors import EditionWithdrawn
from matchmaking.meetings.actions import accept_and_book, book, call_off, cancel_of_edition, move_meeting
from matchmaking.meetings.errors import NoCommonSlot, SlotTaken
from matchmaking.models import Meeting, Request, Seat, Slot
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    hire_interpreter,
    leave_meetings,
    set_absences,
)
from matchmaking.parties.errors import MatchingEnded, MeetingThen
from matchmaking.parties.queries import matching_of
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from moussem.core.errors import MoveNotAllowed, Refusal
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import (
    agree,
    buyer_at,
    exhibits_at,
    exporter_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql

CONNECTIONS = 40


def floor(buyers, exporters, tables=2):
    """A live fair with a request of each buyer to each exporter, one of them without a common language."""
    edition, family = meeting_edition(tables=tables), FamilyFactory()
    organiser = organiser_of(edition)
    asking = [buyer_at(edition) for _ in range(buyers)]
    asked = [exporter_at(edition) for _ in range(exporters)]
    for party in asking:
        change_party(party, actor=organiser, languages=["en"], table_kinds=["standard"])
    for number, party in enumerate(asked):
        spoken = ["ar"] if number % 5 == 0 else ["en"]
        change_party(party, actor=organiser, languages=spoken, table_kinds=["standard"])
    hire_interpreter(edition, actor=organiser, name="Hajar", languages=("ar", "en"))
    requests = [
        ask(one, other, actor=speaker_of(one), lines=[{"family": family}])
        for one, other in product(asking, asked)
    ]
    advance_matching(edition, MatchingState.LIVE, actor=organiser)
    return edition, requests, list(Slot.objects.filter(edition=edition))


def all_at_once(writers):
    """What each writer returned or was refused, many on a connection of their own."""

    def run(writer):
        try:
            return writer()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(run, writers))


def held_twice():
    """Any person, table or interpreter with two seats in one slot, and any meeting without its seats."""
    seats = Counter()
    for slot, *thing in Seat.objects.values_list("slot", "delegate", "table", "interpreter"):
        seats[slot, tuple(thing)] += 1
    odd = [
        meeting.pk
        for meeting in Meeting.objects.exclude(state="cancelled").prefetch_related("seats")
        if {
            (seat.slot_id, seat.delegate_id, seat.table_id, seat.interpreter_id)
            for seat in meeting.seats.all()
        }
        != _seats_wanted(meeting)
    ]
    return [key for key, count in seats.items() if count > 1], odd


def _seats_wanted(meeting):
    slot = meeting.slot_id
    wanted = {(slot, meeting.buyer_id, None, None), (slot, meeting.exporter_id, None, None)}
    wanted.add((slot, None, meeting.table_id, None))
    return wanted | ({(slot, None, None, meeting.interpreter_id)} if meeting.interpreter_id else set())


def uid_in(letter):
    """The meeting that the invitation of a letter is about."""
    (event,) = Calendar.from_ical(letter.alternatives[0][0]).walk("VEVENT")
    return str(event["uid"])


def test_two_hundred_accepts_seat_nobody_twice_and_tell_each_loser_what_is_left():
    _edition, requests, slots = floor(10, 10, tables=4)
    writers = [
        partial(accept_and_book, one, actor=speaker_of(one.exporter), slot=slots[(number + shift) % 6])
        for shift in range(2)
        for number, one in enumerate(requests)
    ]
    mail.outbox.clear()

    answers = all_at_once(writers)

    won = [one for one in answers if isinstance(one, Meeting)]
    lost = [one for one in answers if isinstance(one, SlotTaken)]
    assert {type(one) for one in answers} <= {Meeting, SlotTaken, NoCommonSlot, MoveNotAllowed}
    assert (len(answers), held_twice()) == (200, ([], []))
    assert won and lost and all(1 <= len(one.openings) <= 3 for one in lost)
    assert Meeting.objects.count() == Request.objects.filter(state="accepted").count() == len(won)
    # Who lost was written nothing: of each meeting two calendars know.
    invited = {(one.to[0], uid_in(one)) for one in mail.outbox if one.alternatives}
    people = [(one, who.person.email) for one in won for who in (one.buyer, one.exporter)]
    assert invited == {(email, f"{one.uid}@meetings.moussem") for one, email in people}


def test_of_two_who_want_one_exporter_in_one_slot_one_meets():
    for _ in range(5):
        _edition, requests, slots = floor(2, 1)

        answers = at_once(
            *[
                partial(accept_and_book, one, actor=speaker_of(one.exporter), slot=slots[0])
                for one in requests
            ]
        )

        assert sorted(type(one).__name__ for one in answers) == ["Meeting", "SlotTaken"]
        assert held_twice() == ([], [])


def test_meetings_that_change_places_and_are_called_off_wait_for_nobody_in_a_circle():
    _edition, requests, slots = floor(4, 4, tables=4)
    booked = all_at_once(
        partial(accept_and_book, one, actor=speaker_of(one.exporter), slot=slots[number])
        for number, one in enumerate(requests)
    )
    booked = [one for one in booked if isinstance(one, Meeting)]
    moves = [
        partial(move_meeting, one, actor=speaker_of(one.request.buyer), slot=slots[(number + 1) % 16])
        for number, one in enumerate(booked)
    ]
    back = [partial(call_off, one.request, actor=speaker_of(one.request.exporter)) for one in booked[::3]]

    answers = all_at_once([*moves, *back])

    assert {type(one) for one in answers} <= {Meeting, Request, SlotTaken, NoCommonSlot, MoveNotAllowed}
    assert held_twice() == ([], [])
    gone = [one for one in answers if isinstance(one, Request)]
    assert Meeting.objects.filter(state="cancelled").count() == len(gone)


def test_whoever_takes_a_slot_out_as_it_is_booked_reads_of_the_meeting_or_keeps_it_free():
    for _ in range(5):
        _edition, (request,), slots = floor(1, 1)
        delegate = request.buyer.delegates.get()

        answers = at_once(
            partial(accept_and_book, request, actor=speaker_of(request.exporter), slot=slots[0]),
            partial(set_absences, delegate, actor=delegate.person, slots=slots[:1]),
        )

        assert sum(isinstance(one, SlotTaken | MeetingThen) for one in answers) == 1
        assert Meeting.objects.filter(edition=request.edition).count() + delegate.absences.count() == 1


def test_whoever_leaves_as_they_are_booked_holds_no_seat_and_keeps_nobody_waiting():
    _edition, requests, slots = floor(buyers=3, exporters=3)
    leaving = requests[0].exporter
    accepts = [
        partial(accept_and_book, one, actor=speaker_of(one.exporter), slot=slots[number])
        for number, one in enumerate(requests)
    ]

    all_at_once([*accepts, partial(leave_meetings, leaving, actor=speaker_of(leaving))])

    assert not Request.objects.of(leaving).standing().exists()
    assert not Seat.objects.filter(delegate__party=leaving).exists()
    assert Meeting.objects.filter(state="booked").count() == 6


@pytest.mark.parametrize(
    "gone",
    [
        lambda request: leave_meetings(request.exporter, actor=speaker_of(request.exporter)),
        lambda request: cancel_of_edition(request.edition, actor=None, reason="Rain."),
    ],
    ids=["party", "edition"],
)
def test_a_meeting_that_is_moved_as_its_party_or_fair_goes_is_cancelled_all_the_same(gone):
    _edition, (request,), slots = floor(1, 1)
    meeting = accept_and_book(request, actor=speaker_of(request.exporter), slot=slots[0])

    with while_it_waits(meeting, partial(gone, request)):
        move_meeting(meeting, actor=speaker_of(request.buyer), slot=slots[3])

    meeting.refresh_from_db()
    assert (meeting.state, meeting.slot, Seat.objects.count()) == ("cancelled", slots[3], 0)


def test_whoever_exhibits_at_two_fairs_is_booked_at_one_of_them_in_an_hour():
    editions, family = [meeting_edition(starts_on=date(2030, 5, 6)) for _ in range(2)], FamilyFactory()
    sells = exporter_at(editions[0])
    asked = [sells, exhibits_at(editions[1], sells.organisation)]
    buyers = [buyer_at(one) for one in editions]
    requests = [
        ask(buyer, seller, actor=speaker_of(buyer), lines=[{"family": family}])
        for buyer, seller in zip(buyers, asked, strict=True)
    ]
    for one in editions:
        advance_matching(one, MatchingState.LIVE, actor=organiser_of(one))
    person = speaker_of(sells)
    first, second = (
        partial(accept_and_book, one, actor=person, slot=Slot.objects.filter(edition=one.edition).first())
        for one in requests
    )

    with pytest.raises(SlotTaken), while_it_waits(person, second):
        first()

    assert list(Meeting.objects.values_list("edition", flat=True)) == [editions[0].pk]
    assert Seat.objects.filter(delegate__person=person).count() == 1


def withdrawn(edition):
    """The fair does not take place."""
    withdraw_edition(edition, actor=organiser_of(edition), reason="Rain.")


def ended(edition):
    """No meeting of the fair is made any more."""
    advance_matching(edition, MatchingState.ENDED, actor=organiser_of(edition))


@pytest.mark.parametrize(("ends", "refusal"), [(withdrawn, EditionWithdrawn), (ended, MatchingEnded)])
@pytest.mark.parametrize("act", [accept_and_book, book])
def test_nobody_is_booked_at_a_fair_whose_meetings_end_at_that_moment(ends, refusal, act):
    edition, (request,), slots = floor(1, 1)
    if act is book:
        request = agree(buyer_at(edition), exporter_at(edition), FamilyFactory())
    books = partial(act, request, actor=speaker_of(request.exporter), slot=slots[0])
    mail.outbox.clear()

    with pytest.raises(refusal), while_it_waits(matching_of(edition), books):
        ends(edition)

    assert (Meeting.objects.count(), Seat.objects.count()) == (0, 0)
    assert [one for one in mail.outbox if one.alternatives] == []


@pytest.mark.parametrize(("ends", "refusal"), [(withdrawn, EditionWithdrawn), (ended, MatchingEnded)])
def test_no_meeting_is_moved_once_the_meetings_of_its_fair_end(ends, refusal):
    edition, (request,), slots = floor(1, 1)
    meeting = accept_and_book(request, actor=speaker_of(request.exporter), slot=slots[0])
    moves = partial(move_meeting, meeting, actor=speaker_of(request.buyer), slot=slots[3])

    with pytest.raises(refusal), while_it_waits(matching_of(edition), moves):
        ends(edition)

    meeting.refresh_from_db()
    assert (meeting.slot, Seat.objects.filter(slot=slots[3]).count()) == (slots[0], 0)


def test_a_meeting_that_was_booked_as_its_fair_is_withdrawn_is_cancelled_with_it():
    edition, (request,), slots = floor(1, 1)
    books = partial(accept_and_book, request, actor=speaker_of(request.exporter), slot=slots[0])

    booked, _gone = at_once(books, partial(withdrawn, edition))

    standing = Meeting.objects.standing().count()
    assert (standing, Seat.objects.count()) == (0, 0)
    assert isinstance(booked, Meeting | EditionWithdrawn)
