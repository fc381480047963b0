from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from moussem.organisations.rules import is_verified, may_approve_for, may_buy_for, may_manage, may_sell_for
from moussem.organisations.states import Kind, Role, Verification
from tests.factories.organisations import MembershipFactory, OrganisationFactory, ProxyConsentFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("role", "buyer", "sells", "buys", "approves", "manages"),
    [
        (Role.OWNER, False, True, False, False, True),
        (Role.SALES, False, True, False, False, False),
        (Role.VIEWER, False, False, False, False, False),
        (Role.DELEGATE, False, False, False, False, False),
        (Role.OWNER, True, False, True, True, True),
        (Role.PURCHASER, True, False, True, False, False),
        (Role.SALES, True, False, False, False, False),
    ],
)
def test_role_gives_its_rights_and_no_other(role, buyer, sells, buys, approves, manages):
    member = MembershipFactory(role=role, organisation__buyer=buyer)

    who, where = member.user, member.organisation
    rights = [may(who, where) for may in (may_sell_for, may_buy_for, may_approve_for, may_manage)]
    assert rights == [sells, buys, approves, manages]


def test_strangers_and_nobody_have_no_right():
    cooperative = MembershipFactory().organisation

    for who in (AnonymousUser(), UserFactory(), None, UserFactory(is_staff=True)):
        assert not may_sell_for(who, cooperative)
        assert not may_manage(who, cooperative)


def test_membership_that_ended_gives_nothing():
    member = MembershipFactory(is_active=False)

    assert not may_sell_for(member.user, member.organisation)


def test_delegate_sells_only_while_consent_stands():
    consent = ProxyConsentFactory()
    delegate, cooperative = consent.membership.user, consent.membership.organisation
    assert may_sell_for(delegate, cooperative)

    consent.valid_until = timezone.now() - timedelta(seconds=1)
    consent.save()
    assert not may_sell_for(delegate, cooperative)

    consent.valid_until, consent.revoked_at = None, timezone.now()
    consent.save()
    assert not may_sell_for(delegate, cooperative)


def test_one_revoked_consent_does_not_end_a_standing_one():
    consent = ProxyConsentFactory()
    ProxyConsentFactory(membership=consent.membership, revoked_at=timezone.now())

    assert may_sell_for(consent.membership.user, consent.membership.organisation)
    assert list(consent.membership.user.memberships.active()) == [consent.membership]


def test_agency_neither_sells_nor_buys():
    member = MembershipFactory(organisation=OrganisationFactory(kind=Kind.AGENCY))

    assert not may_sell_for(member.user, member.organisation)
    assert not may_buy_for(member.user, member.organisation)


def test_verified_means_looked_at():
    shown = {
        state: is_verified(OrganisationFactory.build(verification=state, province=None))
        for state in Verification
    }

    assert shown == {Verification.DECLARED: False, Verification.REVIEWED: True, Verification.VERIFIED: True}
