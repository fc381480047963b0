"""What money that came, or went back, does to its instalment. Both rows are locked by the caller."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from moussem.core.log import record
from moussem.core.moves import can_move, move
from moussem.core.outbox import post
from moussem.people.models import User
from moussem.trade.payment import plans
from moussem.trade.payment.actions.findings import OVERPAID, close_moot, reopen_excess, report
from moussem.trade.payment.actions.mails import mail_failed, mail_part, mail_returned, mail_settled
from moussem.trade.payment.actions.reckoning import (
    amount_of,
    reckon,
    settle_again,
    trim_charges,
    unpaid_state,
)
from moussem.trade.payment.actions.refunds import finish, give_back, withdraw_refunds
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.queries import refunds_reckoned_with
from moussem.trade.payment.rules import may_withdraw_refund
from moussem.trade.payment.states import (
    BLOCKING_ATTEMPTS,
    CAME_TOO_LATE,
    PART_CAME,
    RETURNED_BY_BANK,
    UNDONE_REFUNDS,
    UNFINISHED_ATTEMPTS,
    WITHDRAWN,
    AttemptState,
    InstalmentState,
    RefundState,
)


def allowed_charges(instalment: Instalment, attempt: PaymentAttempt) -> Decimal:
    """What banks may have kept of this payment: only wires lose something on the way."""
    if attempt.provider != "wire":
        return Decimal(0)
    return plans.tolerance(
        instalment.amount,
        fixed=settings.PAYMENT_WIRE_TOLERANCE.get(instalment.currency, Decimal(0)),
        share=settings.PAYMENT_WIRE_TOLERANCE_SHARE,
        cap=settings.PAYMENT_WIRE_TOLERANCE_CAP,
    )


def credit(instalment: Instalment, attempt: PaymentAttempt, *, actor: User | None) -> None:
    """Count what an attempt brought; the instalment is settled when it is whole."""
    reckon(instalment)
    trim_charges(instalment)
    missing = max(instalment.amount - instalment.paid, Decimal(0))
    cancelled = instalment.state == InstalmentState.CANCELLED
    over = cancelled or instalment.state in (InstalmentState.REFUNDING, InstalmentState.REFUNDED)
    whole = missing <= allowed_charges(instalment, attempt)
    going_back = over and not cancelled
    if whole and not going_back and can_move(instalment, InstalmentState.SETTLED):
        instalment.charges, instalment.settled_at = missing, timezone.now()
        move(
            instalment,
            InstalmentState.SETTLED,
            actor=actor,
            also=("paid", "charges", "settled_at"),
            charges=str(missing),
        )
        if not cancelled:
            mail_settled(instalment, attempt)
    else:
        instalment.save(update_fields=["paid", "charges"])
        if missing and not over:
            _tell_part(instalment, attempt, actor=actor)
        fall_back(instalment, attempt, actor=actor, reason=PART_CAME)
    _give_up_others(instalment, attempt)
    if over:
        give_back(attempt, instalment, attempt.received, actor=actor, reason=CAME_TOO_LATE)
    elif instalment.paid > instalment.amount:
        currency = instalment.currency
        expected, found = f"{instalment.amount:f} {currency}", f"{instalment.paid:f} {currency}"
        report(attempt, OVERPAID, expected=expected, found=found, currency=currency)


def _tell_part(instalment: Instalment, attempt: PaymentAttempt, *, actor: User | None) -> None:
    """A part has come: its payer is not left to believe that nothing did, or that all of it did."""
    facts = {**amount_of(attempt), "outstanding": str(instalment.outstanding)}
    record("payment.part_received", instalment, actor=actor, **facts)
    mail_part(instalment, attempt)


def _give_up_others(instalment: Instalment, attempt: PaymentAttempt) -> None:
    """Tries that are still open elsewhere would bring the same money again."""
    for other in instalment.attempts.filter(state__in=UNFINISHED_ATTEMPTS).exclude(pk=attempt.pk):
        key = f"payment-give-up-paid:{other.pk}:{attempt.pk}"
        post("payment.give_up", key=key, attempt=other.pk)


def fall_back(
    instalment: Instalment, attempt: PaymentAttempt, *, actor: User | None, reason: str = ""
) -> None:
    """An announced instalment with no payment on its way is to be paid again."""
    on_its_way = instalment.attempts.filter(state__in=BLOCKING_ATTEMPTS).exists()
    if instalment.state == InstalmentState.ANNOUNCED and not on_its_way:
        move(instalment, unpaid_state(instalment), actor=actor, reason=reason, **amount_of(attempt))


def announce_payment(instalment: Instalment, attempt: PaymentAttempt, *, actor: User | None) -> None:
    """Money is on its way: nobody pays a second time."""
    if can_move(instalment, InstalmentState.ANNOUNCED):
        move(instalment, InstalmentState.ANNOUNCED, actor=actor, **amount_of(attempt))


def fail(instalment: Instalment, attempt: PaymentAttempt, *, was: str, actor: User | None) -> None:
    """A try brought nothing; what had been announced is to be paid again, and its payer told.

    A payer who takes an announcement back need not be told.
    """
    withdrawn = attempt.state == AttemptState.CANCELLED and actor is not None
    fall_back(instalment, attempt, actor=actor, reason=WITHDRAWN if withdrawn else "")
    if was == AttemptState.PROCESSING and not withdrawn and instalment.state != InstalmentState.CANCELLED:
        mail_failed(instalment, attempt)


def take_back(instalment: Instalment, attempt: PaymentAttempt, *, was: str, actor: User | None) -> None:
    """The payer's bank took the money back; what it had settled is to be paid again."""
    if was != AttemptState.SUCCEEDED:
        fail(instalment, attempt, was=AttemptState.PROCESSING, actor=actor)
        return
    # What was to go back and is not sent yet: the money it would be is not there, or is needed.
    unsent = [one for one in refunds_reckoned_with(attempt, counted=True) if may_withdraw_refund(one)]
    unsent += attempt.refunds.filter(state=RefundState.FAILED)
    withdrawn = withdraw_refunds(unsent, reason=RETURNED_BY_BANK, actor=actor)
    settle_again(instalment, attempt, actor=actor, reason=RETURNED_BY_BANK)
    close_moot(instalment, reason=RETURNED_BY_BANK, actor=actor)
    if withdrawn:
        reopen_excess(instalment, reason=RETURNED_BY_BANK, actor=actor)
        finish(instalment, actor=actor)
    if attempt.refunds.exclude(state__in=UNDONE_REFUNDS).exists():
        report(attempt, "returned", expected="refunded", found="returned", note="Given back twice?")
    mail_returned(instalment, attempt)
