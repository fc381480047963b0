"""What officers must look at: findings, and wires that have not come."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from moussem.core.models import LogEntry
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt
from moussem.trade.payment.queries.attempts import excess_of
from moussem.trade.payment.states import (
    BLOCKING_ATTEMPTS,
    OPEN_INSTALMENTS,
    AttemptState,
    InstalmentState,
)


def open_discrepancies() -> QuerySet[Discrepancy]:
    """Money that does not fit and waits for a decision."""
    return Discrepancy.objects.filter(resolved_at=None).select_related("attempt__instalment")


def overpaid_findings(instalment: Instalment) -> list[Discrepancy]:
    """That more came for an instalment than was asked, once for each payment, the first one first."""
    about = open_discrepancies().filter(attempt__instalment=instalment, key__endswith=":overpaid")
    return list(about.order_by("pk"))


def overpaid_finding(instalment: Instalment) -> Discrepancy | None:
    """The first payment that came too much and can still be given back, while nobody has decided about it."""
    return next((one for one in overpaid_findings(instalment) if one.attempt.refundable > 0), None)


@dataclass(frozen=True)
class Fit:
    """How much of a transfer that came too much can count towards another instalment of its order."""

    attempt: PaymentAttempt
    towards: Instalment
    amount: Decimal

    @property
    def mark(self) -> str:
        """What a button that offers it sends: good for this amount and this instalment alone."""
        return f"{self.towards.reference}:{self.amount:f}"


def excess_fit(instalment: Instalment) -> Fit | None:
    """The first instalment of the same plan that waits for what came too much by transfer, if one does."""
    finding = overpaid_finding(instalment)
    if instalment.state != InstalmentState.SETTLED or not finding or finding.attempt.provider != "wire":
        return None
    excess = min(excess_of(instalment), finding.attempt.refundable)
    # What is on its way by card or debit, or held for a check, would come on top.
    blocking = PaymentAttempt.objects.filter(instalment=OuterRef("pk"), state__in=BLOCKING_ATTEMPTS)
    blocked = Exists(blocking.exclude(provider="wire", state=AttemptState.PROCESSING))
    waiting = Instalment.objects.filter(plan=instalment.plan_id, state__in=OPEN_INSTALMENTS).exclude(blocked)
    for one in waiting.order_by("sequence"):
        if (amount := min(excess, one.outstanding)) > 0:
            return Fit(finding.attempt, one, amount)
    return None


def wires_overdue() -> QuerySet[PaymentAttempt]:
    """Transfers that their payers announced too long ago, and of which nothing has come."""
    since = timezone.now() - timedelta(days=settings.PAYMENT_WIRE_DAYS)
    announced = LogEntry.objects.filter(
        verb="moved.processing",
        subject_type=PaymentAttempt._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
        at__lt=since,
    )
    waiting = PaymentAttempt.objects.filter(provider="wire", state=AttemptState.PROCESSING, received=0)
    return waiting.filter(Exists(announced))
