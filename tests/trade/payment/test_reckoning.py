"""What is kept of an instalment is reckoned from what came and what went back, never from a flag."""

from datetime import date

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.trade.fulfilment.actions import refuse_order
from moussem.trade.payment.actions import (
    give_refund_details,
    look_again,
    record_refund_sent,
    record_wire,
    refund_order,
    reject_held,
    return_excess,
    send_refund,
    start_attempt,
)
from moussem.trade.payment.models import Discrepancy, Refund
from moussem.trade.payment.queries import excess_of, kept_of
from moussem.trade.payment.states import InstalmentState
from tests.factories.payment import IBAN, booked
from tests.factories.people import UserFactory
from tests.factories.trade import buyer, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_I = InstalmentState
DAY = date(2026, 11, 20)


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state, instalment.paid, instalment.outstanding


def send_all_back(order):
    for refund in Refund.objects.filter(state__in=("requested", "details")).order_by("pk"):
        sent = give_refund_details(send_refund(refund), holder="M", account=IBAN, bic="", actor=order.user)
        record_refund_sent(sent, bank_reference=f"OUT-{sent.pk}", actor=owner_of(order.seller))


def test_order_that_ends_after_an_excess_was_returned_gives_the_rest_back(deposit):
    order, actor = deposit.plan.order, owner_of(deposit.plan.order.seller)
    booked(deposit, "200.00", "R-1"), booked(deposit, "300.00", "R-2")
    return_excess(deposit, actor=actor)

    refund_order(order, actor=actor, reason="cancelled")

    assert standing(deposit)[0] == _I.REFUNDING
    assert sum(Refund.objects.values_list("amount", flat=True)) == 500
    send_all_back(order)
    assert (standing(deposit)[0], kept_of(deposit)) == (_I.REFUNDED, 0)


def test_order_that_was_paid_three_times_is_settled_no_more_once_it_ends(deposit):
    for number in ("R-1", "R-2", "R-3"):
        booked(deposit, "300.00", number)

    refund_order(deposit.plan.order, actor=None, reason="cancelled")

    assert standing(deposit)[0] == _I.REFUNDING
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_held_money_that_goes_back_leaves_what_was_paid_besides(deposit):
    booked(deposit, "300.00", "R-1", currency="USD")
    booked(deposit, "300.00", "R-2")

    reject_held(Discrepancy.objects.get(), reason="Twice.", actor=UserFactory(is_staff=True))

    assert (standing(deposit)[:2], excess_of(deposit)) == ((_I.SETTLED, 300), 0)
    send_all_back(deposit.plan.order)
    assert standing(deposit)[:2] == (_I.SETTLED, 300)


def test_debit_that_bounces_after_the_other_payment_went_back_is_to_be_paid_anew(stripe, deposit):
    debit = paid_by_debit(stripe, deposit)
    booked(deposit, "300.00", "R-1")
    return_excess(deposit, actor=owner_of(deposit.plan.order.seller))
    send_all_back(deposit.plan.order)

    stripe.books.dispute(debit.external_id)
    look_again(debit)

    assert standing(deposit) == (_I.DUE, 0, 300)
    booked(deposit, "350.00", "R-2")
    assert standing(deposit)[:2] == (_I.SETTLED, 350)
    assert (kept_of(deposit), excess_of(deposit)) == (350, 50)


def paid_by_debit(stripe, instalment):
    debit = start_attempt(instalment, "stripe_card", actor=instalment.plan.order.user)
    stripe.books.settle(debit.external_id)
    return look_again(debit)


def test_debit_that_bounces_takes_the_finding_about_its_excess_along(stripe, deposit):
    debit = paid_by_debit(stripe, deposit)
    booked(deposit, "300.00", "R-1")

    stripe.books.dispute(debit.external_id)
    look_again(debit)

    assert standing(deposit) == (_I.SETTLED, 300, 0)
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_excess_of_three_entries_given_back_leaves_no_finding_open(deposit):
    for number, amount in enumerate(("200.00", "200.00", "50.00")):
        booked(deposit, amount, f"R-{number}")

    refund = return_excess(deposit, actor=owner_of(deposit.plan.order.seller))

    assert refund.amount == 150
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_excess_that_one_entry_cannot_give_back_stays_a_finding(deposit):
    for number in ("R-1", "R-2", "R-3"):
        booked(deposit, "300.00", number)

    first, second = (return_excess(deposit, actor=owner_of(deposit.plan.order.seller)) for _ in range(2))

    assert (first.amount, second.amount, excess_of(deposit)) == (300, 300, 0)
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []


def test_held_money_of_a_refused_order_is_told_as_going_back(client):
    order = placed_order(seller_side=seller(), buyer_side=buyer())
    deposit = order.payment_plan.instalments.get(sequence=1)
    actor = owner_of(order.seller)
    record_wire(deposit, deposit.amount, "USD", "R-1", today_here(), actor=actor)
    refuse_order(order, actor=actor, code="sold_out")

    client.force_login(owner_of(order.buyer))
    text = client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()

    assert "Held for a check" in text
    assert "is to be given back" in text
    assert [lie in text for lie in ("the order is kept", "please do not pay again")] == [False, False]
