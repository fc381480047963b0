"""An entry recorded by mistake takes along the refunds that were reckoned with it, until one was sent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from moussem.core.errors import MoveNotAllowed
from moussem.core.models import LogEntry
from moussem.trade.payment.actions import (
    cancel_plan,
    give_refund_details,
    record_refund_sent,
    record_wire,
    refund_order,
    return_excess,
    send_refund,
    take_back_wire,
)
from moussem.trade.payment.errors import RefundAccountWanted, WireNotCorrectable
from moussem.trade.payment.models import Refund
from moussem.trade.payment.queries import excess_of, overpaid_finding, refunds_by_what_waits
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import IBAN, booked, seller_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_I, _R = InstalmentState, RefundState
DAY = date(2026, 11, 20)


def take_back(slip, reason="A slip."):
    return take_back_wire(slip, reason=reason, actor=seller_of(slip.instalment))


def give_account(refund):
    payer = refund.attempt.instalment.plan.order.user
    return give_refund_details(refund, holder="Maison", account=IBAN, bic="", actor=payer)


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state, instalment.paid, instalment.outstanding


def test_entry_whose_excess_was_not_sent_yet_is_corrected_and_the_refund_withdrawn(deposit):
    slip = booked(deposit, "3000.00", "R-1")
    give_account(send_refund(return_excess(deposit, actor=seller_of(deposit))))

    take_back(slip)

    refund = Refund.objects.get()
    assert (refund.state, standing(deposit)) == (_R.WITHDRAWN, (_I.DUE, 0, 300))
    assert LogEntry.objects.get(verb="moved.withdrawn").actor == seller_of(deposit)
    booked(deposit, "300.00", "R-1")
    assert (standing(deposit)[0], excess_of(deposit)) == (_I.SETTLED, 0)
    assert send_refund(refund).state == _R.WITHDRAWN


def test_excess_that_another_entry_was_to_give_back_is_withdrawn_with_the_mistaken_one(deposit):
    slip, _right = booked(deposit, "200.00", "R-1"), booked(deposit, "300.00", "R-2")
    return_excess(deposit, actor=seller_of(deposit))

    take_back(slip)

    assert (standing(deposit)[:2], excess_of(deposit)) == ((_I.SETTLED, 300), 0)
    assert list(Refund.objects.values_list("state", flat=True)) == [_R.WITHDRAWN]
    assert overpaid_finding(deposit) is None


def test_excess_that_remains_without_the_mistaken_entry_waits_for_a_decision_again(deposit):
    booked(deposit, "350.00", "R-1")
    slip = booked(deposit, "20.00", "R-2")
    return_excess(deposit, actor=seller_of(deposit))

    take_back(slip)

    assert (standing(deposit)[:2], excess_of(deposit)) == ((_I.SETTLED, 350), 50)
    assert return_excess(deposit, actor=seller_of(deposit)).amount == 50
    assert overpaid_finding(deposit) is None


def test_entry_is_not_taken_back_once_the_money_reckoned_with_it_was_sent(deposit):
    slip = booked(deposit, "350.00", "R-1")
    refund = give_account(send_refund(return_excess(deposit, actor=seller_of(deposit))))
    record_refund_sent(refund, bank_reference="OUT-1", actor=seller_of(deposit))

    with pytest.raises(WireNotCorrectable) as refused:
        take_back(slip)

    assert "was sent back already" in refused.value.message
    assert (Refund.objects.get().state, standing(deposit)[:2]) == (_R.DONE, (_I.SETTLED, 300))


def test_mistaken_entry_of_an_order_that_is_over_asks_nobody_to_send_it_back(deposit):
    slip, order = booked(deposit, "300.00", "R-1"), deposit.plan.order
    cancel_plan(order, actor=None)
    (refund,) = refund_order(order, actor=None, reason="cancelled")

    take_back(slip)

    refund.refresh_from_db()
    assert (refund.state, standing(deposit)[:2]) == (_R.WITHDRAWN, (_I.CANCELLED, 0))
    assert refunds_by_what_waits([refund]) == {"buyer": [], "seller": [], "officer": [], "bank": []}


def test_mistaken_entry_leaves_the_refund_of_what_did_come(deposit):
    real, slip = booked(deposit, "300.00", "R-1"), booked(deposit, "300.00", "R-2")
    refund_order(deposit.plan.order, actor=None, reason="cancelled")

    take_back(slip)

    assert standing(deposit)[0] == _I.REFUNDING
    sent = give_account(send_refund(real.refunds.get()))
    record_refund_sent(sent, bank_reference="OUT-1", actor=seller_of(deposit))
    assert standing(deposit)[0] == _I.REFUNDED


def test_buyer_is_told_that_the_refund_falls_with_the_entry(deposit, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        slip = booked(deposit, "350.00", "R-1")
        return_excess(deposit, actor=seller_of(deposit))
        take_back(slip, reason="A digit too many.")

    (letter,) = [letter for letter in mail.outbox if "corrected" in letter.subject]
    assert "€50.00 is not given back" in letter.body


def test_nothing_is_recorded_as_sent_without_an_account_to_send_it_to(client, deposit):
    booked(deposit, "350.00", "R-1")
    refund = return_excess(deposit, actor=seller_of(deposit))
    client.force_login(seller_of(deposit))

    with pytest.raises(RefundAccountWanted):
        record_refund_sent(refund, bank_reference="OUT-1", actor=seller_of(deposit))

    refund.refresh_from_db()
    assert (refund.state, refund.external_id) == (_R.REQUESTED, "")
    page = client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()
    assert "I have sent it back" not in page


def test_refund_that_was_withdrawn_is_not_recorded_as_sent(deposit):
    slip = booked(deposit, "350.00", "R-1")
    refund = give_account(send_refund(return_excess(deposit, actor=seller_of(deposit))))
    take_back(slip)

    with pytest.raises(MoveNotAllowed):
        record_refund_sent(refund, bank_reference="OUT-1", actor=seller_of(deposit))

    refund.refresh_from_db()
    assert (refund.state, refund.external_id) == (_R.WITHDRAWN, "")


def held_beside_an_excess(deposit):
    """Dollars that are held for a check, and euros paid twice of which the second go back."""
    booked(deposit, "300.00", "R-1")
    booked(deposit, "300.00", "R-2")
    held = record_wire(deposit, Decimal(300), "USD", "R-3", DAY, actor=seller_of(deposit))
    return held, give_account(send_refund(return_excess(deposit, actor=seller_of(deposit))))


def test_held_entry_taken_back_leaves_the_refund_of_what_did_come(
    deposit, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        held, refund = held_beside_an_excess(deposit)
        take_back(held)

    refund.refresh_from_db()
    assert (refund.state, excess_of(deposit)) == (_R.REQUESTED, 0)
    assert standing(deposit)[:2] == (_I.SETTLED, 300)
    (letter,) = [letter for letter in mail.outbox if "corrected" in letter.subject]
    assert "not given back" not in letter.body


def test_held_entry_is_taken_back_after_another_refund_was_sent(deposit):
    held, refund = held_beside_an_excess(deposit)
    record_refund_sent(refund, bank_reference="OUT-1", actor=seller_of(deposit))

    assert take_back(held).state == AttemptState.RETRACTED

    assert Refund.objects.get().state == _R.DONE
