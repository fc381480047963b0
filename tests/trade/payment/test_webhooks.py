import json
import time

import pytest
from django.test import Client

from moussem.trade.payment.actions import start_attempt
from moussem.trade.payment.models import Instalment, ProviderEvent
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.payment import instalments
from tests.fakes.stripe_server import signed
from tests.trade.payment.conftest import SECRETS

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ADDRESS = "/webhooks/stripe/"


@pytest.fixture
def ring(django_capture_on_commit_callbacks):
    client = Client(enforce_csrf_checks=True)

    def send(event, secret=SECRETS[0], *, body=None, timestamp=None):
        signed_body, headers = signed(event, secret, timestamp=timestamp)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ADDRESS, body or signed_body, content_type="application/json", headers=headers)

    return send


@pytest.fixture
def attempt(stripe):
    instalment = instalments()[0]
    return start_attempt(instalment, "stripe_card", actor=instalment.plan.order.user)


def state_of(attempt):
    attempt.refresh_from_db()
    return attempt.state, Instalment.objects.get(pk=attempt.instalment_id).state


@pytest.mark.parametrize("secret", SECRETS)
def test_notice_signed_with_either_secret_settles(stripe, attempt, ring, secret):
    answer = ring(stripe.books.settle(attempt.external_id), secret)

    assert answer.status_code == 200
    assert state_of(attempt) == (AttemptState.SUCCEEDED, InstalmentState.SETTLED)
    event = ProviderEvent.objects.get()
    assert event.processed_at is not None
    assert event.outcome == f"{attempt.pk} succeeded"


def test_same_notice_twice_is_one_row(stripe, attempt, ring):
    event = stripe.books.settle(attempt.external_id)

    assert [ring(event).status_code for _n in range(3)] == [200, 200, 200]

    assert ProviderEvent.objects.count() == 1
    assert Instalment.objects.get(pk=attempt.instalment_id).paid == 300


@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "whsec_somebody_else"},
        {"timestamp": int(time.time()) - 301},
        {"body": json.dumps({"id": "evt_1", "type": "payment_intent.succeeded", "data": {}})},
        {"body": b"\xff\xfe"},
        {"body": "not json"},
    ],
)
def test_notice_that_is_not_genuine_is_not_stored(stripe, attempt, ring, forged):
    answer = ring(stripe.books.settle(attempt.external_id), **forged)

    assert answer.status_code == 400
    assert answer.json() == {"code": "notice_not_genuine"}
    assert ProviderEvent.objects.count() == 0
    assert state_of(attempt) == (AttemptState.ACTION, InstalmentState.PLANNED)


def test_request_without_a_signature_is_not_stored(stripe, client):
    assert client.post(ADDRESS, "{}", content_type="application/json").status_code == 400
    assert client.get(ADDRESS).status_code == 405
    assert ProviderEvent.objects.count() == 0


@pytest.mark.parametrize(
    "thing",
    [
        {"object": "product", "id": "prod_1"},
        {"object": "payment_intent", "id": "pi_of_somebody_else", "metadata": {"attempt": "42"}},
        {"object": "charge", "payment_intent": None, "metadata": None},
        {},
    ],
)
def test_unknown_notice_is_kept_and_changes_nothing(stripe, attempt, ring, thing):
    event = {"id": "evt_9", "object": "event", "type": "new.thing", "data": {"object": thing}}

    assert ring(event).status_code == 200

    row = ProviderEvent.objects.get()
    assert (row.outcome, row.kind) == ("nothing of ours", "new.thing")
    assert state_of(attempt) == (AttemptState.ACTION, InstalmentState.PLANNED)


def test_signed_notice_without_number_or_kind_is_refused(stripe, ring):
    assert ring({"object": "event", "data": {}}).status_code == 400
    assert ProviderEvent.objects.count() == 0


def test_site_without_keys_says_so(client, settings):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS = None, SECRETS

    body, headers = signed({"id": "evt_1", "type": "x", "data": {}}, SECRETS[0])

    assert client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code == 503


def test_notice_stays_waiting_when_stripe_does_not_answer(stripe, attempt, ring):
    event = stripe.books.settle(attempt.external_id)
    stripe.break_next()

    assert ring(event).status_code == 200

    assert ProviderEvent.objects.get().processed_at is None
    assert state_of(attempt) == (AttemptState.ACTION, InstalmentState.PLANNED)
    ring(event)
    assert state_of(attempt) == (AttemptState.SUCCEEDED, InstalmentState.SETTLED)
