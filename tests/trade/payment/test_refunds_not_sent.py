"""Refunds that fail find another way, and those whose money is not there any more are never sent."""

from decimal import Decimal

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.trade.payment.actions import (
    cancel_plan,
    give_refund_details,
    look_again,
    make_due,
    record_refund_sent,
    record_wire,
    refund_again,
    refund_by_wire,
    refund_order,
    return_excess,
    send_refund,
    start_attempt,
)
from moussem.trade.payment.errors import NothingToRefund
from moussem.trade.payment.models import Discrepancy, PaymentAttempt, Refund
from moussem.trade.payment.queries import excess_of, kept_of, refunds_to_send
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import IBAN, instalments
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_I, _R = InstalmentState, RefundState


@pytest.fixture
def deposit():
    """A deposit of 300 euros that is due."""
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    deposit.refresh_from_db()
    return deposit


def seller_of(instalment):
    return owner_of(instalment.plan.order.seller)


def by_card(stripe, instalment):
    attempt = start_attempt(instalment, "stripe_card", actor=instalment.plan.order.user)
    stripe.books.settle(attempt.external_id)
    return look_again(attempt)


def returned(stripe, attempt):
    stripe.books.dispute(attempt.external_id)
    return look_again(PaymentAttempt.objects.get(pk=attempt.pk))


def failed(stripe, deposit):
    """A card refund of a cancelled order that did not go through."""
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    refund = send_refund(refund)
    stripe.books.finish_refund(refund.external_id, "failed")
    return send_refund(refund)


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state


def test_refund_that_failed_goes_by_transfer_to_the_account_that_the_buyer_names(stripe, deposit):
    refund, order = failed(stripe, deposit), deposit.plan.order

    refund = refund_by_wire(refund, actor=seller_of(deposit))
    give_refund_details(refund, holder="Maison", account=IBAN, bic="", actor=order.user)
    assert list(refunds_to_send(order.seller)) == [refund]
    done = record_refund_sent(refund, bank_reference="OUT-1", actor=seller_of(deposit))

    assert (done.state, standing(deposit)) == (_R.DONE, _I.REFUNDED)
    assert send_refund(done).external_id == "OUT-1"
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_refund_that_failed_is_asked_for_once_more_as_a_new_one(stripe, deposit):
    refund = failed(stripe, deposit)

    again = send_refund(refund_again(refund, actor=seller_of(deposit)))
    stripe.books.finish_refund(again.external_id)

    assert (send_refund(again).state, standing(deposit)) == (_R.DONE, _I.REFUNDED)
    assert (Refund.objects.count(), len(stripe.books.refunds)) == (1, 2)


def test_sum_that_went_back_in_another_way_closes_the_instalment_and_the_failed_refund(stripe, deposit):
    refund = failed(stripe, deposit)
    (other,) = refund_order(deposit.plan.order, actor=None, reason="again")
    with pytest.raises(NothingToRefund):
        refund_again(refund, actor=seller_of(deposit))

    other = send_refund(other)
    stripe.books.finish_refund(other.external_id)
    send_refund(other)

    refund.refresh_from_db()
    assert (refund.state, standing(deposit)) == (_R.WITHDRAWN, _I.REFUNDED)
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_only_the_seller_or_an_officer_finds_another_way(client, stripe, deposit):
    refund = failed(stripe, deposit)
    address = reverse("payment:refund_wire", args=[deposit.reference, refund.pk])
    with pytest.raises(NotYours):
        refund_by_wire(refund, actor=deposit.plan.order.user)
    client.force_login(deposit.plan.order.user)
    assert client.post(address).status_code == 404
    assert address not in client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()

    client.force_login(seller_of(deposit))
    assert address in client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()
    assert client.post(address).status_code == 302

    assert Refund.objects.get().state == _R.DETAILS_WANTED
    with pytest.raises(MoveNotAllowed):
        refund_again(refund, actor=seller_of(deposit))


def test_refund_of_what_the_bank_took_back_is_withdrawn_before_it_is_sent(stripe, deposit):
    card = by_card(stripe, deposit)
    cancel_plan(deposit.plan.order, actor=None)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="cancelled")

    returned(stripe, card)

    assert send_refund(refund).state == _R.WITHDRAWN
    assert (standing(deposit), len(stripe.books.refunds)) == (_I.CANCELLED, 0)


def test_excess_stays_for_the_instalment_when_the_other_payment_is_taken_back(stripe, deposit):
    card = by_card(stripe, deposit)
    record_wire(deposit, Decimal(300), "EUR", "R-1", today_here(), actor=seller_of(deposit))
    refund = send_refund(return_excess(deposit, actor=seller_of(deposit)))
    assert refund.state == _R.DETAILS_WANTED

    returned(stripe, card)

    refund.refresh_from_db()
    assert (refund.state, standing(deposit)) == (_R.WITHDRAWN, _I.SETTLED)
    assert (kept_of(deposit), excess_of(deposit)) == (300, 0)


def test_nothing_is_sent_of_a_payment_that_is_not_there_any_more(stripe, deposit):
    card = by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="cancelled")
    PaymentAttempt.objects.filter(pk=card.pk).update(state=AttemptState.RETURNED)

    assert send_refund(refund).state == _R.WITHDRAWN

    assert len(stripe.books.refunds) == 0
