"""Whoever met for one organisation at a fair may meet for another one there, once they do no more."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from matchmaking.meetings.actions import accept_and_book, move_meeting
from matchmaking.meetings.errors import SlotTaken
from matchmaking.meetings.queries import agenda_of, kept_by
from matchmaking.models import Delegate, Meeting, Seat, Slot
from matchmaking.parties.actions import (
    advance_matching,
    come_back,
    leave_meetings,
    name_delegate,
    release_lost,
    set_absences,
)
from matchmaking.parties.errors import MeetsElsewhere
from matchmaking.parties.queries import lost_now, party_of
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from matchmaking.timetables.facts import read
from moussem.organisations.actions.members import end_membership
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import buyer_at, exporter_at, organiser_of, speaker_of
from tests.factories.organisations import MembershipFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def other(exporter):
    """Another exporter of the same edition."""
    return exporter_at(exporter.edition)


@pytest.fixture
def person(exporter, owner, other):
    """Somebody who sells for both, and meets for the first."""
    found = member_of(exporter.organisation, Role.SALES).user
    name_delegate(exporter, actor=owner, person=found)
    MembershipFactory(organisation=other.organisation, user=found, role=Role.SALES)
    return found


def asked_of(party):
    buyer = buyer_at(party.edition)
    return ask(buyer, party, actor=speaker_of(buyer), lines=[{"family": FamilyFactory()}])


def booked_for(exporter, owner, person):
    """A meeting in the first slot, to which this person comes: the owner cannot."""
    first = Slot.objects.filter(edition=exporter.edition).first()
    set_absences(exporter.delegates.get(person=owner), actor=owner, slots=[first])
    request = asked_of(exporter)
    advance_matching(exporter.edition, MatchingState.LIVE, actor=organiser_of(exporter.edition))
    return accept_and_book(request, actor=person, slot=first)


def sells_no_more(exporter, owner, person):
    end_membership(Membership.objects.get(organisation=exporter.organisation, user=person), actor=owner)
    release_lost(lost_now())


def test_who_sold_for_one_meets_for_another_and_keeps_what_was_held(exporter, owner, other, person, refused):
    meeting = booked_for(exporter, owner, person)
    refused(MeetsElsewhere, name_delegate, other, actor=speaker_of(other), person=person)

    with time_machine.travel(meeting.slot.ends, tick=False):
        sells_no_more(exporter, owner, person)
        name_delegate(other, actor=organiser_of(other.edition), person=person)

        assert party_of(person, other.edition) == other
    was, now = Delegate.objects.filter(person=person).order_by("pk")
    assert (was.party, now.party, now.left_at) == (exporter, other, None)
    assert list(kept_by(person)) == list(agenda_of(was)) == [meeting]
    assert list(agenda_of(now)) == []


def test_nobody_is_booked_twice_in_an_hour_for_two_organisations(exporter, owner, other, person, refused):
    meeting = booked_for(exporter, owner, person)
    sells_no_more(exporter, owner, person)
    name_delegate(other, actor=(seller := speaker_of(other)), person=person)
    set_absences(other.delegates.get(person=seller), actor=seller, slots=[meeting.slot])
    request, slots = asked_of(other), list(Slot.objects.filter(edition=other.edition))

    refusal = refused(SlotTaken, accept_and_book, request, actor=seller, slot=slots[0])
    assert [one.slot for one in refusal.openings] == slots[1:4]

    booked = accept_and_book(request, actor=seller, slot=slots[1])
    refused(SlotTaken, move_meeting, booked, actor=seller, slot=slots[0])
    now = other.delegates.get(person=person)
    assert meeting.slot_id in read(other.edition).away[now.pk]
    with pytest.raises(IntegrityError, match=r"slot_id|nobody_in_two"), transaction.atomic():
        Seat.objects.create(meeting=booked, slot=meeting.slot, delegate=now, person=person)


def test_an_organisation_that_takes_no_part_holds_nobody_back(exporter, owner, other, person):
    leave_meetings(exporter, actor=organiser_of(exporter.edition))

    name_delegate(other, actor=organiser_of(other.edition), person=person)
    come_back(exporter, actor=organiser_of(exporter.edition))

    assert party_of(person, other.edition) == other
    assert [one.person for one in exporter.delegates.there()] == [owner]
    assert Meeting.objects.count() == 0
