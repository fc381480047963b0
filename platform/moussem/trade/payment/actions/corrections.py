"""What the seller itself puts right: an entry recorded by mistake, and money that came too much."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from moussem.core.dates import today_here
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.money import format_money
from moussem.core.moves import move, standing
from moussem.core.text import has_words
from moussem.people.models import User
from moussem.trade.payment.actions import credits
from moussem.trade.payment.actions.findings import close, close_moot, reopen_excess
from moussem.trade.payment.actions.mails import mail_corrected
from moussem.trade.payment.actions.reckoning import reckon, settle_again, trim_charges
from moussem.trade.payment.actions.refunds import finish, give_back, withdraw_refunds
from moussem.trade.payment.actions.wires import announced_wire, new_wire
from moussem.trade.payment.errors import (
    AttemptNotOpen,
    ExcessNotAsShown,
    NothingToRefund,
    ReasonWanted,
    WireNotCorrectable,
)
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import (
    Fit,
    excess_fit,
    excess_of,
    overpaid_finding,
    parts_of,
    refunds_reckoned_with,
)
from moussem.trade.payment.rules import may_correct_wire, may_record_wire
from moussem.trade.payment.states import (
    CORRECTABLE_ATTEMPTS,
    CORRECTED,
    COUNTED_TOWARDS,
    PAID_TOO_MUCH,
    AttemptState,
    InstalmentState,
)

_A = AttemptState


@transaction.atomic
def take_back_wire(attempt: PaymentAttempt, *, reason: str, actor: User) -> PaymentAttempt:
    """An entry that was recorded by mistake counts no more, nor any part of it; its number may be used anew.

    What was to be given back because of it, and was not sent yet, is withdrawn.

    The buyer is told, so that nobody quietly asks twice for money that did come.
    """
    require(may_record_wire(actor, attempt.instalment), NotYours)
    require(has_words(reason), ReasonWanted)
    parts = _lock_parts(attempt)
    whole = parts[0]
    require(whole.state in CORRECTABLE_ATTEMPTS, AttemptNotOpen, happened=standing(whole))
    booked = sum((one.received for one in parts), Decimal(0))
    amount = format_money(booked, whole.currency, get_language() or "en")
    refunds = [refunds_reckoned_with(one) for one in parts]
    may = may_correct_wire(actor, whole, [refund for those in refunds for refund in those])
    require(may, WireNotCorrectable, amount=amount)
    number = (whole.external_id or "", whole.written_as)
    for one, those in zip(parts, refunds, strict=True):
        _retract(one, those, number, reason=reason.strip(), actor=actor)
    return next(one for one in parts if one.pk == attempt.pk)


def _lock_parts(attempt: PaymentAttempt) -> list[PaymentAttempt]:
    """All parts of an entry of the bank, each with its instalment; those of the plan are locked first."""
    plan = Instalment.objects.filter(plan=attempt.instalment.plan_id)
    instalments = {one.pk: one for one in lock_all(plan)}
    attempt.refresh_from_db()
    parts = [lock(one) for one in parts_of(attempt)]
    for one in parts:
        one.instalment = instalments[one.instalment_id]
    return parts


def _retract(
    attempt: PaymentAttempt, refunds: list[Refund], number: tuple[str, str], *, reason: str, actor: User
) -> None:
    entry, written = number
    instalment = attempt.instalment
    withdrawn = withdraw_refunds(refunds, reason=reason, actor=actor)
    before, counted = instalment.state, attempt.state == _A.SUCCEEDED
    attempt.external_id = None
    facts = {"bank_reference": entry, "amount": str(attempt.received), "currency": attempt.currency}
    facts["written_as"] = written
    move(attempt, _A.RETRACTED, actor=actor, reason=reason, also=("external_id",), **facts)
    if counted:
        _keep_charges(instalment, attempt)
        settle_again(instalment, attempt, actor=actor, reason=CORRECTED)
        _give_time(instalment, actor=actor)
    else:
        credits.fall_back(instalment, attempt, actor=actor, reason=CORRECTED)
    if instalment.state == before and attempt.received:
        # Nothing else tells it: a part of what is due, or something above what is paid, was taken back.
        record(
            "payment.taken_back", instalment, actor=actor, amount=facts["amount"], currency=facts["currency"]
        )
    _close_findings(instalment, attempt, reason=reason, actor=actor)
    if withdrawn:
        reopen_excess(instalment, reason=CORRECTED, actor=actor)
        finish(instalment, actor=actor)
    if attempt.received:
        mail_corrected(instalment, attempt, reason=reason, withdrawn=withdrawn)


def _keep_charges(instalment: Instalment, mistaken: PaymentAttempt) -> None:
    """A bank kept what is missing of the other transfers, as it was before the mistake."""
    reckon(instalment)
    missing = max(instalment.amount - instalment.paid, Decimal(0))
    is_wired = instalment.attempts.filter(provider="wire", state=_A.SUCCEEDED).exists()
    is_kept = is_wired and missing <= credits.allowed_charges(instalment, mistaken)
    if is_kept and instalment.state == InstalmentState.SETTLED:
        instalment.charges = missing


def _give_time(instalment: Instalment, *, actor: User) -> None:
    """Who believed to have paid has some days to find out before the order is cancelled."""
    if instalment.state == InstalmentState.DUE and instalment.due_on:
        instalment.due_on = max(instalment.due_on, today_here() + timedelta(days=settings.PAYMENT_DAYS_AGAIN))
        instalment.save(update_fields=["due_on"])
        record("payment.wire_corrected", instalment, actor=actor, due_on=instalment.due_on.isoformat())


def _close_findings(instalment: Instalment, attempt: PaymentAttempt, *, reason: str, actor: User) -> None:
    """What waited for a decision about this entry, or about the excess that it made, waits no more."""
    for finding in attempt.discrepancies.filter(resolved_at=None):
        close(finding, reason=reason, actor=actor)
    close_moot(instalment, reason=reason, actor=actor)


@transaction.atomic
def count_excess(instalment: Instalment, *, mark: str, actor: User) -> PaymentAttempt:
    """What came too much in one transfer counts towards the next instalment, as the button said by its mark.

    The number of the entry stays where it was recorded, and what all its parts count for is what was booked.
    """
    require(may_record_wire(actor, instalment), NotYours)
    instalments = {one.pk: one for one in lock_all(Instalment.objects.filter(plan=instalment.plan_id))}
    instalment = instalments[instalment.pk]
    fit = excess_fit(instalment)
    require(fit and fit.mark == mark, ExcessNotAsShown)
    towards, whole = instalments[fit.towards.pk], lock(fit.attempt)
    whole.received -= fit.amount
    whole.save(update_fields=["received"])
    part = _part_for(towards, fit, actor=actor)
    part.part_of, part.received, part.looked_at = whole.part_of or whole, fit.amount, timezone.now()
    facts = {"amount": str(fit.amount), "currency": towards.currency}
    also = ("part_of", "received", "looked_at")
    move(part, _A.SUCCEEDED, actor=actor, also=also, bank_reference=part.part_of.external_id, **facts)
    reckon(instalment)
    trim_charges(instalment)
    instalment.save(update_fields=["paid", "charges"])
    record("payment.counted_towards", instalment, actor=actor, towards=towards.reference, **facts)
    close_moot(instalment, reason=COUNTED_TOWARDS, actor=actor)
    credits.credit(towards, part, actor=actor)
    return part


def _part_for(towards: Instalment, fit: Fit, *, actor: User) -> PaymentAttempt:
    """The transfer that was announced where this is it, or all that is missing; else a row beside it."""
    waiting = announced_wire(towards, towards.currency)
    missing = towards.outstanding - fit.amount
    whole = missing <= credits.allowed_charges(towards, fit.attempt)
    if waiting and (waiting.amount == fit.amount or whole):
        return lock(waiting)
    return new_wire(towards, fit.amount, towards.currency, actor=actor)


@transaction.atomic
def return_excess(instalment: Instalment, *, actor: User) -> Refund:
    """The seller gives back what came too much on its account; the instalment stays settled."""
    require(may_record_wire(actor, instalment), NotYours)
    instalment = lock(instalment)
    finding: Discrepancy | None = overpaid_finding(instalment)
    attempt = lock(finding.attempt) if finding and finding.attempt.provider == "wire" else None
    excess = min(excess_of(instalment), attempt.refundable) if attempt else Decimal(0)
    left = format_money(excess, instalment.currency, get_language() or "en")
    require(excess > 0, NothingToRefund, amount=left)
    close(finding, reason=PAID_TOO_MUCH, actor=actor)
    refund = give_back(attempt, instalment, excess, actor=actor, reason=PAID_TOO_MUCH)
    close_moot(instalment, reason=PAID_TOO_MUCH, actor=actor)
    return refund
