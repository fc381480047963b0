"""Somebody runs late; afterwards both say what became of a meeting and keep a note each."""

from datetime import date, timedelta

import pytest
import time_machine

from matchmaking.meetings.actions import cancel_meeting, move_meeting, run_late, say_held, write_note
from matchmaking.meetings.errors import LateOften, MeetingOver, NotBegun, TooLate
from matchmaking.models import Note
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import buyer_at, speaker_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def meeting(books):
    return books(0)


@pytest.fixture
def after(meeting):
    """The clocks stand just after the meeting."""
    with time_machine.travel(meeting.slot.ends + timedelta(minutes=5), tick=False):
        yield


def test_the_other_side_reads_at_once_who_comes_later(live, meeting):
    OutboxMessage.objects.all().delete()

    run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)

    meeting.refresh_from_db()
    assert (meeting.buyer_late, meeting.exporter_late) == (10, 0)
    (letter,) = OutboxMessage.objects.values_list("payload", flat=True)
    assert letter["to"] == live.sells.email
    assert letter["subject"] == f"{live.buyer.organisation.label} comes 10 minutes later"
    assert "invitation" not in letter


def test_the_same_minutes_are_told_once(live, meeting):
    run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)
    written = OutboxMessage.objects.count()

    run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)
    assert OutboxMessage.objects.count() == written

    run_late(meeting, party=live.buyer, actor=live.buys, minutes=15)
    assert OutboxMessage.objects.count() == written + 1


def test_a_side_says_a_few_times_how_much_later_it_comes_and_the_other_still_can(live, meeting, refused):
    for minutes in (5, 10, 5, 10, 5):
        run_late(meeting, party=live.buyer, actor=live.buys, minutes=minutes)

    refusal = refused(LateOften, run_late, meeting, party=live.buyer, actor=live.buys, minutes=10)

    assert "said 5 times how much later" in str(refusal)
    assert run_late(meeting, party=live.exporter, actor=live.sells, minutes=10).late_minutes == 10


def test_nobody_runs_later_than_a_meeting_lasts_or_once_it_is_over(live, meeting, refused):
    for minutes in (0, 21):
        refused(TooLate, run_late, meeting, party=live.buyer, actor=live.buys, minutes=minutes)
    with time_machine.travel(meeting.slot.ends, tick=False):
        refused(MeetingOver, run_late, meeting, party=live.buyer, actor=live.buys, minutes=5)


def test_who_moves_a_meeting_comes_in_time_to_it(live, meeting):
    run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)

    moved = move_meeting(meeting, actor=live.buys, slot=live.slots[1])

    assert (moved.buyer_late, moved.exporter_late) == (0, 0)


def test_both_may_come_later_and_each_reads_of_the_other(live, meeting):
    run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)
    OutboxMessage.objects.all().delete()

    run_late(meeting, party=live.exporter, actor=live.sells, minutes=5)

    meeting.refresh_from_db()
    assert (meeting.buyer_late, meeting.exporter_late, meeting.late_minutes) == (10, 5, 10)
    (letter,) = OutboxMessage.objects.values_list("payload", flat=True)
    told = f"{live.exporter.organisation.label} comes 5 minutes later"
    assert (letter["to"], letter["subject"]) == (live.buys.email, told)


@pytest.mark.parametrize(
    ("buyer", "exporter", "state"),
    [
        (True, None, "held"),
        (None, True, "held"),
        (True, True, "held"),
        (False, None, "missed"),
        (False, False, "missed"),
        (True, False, "differs"),
        (False, True, "differs"),
    ],
)
def test_a_meeting_was_held_or_not_where_nobody_says_otherwise(live, meeting, after, buyer, exporter, state):
    if buyer is not None:
        say_held(meeting, party=live.buyer, actor=live.buys, was_held=buyer)
    if exporter is not None:
        say_held(meeting, party=live.exporter, actor=live.sells, was_held=exporter)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.buyer_says, meeting.exporter_says) == (state, buyer, exporter)


def test_what_was_said_is_put_right(live, meeting, after):
    said = say_held(meeting, party=live.buyer, actor=live.buys, was_held=False)
    assert said.state == "missed"

    assert say_held(meeting, party=live.buyer, actor=live.buys, was_held=True).state == "held"


def test_who_differs_comes_to_agree(live, meeting, after):
    say_held(meeting, party=live.exporter, actor=live.sells, was_held=True)
    assert say_held(meeting, party=live.buyer, actor=live.buys, was_held=False).state == "differs"

    assert say_held(meeting, party=live.exporter, actor=live.sells, was_held=False).state == "missed"


def test_who_came_names_who_did_not(live, meeting, after):
    say_held(meeting, party=live.buyer, actor=live.buys, was_held=False, has_waited=True)

    meeting.refresh_from_db()
    told = (meeting.state, meeting.buyer_says, meeting.buyer_waited, meeting.exporter_waited)
    assert told == ("missed", False, True, False)

    say_held(meeting, party=live.buyer, actor=live.buys, was_held=True)
    assert (meeting.refresh_from_db(), meeting.state, meeting.buyer_waited) == (None, "held", False)


def test_nothing_is_said_before_a_meeting_or_of_a_cancelled_one(live, meeting, refused):
    refused(NotBegun, say_held, meeting, party=live.buyer, actor=live.buys, was_held=True)
    cancel_meeting(meeting, actor=live.organiser)

    with time_machine.travel(meeting.slot.ends, tick=False):
        refused(MoveNotAllowed, say_held, meeting, party=live.buyer, actor=live.buys, was_held=True)
    refused(MoveNotAllowed, run_late, meeting, party=live.buyer, actor=live.buys, minutes=5)


def test_each_party_keeps_one_note_of_its_own(live, meeting, after):
    follow_up = date(2031, 1, 2)
    write_note(meeting, party=live.buyer, actor=live.buys, text="First")
    told = {"text": "Sweet", "next_step": "sample", "follow_up_on": follow_up}
    write_note(meeting, party=live.buyer, actor=live.buys, **told)
    write_note(meeting, party=live.exporter, actor=live.sells, text="They want 20 kg")

    kept = Note.objects.values_list("party", "text", "next_step", "follow_up_on")
    assert list(kept) == [
        (live.buyer.pk, "Sweet", "sample", follow_up),
        (live.exporter.pk, "They want 20 kg", "", None),
    ]


def test_others_say_nothing_of_a_meeting(live, meeting, after, refused):
    neighbour = buyer_at(live.edition)
    strangers = (
        (live.buyer, UserFactory()),
        (live.buyer, live.sells),
        (live.buyer, live.organiser),
        (neighbour, speaker_of(neighbour)),
    )
    for party, actor in strangers:
        refused(NotYours, run_late, meeting, party=party, actor=actor, minutes=5)
        refused(NotYours, say_held, meeting, party=party, actor=actor, was_held=True)
        refused(NotYours, write_note, meeting, party=party, actor=actor, text="Ours now")
