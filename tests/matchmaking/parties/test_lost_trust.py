"""Whoever may act for a party no more speaks for it no more, from that moment on."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from fairs.guests.actions import cancel_registration
from fairs.guests.models import Guest
from matchmaking.meetings.actions import accept_and_book
from matchmaking.meetings.queries import kept_by
from matchmaking.models import Delegate, Party, Request, Slot
from matchmaking.parties.actions import advance_matching, name_delegate, release_delegate, set_absences
from matchmaking.parties.states import MatchingState
from matchmaking.parties.tasks import release_who_acts_no_more
from matchmaking.requests.actions import accept, ask
from matchmaking.timetables.todo import meetings_to_arrange
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from moussem.organisations.actions.consents import revoke_consent
from moussem.organisations.actions.members import end_membership
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from tests.factories.catalogue import FamilyFactory
from tests.factories.guests import buyer as register_buyer
from tests.factories.matchmaking import buyer_at, organiser_of, speaker_of
from tests.factories.organisations import ProxyConsentFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def colleague(exporter, owner):
    """A second person who meets for the exporter."""
    person = member_of(exporter.organisation, Role.SALES).user
    name_delegate(exporter, actor=owner, person=person)
    return person


@pytest.fixture
def consent(exporter, owner):
    """The consent by which somebody of an agency meets for the exporter for a year."""
    until = timezone.now() + timedelta(days=365)
    given = ProxyConsentFactory(membership=member_of(exporter.organisation, Role.DELEGATE), valid_until=until)
    name_delegate(exporter, actor=owner, person=given.membership.user)
    return given


def asked_of(exporter):
    buyer = buyer_at(exporter.edition)
    return ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": FamilyFactory()}])


def booked_for(exporter, number=0):
    """A meeting of whoever is named first and is free then."""
    request = asked_of(exporter)
    advance_matching(exporter.edition, MatchingState.LIVE, actor=organiser_of(exporter.edition))
    slot = Slot.objects.filter(edition=exporter.edition)[number]
    return accept_and_book(request, actor=exporter.delegates.there().first().person, slot=slot)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does something, and what follows on its commit."""

    def run(act, *args, **told):
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **told)

    return run


@pytest.fixture
def end(committed, exporter, owner):
    """A person is no member of the exporter any more."""

    def run(person):
        held = Membership.objects.get(organisation=exporter.organisation, user=person)
        committed(end_membership, held, actor=owner)

    return run


def there(party):
    return [one.person for one in party.delegates.there()]


def says_nothing(client, person, exporter, refused):
    """Pages, requests and colleagues of a party are not theirs."""
    request = asked_of(exporter)
    client.force_login(person)
    for name, key in (("home", ()), ("hours", ()), ("request", (request.pk,))):
        address = reverse(f"matchmaking:{name}", args=[exporter.edition.slug, *key])
        assert client.get(address).status_code == 404
    refused(NotYours, accept, request, actor=person)
    refused(NotYours, release_delegate, exporter.delegates.there().first(), actor=person)


def test_who_is_a_member_no_more_reads_and_says_nothing(client, exporter, colleague, end, refused):
    end(colleague)

    says_nothing(client, colleague, exporter, refused)
    assert exporter.delegates.get(person=colleague).left_at is not None


def test_a_consent_that_is_revoked_ends_what_was_done_by_it(
    client, exporter, owner, consent, committed, refused
):
    committed(revoke_consent, consent, actor=owner)

    says_nothing(client, consent.membership.user, exporter, refused)
    assert exporter.delegates.get(person=consent.membership.user).left_at is not None


def test_a_consent_that_ran_out_ends_it_at_that_moment_and_the_clock_writes_it_down(exporter, owner, consent):
    delegate = exporter.delegates.get(person=consent.membership.user)

    with time_machine.travel(consent.valid_until + timedelta(seconds=1), tick=False):
        assert there(exporter) == [owner]
        delegate.refresh_from_db()
        assert delegate.left_at is None
        release_who_acts_no_more()

    delegate.refresh_from_db()
    assert delegate.left_at == consent.valid_until + timedelta(seconds=1)


@pytest.mark.parametrize("how", ["registration", "membership"])
def test_the_second_person_of_a_buyer_asks_nobody_once_they_do_not_come(exporter, how, committed, refused):
    party = buyer_at(exporter.edition)
    first = speaker_of(party)
    member = member_of(party.organisation, Role.PURCHASER)
    guest = register_buyer(exporter.edition, member)
    name_delegate(party, actor=first, person=member.user)

    if how == "registration":
        committed(cancel_registration, guest, actor=member.user)
    else:
        committed(end_membership, member, actor=member.user)

    assert there(party) == [first]
    refused(NotYours, ask, party, exporter, actor=member.user, lines=[{"family": FamilyFactory()}])


def test_where_nobody_is_left_whoever_acts_for_the_party_meets(exporter, owner, colleague, end):
    release_delegate(exporter.delegates.get(person=owner), actor=colleague)

    end(colleague)

    assert there(exporter) == [owner]


def test_a_buyer_that_comes_back_with_another_person_meets_by_that_one(exporter, committed):
    party = buyer_at(exporter.edition)
    person = speaker_of(party)
    committed(cancel_registration, Guest.objects.get(person=person), actor=person)
    assert Party.objects.get(pk=party.pk).left_at is not None
    other = member_of(party.organisation, Role.PURCHASER)

    committed(register_buyer, exporter.edition, other)

    assert there(party) == [other.user]


def test_a_colleague_who_is_free_meets_in_their_place(exporter, owner, colleague, end):
    meeting = booked_for(exporter)
    leaving, staying = meeting.exporter.person, ({owner, colleague} - {meeting.exporter.person}).pop()
    assert leaving == owner
    member_of(exporter.organisation, Role.OWNER)
    OutboxMessage.objects.all().delete()

    end(owner)

    meeting.refresh_from_db()
    assert (meeting.exporter.person, meeting.state, meeting.sequence) == (staying, "booked", 1)
    seats = set(meeting.seats.exclude(delegate=None).values_list("delegate__person", flat=True))
    assert seats == {staying.pk, meeting.buyer.person_id}
    name = meeting.request.buyer.organisation.label
    label = exporter.edition.label
    told = sorted((one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.all())
    assert told == sorted(
        [
            (leaving.email, f"You do not meet {name} at {label} any more"),
            (staying.email, f"You meet {name} at {label}"),
        ]
    )
    assert (list(kept_by(leaving)), list(kept_by(staying))) == ([], [meeting])


def test_a_meeting_for_which_nobody_is_free_stays_and_is_the_organisers_to_mend(
    exporter, owner, colleague, end
):
    meeting = booked_for(exporter)
    edition = exporter.edition
    set_absences(exporter.delegates.get(person=colleague), actor=colleague, slots=[meeting.slot])
    member_of(exporter.organisation, Role.OWNER)

    def listed():
        todo = meetings_to_arrange([edition], timezone.now())
        return [one.count for one in todo if "nobody to come" in one.text]

    assert listed() == []

    end(owner)

    meeting.refresh_from_db()
    assert (meeting.exporter.person, meeting.state) == (owner, "booked")
    assert (listed(), list(kept_by(owner))) == ([1], [])


def test_what_was_released_once_is_not_released_again(exporter, colleague, end):
    end(colleague)
    delegate = Delegate.objects.get(person=colleague)

    release_who_acts_no_more()

    assert Delegate.objects.get(pk=delegate.pk).left_at == delegate.left_at
    assert not Request.objects.exists()
