"""Who meets for a party, when and in which languages."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from fairs.models import Exhibitor
from fairs.sessions.actions import call_off_session, take_seat
from fairs.sessions.models import Session
from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Absence, Delegate, Party, Slot
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    come_back,
    leave_meetings,
    name_delegate,
    release_delegate,
    set_absences,
    set_hours,
    settle_parties,
)
from matchmaking.parties.errors import (
    HoursIncomplete,
    LastDelegate,
    MeetingThen,
    MeetsElsewhere,
    NotOfThisParty,
)
from matchmaking.parties.queries import away_of
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from moussem.core.errors import NotYours
from moussem.organisations.states import Role
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.sessions import ZONE, SessionFactory, release
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOURS = {"time_zone": "Asia/Tokyo", "wakes": time(18), "sleeps": time(2)}


@pytest.fixture
def colleague(exporter):
    return member_of(exporter.organisation, Role.SALES).user


def booked_at(exporter, number):
    """The exporter has a meeting in a slot, by its number."""
    edition, buyer = exporter.edition, buyer_at(exporter.edition)
    lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
    asked = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    slot = Slot.objects.filter(edition=edition)[number]
    return accept_and_book(asked, actor=speaker_of(exporter), slot=slot)


def away(delegate):
    """The hours at the fair's first day in which a person cannot meet."""
    slots = list(Slot.objects.filter(edition=delegate.edition)[:21])
    found = away_of([delegate], slots)[delegate.pk]
    return [f"{slot.begins.astimezone(ZoneInfo(ZONE)):%H:%M}" for slot in slots if slot.pk in found]


def test_a_party_says_what_it_speaks_and_where_it_meets(exporter, owner):
    change_party(exporter, actor=owner, languages=["ar", "fr"], table_kinds=["booth"])

    exporter.refresh_from_db()
    assert (exporter.languages, exporter.table_kinds) == (["ar", "fr"], ["booth"])


def test_a_colleague_who_sells_is_named_and_released(exporter, owner, colleague):
    name_delegate(exporter, actor=owner, person=colleague)
    assert exporter.delegates.there().count() == 2

    release_delegate(exporter.delegates.get(person=colleague), actor=organiser_of(exporter.edition))
    assert [one.person for one in exporter.delegates.there()] == [owner]

    name_delegate(exporter, actor=owner, person=colleague)
    assert exporter.delegates.there().count() == 2


def test_nobody_is_named_who_does_not_act_for_the_party(exporter, owner, refused):
    for person in (UserFactory(), member_of(exporter.organisation, Role.SALES, is_active=False).user):
        refused(NotOfThisParty, name_delegate, exporter, actor=owner, person=person)


def test_nobody_meets_for_two(exporter, owner, refused):
    elsewhere = exporter_at(exporter.edition)
    person = speaker_of(elsewhere)
    MembershipFactory(organisation=exporter.organisation, user=person)

    refused(MeetsElsewhere, name_delegate, exporter, actor=owner, person=person)


def test_the_last_one_and_who_has_a_meeting_to_come_stay(exporter, owner, colleague, refused):
    (delegate,) = exporter.delegates.all()
    refused(LastDelegate, release_delegate, delegate, actor=owner)
    meeting = booked_at(exporter, 0)
    name_delegate(exporter, actor=owner, person=colleague)
    refused(MeetingThen, release_delegate, delegate, actor=owner)

    with time_machine.travel(meeting.slot.ends, tick=False):
        release_delegate(delegate, actor=owner)
    delegate.refresh_from_db()
    assert delegate.left_at is not None


def test_hours_are_those_of_the_persons_own_clocks(exporter, owner):
    delegate = set_hours(exporter.delegates.get(), actor=owner, **HOURS, most_a_day=4, most_in_a_row=2)

    assert (delegate.time_zone, delegate.most_a_day, delegate.most_in_a_row) == ("Asia/Tokyo", 4, 2)
    # From nine to five at the fair it is from six in the evening to two in the night.
    assert away(delegate) == ["16:55", "17:20"]


@pytest.mark.parametrize(("wakes", "sleeps"), [(time(9), None), (None, time(9)), (time(9), time(9))])
def test_hours_have_a_beginning_and_another_end(exporter, owner, refused, wakes, sleeps):
    told = {"time_zone": "Asia/Tokyo", "wakes": wakes, "sleeps": sleeps}

    refused(HoursIncomplete, set_hours, exporter.delegates.get(), actor=owner, **told)


def test_slots_are_taken_out_and_given_back(exporter, owner):
    delegate, slots = exporter.delegates.get(), Slot.objects.filter(edition=exporter.edition)
    set_absences(delegate, actor=owner, slots=slots[:2])
    assert away(delegate) == ["09:00", "09:25"]

    set_absences(delegate, actor=owner, slots=slots[1:2])
    assert away(delegate) == ["09:25"]


def test_a_slot_with_a_meeting_is_not_taken_out(exporter, owner, refused):
    meeting = booked_at(exporter, 0)

    refused(MeetingThen, set_absences, meeting.exporter, actor=owner, slots=[meeting.slot])


def test_a_session_keeps_away_who_has_a_seat_by_its_released_hours(exporter, owner):
    edition = exporter.edition
    session = SessionFactory(edition=edition, room=None)
    release(edition)
    take_seat(session.showing, actor=owner)
    (delegate,) = exporter.delegates.all()
    # Planned for later, and not released: nobody reads of it yet.
    later = session.begins_at + timedelta(hours=3)
    Session.objects.update(begins_at=later, ends_at=later + timedelta(hours=1))
    assert away(delegate) == ["09:50", "10:15", "10:40"]

    release(edition)
    assert away(delegate) == ["12:45", "13:10", "13:35"]

    call_off_session(session, actor=organiser_of(edition))
    release(edition)
    assert away(delegate) == []


def test_a_meeting_or_talk_at_another_fair_keeps_away_at_its_hours(exporter, owner):
    elsewhere = meeting_edition(starts_on=date(2030, 5, 6))
    assert away(exporter.delegates.get()) == []
    Exhibitor.objects.create(edition=elsewhere, organisation=exporter.organisation)
    settle_parties(elsewhere)
    booked_at(Party.objects.get(edition=elsewhere, organisation=exporter.organisation), 1)
    assert away(exporter.delegates.get()) == ["09:25"]

    session = SessionFactory(edition=elsewhere, room=None)
    release(elsewhere)
    take_seat(session.showing, actor=owner)

    assert away(exporter.delegates.get()) == ["09:25", "09:50", "10:15", "10:40"]


def test_a_party_leaves_and_comes_back(exporter, owner):
    left = leave_meetings(exporter, actor=owner)
    assert (left.left_at is None, left.wants_no_meetings, left.was_taken_out) == (False, True, False)

    come_back(exporter, actor=owner)
    back = Party.objects.get(pk=exporter.pk)
    assert (back.left_at, back.wants_no_meetings) == (None, False)


def test_whom_the_organiser_took_out_the_organiser_alone_brings_back(exporter, owner, refused):
    organiser = organiser_of(exporter.edition)
    left = leave_meetings(exporter, actor=organiser)
    assert (left.wants_no_meetings, left.was_taken_out) == (True, True)

    refused(NotYours, come_back, left, actor=owner)

    come_back(left, actor=organiser)
    back = Party.objects.get(pk=exporter.pk)
    assert (back.left_at, back.wants_no_meetings, back.was_taken_out) == (None, False, False)


def test_strangers_say_nothing_of_a_party(exporter, colleague, refused):
    (delegate,) = exporter.delegates.all()
    # Who sells for the organisation but does not meet for it says nothing either.
    for actor in (UserFactory(), speaker_of(buyer_at(exporter.edition)), colleague):
        refused(NotYours, change_party, exporter, actor=actor, languages=["fr"])
        refused(NotYours, name_delegate, exporter, actor=actor, person=colleague)
        refused(NotYours, release_delegate, delegate, actor=actor)
        refused(NotYours, set_hours, delegate, actor=actor, **HOURS)
        refused(NotYours, set_absences, delegate, actor=actor, slots=[])
        refused(NotYours, leave_meetings, exporter, actor=actor)
    refused(NotYours, come_back, exporter, actor=UserFactory())
    assert (Delegate.objects.filter(party=exporter).count(), Absence.objects.count()) == (1, 0)
