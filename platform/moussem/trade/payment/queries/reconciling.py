"""What officers must look at: findings, and wires that have not come."""

from datetime import timedelta

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from moussem.core.models import LogEntry
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt
from moussem.trade.payment.states import AttemptState


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
