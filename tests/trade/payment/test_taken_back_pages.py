"""What both sides read on the page of a payment once a recorded transfer was taken back."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from moussem.core.models import OutboxMessage
from moussem.trade.payment.actions import (
    cancel_plan,
    make_due,
    record_wire,
    refund_order,
    reject_held,
    return_excess,
    send_refund,
    take_back_wire,
)
from moussem.trade.payment.models import Discrepancy, Refund
from tests.factories.payment import instalments
from tests.factories.people import UserFactory
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = date(2026, 11, 20)
PAY_AGAIN, COMPLETE = "is now to be paid", "The payment stays complete"


@pytest.fixture
def deposit():
    """A deposit of 300 euros that is due."""
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    deposit.refresh_from_db()
    return deposit


def booked(instalment, amount, number="R-1"):
    actor = owner_of(instalment.plan.order.seller)
    return record_wire(instalment, Decimal(amount), "EUR", number, DAY, actor=actor)


def take_back(slip, reason="Money of <another> order."):
    return take_back_wire(slip, reason=reason, actor=owner_of(slip.instalment.plan.order.seller))


def read(client, instalment, side):
    order = instalment.plan.order
    client.force_login(order.user if side == "buyer" else owner_of(order.seller))
    return client.get(reverse("payment:pay", args=[instalment.reference])).content.decode()


@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_both_sides_read_what_was_taken_back_when_and_why(client, deposit, side):
    take_back(booked(deposit, "300.00", "R-77"))

    text = read(client, deposit, side)

    assert ("€300.00" in text, "was taken back" in text) == (True, True)
    assert "Money of &lt;another&gt; order." in text
    # A word of its own: the letters may stand in a token of a form by chance.
    is_named = bool(re.search(r"\bR77\b", text))
    assert (is_named, PAY_AGAIN in text) == ((True, False) if side == "seller" else (False, True))


def test_buyer_whose_payment_stays_complete_is_asked_for_nothing(client, deposit):
    slip, _right = booked(deposit, "300.00", "R-1"), booked(deposit, "300.00", "R-2")
    return_excess(deposit, actor=owner_of(deposit.plan.order.seller))
    take_back(slip)

    text = read(client, deposit, "buyer")

    assert [sentence in text for sentence in (COMPLETE, PAY_AGAIN)] == [True, False]
    assert "is not given back after all" in text


def test_buyer_whose_account_is_still_wanted_is_not_told_to_have_nothing_to_do(client, deposit):
    officer = UserFactory(is_staff=True)
    booked(deposit, "300.00", "R-1")
    record_wire(deposit, Decimal(50), "USD", "R-2", DAY, actor=owner_of(deposit.plan.order.seller))
    reject_held(Discrepancy.objects.get(resolved_at=None), reason="Other money.", actor=officer)
    send_refund(Refund.objects.get())
    take_back(booked(deposit, "300.00", "R-3"))

    text = read(client, deposit, "buyer")

    said = ("Where may the seller send", "waits for your account", "nothing to do")
    assert [one in text for one in said] == [True, True, False]
    mail = OutboxMessage.objects.get(key__startswith="payment-corrected:").payload["body"]
    assert ["waits for the account" in mail, "nothing to do" in mail] == [True, False]


def test_buyer_of_an_order_that_is_over_is_asked_for_nothing(client, deposit):
    slip, order = booked(deposit, "300.00"), deposit.plan.order
    cancel_plan(order, actor=None)
    refund_order(order, actor=None, reason="cancelled")
    take_back(slip)

    text = read(client, deposit, "buyer")

    assert [sentence in text for sentence in (COMPLETE, PAY_AGAIN)] == [False, False]
    assert "The order is over: nothing is to be paid." in text


def test_who_is_told_to_write_to_us_finds_the_address(client, deposit, settings):
    settings.CONTACT_EMAIL = "help@moussem.example"
    take_back(booked(deposit, "300.00"))

    text = read(client, deposit, "buyer")

    number = deposit.plan.order.number
    assert f'href="mailto:help@moussem.example?subject={number}"' in text
    mail = OutboxMessage.objects.get(key__startswith="payment-corrected:").payload["body"]
    assert "Write to us: help@moussem.example" in mail


def test_payment_without_a_mistake_says_nothing_of_one(client, deposit):
    booked(deposit, "300.00")

    assert "was taken back" not in read(client, deposit, "buyer")
