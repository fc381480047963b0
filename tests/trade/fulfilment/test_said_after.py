"""What the seller reads after a deed is what happened to the money, and nothing else."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.trade.payment.actions import announce_wire, record_wire, start_attempt
from tests.factories.trade import accepted_order, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def pay(order, *sequences):
    for one in order.payment_plan.instalments.filter(sequence__in=sequences):
        reference = f"R-{one.sequence}"
        record_wire(one, one.outstanding, "EUR", reference, today_here(), actor=owner_of(order.seller))


def announce(order, sequence):
    instalment, buyer = order.payment_plan.instalments.get(sequence=sequence), owner_of(order.buyer)
    announce_wire(start_attempt(instalment, "wire", actor=buyer), actor=buyer)


def said(client, order, name, **typed):
    client.force_login(owner_of(order.seller))
    page = client.post(reverse(f"desk:{name}", args=[order.number]), typed, follow=True)
    return [str(one) for one in page.context["messages"]]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (lambda order: None, "The buyer was told and is asked for the first payment."),
        (lambda order: pay(order, 1), "The buyer was told; the first payment has arrived already."),
        (lambda order: pay(order, 1, 2), "The buyer was told; everything is paid already."),
        (lambda order: announce(order, 1), "The buyer was told; the first payment is announced already."),
    ],
)
def test_acceptance_says_what_of_the_first_payment_is_true(client, before, sentence):
    order = placed_order(seller_side=seller())
    before(order)

    assert said(client, order, "accept") == [f"Order accepted. {sentence}"]


@pytest.mark.parametrize(
    ("paid", "sentence"),
    [([], "was told."), ([1], "was told, and what was paid goes back.")],
)
def test_cancelling_speaks_of_money_that_goes_back_only_where_some_came(client, paid, sentence):
    order = accepted_order(seller_side=seller())
    pay(order, *paid)

    assert said(client, order, "cancel", code="sold_out") == [f"Order cancelled. The buyer {sentence}"]


def test_a_paid_order_is_not_said_to_ask_for_its_payment_before_it_is_accepted(client):
    order = placed_order(seller_side=seller())
    pay(order, 1)
    client.force_login(owner_of(order.seller))

    page = client.get(reverse("desk:order", args=[order.number])).content.decode()

    assert ("The first payment has arrived already." in page, "asked for the first" in page) == (True, False)
