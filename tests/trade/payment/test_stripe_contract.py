"""Every call and parameter that we send, checked by Stripe's own description of its interface."""

import os
from uuid import uuid4

import pytest
from django.utils import timezone

from moussem.trade.payment.errors import ProviderRefused
from moussem.trade.payment.models import PaymentAttempt, Refund
from moussem.trade.payment.providers import provider_of, source_of
from moussem.trade.payment.providers.stripe_api import cancel_intent, reaching, seen_of
from moussem.trade.payment.states import AttemptState
from tests.factories.payment import instalments

MOCK = os.environ.get("STRIPE_MOCK_URL")
pytestmark = [
    pytest.mark.service,
    pytest.mark.django_db,
    pytest.mark.skipif(not MOCK, reason="STRIPE_MOCK_URL names no stripe-mock"),
]


@pytest.fixture
def attempt(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_123"
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_123"
    settings.STRIPE_API_BASE = MOCK
    settings.STRIPE_RETRIES = 0
    deposit = instalments("1000.00")[0]
    return PaymentAttempt.objects.create(
        instalment=deposit, provider="stripe_card", key=uuid4(), currency="EUR", amount=deposit.amount
    )


def test_stripe_refuses_what_it_does_not_describe(attempt):
    with pytest.raises(ProviderRefused), reaching() as api:
        api.v1.payment_intents.create({"amount": 100, "currency": "eur", "colour": "saffron"})


def test_stripe_accepts_a_card_payment_and_its_end(attempt):
    card = provider_of("stripe_card")

    seen = card.create(attempt)
    assert seen.external_id.startswith("pi_")
    attempt.external_id = seen.external_id

    assert card.refresh(attempt).external_id == seen.external_id
    cancel_intent(attempt)


@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP"])
def test_stripe_accepts_a_transfer_to_a_virtual_account(attempt, currency):
    transfer = provider_of("stripe_transfer")
    attempt.provider, attempt.currency = "stripe_transfer", currency

    seen = transfer.create(attempt)

    attempt.external_id = seen.external_id
    assert transfer.refresh(attempt).external_id == seen.external_id


def test_stripe_accepts_what_is_asked_about_a_balance(attempt):
    with reaching() as api:
        intent = {**api.v1.payment_intents.retrieve("pi_1").to_dict(), "customer": "cus_1"}
        assert provider_of("stripe_transfer")._meant_for(api, attempt, intent) == (0, "")
        assert api.v1.customers.cash_balance_transactions.list("cus_1", {"limit": 100}).data
        applied = api.v1.payment_intents.apply_customer_balance(
            "pi_1",
            {"amount": 100, "currency": "eur", "expand": ["latest_charge"]},
            {"idempotency_key": str(uuid4())},
        )

    assert seen_of(applied.to_dict()).external_id.startswith("pi_")


def test_stripe_accepts_disputes_of_a_payment_and_a_list_of_events(attempt):
    with reaching() as api:
        assert api.v1.disputes.list({"payment_intent": "pi_1", "limit": 100}).data

    with reaching() as api:
        found = api.v1.events.list({"created": {"gte": int(timezone.now().timestamp())}, "limit": 100})
        notices = [source_of("stripe").notice(event.to_dict()) for event in found.data]
    assert [notice.event_id for notice in notices] == [event.id for event in found.data]


@pytest.mark.parametrize("part", [True, False])
def test_stripe_accepts_a_refund(attempt, part):
    attempt.external_id, attempt.received = "pi_1", attempt.amount
    attempt.state = AttemptState.SUCCEEDED
    attempt.save()
    amount = attempt.amount / 2 if part else attempt.amount
    refund = Refund.objects.create(attempt=attempt, key=uuid4(), amount=amount)

    assert provider_of("stripe_card").refund(refund).external_id.startswith("re_")
