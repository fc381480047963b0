import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from moussem.trade.payment.actions import process_waiting_events, start_attempt
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


def nested(depth):
    """A signed body with a list so many levels deep."""
    return '{"id": "evt_1", "type": "x", "data": {"object": {"a": %s}}}' % ("[" * depth + "]" * depth)


@pytest.mark.parametrize(
    "body",
    [
        '{"id": "evt_1", "type": "x", "data": {"object": {"name": "a\\u0000b"}}}',
        '{"id": "evt_1", "type": "x", "data": {"object": {"a\\u0000": 1}}}',
        '{"id": "evt_1\\u0000", "type": "x", "data": {}}',
        '{"id": "evt_1", "type": "x", "data": {"object": {"name": "\\ud83d"}}}',
        '{"id": "evt_1\\udc00", "type": "x", "data": {}}',
        '{"id": "evt_%s", "type": "x", "data": {}}' % ("1" * 300),
        '{"id": "evt_1", "type": "%s", "data": {}}' % ("x" * 300),
        '{"id": 1, "type": "x", "data": {}}',
        '{"id": "evt_1", "type": ["x"], "data": {}}',
        '{"id": "evt_1", "type": "x", "data": {"object": [1]}}',
        '{"id": "evt_1", "type": "x", "data": {"object": {"amount": NaN}}}',
        '{"id": "evt_1", "type": "x", "data": {"object": {"amount": 1e999}}}',
        *(nested(depth) for depth in (60, 300, 900, 100_000)),
        "[]",
        '"evt_1"',
        "null",
    ],
    ids=lambda body: body[:60],
)
def test_signed_content_that_is_no_notice_is_refused_and_not_stored(stripe, ring, body):
    answer = ring(body)

    assert (answer.status_code, answer.json()) == (400, {"code": "notice_unreadable"})
    assert ProviderEvent.objects.count() == 0


def test_signed_notice_about_a_customer_that_is_no_name_is_closed(stripe, ring):
    thing = {"object": "cash_balance", "customer": {"id": "cus_1"}}

    answer = ring({"id": "evt_1", "object": "event", "type": "x", "data": {"object": thing}})

    assert answer.status_code == 200
    assert ProviderEvent.objects.get().outcome == "nothing of ours"


def test_notice_that_fails_for_days_is_tried_once_more_and_given_up(stripe, attempt):
    broken = {"id": "evt_1", "type": 7}
    days = {"evt_1": 5, "evt_2": 1}
    for number, age in days.items():
        at = timezone.now() - timedelta(days=age)
        ProviderEvent.objects.create(
            provider="stripe", event_id=number, kind="x", payload=broken, received_at=at
        )

    assert process_waiting_events() == 0

    outcomes = [(event.outcome, event.processed_at is None) for event in ProviderEvent.objects.all()]
    assert outcomes == [("given up: it could not be processed", False), ("", True)]


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
