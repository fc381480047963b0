from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from moussem.core.dates import today_here
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.money import format_money
from moussem.core.moves import move
from moussem.core.text import bare_number, one_line
from moussem.people.models import User
from moussem.trade.payment.actions import credits
from moussem.trade.payment.actions.findings import report
from moussem.trade.payment.errors import (
    WireInTheFuture,
    WireMuchMore,
    WireNotPositive,
    WireRecordedElsewhere,
    WireRecordedForPart,
)
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.queries import number_of_entry, parts_of
from moussem.trade.payment.rules import may_record_wire
from moussem.trade.payment.states import AWAITED_ATTEMPTS, AttemptState

_A = AttemptState


def record_wire(
    instalment: Instalment,
    amount: Decimal,
    currency: str,
    bank_reference: str,
    booked_on: date,
    *,
    actor: User,
    is_meant: bool = False,
) -> PaymentAttempt:
    """What the seller's bank has booked, once per entry of its statement; a part leaves the rest to pay.

    Money in another currency is held for staff and settles nothing. What is far more than was asked for is
    a slip, unless the seller says that it ``is_meant``.
    """
    require(may_record_wire(actor, instalment), NotYours)
    require(amount > 0, WireNotPositive)
    day = date_format(booked_on)
    require(booked_on <= today_here(), WireInTheFuture, day=day)
    entry = f"{instalment.plan.order.seller_id}:{bare_number(bank_reference)}"[:120]
    number = (entry, one_line(bank_reference)[:120])
    try:
        return _record(instalment, amount, currency, number, booked_on, actor=actor, is_meant=is_meant)
    except IntegrityError:
        # Written down for another instalment in the same moment, and perhaps taken back in the next.
        known = _same_entry(entry, instalment, amount, currency)
    if known is None:
        known = _record(instalment, amount, currency, number, booked_on, actor=actor, is_meant=is_meant)
    return known


@transaction.atomic
def _record(
    instalment: Instalment,
    amount: Decimal,
    currency: str,
    number: tuple[str, str],
    booked_on: date,
    *,
    actor: User,
    is_meant: bool,
) -> PaymentAttempt:
    entry, written = number
    instalment = lock(instalment)
    known = _same_entry(entry, instalment, amount, currency)
    if known is not None:
        return known
    if currency == instalment.currency and not is_meant:
        _stop_slip(instalment, amount)
    waiting = announced_wire(instalment, currency)
    attempt = lock(waiting) if waiting else new_wire(instalment, amount, currency, actor=actor)
    attempt.external_id, attempt.written_as = entry, written
    attempt.received, attempt.looked_at = amount, timezone.now()
    state = _A.SUCCEEDED if currency == instalment.currency else _A.QUARANTINED
    also = ("external_id", "written_as", "received", "looked_at")
    facts = {"amount": str(amount), "currency": currency, "booked_on": booked_on.isoformat()}
    facts["written_as"] = written
    move(attempt, state, actor=actor, also=also, bank_reference=entry, **facts)
    if state == _A.SUCCEEDED:
        credits.credit(instalment, attempt, actor=actor)
    else:
        wanted = f"{instalment.outstanding:f} {instalment.currency}"
        report(attempt, "amount", expected=wanted, found=f"{amount:f} {currency}", currency=currency)
    return attempt


def _stop_slip(instalment: Instalment, amount: Decimal) -> None:
    wanted = instalment.outstanding or instalment.amount
    currency, language = instalment.currency, get_language() or "en"
    require(
        amount <= 2 * wanted,
        WireMuchMore,
        amount=format_money(amount, currency, language),
        wanted=format_money(wanted, currency, language),
        reference=instalment.reference,
    )


def announced_wire(instalment: Instalment, currency: str) -> PaymentAttempt | None:
    """The transfer in this currency that the payer announced and that no entry of the bank was found for."""
    waiting = instalment.attempts.filter(provider="wire", currency=currency, state__in=AWAITED_ATTEMPTS)
    found: PaymentAttempt | None = waiting.filter(external_id=None).first()
    return found


def new_wire(instalment: Instalment, amount: Decimal, currency: str, *, actor: User) -> PaymentAttempt:
    """A row for a transfer that came unannounced."""
    attempt = PaymentAttempt.objects.create(
        instalment=instalment, provider="wire", key=uuid4(), currency=currency, amount=amount
    )
    record("payment.started", attempt, actor=actor, provider="wire", amount=str(amount))
    return attempt


def _same_entry(entry: str, instalment: Instalment, amount: Decimal, currency: str) -> PaymentAttempt | None:
    """The entry as it was recorded, when it says the same; a refusal when it says something else.

    None where it stands nowhere.
    """
    recorded = PaymentAttempt.objects.select_related("instalment").filter(provider="wire", external_id=entry)
    known = recorded.first()
    if known is None:
        return None
    parts = parts_of(known)
    booked = sum((one.received for one in parts), Decimal(0))
    if (known.instalment_id, booked, known.currency) == (instalment.pk, amount, currency):
        return known
    for part in parts[1:]:
        if (part.instalment_id, part.received, part.currency) == (instalment.pk, amount, currency):
            return part
    is_beside = known.instalment_id != instalment.pk and known.instalment.plan_id == instalment.plan_id
    refusal = WireRecordedForPart if is_beside and len(parts) == 1 else WireRecordedElsewhere
    raise refusal(
        bank_reference=number_of_entry(entry, known.written_as),
        amount=format_money(booked, known.currency, get_language() or "en"),
        reference=known.instalment.reference,
    )
