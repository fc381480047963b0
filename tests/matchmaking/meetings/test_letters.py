"""What both who meet are written, and what their calendars are asked to do."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from fairs.floor.models import Allotment, Booth, Hall
from matchmaking.meetings.actions import call_off, cancel_meeting, move_meeting, remind_of_meetings
from matchmaking.meetings.actions.letters import BOOKED, booked_letter
from matchmaking.models import MeetingTable, Seat, Slot
from matchmaking.parties.actions import close_table, name_delegate, set_absences
from matchmaking.parties.states import TableKind
from moussem.core.models import OutboxMessage
from moussem.core.tasks import deliver_outbox
from moussem.organisations.states import Role
from tests.factories.matchmaking import letters_posted
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def letters(start=""):
    """Each letter about a meeting as it waits to be sent, by its reader."""
    found = [one for one in letters_posted() if one.get("invitation")]
    return {one["to"]: one for one in found if one["subject"].startswith(start)}


def event_of(letter):
    """What the invitation of a letter says."""
    asked = Calendar.from_ical(letter["invitation"]["text"])
    (event,) = asked.walk("VEVENT")
    assert str(asked["method"]) == letter["invitation"]["method"]
    return event


def test_both_are_invited_to_what_is_booked(live, books):
    meeting = books()

    sent = letters()
    assert set(sent) == {live.buys.email, live.sells.email}
    for person, other in ((live.buys, live.exporter), (live.sells, live.buyer)):
        letter, event = sent[person.email], event_of(sent[person.email])
        assert letter["subject"] == f"You meet {other.organisation.label} at {live.edition.label}"
        assert "Table 1 in the meeting area" in letter["body"]
        assert letter["invitation"]["method"] == "REQUEST"
        assert (str(event["uid"]), event["sequence"]) == (f"{meeting.uid}@meetings.moussem", 0)
        assert event.decoded("dtstart") == meeting.slot.begins
        assert str(event["attendee"]) == f"mailto:{person.email}"
        assert str(event["summary"]) == f"Meeting with {other.organisation.label}"


def test_a_moved_meeting_is_the_same_one_to_a_calendar(live, books):
    meeting = books()
    OutboxMessage.objects.all().delete()

    move_meeting(meeting, actor=live.buys, slot=live.slots[4])

    for letter in letters("Your meeting").values():
        event = event_of(letter)
        assert letter["invitation"]["method"] == "REQUEST"
        assert (str(event["uid"]), event["sequence"]) == (f"{meeting.uid}@meetings.moussem", 1)
        assert event.decoded("dtstart") == live.slots[4].begins


def test_a_letter_of_a_booking_that_is_carried_late_tells_what_was_decided_then(live, books, mailoutbox):
    meeting = books()
    move_meeting(meeting, actor=live.buys, slot=live.slots[4])

    deliver_outbox.call()

    asked = [Calendar.from_ical(one.alternatives[0].content) for one in mailoutbox if one.alternatives]
    told = [event for one in asked for event in one.walk("VEVENT")]
    assert [(one["sequence"], one.decoded("dtstart")) for one in told] == [
        (number, slot.begins) for number, slot in ((0, live.slots[0]), (1, live.slots[4])) for _reader in "ab"
    ]
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_whoever_was_released_before_the_letter_of_a_booking_went_reads_nothing_of_it(live, books):
    books()
    live.exporter.delegates.update(left_at=timezone.now())

    assert set(letters("You meet")) == {live.buys.email}


def test_nobody_is_written_to_of_a_meeting_that_is_no_more(live, books):
    meeting = books()
    (first, _second) = OutboxMessage.objects.filter(kind=BOOKED).order_by("pk")
    Seat.objects.all().delete()
    meeting.delete()

    assert booked_letter(first.payload) is None
    assert letters("You meet") == {}


@pytest.mark.parametrize("by", ["organiser", "party"])
def test_a_cancelled_meeting_leaves_the_calendars(live, books, by):
    meeting = books()
    OutboxMessage.objects.all().delete()

    if by == "organiser":
        cancel_meeting(meeting, actor=live.organiser, reason="The hall is closed")
    else:
        call_off(live.request, actor=live.buys, reason="The hall is closed")

    sent = letters("Your meeting")
    assert set(sent) == {live.buys.email, live.sells.email}
    for letter in sent.values():
        event = event_of(letter)
        assert (letter["invitation"]["method"], str(event["status"])) == ("CANCEL", "CANCELLED")
        assert (str(event["uid"]), event["sequence"]) == (f"{meeting.uid}@meetings.moussem", 1)
        assert "The hall is closed" in letter["body"]


def test_who_hands_a_meeting_over_to_a_colleague_has_it_taken_out(live, books):
    colleague = member_of(live.exporter.organisation, Role.SALES).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    meeting = books()
    set_absences(meeting.exporter, actor=live.sells, slots=live.slots[1:2])
    OutboxMessage.objects.all().delete()

    move_meeting(meeting, actor=live.buys, slot=live.slots[1])

    sent = letters()
    methods = {to: letter["invitation"]["method"] for to, letter in sent.items()}
    assert methods == {live.sells.email: "CANCEL", colleague.email: "REQUEST", live.buys.email: "REQUEST"}
    gone = event_of(sent[live.sells.email])
    assert (gone["sequence"], gone.decoded("dtstart")) == (1, live.slots[0].begins)


def test_letters_tell_the_hours_of_both_clocks_in_the_language_of_their_reader(live, books):
    live.buys.language = "ar"
    live.buys.save()
    live.buyer.delegates.update(time_zone="Asia/Tokyo")

    books()

    letter = letters()[live.buys.email]
    assert "طوكيو" in letter["body"] and "18:00" in letter["body"]
    assert "Tokyo" not in letters()[live.sells.email]["body"]


def test_a_booth_is_told_by_the_number_above_it(live, books):
    shared = MeetingTable.objects.filter(edition=live.edition, kind=TableKind.STANDARD)
    for table in shared:
        close_table(table, actor=live.organiser, slots=Slot.objects.filter(edition=live.edition))
    hall = Hall.objects.create(edition=live.edition, name_en="Hall 1", width=100, height=100)
    booth = Booth.objects.create(
        edition=live.edition, hall=hall, number="B12", area=9, x=0, y=0, width=10, height=10
    )
    Allotment.objects.create(booth=booth, exhibitor=live.exporter.exhibitor)

    books()

    event = event_of(letters()[live.buys.email])
    place = f"Booth B12, {live.exporter.organisation.label}, {live.edition.place_en}"
    assert str(event["location"]) == place


def test_reminding_asks_as_much_for_one_meeting_as_for_three(books, rival, django_assert_num_queries):
    at = books(0).slot.begins - timedelta(minutes=9)
    with django_assert_num_queries(16):
        remind_of_meetings(at)
    OutboxMessage.objects.all().delete()
    rival(1), rival(2)

    with django_assert_num_queries(16):
        assert remind_of_meetings(at) == 6


@pytest.mark.parametrize("by", ["organiser", "buys"])
def test_a_letter_of_a_move_tells_the_old_time_and_who_moved_it(live, books, by):
    live.buyer.delegates.update(time_zone="Asia/Tokyo")
    meeting = books()
    OutboxMessage.objects.all().delete()

    move_meeting(meeting, actor=getattr(live, by), slot=live.slots[4])

    sent = {to: one["body"] for to, one in letters("Your meeting").items()}
    other = f"{live.buyer.organisation.label} moved it."
    said = ("Your side moved it.", other) if by == "buys" else ("The organiser of the fair moved it.",) * 2
    assert [said[0] in sent[live.buys.email], said[1] in sent[live.sells.email]] == [True, True]
    before = [body.split("before:")[1] for body in (sent[live.buys.email], sent[live.sells.email])]
    assert all("09:00–09:20 (Moroccan time)" in text for text in before)
    assert ["Tokyo" in text for text in before] == [True, False]
