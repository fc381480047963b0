"""Places of hosted buyers: never more than there are, and whoever gave one back may be offered one again."""

import random
from contextlib import suppress
from functools import partial

import pytest

from fairs.guests.actions import (
    admit,
    answer_hosting,
    cancel_registration,
    offer_hosting,
    plan_hosting,
    refuse,
)
from fairs.guests.models import Guest
from fairs.guests.queries import hosted_places_taken
from fairs.guests.states import GuestState, Tier
from moussem.core.errors import Refusal
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, buyer_member, needs, visitor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hosting(places):
    edition = EditionFactory(announced=True)
    plan_hosting(edition, actor=who_runs(edition), places=places, meetings=8)
    return edition


def offered(guest):
    return offer_hosting(fresh(guest), actor=who_runs(guest.edition), support="The hotel.")


def answered(guest, accepted):
    return answer_hosting(fresh(guest), actor=guest.person, accepted=accepted)


def fresh(guest):
    return Guest.objects.get(pk=guest.pk)


def hosted(edition):
    """Those who hold a place or may take one."""
    admitted = edition.guests.admitted().exclude(tier=Tier.VISITOR)
    return admitted.filter(hosting__isnull=False).exclude(hosting__accepted=False).count()


def test_buyer_who_cancels_and_returns_takes_no_place_that_another_was_given():
    edition, wants, member = hosting(places=1), needs(), buyer_member()
    first = buyer(edition, member, wants)
    offered(first)
    answered(first, accepted=True)
    cancel_registration(fresh(first), actor=first.person)
    second = buyer(edition, wants=wants)
    offered(second)
    answered(second, accepted=True)

    back = buyer(edition, member, wants)

    assert (back.state, back.tier) == (GuestState.ADMITTED, Tier.BUYER)
    assert hosted_places_taken(edition) == 1
    with pytest.raises(Refusal):
        answered(back, accepted=True)


def test_hosted_buyer_who_cancels_and_returns_is_hosted_again_when_a_place_is_free():
    edition, wants, member = hosting(places=1), needs(), buyer_member()
    first = buyer(edition, member, wants)
    offered(first)
    answered(first, accepted=True)
    cancel_registration(fresh(first), actor=first.person)
    buyer(edition, member, wants)

    assert offered(first).accepted is None
    assert answered(first, accepted=True).tier == Tier.HOSTED


def _act(chance, edition, members, wants):
    """Something that a buyer or the organiser may do; what is refused changes nothing."""
    member = chance.choice(members)
    guest = Guest.objects.filter(edition=edition, person=member.user).first()
    acts = {partial(buyer, edition, member, wants): 6, partial(visitor, edition, member.user): 1}
    if guest:
        organiser = who_runs(edition)
        acts |= {
            partial(offered, guest): 8,
            partial(answered, guest, accepted=True): 5,
            partial(answered, guest, accepted=False): 1,
            partial(cancel_registration, guest, actor=guest.person): 5,
            partial(refuse, guest, actor=organiser, seen=guest.digest, reason="No company."): 1,
            partial(admit, guest, actor=organiser, seen=guest.digest): 8,
        }
    with suppress(Refusal):
        chance.choices([*acts], weights=[*acts.values()])[0]()


@pytest.mark.parametrize("seed", range(6))
def test_places_are_never_given_twice_and_are_offered_again_in_any_order(seed):
    chance, places = random.Random(seed), 1 + seed % 2
    edition, wants = hosting(places), needs()
    members = [buyer_member() for _number in range(4)]

    for _step in range(60):
        _act(chance, edition, members, wants)
        assert hosted(edition) == hosted_places_taken(edition) <= places
        assert edition.guests.filter(tier=Tier.HOSTED).exclude(hosting__accepted=True).count() == 0

    for guest in list(edition.guests.all()):
        visitor(edition, guest.person)
    for member in members:
        one = buyer(edition, member, wants)
        if one.state == GuestState.ADMITTED:
            assert (offered(one).accepted, answered(one, accepted=True).tier) == (None, Tier.HOSTED)
            assert hosted(edition) == 1
            visitor(edition, member.user)
