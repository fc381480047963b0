from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from moussem.core.errors import NotYours
from moussem.trade.payment.actions import (
    accept_held,
    look_again,
    process_waiting_events,
    reconcile,
    record_wire,
    refund_order,
    reject_held,
    send_refund,
    start_attempt,
)
from moussem.trade.payment.actions.notices import store
from moussem.trade.payment.errors import AlreadyResolved, AmountWanted, CountedOutOfReason, ReasonWanted
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, ProviderEvent, Refund
from moussem.trade.payment.providers import source_of
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import instalments
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState


@pytest.fixture
def officer():
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def held(officer):
    """Dollars that arrived for an instalment in euros."""
    deposit = instalments("1000.00")[0]
    record_wire(deposit, Decimal(330), "USD", "R-1", date(2026, 11, 20), actor=officer)
    return Discrepancy.objects.get()


def standing(attempt):
    attempt.refresh_from_db()
    return attempt.state, Instalment.objects.get(pk=attempt.instalment_id).state


def test_held_dollars_are_counted_as_euros_with_a_reason(held, officer):
    with pytest.raises(AmountWanted):
        accept_held(held, counted_as=None, reason="rate of the bank", actor=officer)

    accept_held(held, counted_as=Decimal(300), reason="rate of the bank", actor=officer)

    assert standing(held.attempt) == (_A.SUCCEEDED, _I.SETTLED)
    held.refresh_from_db()
    assert (held.resolution, held.resolved_by) == ("rate of the bank", officer)
    with pytest.raises(AlreadyResolved):
        reject_held_again(held, officer)


def reject_held_again(held, officer):
    PaymentAttempt.objects.update(state=_A.QUARANTINED)
    reject_held(held, reason="again", actor=officer)


def test_rejected_money_goes_back_and_the_instalment_stays_to_be_paid(held, officer):
    reject_held(held, reason="wrong currency", actor=officer)

    assert standing(held.attempt) == (_A.CANCELLED, _I.PLANNED)
    assert Refund.objects.get().amount == 330


def test_decision_needs_staff_and_a_reason(held, officer):
    with pytest.raises(NotYours):
        reject_held(held, reason="mine", actor=held.attempt.instalment.plan.order.user)
    with pytest.raises(ReasonWanted):
        reject_held(held, reason=" ", actor=officer)

    assert standing(held.attempt) == (_A.QUARANTINED, _I.PLANNED)
    assert Discrepancy.objects.get().resolved_at is None


def test_rejected_payment_is_not_held_again_when_stripe_repeats_it(stripe, officer):
    deposit = instalments("1000.00")[0]
    attempt = start_attempt(deposit, "stripe_card", actor=deposit.plan.order.user)
    stripe.books.settle(attempt.external_id, amount=100)
    look_again(attempt)
    reject_held(Discrepancy.objects.get(), reason="wrong amount", actor=officer)

    look_again(attempt)

    assert standing(attempt) == (_A.CANCELLED, _I.PLANNED)


def test_staff_decide_in_the_admin(client, held, officer):
    client.force_login(officer)
    address = reverse("admin:payment_discrepancy_change", args=[held.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"decision": "accept", "counted_as": "", "reason": "x"}).status_code == 200
    assert Discrepancy.objects.get().resolved_at is None

    client.post(address, {"decision": "accept", "counted_as": "300", "reason": "rate of the bank"})

    assert standing(held.attempt) == (_A.SUCCEEDED, _I.SETTLED)
    for model in ("paymentattempt", "instalment", "paymentplan", "providerevent", "refund", "discrepancy"):
        assert client.get(reverse(f"admin:payment_{model}_changelist")).status_code == 200


def test_admin_shows_payments_and_changes_none_by_hand(client, held, officer):
    client.force_login(officer)
    address = reverse("admin:payment_paymentattempt_change", args=[held.attempt_id])

    assert client.get(address).status_code == 200
    assert client.post(address, {"state": _A.SUCCEEDED}).status_code == 403

    assert standing(held.attempt)[0] == _A.QUARANTINED


def test_nothing_is_not_the_whole_of_what_is_held(held, officer):
    with pytest.raises(AmountWanted):
        accept_held(held, counted_as=Decimal(0), reason="A slip", actor=officer)

    assert standing(held.attempt)[0] == _A.QUARANTINED


@pytest.mark.parametrize("typed", ["0.001", "0.01", "16.49", "6600.01", "1e20", "1e400", "300.001"])
def test_amount_out_of_reason_is_refused_and_the_money_stays_held(client, held, officer, typed):
    client.force_login(officer)
    address = reverse("admin:payment_discrepancy_change", args=[held.pk])

    answer = client.post(address, {"decision": "accept", "counted_as": typed, "reason": "x"})

    held.attempt.refresh_from_db()
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)
    assert (held.attempt.state, held.attempt.received, held.attempt.currency) == (_A.QUARANTINED, 330, "USD")


@pytest.mark.parametrize("typed", ["300,50", "300.5", "٣٠٠٫٥٠", "300.5000"])
def test_amount_is_counted_as_it_was_typed_in_any_of_three_languages(client, held, officer, typed):
    client.force_login(officer)
    address = reverse("admin:payment_discrepancy_change", args=[held.pk])

    answer = client.post(address, {"decision": "accept", "counted_as": typed, "reason": "rate"})

    held.attempt.refresh_from_db()
    assert answer.status_code == 302
    assert (held.attempt.received, held.attempt.currency) == (Decimal("300.50"), "EUR")


@pytest.mark.parametrize("counted", ["0.001", "1e20", "1e400"])
def test_held_money_counts_within_reason_of_what_came(held, officer, counted):
    with pytest.raises(CountedOutOfReason) as refused:
        accept_held(held, counted_as=Decimal(counted), reason="rate", actor=officer)

    assert refused.value.message.startswith("$330.00 can count as €16.50 at the least and €6,600.00 at the")
    assert standing(held.attempt)[0] == _A.QUARANTINED


def begun():
    deposit = instalments()[0]
    return start_attempt(deposit, "stripe_card", actor=deposit.plan.order.user)


def test_reconciliation_finds_the_notices_that_never_came(stripe):
    paid = begun()
    stripe.books.settle(paid.external_id)

    assert reconcile() == {"events": 2, "attempts": 0, "refunds": 0, "unreachable": 0}

    assert standing(paid) == (_A.SUCCEEDED, _I.SETTLED)
    assert reconcile()["events"] == 0


def test_reconciliation_looks_at_stale_payments_and_gives_up_the_abandoned(stripe):
    paid, waiting, abandoned = begun(), begun(), begun()
    reconcile()
    stripe.books.settle(paid.external_id)
    stripe.books.events.clear()
    hours_ago, long_ago = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(days=31)
    PaymentAttempt.objects.update(looked_at=hours_ago)
    PaymentAttempt.objects.filter(pk=abandoned.pk).update(created_at=long_ago)

    found = reconcile()

    assert found["attempts"] == 3
    assert [standing(one)[0] for one in (paid, waiting, abandoned)] == [
        _A.SUCCEEDED,
        _A.ACTION,
        _A.CANCELLED,
    ]


def test_reconciliation_goes_on_next_time_when_stripe_does_not_answer(stripe):
    stripe.break_next(5)

    assert reconcile() == {"events": 0, "attempts": 0, "refunds": 0, "unreachable": 1}


def test_payment_that_stripe_does_not_know_holds_up_no_other(stripe):
    foreign, paid = begun(), begun()
    stripe.books.settle(paid.external_id)
    del stripe.books.payments[foreign.external_id]
    PaymentAttempt.objects.update(looked_at=timezone.now() - timedelta(hours=2))

    assert [reconcile()["unreachable"] for _hour in range(2)] == [0, 0]

    assert [standing(one)[0] for one in (foreign, paid)] == [_A.ACTION, _A.SUCCEEDED]
    (finding,) = Discrepancy.objects.all()
    assert (finding.attempt, finding.expected) == (foreign, foreign.external_id)
    assert not ProviderEvent.objects.filter(processed_at=None).exists()


def sent_refund(stripe):
    paid = begun()
    stripe.books.settle(paid.external_id)
    look_again(paid)
    (refund,) = refund_order(paid.instalment.plan.order, actor=None, reason="refused")
    return send_refund(refund)


def test_refund_that_stripe_does_not_know_holds_up_no_other(stripe):
    foreign, done = sent_refund(stripe), sent_refund(stripe)
    reconcile()
    del stripe.books.refunds[foreign.external_id]
    error = {"type": "invalid_request_error", "code": "charge_disputed", "message": "disputed"}
    stripe.replays[str(foreign.key)] = (400, {"error": error})
    stripe.books.finish_refund(done.external_id)
    stripe.books.events.clear()
    Refund.objects.update(requested_at=timezone.now() - timedelta(hours=2))

    assert [reconcile()["unreachable"] for _hour in range(2)] == [0, 0]

    states = [Refund.objects.get(pk=one.pk).state for one in (foreign, done)]
    assert states == [RefundState.SENT, RefundState.DONE]
    assert Discrepancy.objects.get().attempt == foreign.attempt


def test_site_without_stripe_reconciles_nothing():
    assert reconcile() == {"events": 0, "attempts": 0, "refunds": 0, "unreachable": 0}


def test_waiting_notice_is_processed_by_the_clock(stripe):
    deposit = instalments()[0]
    attempt = start_attempt(deposit, "stripe_card", actor=deposit.plan.order.user)
    store("stripe", source_of("stripe").notice(stripe.books.settle(attempt.external_id)))
    assert process_waiting_events() == 0
    ProviderEvent.objects.update(received_at=timezone.now() - timedelta(minutes=6))

    assert process_waiting_events() == 1

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)
