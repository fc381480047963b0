"""Goods have left, and a payment that had been counted is no longer there."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.trade.fulfilment.actions import confirm_delivery, ship_order
from moussem.trade.payment.actions import record_wire, take_back_wire
from tests.factories.trade import buyer, owner_of, ready_order, seller, shipped_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOTHING = ("You have nothing to do", "The order is complete", "Nothing waits for you")


def left_unpaid(seller_side, *, delivered=False, buyer_side=None):
    """An order whose goods left, or arrived, before its deposit was taken back as a mistake."""
    order = ready_order(seller_side=seller_side, buyer_side=buyer_side or buyer())
    actor, slips = owner_of(order.seller), []
    for one in order.payment_plan.instalments.order_by("sequence"):
        slips.append(record_wire(one, one.amount, "EUR", one.reference, today_here(), actor=actor))
    ship_order(order, actor=actor, carrier="DHL", reference="AWB 1")
    if delivered:
        confirm_delivery(order, actor=owner_of(order.buyer))
    take_back_wire(slips[0], reason="Of another order.", actor=actor)
    return order


def read(client, person, name, *args):
    client.force_login(person)
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


@pytest.mark.parametrize("delivered", [False, True])
def test_seller_reads_on_the_order_what_is_owed_and_never_that_nothing_is_to_do(client, delivered):
    order = left_unpaid(seller(), delivered=delivered)

    text = read(client, owner_of(order.seller), "desk:order", order.number)

    assert ("€508.65" in text, "is still to be paid" in text) == (True, True)
    assert [words for words in NOTHING if words in text] == []
    assert reverse("payment:pay", args=[order.payment_plan.instalments.get(sequence=1).reference]) in text


@pytest.mark.parametrize("delivered", [False, True])
def test_desk_puts_goods_that_left_unpaid_among_what_presses(client, delivered):
    side = seller()
    orders = [left_unpaid(side, delivered=delivered) for _ in range(2)]
    client.force_login(side.user)

    answer = client.get(reverse("desk:home"))

    context, text = answer.context, answer.content.decode()
    assert (context["next"]["asks"], context["next"]["order"]) == ("unpaid", orders[0])
    assert (context["unpaid"], context["counts"]["unpaid"]) == ([orders[1]], 1)
    assert (list(context["recent"]), [words for words in NOTHING if words in text]) == ([], [])
    assert str(context["owed"][0].still_owed) == "1017.30"


def test_desk_asks_for_nothing_where_everything_was_paid(client):
    order = shipped_order()
    client.force_login(owner_of(order.seller))

    context = client.get(reverse("desk:home")).context

    assert (context["next"]["asks"], context["unpaid"], list(context["recent"])) == ("", [], [order])


def test_buyer_is_asked_for_the_rest_of_an_order_that_has_arrived(client):
    order = left_unpaid(seller(), delivered=True)
    payer = owner_of(order.buyer)

    text = read(client, payer, "orders:order", order.number)

    assert ("To pay now" in text, "The order is complete" in text) == (True, False)
    asked = client.get(reverse("orders:purchases")).context["due"]
    assert [(row["order"], str(row["instalment"].outstanding)) for row in asked] == [(order, "508.65")]
