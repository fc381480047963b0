"""One way for webhook, return page, poll and reconciliation: ask the provider, then write down its answer."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from moussem.core.locks import lock
from moussem.core.moves import can_move, move
from moussem.core.outbox import post
from moussem.people.models import User
from moussem.trade.payment.actions import credits
from moussem.trade.payment.actions.findings import report
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.providers import Seen, provider_of
from moussem.trade.payment.states import UNFINISHED_ATTEMPTS, AttemptState

_A = AttemptState
# A slow answer with such news is never out of date.
LASTING = (_A.SUCCEEDED, _A.RETURNED)


def look_again(attempt: PaymentAttempt, *, actor: User | None = None) -> PaymentAttempt:
    """The attempt as its provider sees it now. No lock is held while the provider is asked."""
    asked_at = timezone.now()
    provider = provider_of(attempt.provider)
    if provider is None:
        return attempt
    return take_in(attempt, provider.refresh(attempt), asked_at=asked_at, actor=actor)


@transaction.atomic
def take_in(
    attempt: PaymentAttempt, seen: Seen, *, asked_at: datetime, actor: User | None = None
) -> PaymentAttempt:
    """Write down how an attempt stands; what is older than what we know, or not allowed, changes nothing.

    Everybody locks the instalment first and its attempts after it, so no two writers wait for each other.
    """
    asked_about = seen.external_id or attempt.external_id
    instalment = lock(attempt.instalment)
    attempt = lock(attempt)
    attempt.instalment = instalment
    if attempt.external_id is None and seen.external_id is not None:
        _take_number(attempt, seen)
    elif attempt.external_id is not None and asked_about is None:
        # Nobody was asked: its number came meanwhile, so "given up" is said of a payment that is open there.
        return attempt
    known_at = attempt.looked_at
    if known_at and asked_at < known_at and seen.state not in LASTING:
        return attempt
    attempt.looked_at = max(asked_at, known_at or asked_at)
    if seen.doubt:
        report(attempt, f"doubt:{seen.doubt}"[:80], expected="no question", found=seen.doubt)
    state = _next(attempt, seen)
    if state is None:
        if seen.state == attempt.state:
            _take_details(attempt, seen)
        attempt.save(update_fields=["looked_at", "instructions", "received"])
        return attempt
    was = attempt.state
    _take_details(attempt, seen)
    # Why a try failed is still to be told once it is given up.
    attempt.failure_code = seen.failure_code or (attempt.failure_code if state == _A.CANCELLED else "")
    if state != _A.RETURNED:
        attempt.received = seen.amount
    kept = ("looked_at", "instructions", "failure_code", "received")
    move(attempt, state, actor=actor, also=kept, seen=str(seen.amount))
    _follow(instalment, attempt, was=was, actor=actor)
    return attempt


def _take_number(attempt: PaymentAttempt, seen: Seen) -> None:
    """Keep under which number the provider knows an attempt, however late the answer.

    Given up in another tab while the provider was making it, it must not stay open there.
    """
    attempt.external_id = seen.external_id
    attempt.save(update_fields=["external_id"])
    if attempt.state == _A.CANCELLED and seen.state in UNFINISHED_ATTEMPTS:
        post("payment.give_up", key=f"payment-give-up-made:{attempt.pk}", attempt=attempt.pk)


def _take_details(attempt: PaymentAttempt, seen: Seen) -> None:
    if seen.instructions is not None:
        attempt.instructions = seen.instructions
    if seen.state == _A.PROCESSING:
        attempt.received = seen.amount


def _next(attempt: PaymentAttempt, seen: Seen) -> str | None:
    """Where the attempt goes, or None: money that does not fit is held, never counted."""
    if attempt.state == _A.QUARANTINED and seen.state != _A.RETURNED:
        return None
    found = f"{seen.amount:f} {seen.currency}"
    arrived = seen.state == _A.SUCCEEDED
    if attempt.state == _A.CANCELLED:
        decided = attempt.discrepancies.exclude(resolved_at=None).exists()
        if not arrived or decided:
            return None
        report(attempt, "late", expected="nothing: given up", found=found, currency=seen.currency)
        return _A.QUARANTINED
    misfit = seen.currency != attempt.currency or (arrived and seen.amount != attempt.amount)
    if misfit and can_move(attempt, _A.QUARANTINED):
        asked = f"{attempt.amount:f} {attempt.currency}"
        report(attempt, "amount", expected=asked, found=found, currency=seen.currency)
        return _A.QUARANTINED
    return seen.state if seen.state != attempt.state and can_move(attempt, seen.state) else None


def _follow(instalment: Instalment, attempt: PaymentAttempt, *, was: str, actor: User | None) -> None:
    match attempt.state:
        case _A.PROCESSING:
            credits.announce_payment(instalment, attempt, actor=actor)
        case _A.SUCCEEDED:
            credits.credit(instalment, attempt, actor=actor)
        case _A.FAILED | _A.CANCELLED:
            credits.fail(instalment, attempt, was=was, actor=actor)
        case _A.RETURNED:
            credits.take_back(instalment, attempt, was=was, actor=actor)


@transaction.atomic
def abandon(attempt: PaymentAttempt, code: str) -> PaymentAttempt:
    """Mark a try that never reached its provider; the next one starts under another key."""
    lock(attempt.instalment)
    attempt = lock(attempt)
    if attempt.state == _A.CREATED:
        attempt.failure_code, attempt.received = code, Decimal(0)
        move(attempt, _A.FAILED, actor=None, also=("failure_code", "received"))
    return attempt
