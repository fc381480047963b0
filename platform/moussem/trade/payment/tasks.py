"""Doorbells: each may ring twice."""

from typing import Any

from django_tasks import task

from moussem.core.carriers import delivers
from moussem.core.rounds import in_chunks, try_each
from moussem.core.schedule import every
from moussem.trade.payment import actions
from moussem.trade.payment.errors import ProviderRefused, ProviderUnreachable
from moussem.trade.payment.models import PaymentAttempt, ProviderEvent, Refund
from moussem.trade.payment.queries import wires_overdue


@task()
def process_notice(event_id: int) -> str:
    """Look into one stored notice."""
    return actions.process_event(ProviderEvent.objects.get(pk=event_id)).outcome


@delivers("payment.refund")
def send_refund(payload: dict[str, Any]) -> None:
    """Send one refund; the outbox tries again when the provider does not answer."""
    try:
        actions.refund_outcome(Refund.objects.get(pk=payload["refund"]))
    except ProviderUnreachable as error:
        raise ConnectionError(error.code) from error


@delivers("payment.give_up")
def give_up(payload: dict[str, Any]) -> None:
    """Stop one payment that nobody wants any more."""
    attempt = PaymentAttempt.objects.get(pk=payload["attempt"])
    try:
        actions.give_up(attempt, actor=None)
    except ProviderRefused:
        actions.report_unknown(attempt)
    except ProviderUnreachable as error:
        raise ConnectionError(error.code) from error


@every(hours=1)
def reconcile() -> dict[str, int]:
    """What no notice told us."""
    return actions.reconcile()


@every(hours=1)
def let_wires_lapse() -> int:
    """Transfers that were announced and never came: the goods are not kept for ever. Returns how many."""
    return sum(try_each(in_chunks(wires_overdue()), actions.let_wire_lapse))


@every(minutes=5)
def process_waiting_events() -> int:
    """Notices whose task did not come to its end."""
    return actions.process_waiting_events()
