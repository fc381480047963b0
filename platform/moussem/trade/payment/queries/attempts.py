"""What was tried, received and given back for an instalment or an order."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.states import (
    CLOSED_REFUNDS,
    UNDONE_REFUNDS,
    AttemptState,
    InstalmentState,
    RefundState,
)


def attempts_of(instalment: Instalment) -> QuerySet[PaymentAttempt]:
    """Every try to pay an instalment, newest first, with what was given back."""
    return instalment.attempts.select_related("started_by").prefetch_related("refunds").order_by("-pk")


def taken_back(attempts: Iterable[PaymentAttempt]) -> list[tuple[PaymentAttempt, LogEntry]]:
    """The entries of the bank that were recorded by mistake, each with who took it back, when and why."""
    mistaken = {str(one.pk): one for one in attempts if one.state == AttemptState.RETRACTED}
    if not mistaken:
        return []
    about = {"subject_type": PaymentAttempt._meta.label_lower, "subject_id__in": mistaken}
    told = LogEntry.objects.filter(verb=f"moved.{AttemptState.RETRACTED}", **about).order_by("-pk")
    return [(mistaken[entry.subject_id], entry) for entry in told]


def refunds_of(instalment: Instalment) -> QuerySet[Refund]:
    """What is given back of an instalment, oldest first."""
    return Refund.objects.filter(attempt__instalment=instalment).select_related("attempt").order_by("pk")


def refunds_waiting(**about: object) -> QuerySet[Refund]:
    """Money that is to go back and has not yet, oldest first."""
    waiting = Refund.objects.filter(**about).exclude(state__in=CLOSED_REFUNDS)
    return waiting.select_related("attempt__instalment__plan__order__buyer").order_by("requested_at", "pk")


def refunds_of_order(order: Order) -> QuerySet[Refund]:
    """What is still to go back of an order."""
    return refunds_waiting(attempt__instalment__plan__order=order)


def refunds_to_send(seller: Organisation) -> QuerySet[Refund]:
    """Transfers that a seller has to send back by hand, and knows where to."""
    ours = refunds_waiting(attempt__instalment__plan__order__seller=seller, attempt__provider="wire")
    return ours.filter(state=RefundState.REQUESTED).exclude(account="")


def refunds_by_what_waits(refunds: Iterable[Refund]) -> dict[str, list[Refund]]:
    """Refunds that are not over, by whose turn it is: the buyer’s, the seller’s, an officer’s, a bank’s.

    A wire goes back by hand: until the seller has said so, nothing was sent.
    """
    turns: dict[str, list[Refund]] = {"buyer": [], "seller": [], "officer": [], "bank": []}
    for refund in refunds:
        if refund.state in CLOSED_REFUNDS:
            continue
        by_hand = refund.attempt.provider == "wire"
        if refund.state == RefundState.FAILED:
            turns["officer"].append(refund)
        elif refund.state == RefundState.DETAILS_WANTED or (by_hand and not refund.account):
            turns["buyer"].append(refund)
        elif by_hand:
            turns["seller"].append(refund)
        else:
            turns["bank"].append(refund)
    return turns


def kept_of(instalment: Instalment) -> Decimal:
    """What came for an instalment and counts, less what of it went back or is on its way back."""
    counted = instalment.attempts.filter(state=AttemptState.SUCCEEDED)
    came = counted.aggregate(sum=Sum("received"))["sum"] or Decimal(0)
    back = Refund.objects.filter(attempt__in=counted).exclude(state__in=UNDONE_REFUNDS)
    kept = came - (back.aggregate(sum=Sum("amount"))["sum"] or Decimal(0))
    # SQLite adds up without the scale of the columns.
    return kept.quantize(Decimal("0.01"))


def excess_of(instalment: Instalment) -> Decimal:
    """What is kept above an instalment."""
    return max(kept_of(instalment) - instalment.amount, Decimal(0))


def refunds_reckoned_with(attempt: PaymentAttempt) -> list[Refund]:
    """What of a recorded entry is given back; of a paid instalment every excess, for it was part of that."""
    refunds = refunds_of(attempt.instalment).exclude(state__in=UNDONE_REFUNDS)
    above = Q(attempt__state=AttemptState.SUCCEEDED)
    settled = attempt.instalment.state == InstalmentState.SETTLED
    return list(refunds.filter(Q(attempt=attempt) | above if settled else Q(attempt=attempt)))


def received_attempts(order: Order) -> QuerySet[PaymentAttempt]:
    """The payments that brought money for an order, in the order in which they are given back."""
    return PaymentAttempt.objects.filter(
        instalment__plan__order=order, state=AttemptState.SUCCEEDED
    ).order_by("-instalment__sequence", "-pk")
