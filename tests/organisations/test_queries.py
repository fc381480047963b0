from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from moussem.organisations.queries import (
    current_membership,
    limit_of,
    memberships_of,
    organisation_for,
    selling_organisations_of,
)
from moussem.organisations.states import Role
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory, OrganisationFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_limit_depends_on_role_and_currency():
    limit = ApprovalLimitFactory()
    owner = MembershipFactory(organisation=limit.membership.organisation)
    viewer = MembershipFactory(organisation=limit.membership.organisation, role=Role.VIEWER)

    assert limit_of(owner, "EUR") is None
    assert limit_of(limit.membership, "EUR") == Decimal("2000.00")
    assert limit_of(limit.membership, "USD") == Decimal(0)
    assert limit_of(viewer, "EUR") == Decimal(0)


def test_current_membership_is_the_chosen_one_while_in_force():
    first = MembershipFactory()
    second = MembershipFactory(user=first.user)

    assert current_membership(first.user) == first
    assert current_membership(first.user, second.pk) == second
    second.is_active = False
    second.save()
    assert current_membership(first.user, second.pk) == first


def test_membership_of_someone_else_is_never_current():
    mine, other = MembershipFactory(), MembershipFactory()

    assert current_membership(mine.user, other.pk) == mine
    assert list(memberships_of(AnonymousUser())) == []


def test_selling_organisations_are_sellers_where_the_role_sells():
    owner = MembershipFactory()
    MembershipFactory(user=owner.user, role=Role.VIEWER)
    MembershipFactory(user=owner.user, organisation__buyer=True)

    assert list(selling_organisations_of(owner.user)) == [owner.organisation]


def test_buyer_page_is_for_its_members_and_staff():
    buyer = MembershipFactory(organisation__buyer=True)
    slug = buyer.organisation.slug

    assert organisation_for(buyer.user, slug) == buyer.organisation
    assert organisation_for(UserFactory(is_staff=True), slug) == buyer.organisation
    for stranger in (
        AnonymousUser(),
        MembershipFactory().user,
        MembershipFactory(organisation__buyer=True).user,
    ):
        assert organisation_for(stranger, slug) is None


def test_seller_page_is_public():
    cooperative = OrganisationFactory()

    assert organisation_for(AnonymousUser(), cooperative.slug) == cooperative
