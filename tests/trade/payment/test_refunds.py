from datetime import date
from decimal import Decimal

import pytest

from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Role
from moussem.trade.payment.actions import (
    cancel_plan,
    give_excess_back,
    give_refund_details,
    look_again,
    record_refund_sent,
    record_wire,
    refund_order,
    send_refund,
    start_attempt,
)
from moussem.trade.payment.errors import (
    AccountNotValid,
    MayNotDirectRefund,
    NothingToRefund,
    ProviderUnreachable,
)
from moussem.trade.payment.models import Discrepancy, Instalment, Refund
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.organisations import MembershipFactory
from tests.factories.payment import IBAN, instalments
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_I, _R = InstalmentState, RefundState


def owner_of(order):
    return order.seller.memberships.get().user


def by_card(stripe, instalment):
    attempt = start_attempt(instalment, "stripe_card", actor=instalment.plan.order.user)
    stripe.books.settle(attempt.external_id)
    return look_again(attempt)


def by_wire(instalment, number="R-1"):
    order = instalment.plan.order
    return record_wire(
        instalment, instalment.amount, "EUR", number, date(2026, 11, 20), actor=owner_of(order)
    )


def states(order):
    return list(Instalment.objects.filter(plan__order=order).values_list("state", flat=True))


def test_order_is_refunded_last_instalment_first(stripe):
    deposit, balance = instalments("1000.00")
    by_card(stripe, deposit)
    by_wire(balance)
    order = deposit.plan.order

    first, second = refund_order(order, actor=order.user, reason="no stock")

    assert [first.attempt.instalment, second.attempt.instalment] == [balance, deposit]
    assert [first.amount, second.amount] == [700, 300]
    assert states(order) == [_I.REFUNDING, _I.REFUNDING]
    assert refund_order(order, actor=order.user, reason="again") == []


def test_unpaid_order_has_nothing_to_refund():
    order = instalments()[0].plan.order
    cancel_plan(order, actor=None)

    assert refund_order(order, actor=None, reason="refused") == []
    assert states(order) == [_I.CANCELLED, _I.CANCELLED]


def test_card_refund_is_sent_once_and_followed_to_its_end(stripe):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")

    assert send_refund(refund).state == _R.SENT
    assert send_refund(refund).state == _R.SENT
    assert len(stripe.books.refunds) == 1
    number = next(iter(stripe.books.refunds))
    stripe.books.finish_refund(number)
    done = send_refund(refund)

    assert (done.state, done.external_id) == (_R.DONE, number)
    assert states(deposit.plan.order) == [_I.REFUNDED, _I.PLANNED]
    assert "given back" in OutboxMessage.objects.filter(kind="mail").last().payload["subject"]


def test_refund_that_reached_stripe_is_found_again_after_its_key_was_forgotten(stripe):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    send_refund(refund)
    Refund.objects.update(state=_R.REQUESTED, external_id="")
    stripe.forget_keys()

    send_refund(Refund.objects.get())

    assert len(stripe.books.refunds) == 1


def test_stored_failure_of_a_refund_is_repeated_until_the_key_is_forgotten(stripe):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    stripe.replays[str(refund.key)] = (500, {"error": {"type": "api_error", "message": "stored"}})
    for _again in range(2):
        with pytest.raises(ProviderUnreachable):
            send_refund(refund)
    assert Refund.objects.get().state == _R.REQUESTED

    stripe.forget_keys()

    assert send_refund(refund).state == _R.SENT
    assert len(stripe.books.refunds) == 1


def test_refund_that_stripe_refuses_is_for_a_person(stripe):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    error = {"type": "invalid_request_error", "code": "charge_disputed", "message": "disputed"}
    stripe.replays[str(refund.key)] = (400, {"error": error})

    assert send_refund(refund).state == _R.FAILED
    assert Discrepancy.objects.get().found == "provider_refused"


def test_failed_refund_is_for_a_person(stripe):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    send_refund(refund)
    stripe.books.finish_refund(next(iter(stripe.books.refunds)), "failed")

    assert send_refund(refund).state == _R.FAILED
    assert states(deposit.plan.order)[0] == _I.REFUNDING
    assert Discrepancy.objects.get().expected == "refunded"


@pytest.mark.parametrize("told", ["succeeded", "requires_action"])
def test_refund_that_fails_after_it_was_called_done_is_still_owed(stripe, told):
    deposit = instalments()[0]
    by_card(stripe, deposit)
    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")
    send_refund(refund)
    number = next(iter(stripe.books.refunds))
    stripe.books.finish_refund(number, told)
    send_refund(refund)

    stripe.books.finish_refund(number, "failed")

    assert send_refund(refund).state == _R.FAILED
    deposit.refresh_from_db()
    assert (deposit.state, deposit.paid) == (_I.REFUNDING, deposit.amount)
    assert Discrepancy.objects.get().expected == "refunded"


def test_wire_refund_asks_where_to_and_is_done_when_the_seller_has_sent_it():
    deposit = instalments()[0]
    order = deposit.plan.order
    by_wire(deposit)
    (refund,) = refund_order(order, actor=None, reason="refused")
    refund = send_refund(refund)
    assert refund.state == _R.DETAILS_WANTED

    refund = give_refund_details(
        refund, holder="Maison", account=f" {IBAN.lower()}", bic="", actor=order.user
    )
    assert (refund.state, refund.account) == (_R.REQUESTED, IBAN)
    refund = record_refund_sent(refund, bank_reference="OUT-7", actor=owner_of(order))

    assert (refund.state, refund.external_id) == (_R.DONE, "OUT-7")
    assert states(order) == [_I.REFUNDED, _I.PLANNED]


def test_account_that_cannot_be_and_people_who_may_not_are_refused():
    deposit = instalments()[0]
    order = deposit.plan.order
    by_wire(deposit)
    refund = send_refund(refund_order(order, actor=None, reason="refused")[0])

    with pytest.raises(AccountNotValid):
        give_refund_details(refund, holder="M", account="MA00123", bic="", actor=order.user)
    purchaser = MembershipFactory(organisation=order.buyer, role=Role.PURCHASER).user
    for other in (owner_of(order), purchaser):
        with pytest.raises(MayNotDirectRefund):
            give_refund_details(refund, holder="M", account=IBAN, bic="", actor=other)
    with pytest.raises(NotYours):
        record_refund_sent(refund, bank_reference="X", actor=order.user)

    refund.refresh_from_db()
    assert (refund.state, refund.account, refund.external_id) == (_R.DETAILS_WANTED, "", "")


def test_account_is_corrected_until_the_money_is_sent():
    deposit = instalments()[0]
    order = deposit.plan.order
    by_wire(deposit)
    refund = send_refund(refund_order(order, actor=None, reason="refused")[0])
    give_refund_details(refund, holder="Maison", account=IBAN, bic="", actor=order.user)

    corrected = give_refund_details(
        refund, holder="Maison Épices", account="FR7630006000011234567890189", bic="", actor=order.user
    )

    assert (corrected.state, corrected.holder) == (_R.REQUESTED, "Maison Épices")
    record_refund_sent(refund, bank_reference="X", actor=owner_of(order))
    with pytest.raises(MoveNotAllowed):
        give_refund_details(refund, holder="M", account=IBAN, bic="", actor=order.user)


def test_excess_goes_back_and_the_instalment_stays_settled():
    deposit = instalments()[0]
    order = deposit.plan.order
    record_wire(deposit, Decimal(350), "EUR", "R-1", date(2026, 11, 20), actor=owner_of(order))
    officer, finding = UserFactory(is_staff=True), Discrepancy.objects.get()

    refund = give_excess_back(finding, reason="paid too much", actor=officer)

    assert (refund.amount, states(order)[0]) == (Decimal(50), _I.SETTLED)
    assert Discrepancy.objects.get().resolved_by == officer
    with pytest.raises(NothingToRefund):
        give_excess_back(finding, reason="again", actor=officer)
    assert Refund.objects.count() == 1


def test_demonstration_payment_is_given_back_at_once(settings):
    settings.DEMONSTRATION = True
    deposit = instalments()[0]
    attempt = start_attempt(deposit, "demo", actor=deposit.plan.order.user)
    attempt.instructions = {"stands": AttemptState.SUCCEEDED}
    attempt.save()
    look_again(attempt)

    (refund,) = refund_order(deposit.plan.order, actor=None, reason="refused")

    assert send_refund(refund).state == _R.DONE
    assert states(deposit.plan.order)[0] == _I.REFUNDED
