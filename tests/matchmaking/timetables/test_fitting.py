"""What of a draft or of an earlier timetable can be held now."""

from datetime import time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.meetings.actions import book, cancel_meeting, move_meeting, pin
from matchmaking.models import Absence, Closure, Meeting, MeetingTable, Request, Slot
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    follow_days,
    lay_tables,
    plan_matching,
    set_absences,
    set_hours,
)
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from matchmaking.timetables.actions import publish, roll_back
from matchmaking.timetables.comparing import compare, places_from
from matchmaking.timetables.errors import DraftOutdated
from matchmaking.timetables.facts import place_of, read
from matchmaking.timetables.fitting import kept_back, obstacle_to, wanted_again, wanted_of
from matchmaking.timetables.showing import kept_back_of
from matchmaking.timetables.states import Changed, KeptBack
from tests.factories.matchmaking import agree, buyer_at, speaker_of
from tests.matchmaking.timetables.solvers import BOTH

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ZONE = ZoneInfo("Africa/Casablanca")


@pytest.fixture
def first(fair, makes):
    """A published timetable of which nothing stands any more."""
    version = publish(makes(), actor=fair.organiser)
    for meeting in Meeting.objects.all():
        cancel_meeting(meeting, actor=fair.organiser)
    return version


def says(delegate, **told):
    """Somebody says when and how much they meet."""
    hours = {"time_zone": delegate.time_zone, "wakes": None, "sleeps": None}
    set_hours(delegate, actor=delegate.person, **{**hours, **told})


def back_at(fair, version):
    return wanted_again(read(fair.edition), version)


def with_delegate(version, delegate):
    return [one for one in places_from(version.meetings) if delegate.pk in one.people]


def without(version, *gone):
    return [one for one in places_from(version.meetings) if one not in gone]


def test_all_of_an_earlier_timetable_is_wanted_again(fair, first):
    assert back_at(fair, first) == without(first)


def test_nobody_is_sent_back_to_a_slot_in_which_they_sleep(fair, first):
    delegate = fair.buyers[1].delegates.get()
    (own,) = with_delegate(first, delegate)
    ends = Slot.objects.get(pk=own.slot).ends
    says(delegate, time_zone="UTC", wakes=ends.time(), sleeps=time(23, 59))

    assert back_at(fair, first) == without(first, own)


@pytest.mark.parametrize("limit", [{"most_a_day": 1}, {"most_in_a_row": 1}])
def test_nobody_is_sent_back_to_more_meetings_than_they_want_now(fair, first, limit):
    delegate = fair.buyers[0].delegates.get()
    one, other = sorted(with_delegate(first, delegate), key=lambda place: place.slot)
    assert other.slot == one.slot + 1
    says(delegate, **limit)

    assert back_at(fair, first) in (without(first, one), without(first, other))


def test_who_is_not_there_in_person_any_more_is_not_sent_back_to_a_table(fair, first):
    party = fair.buyers[1]
    change_party(party, actor=speaker_of(party), languages=["en"], table_kinds=["virtual"])

    assert back_at(fair, first) == without(first, *with_delegate(first, party.delegates.get()))


def test_who_does_not_understand_the_other_any_more_is_not_sent_back(fair, first):
    party = fair.buyers[1]
    change_party(party, actor=speaker_of(party), languages=["ja"])

    assert back_at(fair, first) == without(first, *with_delegate(first, party.delegates.get()))


def test_what_is_where_it_was_stays_whatever_was_said_since(fair, makes):
    version = publish(makes(), actor=fair.organiser)
    gone = Meeting.objects.get(buyer=fair.buyers[1].delegates.get())
    cancel_meeting(gone, actor=fair.organiser)
    says(fair.buyers[0].delegates.get(), most_a_day=1)

    assert sorted(back_at(fair, version), key=lambda one: one.request) == without(version)


def test_going_back_leaves_a_pinned_meeting_where_it_is(fair, first):
    later = Slot.objects.filter(edition=fair.edition).last()
    meeting = book(fair.requests[0], actor=fair.organiser, slot=later)
    pin(meeting, actor=fair.organiser, is_pinned=True)

    roll_back(first, actor=fair.organiser)

    meeting.refresh_from_db()
    assert (meeting.slot, meeting.state, meeting.sequence) == (later, "booked", 0)


def test_a_draft_is_published_beside_a_meeting_that_was_held_before_its_request_was_taken_back(fair, makes):
    slot = Slot.objects.filter(edition=fair.edition).first()
    meeting = book(fair.requests[0], actor=fair.organiser, slot=slot)
    with time_machine.travel(slot.ends + timedelta(minutes=1), tick=False):
        Request.objects.filter(pk=meeting.request_id).update(state="withdrawn")
        publish(makes(), actor=fair.organiser)

    meeting.refresh_from_db()
    assert (meeting.state, Meeting.objects.filter(state="booked").count()) == ("booked", 3)


def test_a_proposal_that_was_accepted_since_is_held_and_counted(fair, makes):
    waits = fair.requests[2]
    Request.objects.filter(pk=waits.pk).update(state="pending")
    run = makes(with_pending=True)
    Request.objects.filter(pk=waits.pk).update(state="accepted")

    version = publish(run, actor=fair.organiser)

    assert {row["request"] for row in version.meetings} == {one.pk for one in fair.requests}
    assert (version.figures["held"], version.figures["asked"]) == (3, 3)


@pytest.fixture
def moved(fair, makes):
    """The first timetable, and the last slot, to which a buyer moved a meeting of it since."""
    version = publish(makes(), actor=fair.organiser)
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    meeting, slot = Meeting.objects.first(), Slot.objects.filter(edition=fair.edition).last()
    move_meeting(meeting, actor=meeting.buyer.person, slot=slot)
    meeting.refresh_from_db()
    return SimpleNamespace(version=version, meeting=meeting, slot=slot)


@BOTH
def test_a_whole_timetable_and_going_back_leave_what_its_people_moved(fair, makes, moved):
    agree(fair.buyers[1], fair.exporters[1], fair.family)
    publish(makes(), actor=fair.organiser)

    assert place_of(Meeting.objects.get(pk=moved.meeting.pk)) == place_of(moved.meeting)
    assert place_of(moved.meeting) in back_at(fair, moved.version)


def test_a_whole_timetable_moves_what_its_people_chose_where_they_are_not_any_more(fair, makes, moved):
    Absence.objects.create(delegate=moved.meeting.buyer, slot=moved.slot)

    draft = places_from(makes().draft)

    assert [one.slot == moved.slot for one in draft if one.request == moved.meeting.request_id] == [False]


def test_going_back_to_a_later_timetable_gives_what_was_moved_before_it_its_hour_again(fair, makes, moved):
    agree(fair.buyers[1], fair.exporters[1], fair.family)
    later = publish(makes(), actor=fair.organiser)
    cancel_meeting(moved.meeting, actor=fair.organiser)

    assert place_of(moved.meeting) in back_at(fair, later)


def close(edition, table):
    """A table is closed all the while."""
    Closure.objects.bulk_create(
        Closure(table=table, slot=one) for one in Slot.objects.filter(edition=edition)
    )


def test_going_back_to_a_table_that_is_closed_keeps_the_hour_at_another_one(fair, first):
    closed = MeetingTable.objects.filter(edition=fair.edition, kind="standard").first()
    lay_tables(fair.edition, actor=fair.organiser, kind="standard", count=4)
    close(fair.edition, closed)

    back = sorted(back_at(fair, first), key=lambda one: one.request)

    assert [(one.request, one.slot, one.people) for one in back] == [
        (one.request, one.slot, one.people) for one in without(first)
    ]
    assert closed.pk not in {one.table for one in back}


def test_going_back_leaves_what_a_repair_moved_to_another_table_where_it_is(fair, makes):
    lay_tables(fair.edition, actor=fair.organiser, kind="standard", count=4)
    version = publish(makes(), actor=fair.organiser)
    table = Meeting.objects.first().table
    every = list(Slot.objects.filter(edition=fair.edition).values_list("pk", flat=True))
    publish(makes(mode="repair", upset={"tables": {str(table.pk): every}}), actor=fair.organiser)

    facts = read(fair.edition)
    difference = compare([place_of(one) for one in facts.meetings], wanted_again(facts, version))

    assert (difference.is_empty, difference.kept) == (True, 3)


def test_what_does_not_go_back_is_counted_by_why(fair, makes, moved):
    one, other = Meeting.objects.exclude(pk=moved.meeting.pk)
    every = {
        "tables": {str(one.table_id): [one.slot_id]},
        "delegates": {str(other.buyer_id): [other.slot_id]},
    }
    publish(makes(mode="repair", upset=every), actor=fair.organiser)

    facts = read(fair.edition)
    counted = kept_back(facts, moved.version, wanted_again(facts, moved.version))

    assert counted == {KeptBack.CHOSEN: 1, KeptBack.TABLE: 1, KeptBack.PERSON: 1}
    assert kept_back_of(counted).startswith("3 meetings do not go back to their places: ")


def test_going_back_cancels_nothing_that_came_since_and_still_can_be_held(fair, makes):
    Request.objects.filter(pk=fair.requests[2].pk).update(state="pending")
    version = publish(makes(), actor=fair.organiser)
    Request.objects.filter(pk=fair.requests[2].pk).update(state="accepted")
    publish(makes(mode="unbooked"), actor=fair.organiser)
    for meeting in Meeting.objects.exclude(request=fair.requests[2]):
        cancel_meeting(meeting, actor=fair.organiser)

    roll_back(version, actor=fair.organiser)

    standing = Meeting.objects.standing().values_list("request", flat=True)
    assert sorted(standing) == [one.pk for one in fair.requests]


@pytest.mark.parametrize("limit", [{"most_a_day": 1}, {"most_in_a_row": 1}])
def test_a_draft_is_not_published_over_limits_that_were_lowered_since(refused, fair, makes, limit):
    run = makes()
    says(fair.buyers[0].delegates.get(), **limit)

    refused(DraftOutdated, publish, run, actor=fair.organiser)


def test_what_keeps_a_draft_back_is_named(fair, makes):
    run = makes()
    facts, wanted = read(fair.edition), places_from(run.draft)
    assert obstacle_to(run, facts, wanted) is None

    begins = min(Slot.objects.get(pk=one.slot).begins for one in wanted)
    with time_machine.travel(begins + timedelta(minutes=1), tick=False):
        assert obstacle_to(run, facts, wanted).what == Changed.BEGUN

    Closure.objects.create(table_id=wanted[0].table, slot_id=wanted[0].slot)
    told = obstacle_to(run, read(fair.edition), wanted)
    assert (told.what, told.request) == (Changed.GONE, wanted[0].request)

    plan_matching(fair.edition, actor=fair.organiser, most_a_day=1)
    Closure.objects.all().delete()
    assert obstacle_to(run, read(fair.edition), wanted).what == Changed.LIMITS


def test_a_draft_is_not_published_over_limits_of_the_edition_that_were_lowered_since(refused, fair, makes):
    run = makes()
    plan_matching(fair.edition, actor=fair.organiser, most_a_day=1)

    refused(DraftOutdated, publish, run, actor=fair.organiser)


def test_who_asks_for_less_than_they_hold_is_asked_for_nothing_and_given_nothing(fair, makes):
    publish(makes(), actor=fair.organiser)
    cancel_meeting(Meeting.objects.get(request=fair.requests[2]), actor=fair.organiser)
    run = makes(mode="unbooked")
    says(fair.buyers[0].delegates.get(), most_a_day=1)

    publish(run, actor=fair.organiser)

    assert Meeting.objects.standing().count() == 3


def test_a_draft_is_not_published_over_a_change_of_language_or_place(refused, fair, makes):
    run = makes()
    party = fair.buyers[1]
    for told in ({"languages": ["zh"]}, {"languages": ["en"], "table_kinds": ["virtual"]}):
        change_party(party, actor=fair.organiser, **told)

        refused(DraftOutdated, publish, run, actor=fair.organiser)
        facts = read(fair.edition)
        told = obstacle_to(run, facts, places_from(run.draft))
        assert (told.what, told.request) == (Changed.SUITED, fair.requests[2].pk)


def test_what_stands_is_asked_neither_for_other_languages_nor_for_another_place(fair, makes):
    publish(makes(), actor=fair.organiser)
    cancel_meeting(Meeting.objects.get(request=fair.requests[2]), actor=fair.organiser)
    run = makes(mode="unbooked")
    change_party(fair.exporters[1], actor=fair.organiser, languages=["zh"])

    publish(run, actor=fair.organiser)

    assert Meeting.objects.standing().count() == 3


def proposed_last(fair, makes):
    """A draft that proposes the last slot to a request without an answer, and that slot."""
    *_others, last = Slot.objects.filter(edition=fair.edition)
    party = buyer_at(fair.edition, languages=["en"])
    ask(party, fair.exporters[1], actor=speaker_of(party), lines=[{"family": fair.family}])
    so_far = Slot.objects.filter(edition=fair.edition).exclude(pk=last.pk)
    set_absences(party.delegates.get(), actor=speaker_of(party), slots=so_far)
    run = makes(with_pending=True)
    assert [row["slot"] for row in run.draft if row["is_proposal"]] == [last.pk]
    return run, last


def test_a_draft_is_published_without_what_it_proposes_in_days_that_were_shortened(fair, makes, browser):
    run, last = proposed_last(fair, makes)
    fair.edition.days.filter(on=last.on).update(closes=timezone.localtime(last.begins, ZONE).time())
    follow_days(Edition.objects.get(pk=fair.edition.pk))
    assert not Slot.objects.filter(pk=last.pk).exists()

    answer = browser.post(reverse("matchmaking:publish", args=[fair.edition.slug, run.pk]))

    connection.check_constraints()
    assert answer.status_code == 302
    assert (Meeting.objects.count(), Request.objects.exclude(held_slot=None).count()) == (3, 0)


def test_nobody_is_proposed_a_slot_that_has_begun(fair, makes):
    publish(makes(), actor=fair.organiser)
    run, last = proposed_last(fair, makes)

    with time_machine.travel(last.begins + timedelta(minutes=1), tick=False):
        wanted = wanted_of(read(fair.edition, with_pending=True), places_from(run.draft))
    assert [one for one in wanted if one.is_proposal] == []
