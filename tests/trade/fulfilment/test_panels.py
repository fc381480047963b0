import pytest
from django.urls import reverse

from moussem.organisations.states import Role
from tests.factories.trade import accepted_order, buyer, member_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def menu(client, user):
    client.force_login(user)
    return client.get(reverse("account_email")).content.decode()


def test_a_seller_finds_the_desk_with_what_waits(client):
    side = seller()
    for make in (placed_order, placed_order, accepted_order):
        make(seller_side=side)
    placed_order()

    text = menu(client, side.user)

    assert reverse("desk:home") in text and "2 orders to answer" in text
    assert reverse("orders:purchases") not in text


def test_a_buyer_finds_the_purchases(client):
    text = menu(client, buyer().user)

    assert reverse("orders:purchases") in text
    assert reverse("desk:home") not in text


def test_a_viewer_of_a_cooperative_finds_no_desk(client):
    viewer = member_of(seller().organisation, Role.VIEWER).user

    assert reverse("desk:home") not in menu(client, viewer)
