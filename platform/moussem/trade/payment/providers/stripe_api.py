"""What the two ways to pay through Stripe share: the client, amounts, notices, refunds."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from moussem.core.money import unit_of
from moussem.trade.payment.errors import (
    NoticeNotGenuine,
    NoticeUnreadable,
    ProviderRefused,
    ProviderUnreachable,
)
from moussem.trade.payment.models import PaymentAttempt, Refund
from moussem.trade.payment.providers.content import is_storable
from moussem.trade.payment.providers.protocol import EventNotice, Seen, SeenRefund
from moussem.trade.payment.states import AttemptState, RefundState

logger = logging.getLogger(__name__)
_A = AttemptState

# https://docs.stripe.com/payments/paymentintents/lifecycle
STATES = {
    "requires_payment_method": _A.ACTION,
    "requires_confirmation": _A.ACTION,
    "requires_action": _A.ACTION,
    "requires_capture": _A.PROCESSING,
    "processing": _A.PROCESSING,
    "succeeded": _A.SUCCEEDED,
    "canceled": _A.CANCELLED,
}
# https://docs.stripe.com/api/refunds/object#refund_object-status
REFUND_STATES = {
    "pending": RefundState.SENT,
    "requires_action": RefundState.DETAILS_WANTED,
    "succeeded": RefundState.DONE,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
EXPANDED = {"expand": ["latest_charge"]}
# As long as a stored notice's number and kind may be.
LONGEST_ID, LONGEST_KIND = 120, 80
SIGNATURE_TOLERANCE = 300
PAGE = 100


@lru_cache
def _client(key: str, base: str | None, retries: int) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=20),
    )


def is_set_up() -> bool:
    """Whether the site has Stripe's keys."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_PUBLISHABLE_KEY)


def client() -> stripe.StripeClient:
    """Stripe's client with the site's key; refuses where there is none."""
    if not settings.STRIPE_SECRET_KEY:
        raise ProviderUnreachable
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_RETRIES)


@contextmanager
def reaching() -> Iterator[stripe.StripeClient]:
    """The client, with Stripe's errors turned into our refusals."""
    try:
        yield client()
    except stripe.StripeError as error:
        logger.warning("Stripe: %s %s", type(error).__name__, error.code or error.http_status)
        final = isinstance(error, stripe.InvalidRequestError)
        raise (ProviderRefused if final else ProviderUnreachable) from error


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in the currency's smallest unit."""
    return int(amount / unit_of(currency))


def from_minor(amount: int, currency: str) -> Decimal:
    """An amount from the currency's smallest unit."""
    return Decimal(amount) * unit_of(currency.upper())


def description(attempt: PaymentAttempt) -> dict[str, Any]:
    """What a payment says of itself in Stripe's dashboard; no name, no address."""
    instalment = attempt.instalment
    return {
        "description": f"{instalment.plan.order.number} / {instalment.reference}",
        "metadata": {"attempt": str(attempt.key), "reference": instalment.reference},
    }


def seen_of(intent: dict[str, Any], instructions: dict[str, Any] | None = None) -> Seen:
    """How a PaymentIntent stands, in our words."""
    state, code, doubt = STATES.get(intent["status"], _A.PROCESSING), "", ""
    error, charge = intent.get("last_payment_error"), intent.get("latest_charge")
    if intent["status"] == "requires_payment_method" and error:
        state, code = _A.FAILED, error.get("decline_code") or error.get("code") or "declined"
    if state == _A.SUCCEEDED and isinstance(charge, dict) and charge.get("disputed"):
        disputes = client().v1.disputes.list({"payment_intent": intent["id"], "limit": PAGE}).data
        lost = any(dispute.status == "lost" for dispute in disputes)
        state = _A.RETURNED if lost else state
        doubt = "" if lost else ", ".join(f"{one.id} {one.status}" for one in disputes)
    currency = intent["currency"].upper()
    return Seen(
        state,
        currency,
        amount=from_minor(intent.get("amount_received") or 0, currency),
        external_id=intent["id"],
        failure_code=code[:60],
        instructions=instructions,
        doubt=doubt,
    )


def cancel_intent(attempt: PaymentAttempt) -> None:
    """Ask Stripe to give a payment up; too late is not an error."""
    with reaching() as api:
        try:
            api.v1.payment_intents.cancel(
                attempt.external_id,
                {"cancellation_reason": "abandoned"},
                {"idempotency_key": f"{attempt.key}-x"},
            )
        except stripe.InvalidRequestError as error:
            logger.info("Stripe keeps %s: %s", attempt.external_id, error.code)


def refund_intent(refund: Refund) -> SeenRefund:
    """Give money back once: an earlier try that reached Stripe is found again by its metadata.

    Stripe forgets an idempotency key after a day, and repeats a stored failure until then.
    """
    attempt = refund.attempt
    with reaching() as api:
        sent = api.v1.refunds.list({"payment_intent": attempt.external_id, "limit": PAGE}).data
        found = next((one for one in sent if _metadata(one, "refund") == str(refund.key)), None)
        if found is None:
            wanted: dict[str, Any] = {
                "payment_intent": attempt.external_id,
                "metadata": {"refund": str(refund.key)},
                "instructions_email": attempt.instalment.plan.order.user.email,
            }
            if refund.amount != attempt.received:
                wanted["amount"] = to_minor(refund.amount, attempt.currency)
            found = api.v1.refunds.create(wanted, {"idempotency_key": str(refund.key)})
    state = REFUND_STATES.get(found.status, RefundState.SENT)
    return SeenRefund(state, found.id, getattr(found, "failure_reason", None) or "")


def _metadata(thing: Any, name: str) -> str:
    return str((thing.metadata.to_dict() if thing.metadata else {}).get(name, ""))


def _our_key(text: object) -> str:
    """A key of ours; other systems may keep other words under the same name."""
    try:
        return str(UUID(str(text)))
    except ValueError:
        return ""


class StripeEvents:
    """Stripe's webhook: one for every way to pay through it."""

    code = "stripe"

    def is_set_up(self) -> bool:
        """Whether the site has Stripe's keys."""
        return is_set_up()

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> EventNotice:
        """The notice, if one of our secrets signed these very bytes in the last five minutes."""
        header = headers.get("Stripe-Signature", "")
        for secret in settings.STRIPE_WEBHOOK_SECRETS:
            try:
                event = client().construct_event(body, header, secret, SIGNATURE_TOLERANCE)
                return self.notice(event.to_dict())
            except (stripe.SignatureVerificationError, UnicodeDecodeError):
                # Another secret may have signed it; what is no text is signed by nobody.
                continue
            except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
                # Not JSON, not an event, or nested beyond reading.
                raise NoticeUnreadable from error
        raise NoticeNotGenuine

    def notice(self, payload: dict[str, Any]) -> EventNotice:
        """Whom an event is about; NoticeUnreadable where it is none, or the database would not hold it."""
        number, kind_of_event = payload["id"], payload["type"]
        known = isinstance(number, str) and isinstance(kind_of_event, str) and number
        if not known or len(number) > LONGEST_ID or len(kind_of_event) > LONGEST_KIND:
            raise NoticeUnreadable
        if not is_storable(payload):
            raise NoticeUnreadable
        return self._about(payload)

    def _about(self, payload: dict[str, Any]) -> EventNotice:
        thing = payload.get("data", {}).get("object", {})
        kind, metadata = thing.get("object", ""), thing.get("metadata") or {}
        payment = thing.get("id") if kind == "payment_intent" else thing.get("payment_intent")
        customer, balance = (
            thing.get("customer"),
            kind in ("cash_balance", "customer_cash_balance_transaction"),
        )
        return EventNotice(
            event_id=payload["id"],
            kind=payload["type"],
            payload=payload,
            payment_id=payment if isinstance(payment, str) else "",
            attempt_key=_our_key(metadata.get("attempt")),
            refund_key=_our_key(metadata.get("refund")) if kind == "refund" else "",
            customer_id=customer if balance and isinstance(customer, str) else "",
        )

    def events_since(self, moment: datetime) -> Iterator[EventNotice]:
        """Every event that Stripe has created since; it keeps them for thirty days."""
        with reaching() as api:
            found = api.v1.events.list({"created": {"gte": int(moment.timestamp())}, "limit": PAGE})
            for event in found.auto_paging_iter():
                try:
                    yield self.notice(event.to_dict())
                except NoticeUnreadable:
                    # The others are still wanted.
                    logger.warning("Stripe: event %.120r does not read as a notice", event.id)
