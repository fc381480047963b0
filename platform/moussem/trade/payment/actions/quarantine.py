from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.people.models import User
from moussem.trade.payment.actions import credits
from moussem.trade.payment.actions.refunds import give_back
from moussem.trade.payment.errors import AlreadyResolved, AmountWanted, NothingHeld, ReasonWanted
from moussem.trade.payment.models import Discrepancy, PaymentAttempt
from moussem.trade.payment.rules import may_decide
from moussem.trade.payment.states import AttemptState

_A = AttemptState


@transaction.atomic
def note_discrepancy(discrepancy: Discrepancy, *, reason: str, actor: User) -> Discrepancy:
    """Close a finding that needs no more than an explanation."""
    return _resolve(discrepancy, reason=reason, actor=actor)


@transaction.atomic
def accept_held(
    discrepancy: Discrepancy, *, counted_as: Decimal | None, reason: str, actor: User
) -> PaymentAttempt:
    """Count held money after all: as it arrived, or as this much in the instalment's currency."""
    instalment, attempt = _held(discrepancy)
    require(
        discrepancy.currency == instalment.currency or counted_as, AmountWanted, currency=instalment.currency
    )
    _resolve(discrepancy, reason=reason, actor=actor)
    arrived = f"{attempt.received} {discrepancy.currency}"
    attempt.received, attempt.currency = counted_as or attempt.received, instalment.currency
    also = ("received", "currency")
    move(attempt, _A.SUCCEEDED, actor=actor, reason=reason, also=also, arrived=arrived)
    credits.credit(instalment, attempt, actor=actor)
    return attempt


@transaction.atomic
def reject_held(discrepancy: Discrepancy, *, reason: str, actor: User) -> PaymentAttempt:
    """Give held money back; the instalment stays to be paid."""
    instalment, attempt = _held(discrepancy)
    _resolve(discrepancy, reason=reason, actor=actor)
    move(attempt, _A.CANCELLED, actor=actor, reason=reason)
    if attempt.refundable > 0:
        give_back(attempt, instalment, attempt.refundable, actor=actor, reason=reason)
    credits.fall_back(instalment, actor=actor)
    return attempt


def _held(discrepancy: Discrepancy) -> tuple:
    require(discrepancy.attempt, NothingHeld)
    instalment = lock(discrepancy.attempt.instalment)
    attempt = lock(discrepancy.attempt)
    require(attempt.state == _A.QUARANTINED, NothingHeld)
    return instalment, attempt


def _resolve(discrepancy: Discrepancy, *, reason: str, actor: User) -> Discrepancy:
    require(may_decide(actor), NotYours)
    require(reason.strip(), ReasonWanted)
    discrepancy = lock(discrepancy)
    require(discrepancy.resolved_at is None, AlreadyResolved, person=discrepancy.resolved_by)
    discrepancy.resolved_at, discrepancy.resolved_by = timezone.now(), actor
    discrepancy.resolution = reason.strip()
    discrepancy.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    record("payment.discrepancy_resolved", discrepancy, actor=actor, reason=reason)
    return discrepancy
