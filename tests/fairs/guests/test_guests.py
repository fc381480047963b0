"""Registration, vetting and hosted places."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.editions.states import EditionState
from fairs.guests.actions import (
    admit,
    answer_hosting,
    cancel_registration,
    offer_hosting,
    plan_hosting,
    refuse,
    register,
)
from fairs.guests.errors import (
    BuyersOnly,
    NeedsMissing,
    NoHostedPlaces,
    NotABuyerYet,
    OfferGone,
    ReasonMissing,
    RegistrationClosed,
)
from fairs.guests.queries import Queue, guests_of, hosted_places_taken, queue_of, tiers_of
from fairs.guests.states import GuestState, Tier
from fairs.models import Guest, HostingOffer
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Role, Verification
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, buyer_member, needs, visitor
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
    admit(guest, actor=who_runs(edition))
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
        refuse(guest, actor=who_runs(edition), reason=" ")
    assert state(guest)[0] == WAITING

    refuse(guest, actor=who_runs(edition), reason="The register shows another name.")

    assert state(guest)[0] == REFUSED
    assert "The register shows another name." in OutboxMessage.objects.last().payload["body"]


def test_more_evidence_opens_the_question_again(edition):
    guest = waiting(edition)
    refuse(guest, actor=who_runs(edition), reason="No paper.")
    told = {"actor": guest.person, "as_buyer": True, "organisation": guest.organisation}

    register(edition, needs=needs(), **told)

    assert state(guest)[0] == WAITING


def test_vetting_is_the_organisers_alone(edition):
    guest = waiting(edition)

    for act in (admit, lambda guest, actor: refuse(guest, actor=actor, reason="No.")):
        with pytest.raises(NotYours):
            act(guest, actor=guest.person)
    assert state(guest)[0] == WAITING


def test_who_cancelled_comes_back_by_registering(edition):
    guest = visitor(edition)
    cancel_registration(guest, actor=guest.person)
    assert state(guest)[0] == CANCELLED
    with pytest.raises(MoveNotAllowed):
        cancel_registration(guest, actor=guest.person)

    visitor(edition, guest.person)

    assert state(guest)[0] == ADMITTED


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


def test_visitors_and_who_waits_are_not_hosted(edition):
    plan_hosting(edition, actor=who_runs(edition), places=5, meetings=8)

    for guest in (visitor(edition), waiting(edition)):
        with pytest.raises(NotABuyerYet):
            offer_hosting(guest, actor=who_runs(edition), support="Two nights")
    assert not HostingOffer.objects.exists()
