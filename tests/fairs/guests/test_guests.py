"""Registration, vetting and hosted places."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from fairs.badges.actions import settle_guest
from fairs.editions.states import EditionState
from fairs.guests.actions import (
    admit,
    answer_hosting,
    cancel_registration,
    offer_hosting,
    plan_hosting,
    refuse,
    register,
    settle_buyers,
)
from fairs.guests.errors import (
    BuyersOnly,
    BuysNoMore,
    DecidedMeanwhile,
    HostedPlacesGiven,
    NeedsMissing,
    NoHostedPlaces,
    NotABuyerYet,
    OfferGone,
    ReasonMissing,
    RegistrationClosed,
)
from fairs.guests.queries import Queue, guests_of, hosted_places_taken, queue_of, tiers_of, visits_of
from fairs.guests.states import GuestState, Tier
from fairs.models import Guest, HostingOffer
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from moussem.organisations.actions.members import change_role, end_membership
from moussem.organisations.states import Role, Verification
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, buyer_member, digest, needs, visitor
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADMITTED, WAITING, REFUSED, CANCELLED = (
    GuestState.ADMITTED,
    GuestState.WAITING,
    GuestState.REFUSED,
    GuestState.CANCELLED,
)


@pytest.fixture
def edition():
    return EditionFactory(announced=True)


def waiting(edition):
    return buyer(edition, verification=Verification.DECLARED)


def state(guest):
    guest.refresh_from_db()
    return (guest.state, guest.tier)


def test_visitor_is_admitted_at_once_and_written_to(edition):
    guest = visitor(edition)

    assert state(guest) == (ADMITTED, Tier.VISITOR)
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [guest.person.email]


def test_buyer_that_the_marketplace_checked_is_admitted_at_once(edition):
    guest = buyer(edition)

    assert state(guest) == (ADMITTED, Tier.BUYER)
    assert guest.needs.count() == 1


def test_buyer_that_nobody_checked_waits_for_the_organiser(edition):
    assert state(waiting(edition)) == (WAITING, Tier.BUYER)


def test_registering_again_changes_the_one_registration(edition):
    member = buyer_member()
    buyer(edition, member)

    again = buyer(edition, member)

    assert Guest.objects.get() == again
    assert (state(again), again.needs.count()) == ((ADMITTED, Tier.BUYER), 1)


def test_admitted_buyer_who_changes_needs_stays_admitted(edition):
    guest = waiting(edition)
    admit(guest, actor=who_runs(edition), seen=digest(guest))
    told = {"actor": guest.person, "as_buyer": True, "organisation": guest.organisation}

    register(edition, needs=needs(2), **told)

    assert (state(guest), guest.needs.count()) == ((ADMITTED, Tier.BUYER), 2)


def test_visitor_who_turns_into_an_unchecked_buyer_waits(edition):
    member = buyer_member(verification=Verification.DECLARED)
    guest = visitor(edition, member.user)

    buyer(edition, member)

    assert state(guest) == (WAITING, Tier.BUYER)


@pytest.mark.parametrize("closed", [EditionState.DRAFT, EditionState.CLOSED, EditionState.ARCHIVED])
def test_edition_that_is_not_announced_or_over_takes_nobody(edition, closed):
    edition.state = closed
    edition.save()

    with pytest.raises(RegistrationClosed):
        visitor(edition)
    assert not Guest.objects.exists()


def test_buyer_needs_an_organisation_to_order_for_and_a_need(edition):
    viewer = buyer_member()
    viewer.role = Role.VIEWER
    viewer.save()

    with pytest.raises(BuyersOnly):
        buyer(edition, viewer)
    with pytest.raises(BuyersOnly):
        register(edition, actor=UserFactory(), as_buyer=True, organisation=viewer.organisation, needs=needs())
    member = buyer_member()
    with pytest.raises(NeedsMissing):
        register(edition, actor=member.user, as_buyer=True, organisation=member.organisation)
    assert not Guest.objects.exists()


def test_refusal_needs_a_reason_that_the_person_reads(edition):
    guest = waiting(edition)
    with pytest.raises(ReasonMissing):
        refuse(guest, actor=who_runs(edition), seen=digest(guest), reason=" ")
    assert state(guest)[0] == WAITING

    refuse(guest, actor=who_runs(edition), seen=digest(guest), reason="The register shows another name.")

    assert state(guest)[0] == REFUSED
    assert "The register shows another name." in OutboxMessage.objects.last().payload["body"]


def test_more_evidence_opens_the_question_again(edition):
    guest = waiting(edition)
    refuse(guest, actor=who_runs(edition), seen=digest(guest), reason="No paper.")
    told = {"actor": guest.person, "as_buyer": True, "organisation": guest.organisation}

    register(edition, needs=needs(), **told)

    assert state(guest)[0] == WAITING


def test_vetting_is_the_organisers_alone(edition):
    guest = waiting(edition)

    told = {"actor": guest.person, "seen": digest(guest)}
    for act in (admit, partial(refuse, reason="No.")):
        with pytest.raises(NotYours):
            act(guest, **told)
    assert state(guest)[0] == WAITING


def test_who_cancelled_comes_back_by_registering(edition):
    guest = visitor(edition)
    cancel_registration(guest, actor=guest.person)
    assert state(guest)[0] == CANCELLED
    with pytest.raises(MoveNotAllowed):
        cancel_registration(guest, actor=guest.person)

    visitor(edition, guest.person)

    assert state(guest)[0] == ADMITTED


@pytest.mark.parametrize("cancels", [True, False])
def test_who_was_refused_waits_for_the_organiser_as_a_visitor_too(edition, cancels):
    guest = waiting(edition)
    refuse(guest, actor=who_runs(edition), seen=digest(guest), reason="No paper.")
    if cancels:
        cancel_registration(guest, actor=guest.person)

    visitor(edition, guest.person)

    assert state(guest) == (WAITING, Tier.VISITOR)
    assert guest.reason == "No paper."
    cancel_registration(guest, actor=guest.person)
    assert state(visitor(edition, guest.person))[0] == WAITING
    admit(guest, actor=who_runs(edition), seen=digest(guest))
    assert (state(guest), guest.reason) == ((ADMITTED, Tier.VISITOR), "")


def test_known_buyer_who_was_refused_waits_too(edition):
    member = buyer_member()
    guest = buyer(edition, member)
    refuse(guest, actor=who_runs(edition), seen=digest(guest), reason="Barred.")

    buyer(edition, member)

    assert state(guest) == (WAITING, Tier.BUYER)


@pytest.mark.parametrize("ends", [True, False])
def test_buyer_whose_membership_ends_comes_as_a_visitor(edition, ends, django_capture_on_commit_callbacks):
    member = buyer_member()
    MembershipFactory(organisation=member.organisation)
    plan_hosting(edition, actor=who_runs(edition), places=1, meetings=8)
    guest = buyer(edition, member)
    badge = settle_guest(guest)
    offer_hosting(guest, actor=who_runs(edition), support="Two nights")

    with django_capture_on_commit_callbacks(execute=True):
        if ends:
            end_membership(member, actor=member.user)
        else:
            change_role(member, role=Role.VIEWER, actor=member.user)

    badge.refresh_from_db()
    assert (state(guest), guest.organisation, badge.role) == ((ADMITTED, Tier.VISITOR), None, "visitor")
    assert hosted_places_taken(edition) == 0
    with pytest.raises(OfferGone):
        answer_hosting(guest, actor=guest.person, accepted=True)


def test_clock_finds_buyers_that_a_fault_left(edition):
    member, stays = buyer_member(), buyer(edition)
    guest = buyer(edition, member)
    member.is_active = False
    member.save()

    assert (settle_buyers(), settle_buyers()) == (1, 0)
    assert (state(guest), state(stays)) == ((ADMITTED, Tier.VISITOR), (ADMITTED, Tier.BUYER))


def test_nobody_is_admitted_for_a_buyer_they_left(edition):
    guest = waiting(edition)
    guest.organisation.memberships.update(is_active=False)

    with pytest.raises(BuysNoMore):
        admit(guest, actor=who_runs(edition), seen=digest(guest))
    assert state(guest) == (WAITING, Tier.BUYER)


def test_queue_says_how_many_wait_since_when_and_how_many_too_long(edition):
    first, _second, _admitted = waiting(edition), waiting(edition), visitor(edition)
    first.asked_at = timezone.now() - timedelta(hours=49)
    first.save()

    assert queue_of(edition) == Queue(2, first.asked_at, 1)
    assert guests_of(edition)[0] == first
    assert tiers_of(edition) == {"visitor": 1, "buyer": 0, "hosted": 0}


def test_hosted_place_is_offered_accepted_and_commits_to_meetings(edition):
    guest = buyer(edition)
    plan_hosting(edition, actor=who_runs(edition), places=1, meetings=8)

    offer = offer_hosting(guest, actor=who_runs(edition), support="Two nights")
    answer_hosting(guest, actor=guest.person, accepted=True)

    assert (state(guest), offer.meetings) == ((ADMITTED, Tier.HOSTED), 8)
    with pytest.raises(OfferGone):
        answer_hosting(guest, actor=guest.person, accepted=False)


def test_place_that_is_declined_or_whose_buyer_cancels_is_free_again(edition):
    plan_hosting(edition, actor=who_runs(edition), places=1, meetings=8)
    first, second, third = buyer(edition), buyer(edition), buyer(edition)
    offer_hosting(first, actor=who_runs(edition), support="Two nights")
    with pytest.raises(NoHostedPlaces):
        offer_hosting(second, actor=who_runs(edition), support="Two nights")

    answer_hosting(first, actor=first.person, accepted=False)
    offer_hosting(second, actor=who_runs(edition), support="Two nights")
    cancel_registration(second, actor=second.person)
    offer_hosting(third, actor=who_runs(edition), support="Two nights")

    assert hosted_places_taken(edition) == 1


def test_places_are_not_fewer_than_those_offered(edition):
    plan_hosting(edition, actor=who_runs(edition), places=3, meetings=8)
    for _number in range(2):
        offer_hosting(buyer(edition), actor=who_runs(edition), support="Two nights")

    with pytest.raises(HostedPlacesGiven):
        plan_hosting(edition, actor=who_runs(edition), places=1, meetings=8)
    assert edition.hosting.places == 3
    assert plan_hosting(edition, actor=who_runs(edition), places=2, meetings=8).places == 2


def test_visitors_and_who_waits_are_not_hosted(edition):
    plan_hosting(edition, actor=who_runs(edition), places=5, meetings=8)

    for guest in (visitor(edition), waiting(edition)):
        with pytest.raises(NotABuyerYet):
            offer_hosting(guest, actor=who_runs(edition), support="Two nights")
    assert not HostingOffer.objects.exists()


def test_fairs_that_somebody_visits_begin_with_the_one_that_runs():
    later, over, soon, running = (
        EditionFactory(state=state, starts_on=date(2026, month, 4), ends_on=date(2026, month, 5))
        for state, month in (("open", 9), ("closed", 3), ("open", 7), ("running", 5))
    )
    person = UserFactory()
    for edition in (later, over, soon, running):
        Guest.objects.create(edition=edition, person=person, tier=Tier.VISITOR)

    assert [guest.edition for guest in visits_of(person)] == [running, soon, later, over]


@pytest.mark.parametrize("first", ["admitted", "refused"])
def test_later_colleague_overturns_nothing(edition, first):
    guest = waiting(edition)
    seen = digest(guest)
    if first == "admitted":
        admit(guest, actor=who_runs(edition), seen=seen)
        too_late = partial(refuse, reason="No paper.")
    else:
        refuse(guest, actor=who_runs(edition), seen=seen, reason="No paper.")
        too_late = admit
    stood, mails = state(guest), OutboxMessage.objects.count()

    with pytest.raises(DecidedMeanwhile) as refusal:
        too_late(guest, actor=who_runs(edition), seen=seen)

    told = {"admitted": "was admitted already", "refused": "was not admitted as a buyer"}
    assert told[first] in refusal.value.message
    assert (state(guest), OutboxMessage.objects.count()) == (stood, mails)
