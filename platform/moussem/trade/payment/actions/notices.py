"""A notice means “look again”, nothing more: it is stored once, answered, and looked into afterwards."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from moussem.core.locks import lock
from moussem.trade.payment.actions.findings import report_unknown
from moussem.trade.payment.actions.looking import look_again
from moussem.trade.payment.actions.refunds import send_refund
from moussem.trade.payment.errors import ProviderRefused
from moussem.trade.payment.models import PaymentAttempt, ProviderCustomer, ProviderEvent, Refund
from moussem.trade.payment.providers import EventNotice, codes_of, source_of
from moussem.trade.payment.states import OPEN_ATTEMPTS


def take_event(provider_code: str, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
    """Store a signed notice as it came; a second delivery gives the first one's row."""
    return store(provider_code, source_of(provider_code).parse_event(body, headers))


def store(provider_code: str, notice: EventNotice) -> ProviderEvent:
    """The row of a notice, written once however many deliveries run at the same time."""
    row = ProviderEvent(
        provider=provider_code, event_id=notice.event_id, kind=notice.kind, payload=notice.payload
    )
    ProviderEvent.objects.bulk_create([row], ignore_conflicts=True)
    return ProviderEvent.objects.get(provider=provider_code, event_id=notice.event_id)


def process_event(event: ProviderEvent) -> ProviderEvent:
    """Look again at what a notice is about, and write down what came of it."""
    notice = source_of(event.provider).notice(event.payload)
    outcomes = [_outcome(attempt) for attempt in _attempts_of(event.provider, notice)]
    if notice.refund_key:
        outcomes += [refund_outcome(refund) for refund in Refund.objects.filter(key=notice.refund_key)]
    return close_event(event, ", ".join(outcomes) or "nothing of ours")


def _outcome(attempt: PaymentAttempt) -> str:
    try:
        return f"{attempt.pk} {look_again(attempt).state}"
    except ProviderRefused:
        report_unknown(attempt)
        return f"{attempt.pk} not known there"


def refund_outcome(refund: Refund) -> str:
    """How a refund stands after another look; where the provider refuses, a person is told."""
    Refund.objects.filter(pk=refund.pk).update(looked_at=timezone.now())
    try:
        return f"refund {send_refund(refund).state}"
    except ProviderRefused:
        report_unknown(refund.attempt)
        return "refund not known there"


@transaction.atomic
def close_event(event: ProviderEvent, outcome: str) -> ProviderEvent:
    """The notice with what came of it; it is not looked into again."""
    event = lock(event)
    event.processed_at, event.outcome = timezone.now(), outcome[:120]
    event.save(update_fields=["processed_at", "outcome"])
    return event


def _attempts_of(source: str, notice: EventNotice) -> QuerySet[PaymentAttempt]:
    ours = PaymentAttempt.objects.filter(provider__in=codes_of(source)).select_related("instalment")
    if notice.customer_id:
        buyers = ProviderCustomer.objects.filter(provider=source, external_id=notice.customer_id)
        return ours.filter(
            state__in=OPEN_ATTEMPTS, instalment__plan__order__buyer__in=buyers.values("organisation")
        )
    about = Q(pk=None)
    if notice.payment_id:
        about |= Q(external_id=notice.payment_id)
    if notice.attempt_key:
        about |= Q(key=notice.attempt_key)
    return ours.filter(about)
