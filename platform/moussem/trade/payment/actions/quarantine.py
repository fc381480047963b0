from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.money import format_money, round_amount, unit_of
from moussem.core.moves import move
from moussem.core.text import has_words
from moussem.people.models import User
from moussem.trade.payment.actions import credits
from moussem.trade.payment.actions.findings import close, close_moot
from moussem.trade.payment.actions.refunds import give_back
from moussem.trade.payment.errors import (
    AmountWanted,
    CountedFarFromRate,
    CountedOutOfReason,
    NothingHeld,
    NothingToRefund,
    ReasonWanted,
)
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import excess_of
from moussem.trade.payment.rules import may_decide
from moussem.trade.payment.states import AttemptState

_A = AttemptState


@transaction.atomic
def note_discrepancy(discrepancy: Discrepancy, *, reason: str, actor: User) -> Discrepancy:
    """Close a finding that needs no more than an explanation."""
    return _resolve(discrepancy, reason=reason, actor=actor)


@transaction.atomic
def accept_held(
    discrepancy: Discrepancy,
    *,
    counted_as: Decimal | None,
    reason: str,
    actor: User,
    confirmed: Decimal | None = None,
) -> PaymentAttempt:
    """Count held money after all: as it arrived, or as this much in the instalment's currency.

    A figure far from our reference rate, or the very figure that came in another currency, is asked about
    first, and counts once that figure and no other was confirmed.
    """
    instalment, attempt = _held(discrepancy)
    counted = _counted(attempt, instalment, discrepancy.currency, counted_as)
    if confirmed != counted:
        _stop_far_rate(attempt.received, discrepancy.currency, counted, instalment.currency)
    _resolve(discrepancy, reason=reason, actor=actor)
    arrived = f"{attempt.received} {discrepancy.currency}"
    attempt.received, attempt.currency = counted, instalment.currency
    also = ("received", "currency")
    move(attempt, _A.SUCCEEDED, actor=actor, reason=reason, also=also, arrived=arrived)
    credits.credit(instalment, attempt, actor=actor)
    return attempt


def _counted(
    attempt: PaymentAttempt, instalment: Instalment, came_in: str, counted_as: Decimal | None
) -> Decimal:
    """What held money counts as: all of it, or what an officer says within reason of what came."""
    wanted, unit = instalment.currency, unit_of(instalment.currency)
    # Nothing at all is given back, never counted.
    require(counted_as is None or counted_as > 0, AmountWanted, currency=wanted)
    require(came_in == wanted or counted_as, AmountWanted, currency=wanted)
    if counted_as is None:
        return attempt.received
    apart, whole = settings.PAYMENT_COUNTED_APART, attempt.received
    least = max(round_amount(whole / apart, wanted), unit)
    # Of the same money no more counts than came.
    most = max(whole if came_in == wanted else round_amount(whole * apart, wanted), least)
    language = get_language() or "en"
    require(
        # Compared before it is rounded: a number beyond every column cannot be.
        least <= counted_as <= most,
        CountedOutOfReason,
        arrived=format_money(whole, came_in or attempt.currency, language),
        least=format_money(least, wanted, language),
        most=format_money(most, wanted, language),
    )
    return round_amount(counted_as, wanted)


def _stop_far_rate(arrived: Decimal, came_in: str, counted: Decimal, wanted: str) -> None:
    rates = settings.PAYMENT_REFERENCE_RATES
    if came_in == wanted or not {came_in, wanted} <= rates.keys():
        return
    worth = arrived * rates[wanted] / rates[came_in]
    # Dollars and euros are near each other: the same figure in both is a slip all the same.
    is_far = counted == arrived or abs(counted - worth) > worth * settings.PAYMENT_RATE_APART
    language = get_language() or "en"
    require(
        not is_far,
        CountedFarFromRate,
        arrived=format_money(arrived, came_in, language),
        counted=format_money(counted, wanted, language),
        worth=format_money(round_amount(worth, wanted), wanted, language),
    )


@transaction.atomic
def reject_held(discrepancy: Discrepancy, *, reason: str, actor: User) -> PaymentAttempt:
    """Give held money back; the instalment stays to be paid."""
    instalment, attempt = _held(discrepancy)
    _resolve(discrepancy, reason=reason, actor=actor)
    move(attempt, _A.CANCELLED, actor=actor, reason=reason)
    if attempt.refundable > 0:
        give_back(attempt, instalment, attempt.refundable, actor=actor, reason=reason)
    credits.fall_back(instalment, attempt, actor=actor)
    return attempt


@transaction.atomic
def give_excess_back(discrepancy: Discrepancy, *, reason: str, actor: User) -> Refund:
    """What was paid above an instalment, out of the payment that brought it; the instalment stays settled."""
    require(discrepancy.attempt, NothingHeld)
    instalment = lock(discrepancy.attempt.instalment)
    attempt = lock(discrepancy.attempt)
    excess = min(excess_of(instalment), attempt.refundable)
    left = format_money(excess, attempt.currency, get_language() or "en")
    require(excess > 0, NothingToRefund, amount=left)
    _resolve(discrepancy, reason=reason, actor=actor)
    refund = give_back(attempt, instalment, excess, actor=actor, reason=reason.strip())
    close_moot(instalment, reason=reason, actor=actor)
    return refund


def _held(discrepancy: Discrepancy) -> tuple:
    require(discrepancy.attempt, NothingHeld)
    instalment = lock(discrepancy.attempt.instalment)
    attempt = lock(discrepancy.attempt)
    require(attempt.state == _A.QUARANTINED, NothingHeld)
    return instalment, attempt


def _resolve(discrepancy: Discrepancy, *, reason: str, actor: User) -> Discrepancy:
    require(may_decide(actor), NotYours)
    require(has_words(reason), ReasonWanted)
    return close(discrepancy, reason=reason, actor=actor)
