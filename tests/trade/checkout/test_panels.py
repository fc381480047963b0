import pytest
from django.urls import reverse

from moussem.organisations.states import Role
from moussem.trade.checkout.actions import withdraw_request
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import placed
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def asked():
    """A request that its purchaser waits for."""
    purchaser = ApprovalLimitFactory().membership
    MembershipFactory(organisation=purchaser.organisation, role=Role.OWNER)
    basket = filled_basket(ProductFactory(), owner=purchaser.user, quantity=2500, currency="EUR")
    return placed(basket, purchaser)


def links(client, asked):
    page = client.get(reverse("basket:summary")).content.decode()
    return page.count(reverse("checkout:request", args=[asked.pk]))


def test_empty_basket_leads_to_the_request_that_took_it_along(client, asked):
    client.force_login(asked.requested_by)

    assert links(client, asked) == 1


def test_request_of_somebody_else_and_one_taken_back_are_not_shown(client, asked):
    client.force_login(MembershipFactory(organisation=asked.buyer, role=Role.OWNER).user)
    of_another = links(client, asked)
    withdraw_request(asked, actor=asked.requested_by)
    client.force_login(asked.requested_by)

    assert (of_another, links(client, asked)) == (0, 0)
