from decimal import Decimal
from itertools import permutations

import pytest
from django.utils import timezone

from moussem.core.models import OutboxMessage
from moussem.trade.payment.actions import process_event, start_attempt
from moussem.trade.payment.actions.looking import take_in
from moussem.trade.payment.actions.notices import store
from moussem.trade.payment.errors import PaymentUnderWay, ProviderUnreachable
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt
from moussem.trade.payment.providers import provider_of, source_of
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.payment import instalments

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState


@pytest.fixture
def deposit():
    return instalments("1000.00")[0]


def begin(instalment, code="stripe_card"):
    return start_attempt(instalment, code, actor=instalment.plan.order.user)


def standing(attempt):
    attempt.refresh_from_db()
    return attempt.state, Instalment.objects.get(pk=attempt.instalment_id).state


def mailed():
    return [one.payload["to"] for one in OutboxMessage.objects.filter(kind="mail")]


def seller_of(instalment):
    return instalment.plan.order.seller.memberships.get().user


def deliver(event):
    return process_event(store("stripe", source_of("stripe").notice(event)))


def test_card_payment_is_created_with_our_amount_key_and_reference(stripe, deposit):
    attempt = begin(deposit)

    (sent,) = stripe.sent("POST", "/payment_intents")
    assert (sent["amount"], sent["currency"]) == ("30000", "eur")
    assert sent["automatic_payment_methods"] == {"enabled": "true"}
    assert sent["metadata"] == {"attempt": str(attempt.key), "reference": deposit.reference}
    assert stripe.calls[0][3] == str(attempt.key)
    assert standing(attempt) == (_A.ACTION, _I.PLANNED)
    assert attempt.instructions == {"client_secret": f"{attempt.external_id}_secret"}


def test_second_press_gets_the_same_payment(stripe, deposit):
    first, second = begin(deposit), begin(deposit)

    assert first == second
    assert len(stripe.books.payments) == 1


def test_success_settles_the_instalment_and_forgets_the_client_secret(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.settle(attempt.external_id))

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)
    assert (attempt.received, attempt.instructions) == (Decimal("300.00"), {})
    assert Instalment.objects.get(pk=deposit.pk).paid == Decimal("300.00")


def test_decline_keeps_the_instalment_to_be_paid_and_the_payer_may_try_again(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.decline(attempt.external_id, decline_code="insufficient_funds"))
    assert standing(attempt) == (_A.FAILED, _I.PLANNED)
    assert attempt.failure_code == "insufficient_funds"

    deliver(stripe.books.settle(attempt.external_id))

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)


def test_new_try_after_a_decline_closes_the_old_one_at_stripe(stripe, deposit):
    old = begin(deposit)
    deliver(stripe.books.decline(old.external_id))

    new = begin(deposit)

    assert stripe.books.payments[old.external_id]["status"] == "canceled"
    assert (standing(old)[0], standing(new)[0]) == (_A.CANCELLED, _A.ACTION)
    assert new.key != old.key


def test_announced_debit_blocks_a_second_payment(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.process(attempt.external_id))
    assert standing(attempt) == (_A.PROCESSING, _I.ANNOUNCED)

    deposit.refresh_from_db()
    with pytest.raises(PaymentUnderWay) as refusal:
        begin(deposit, "wire")

    assert "€300.00" in refusal.value.message
    assert PaymentAttempt.objects.count() == 1


def test_payment_announced_in_another_tab_is_seen_before_a_second_begins(stripe, deposit):
    attempt = begin(deposit)
    stripe.books.process(attempt.external_id)

    with pytest.raises(PaymentUnderWay):
        begin(deposit, "wire")

    assert standing(attempt) == (_A.PROCESSING, _I.ANNOUNCED)


def test_debit_that_fails_early_makes_the_instalment_payable_again(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.process(attempt.external_id))

    deliver(stripe.books.decline(attempt.external_id, "debit_not_authorized"))

    assert standing(attempt) == (_A.FAILED, _I.PLANNED)
    assert mailed() == [deposit.plan.order.user.email]


def test_debit_returned_late_makes_the_instalment_due_again_and_tells_both(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.process(attempt.external_id))
    deliver(stripe.books.settle(attempt.external_id))
    OutboxMessage.objects.all().delete()

    deliver(stripe.books.dispute(attempt.external_id))

    assert standing(attempt) == (_A.RETURNED, _I.PLANNED)
    assert Instalment.objects.get(pk=deposit.pk).paid == 0
    assert mailed() == [deposit.plan.order.user.email, seller_of(deposit).email]


def test_dispute_that_is_not_decided_is_for_a_person(stripe, deposit):
    attempt = begin(deposit)
    deliver(stripe.books.settle(attempt.external_id))

    deliver(stripe.books.dispute(attempt.external_id, "needs_response"))

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)
    assert Discrepancy.objects.get().found.endswith("needs_response")


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"currency": "usd"}, {"amount": 30001}])
def test_wrong_amount_or_currency_is_held_and_never_settles(stripe, deposit, wrong):
    attempt = begin(deposit)

    for _again in range(2):
        deliver(stripe.books.settle(attempt.external_id, **wrong))

    assert standing(attempt) == (_A.QUARANTINED, _I.PLANNED)
    assert Instalment.objects.get(pk=deposit.pk).paid == 0
    finding = Discrepancy.objects.get()
    assert finding.expected == "300.00 EUR"
    with pytest.raises(PaymentUnderWay):
        begin(deposit, "wire")


@pytest.mark.parametrize("late", [False, True])
def test_every_order_of_four_events_ends_in_the_same_state(stripe, late):
    ends = set()
    for order in permutations(range(4)):
        attempt = begin(instalments("1000.00")[0])
        books, number = stripe.books, attempt.external_id
        events = [books.ask(number), books.process(number), books.settle(number)]
        events.append(books.dispute(number) if late else events[0] | {"id": f"{number}-again"})

        for place in order:
            deliver(events[place])

        ends.add((*standing(attempt), Instalment.objects.get(pk=attempt.instalment_id).paid))

    assert ends == {(_A.RETURNED, _I.PLANNED, 0) if late else (_A.SUCCEEDED, _I.SETTLED, 300)}


def test_events_seen_one_by_one_as_they_happen_end_in_the_same_state(stripe, deposit):
    attempt = begin(deposit)
    books = stripe.books
    for happen in (books.ask, books.process, books.settle, books.dispute):
        event = happen(attempt.external_id)
        deliver(event)
        deliver(event)

    assert standing(attempt) == (_A.RETURNED, _I.PLANNED)


def test_slow_answer_with_old_news_changes_nothing(stripe, deposit):
    attempt = begin(deposit)
    stripe.books.process(attempt.external_id)
    asked_at, slow_answer = timezone.now(), provider_of("stripe_card").refresh(attempt)
    deliver(stripe.books.decline(attempt.external_id))

    take_in(attempt, slow_answer, asked_at=asked_at)

    assert standing(attempt) == (_A.FAILED, _I.PLANNED)


def test_stored_failure_is_repeated_by_stripe_so_the_next_try_has_another_key(stripe, deposit):
    stripe.break_next()
    with pytest.raises(ProviderUnreachable):
        begin(deposit)
    failed = PaymentAttempt.objects.get()
    assert (failed.state, failed.failure_code) == (_A.FAILED, "provider_unreachable")

    attempt = begin(deposit)

    assert attempt.state == _A.ACTION
    keys = [key for verb, path, _given, key in stripe.calls if path.endswith("/payment_intents")]
    assert keys == [str(failed.key), str(attempt.key)]
    assert stripe.replays[str(failed.key)][0] == 500


def test_money_for_a_payment_that_was_given_up_is_held(stripe, deposit):
    attempt = begin(deposit)
    begin(deposit, "wire")
    assert standing(attempt)[0] == _A.CANCELLED

    deliver(stripe.books.settle(attempt.external_id))

    assert standing(attempt) == (_A.QUARANTINED, _I.PLANNED)


@pytest.mark.parametrize("trouble", ["away", "forgotten"])
def test_payer_leaves_for_a_wire_though_stripe_does_not_help(stripe, trouble):
    deposit = instalments()[0]
    payer = deposit.plan.order.user
    card = start_attempt(deposit, "stripe_card", actor=payer)
    if trouble == "away":
        stripe.break_next(1)
    else:
        del stripe.books.payments[card.external_id]

    wire = start_attempt(deposit, "wire", actor=payer)

    card.refresh_from_db()
    assert (wire.state, card.state) == (AttemptState.ACTION, AttemptState.CANCELLED)
    waits = OutboxMessage.objects.get(kind="payment.give_up")
    assert waits.payload == {"attempt": card.pk}
