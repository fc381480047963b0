"""What is kept is never carried along: whatever is taken back, sums, states and findings follow."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from moussem.trade.payment.actions import (
    cancel_plan,
    refund_order,
    return_excess,
    take_back_wire,
)
from moussem.trade.payment.actions.looking import take_in
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.providers import Seen
from moussem.trade.payment.queries import excess_of, kept_of, overpaid_finding
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import booked, seller_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState
DAY = date(2026, 11, 20)


def by_card(instalment, amount="300.00"):
    facts = {"currency": "EUR", "amount": Decimal(amount), "external_id": uuid4().hex}
    card = PaymentAttempt.objects.create(instalment=instalment, provider="demo", key=uuid4(), **facts)
    return take_in(card, Seen(_A.SUCCEEDED, **facts), asked_at=timezone.now())


def bounced(card):
    card.refresh_from_db()
    return take_in(card, Seen(_A.RETURNED, "EUR", card.received, card.external_id), asked_at=timezone.now())


def taken_back(wire):
    fresh = PaymentAttempt.objects.get(pk=wire.pk)
    return take_back_wire(fresh, reason="A slip.", actor=seller_of(fresh.instalment))


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state, instalment.paid, excess_of(instalment)


def test_slip_taken_back_after_a_card_bounced_and_another_wire_came_leaves_it_paid(deposit):
    card, slip = by_card(deposit), booked(deposit, "100.00", "B")
    return_excess(deposit, actor=seller_of(deposit))
    assert standing(deposit) == (_I.SETTLED, 300, 0)
    bounced(card)
    booked(deposit, "300.00", "C")

    taken_back(slip)

    assert standing(deposit) == (_I.SETTLED, 300, 0)


def test_slip_taken_back_of_a_cancelled_order_leaves_nothing(deposit):
    card, slip = by_card(deposit), booked(deposit, "100.00", "B")
    return_excess(deposit, actor=seller_of(deposit))
    bounced(card)
    cancel_plan(deposit.plan.order, actor=None)
    refund_order(deposit.plan.order, actor=None, reason="unpaid")

    taken_back(slip)

    assert standing(deposit) == (_I.CANCELLED, 0, 0)


def test_second_payment_that_bounces_after_its_excess_went_back_leaves_the_third(deposit):
    first, second = by_card(deposit), by_card(deposit)
    Refund.objects.create(attempt=second, key=uuid4(), amount=300, state="done")
    bounced(first)
    assert standing(deposit) == (_I.DUE, 0, 0)
    by_card(deposit)

    bounced(second)

    assert standing(deposit) == (_I.SETTLED, 300, 0)


def test_money_above_the_instalment_is_told_after_a_slip_was_taken_back(client, deposit):
    card, slip = by_card(deposit), booked(deposit, "100.00", "B")
    return_excess(deposit, actor=seller_of(deposit))
    bounced(card)
    kept = booked(deposit, "400.00", "C")

    taken_back(slip)

    assert standing(deposit) == (_I.SETTLED, 400, 100)
    assert overpaid_finding(deposit).attempt == kept
    client.force_login(seller_of(deposit))
    page = client.get(reverse("payment:pay", args=[deposit.reference]))
    assert (page.context["excess"], page.context["by_hand"]) == (100, True)
    assert return_excess(deposit, actor=seller_of(deposit)).amount == 100
    assert kept_of(deposit) == 300


def test_great_excess_that_is_not_given_back_after_all_does_not_hide_behind_a_small_one(deposit):
    mistaken = booked(deposit, "3.00", "A")
    booked(deposit, "300.00", "B"), booked(deposit, "100.00", "C")
    return_excess(deposit, actor=seller_of(deposit))
    booked(deposit, "1.00", "D")

    taken_back(mistaken)

    assert standing(deposit) == (_I.SETTLED, 401, 101)
    given = return_excess(deposit, actor=seller_of(deposit)).amount
    assert (given, excess_of(deposit), overpaid_finding(deposit)) == (101, 0, None)


def test_upgrade_reckons_what_is_kept_of_an_instalment_that_is_still_asked_for(deposit):
    slip = booked(deposit, "100.00")
    Refund.objects.create(attempt=slip, key=uuid4(), amount=Decimal(100), state=RefundState.DONE)
    Instalment.objects.filter(pk=deposit.pk).update(paid=Decimal(100))

    import_module("moussem.trade.payment.migrations.0012_reckon_paid_anew").reckon_anew(apps, None)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.paid) == (_I.DUE, Decimal(0))
