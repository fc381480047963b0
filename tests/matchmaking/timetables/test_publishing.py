"""A draft becomes what everybody holds, is mended and gone back to."""

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from fairs.models import Allotment, Booth, Hall
from matchmaking.meetings.actions import book, cancel_meeting, pin, run_late
from matchmaking.meetings.queries import agenda_of
from matchmaking.meetings.states import MeetingState
from matchmaking.models import Closure, Meeting, MeetingTable, Request, Run, Seat, Slot, Version
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    hire_interpreter,
    lay_tables,
    plan_matching,
    set_absences,
)
from matchmaking.parties.states import MatchingState, TableKind
from matchmaking.requests.actions import ask
from matchmaking.timetables.actions import ask_run, publish, roll_back
from matchmaking.timetables.comparing import Place, compare
from matchmaking.timetables.errors import DraftOutdated, NoDraft, PublishedAlready, SameTimetable
from matchmaking.timetables.states import RunMode
from moussem.core.errors import NotYours
from moussem.core.mail import send_mail
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import agree, exporter_at, speaker_of
from tests.factories.people import UserFactory
from tests.matchmaking.timetables.solvers import BOTH, REALLY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def held():
    """Where every meeting that stands is."""
    found = Meeting.objects.exclude(state=MeetingState.CANCELLED)
    return set(found.values_list("request", "slot", "table", "buyer", "exporter"))


def mails_to(person):
    mails = OutboxMessage.objects.filter(kind="mail")
    return [one.payload for one in mails if one.payload["to"] == person.email]


def written_to():
    return {one.payload["to"] for one in OutboxMessage.objects.filter(kind="mail")}


def stand_at(number, exporter):
    """The booth of an exporter in a hall of its own."""
    edition = exporter.edition
    hall = Hall.objects.create(edition=edition, name_en=f"Hall {number}", width=100, height=100)
    booth = Booth.objects.create(
        edition=edition, hall=hall, number=number, area=9, x=0, y=0, width=10, height=10
    )
    Allotment.objects.create(booth=booth, exhibitor=exporter.exhibitor)


@BOTH
def test_a_published_draft_is_what_everybody_holds(fair, makes):
    run = makes()

    version = publish(run, actor=fair.organiser)

    rows = {(r["request"], r["slot"], r["table"], r["buyer"], r["exporter"]) for r in run.draft}
    assert held() == rows
    # Two people and a table each.
    assert Seat.objects.count() == 9
    assert (version.number, version.run, version.meetings) == (1, run, run.draft)


def test_each_person_for_whom_something_changes_gets_one_letter(fair, makes):
    OutboxMessage.objects.all().delete()

    publish(makes(), actor=fair.organiser)

    people = [speaker_of(one) for one in (*fair.buyers, *fair.exporters)]
    assert [len(mails_to(one)) for one in people] == [1, 1, 1, 1]
    (mail,) = mails_to(people[0])
    assert mail["subject"] == f"Your meetings at {fair.edition.label}"
    assert all(one.organisation.label in mail["body"] for one in fair.exporters)


def test_a_letter_tells_a_booth_by_the_number_above_it(fair, makes):
    MeetingTable.objects.exclude(kind=TableKind.BOOTH).update(withdrawn_at=timezone.now())
    for number, exporter in enumerate(fair.exporters, 1):
        stand_at(f"B{number}", exporter)
    OutboxMessage.objects.all().delete()

    publish(makes(), actor=fair.organiser)

    (mail,) = mails_to(speaker_of(fair.buyers[0]))
    told = [f"Booth B{n}, {one.organisation.label}" for n, one in enumerate(fair.exporters, 1)]
    assert [one in mail["body"] for one in told] == [True, True]


@BOTH
def test_a_second_timetable_writes_only_to_those_whom_it_concerns(fair, makes):
    publish(makes(), actor=fair.organiser)
    OutboxMessage.objects.all().delete()
    late = agree(fair.buyers[1], fair.exporters[1], fair.family)
    OutboxMessage.objects.all().delete()

    publish(makes(mode=RunMode.UNBOOKED), actor=fair.organiser)

    assert written_to() == {speaker_of(fair.buyers[1]).email, speaker_of(fair.exporters[1]).email}
    assert Meeting.objects.get(request=late).state == MeetingState.BOOKED


def test_nobody_else_publishes(refused, makes):
    refused(NotYours, publish, makes(), actor=UserFactory())


def test_a_run_without_a_draft_is_not_published(refused, fair):
    run = ask_run(fair.edition, actor=fair.organiser)

    refused(NoDraft, publish, run, actor=fair.organiser)


def test_a_draft_is_published_once(refused, fair, makes):
    run = makes()
    publish(run, actor=fair.organiser)

    refused(PublishedAlready, publish, run, actor=fair.organiser)


def test_a_draft_is_not_published_over_a_meeting_booked_since(refused, fair, makes):
    run = makes()
    slot = Slot.objects.filter(edition=fair.edition).last()
    book(fair.requests[0], actor=fair.organiser, slot=slot)

    refused(DraftOutdated, publish, run, actor=fair.organiser)


def test_one_more_table_and_interpreter_since_do_no_harm(fair, makes):
    run = makes()
    lay_tables(fair.edition, actor=fair.organiser, kind=TableKind.STANDARD, count=5)
    hire_interpreter(fair.edition, actor=fair.organiser, name="Salma", languages=("fr", "en"))

    assert publish(run, actor=fair.organiser).number == 1


def test_a_draft_is_not_published_over_hours_that_changed(refused, fair, makes):
    run = makes()
    delegate = fair.buyers[0].delegates.get()
    slots = [row["slot"] for row in run.draft if row["buyer"] == delegate.pk]
    set_absences(delegate, actor=delegate.person, slots=Slot.objects.filter(pk=slots[0]))

    refused(DraftOutdated, publish, run, actor=fair.organiser)


@BOTH
def test_a_repair_moves_the_meeting_of_a_closed_table_and_closes_it(fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.order_by("slot__begins").first()
    before = held()
    upset = {"tables": {str(meeting.table_id): [meeting.slot_id]}}

    run = makes(mode=RunMode.REPAIR, upset=upset)
    assert Closure.objects.count() == 0
    publish(run, actor=fair.organiser)

    moved = before - held()
    assert moved == {
        (meeting.request_id, meeting.slot_id, meeting.table_id, meeting.buyer_id, meeting.exporter_id)
    }
    assert list(Closure.objects.values_list("table", "slot")) == [(meeting.table_id, meeting.slot_id)]
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.state) == (1, MeetingState.BOOKED)


@BOTH
def test_a_repair_for_somebody_who_comes_late_moves_their_meetings_alone(fair, makes):
    publish(makes(), actor=fair.organiser)
    late = fair.buyers[1].delegates.get()
    (meeting,) = Meeting.objects.filter(buyer=late)
    others = held() - {
        (meeting.request_id, meeting.slot_id, meeting.table_id, meeting.buyer_id, meeting.exporter_id)
    }
    missed = list(Slot.objects.filter(edition=fair.edition, on=meeting.slot.on).values_list("pk", flat=True))
    run_late(meeting, party=fair.buyers[1], actor=late.person, minutes=15)

    upset = {"delegates": {str(late.pk): missed}}
    publish(makes(mode=RunMode.REPAIR, upset=upset), actor=fair.organiser)

    meeting.refresh_from_db()
    assert others <= held()
    assert meeting.slot_id not in missed
    assert (meeting.buyer_late, meeting.exporter_late) == (0, 0)
    assert sorted(late.absences.values_list("slot", flat=True)) == sorted(missed)


@pytest.mark.parametrize("less", [{"most_in_a_row": 1}, {"most_a_day": 1}])
@REALLY
def test_a_repair_that_may_move_nobody_drops_what_is_too_much_and_says_so(fair, makes, less):
    buyer = fair.buyers[0]
    agree(buyer, exporter_at(fair.edition, languages=["en"]), fair.family)
    publish(makes(), actor=fair.organiser)
    before = held()
    plan_matching(fair.edition, actor=fair.organiser, **less)

    run = makes(mode=RunMode.REPAIR, most_moves=0)
    publish(run, actor=fair.organiser)

    assert held() < before
    assert {one[0] for one in before - held()} == {one["request"] for one in run.explained["unheld"]}


@BOTH
def test_a_repair_after_a_cancellation_places_what_was_left_over(fair, makes):
    publish(makes(), actor=fair.organiser)
    before = held()
    gone = Meeting.objects.first()
    cancel_meeting(gone, actor=fair.organiser)
    OutboxMessage.objects.all().delete()

    publish(makes(mode=RunMode.REPAIR), actor=fair.organiser)

    assert {one[0] for one in held()} == {one.pk for one in fair.requests}
    assert len(before & held()) >= 2
    assert written_to() == {gone.buyer.person.email, gone.exporter.person.email}


@BOTH
def test_a_pinned_meeting_stays_where_it_is(fair, makes):
    slot = Slot.objects.filter(edition=fair.edition).last()
    meeting = book(fair.requests[2], actor=fair.organiser, slot=slot)
    pin(meeting, actor=fair.organiser, is_pinned=True)

    publish(makes(), actor=fair.organiser)

    meeting.refresh_from_db()
    assert (meeting.slot, meeting.sequence, Meeting.objects.count()) == (slot, 0, 3)


@BOTH
def test_going_back_gives_everybody_the_same_meetings_again(fair, makes):
    first = publish(makes(), actor=fair.organiser)
    before = held()
    for meeting in Meeting.objects.all():
        cancel_meeting(meeting, actor=fair.organiser)
    assert held() == set()

    back = roll_back(first, actor=fair.organiser)

    assert held() == before
    assert (back.number, back.went_back_to, Seat.objects.count()) == (2, first, 9)


def test_going_back_keeps_what_was_booked_at_once_since(fair, makes):
    late = agree(fair.buyers[1], fair.exporters[1], fair.family)
    Request.objects.filter(pk=late.pk).update(state="pending")
    first = publish(makes(), actor=fair.organiser)
    Request.objects.filter(pk=late.pk).update(state="accepted")
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    slot = Slot.objects.filter(edition=fair.edition).last()
    booked = book(Request.objects.get(pk=late.pk), actor=speaker_of(fair.buyers[1]), slot=slot)
    gone = Meeting.objects.exclude(pk=booked.pk).first()
    cancel_meeting(gone, actor=fair.organiser)

    roll_back(first, actor=fair.organiser)

    assert Meeting.objects.get(pk=booked.pk).state == MeetingState.BOOKED
    assert len(held()) == 4


def test_going_back_to_what_stands_is_refused(refused, fair, makes):
    version = publish(makes(), actor=fair.organiser)

    refused(SameTimetable, roll_back, version, actor=fair.organiser)
    refused(NotYours, roll_back, version, actor=UserFactory())


@BOTH
def test_requests_that_wait_are_proposed_a_slot_and_take_no_seat(fair, makes):
    buyer, exporter = fair.buyers[1], fair.exporters[1]
    waits = ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": fair.family}])

    publish(makes(with_pending=True), actor=fair.organiser)

    waits.refresh_from_db()
    assert waits.held_slot is not None and waits.held_until is not None
    assert (Meeting.objects.count(), len(Version.objects.get().meetings)) == (3, 3)


def test_a_request_that_was_withdrawn_since_is_left_out(fair, makes):
    run = makes()
    Request.objects.filter(pk=fair.requests[0].pk).update(state="withdrawn")

    publish(run, actor=fair.organiser)

    assert {one[0] for one in held()} == {one.pk for one in fair.requests[1:]}


def test_agendas_show_the_new_places(fair, makes):
    publish(makes(), actor=fair.organiser)

    delegate = fair.buyers[0].delegates.get()
    assert [one.request for one in agenda_of(delegate).order_by("request_id")] == fair.requests[:2]


def asked_of(mail):
    """What a calendar is asked by a letter: each meeting with the method, its number and its beginning."""
    told = {}
    for one in [mail["invitation"]] if "invitation" in mail else mail["also"]:
        calendar = Calendar.from_ical(one["text"])
        assert str(calendar["method"]) == one["method"]
        for event in calendar.walk("VEVENT"):
            attendee = "" if one["method"] == "PUBLISH" else f"mailto:{mail['to']}"
            assert str(event.get("attendee", "")) == attendee
            told[str(event["uid"])] = (one["method"], event["sequence"], event.decoded("dtstart"))
    return told


def uid_of(meeting):
    return f"{meeting.uid}@meetings.moussem"


def test_one_letter_asks_a_calendar_to_hold_all_that_is_new(fair, makes):
    run = makes()
    OutboxMessage.objects.all().delete()

    publish(run, actor=fair.organiser)

    own = list(agenda_of(fair.buyers[0].delegates.get()))
    (mail,) = mails_to(speaker_of(fair.buyers[0]))
    assert (len(own), [one["method"] for one in mail["also"]], "invitation" in mail) == (
        2,
        ["PUBLISH"],
        False,
    )
    assert asked_of(mail) == {uid_of(one): ("PUBLISH", 0, one.slot.begins) for one in own}
    assert reverse("fairs:agenda", args=[fair.edition.slug]) in mail["body"]


def test_one_letter_holds_what_moved_and_takes_out_what_is_cancelled(fair, makes):
    publish(makes(), actor=fair.organiser)
    moved, gone = agenda_of(fair.buyers[0].delegates.get())
    OutboxMessage.objects.all().delete()
    run = makes()
    later = Slot.objects.filter(edition=fair.edition).last()
    (row,) = [row for row in run.draft if row["request"] == moved.request_id]
    others = [row for row in run.draft if row["request"] not in (moved.request_id, gone.request_id)]
    Run.objects.filter(pk=run.pk).update(draft=[*others, {**row, "slot": later.pk}])

    publish(Run.objects.get(pk=run.pk), actor=fair.organiser)

    (mail,) = mails_to(speaker_of(fair.buyers[0]))
    assert asked_of(mail) == {
        uid_of(moved): ("REQUEST", 1, later.begins),
        uid_of(gone): ("CANCEL", 1, gone.slot.begins),
    }
    send_mail(mail)
    (sent,) = django_mail.outbox[-1:]
    parts = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["REQUEST", "CANCEL"]


@pytest.mark.parametrize("meetings", [1, 3])
def test_publishing_asks_as_much_for_three_meetings_as_for_one(
    fair, makes, django_assert_num_queries, meetings
):
    for one in fair.requests[meetings:]:
        Request.objects.filter(pk=one.pk).update(state="withdrawn")
    run = makes()

    with django_assert_num_queries(44):
        publish(run, actor=fair.organiser)

    assert Meeting.objects.count() == meetings


def test_cancelling_asks_as_much_for_three_meetings_as_for_one(fair, makes):
    asked = []
    for gone in (1, 3):
        publish(makes(), actor=fair.organiser)
        run = makes()
        Run.objects.filter(pk=run.pk).update(draft=run.draft[: 3 - gone])
        with CaptureQueriesContext(connection) as found:
            publish(Run.objects.get(pk=run.pk), actor=fair.organiser)
        asked.append(sum("matchmaking_meeting" in one["sql"] for one in found))

    assert asked[0] == asked[1]
    assert Meeting.objects.exclude(state=MeetingState.CANCELLED).count() == 0


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ({}, ("same",)),
        ({"interpreter": 9}, ("quiet",)),
        ({"table": 9}, ("moved",)),
        ({"slot": 9}, ("moved",)),
        ({"buyer": 9}, ("moved",)),
        ({"request": 9}, ("new", "cancelled")),
    ],
)
def test_two_timetables_are_compared(now, names):
    told = {"request": 1, "slot": 1, "table": 1, "buyer": 1, "exporter": 2, "interpreter": 3}

    found = compare([Place(**told)], [Place(**{**told, **now})])

    assert [name for name in ("new", "moved", "cancelled", "same", "quiet") if getattr(found, name)] == [
        name for name in ("new", "moved", "cancelled", "same", "quiet") if name in names
    ]


def test_who_takes_over_reads_of_a_new_meeting_and_who_is_relieved_of_a_cancelled_one():
    was = Place(request=1, slot=1, table=1, buyer=1, exporter=2)
    now = Place(request=1, slot=1, table=1, buyer=3, exporter=2)

    told = compare([was], [now]).by_person()

    assert (told[1].cancelled, told[2].moved, told[3].new) == ([was], [(was, now)], [now])


def test_who_goes_from_a_screen_to_a_hall_changes_more_than_the_table():
    told = {"request": 1, "slot": 1, "buyer": 1, "exporter": 2}

    found = compare([Place(**told, table=1)], [Place(**told, table=2)])

    assert [found.reseated(screens) for screens in ((), {1, 2}, {1}, {2})] == [1, 1, 0, 0]


def test_a_letter_names_who_interprets(fair, makes):
    change_party(fair.buyers[1], actor=fair.organiser, languages=["zh"])
    for pair in (("en", "zh"), ("fr", "zh")):
        hire_interpreter(fair.edition, actor=fair.organiser, name="Mei Lin", languages=pair)

    publish(makes(), actor=fair.organiser)

    bodies = [mail["body"] for mail in mails_to(speaker_of(fair.buyers[1]))]
    assert [body.count("interpreter: Mei Lin") for body in bodies if "New:" in body] == [1]
    assert [one["body"].count("interpreter") for one in mails_to(speaker_of(fair.buyers[0]))][-1:] == [0]
