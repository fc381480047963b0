from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from moussem.core.errors import require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.money import format_money
from moussem.core.moves import can_move, move
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.payment.errors import NothingToRefund
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import received_attempts
from moussem.trade.payment.states import InstalmentState


@transaction.atomic
def refund_order(order: Order, *, actor: User | None, reason: str) -> list[Refund]:
    """Give back all that was received for an order, the last instalment first."""
    instalments = {one.pk: one for one in lock_all(Instalment.objects.filter(plan__order=order))}
    paid = {attempt.pk: attempt for attempt in lock_all(received_attempts(order))}
    refunds = []
    for attempt_id in received_attempts(order).values_list("pk", flat=True):
        attempt = paid[attempt_id]
        if attempt.refundable > 0:
            instalment = instalments[attempt.instalment_id]
            refunds.append(_give_back(attempt, instalment, attempt.refundable, actor=actor, reason=reason))
    return refunds


@transaction.atomic
def refund_attempt(attempt: PaymentAttempt, amount: Decimal, *, actor: User | None, reason: str) -> Refund:
    """Give back a part of one payment, such as what was paid too much."""
    instalment = lock(attempt.instalment)
    attempt = lock(attempt)
    left = format_money(attempt.refundable, attempt.currency, "en")
    require(0 < amount <= attempt.refundable, NothingToRefund, amount=left)
    return _give_back(attempt, instalment, amount, actor=actor, reason=reason)


def _give_back(
    attempt: PaymentAttempt, instalment: Instalment, amount: Decimal, *, actor: User | None, reason: str
) -> Refund:
    refund = Refund.objects.create(attempt=attempt, key=uuid4(), amount=amount, reason=reason[:200])
    record("payment.refund_requested", refund, actor=actor, amount=str(amount), reason=reason)
    # What was paid too much is given back without touching the state of the instalment.
    if instalment.paid - amount < instalment.amount - instalment.charges and can_move(
        instalment, InstalmentState.REFUNDING
    ):
        move(instalment, InstalmentState.REFUNDING, actor=actor, reason=reason)
    return refund
