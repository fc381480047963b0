"""What was tried, received and given back for an instalment or an order."""

from django.db.models import QuerySet

from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.states import AttemptState


def attempts_of(instalment: Instalment) -> QuerySet[PaymentAttempt]:
    """Every try to pay an instalment, newest first, with what was given back."""
    return instalment.attempts.select_related("started_by").prefetch_related("refunds").order_by("-pk")


def refunds_of(instalment: Instalment) -> QuerySet[Refund]:
    """What is given back of an instalment, oldest first."""
    return Refund.objects.filter(attempt__instalment=instalment).select_related("attempt").order_by("pk")


def received_attempts(order: Order) -> QuerySet[PaymentAttempt]:
    """The payments that brought money for an order, in the order in which they are given back."""
    return PaymentAttempt.objects.filter(
        instalment__plan__order=order, state=AttemptState.SUCCEEDED
    ).order_by("-instalment__sequence", "-pk")
