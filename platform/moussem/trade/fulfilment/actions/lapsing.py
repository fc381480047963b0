"""What the clock does with orders: it reminds, and it cancels what nobody answered or paid."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from moussem.core.dates import today_here
from moussem.core.locks import lock, lock_all
from moussem.core.log import history_of, record
from moussem.trade.fulfilment.actions.answering import cancel
from moussem.trade.fulfilment.queries import gives_back
from moussem.trade.fulfilment.states import Cause
from moussem.trade.order.models import Order
from moussem.trade.order.states import UNPACKED_STATES, OrderState
from moussem.trade.payment.actions import order_mails
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState, Trigger


@transaction.atomic
def remind_of_answer(order: Order) -> bool:
    """Tell the seller once that the time to answer runs out; False when there is nothing to say."""
    order = lock(order)
    if order.status != OrderState.PLACED or not _first_time(order, "reminded.answer"):
        return False
    order_mails.tell_seller(order, "answer_soon")
    return True


@transaction.atomic
def cancel_unanswered_order(order: Order) -> bool:
    """Cancel an order whose seller let the time pass; False when it was answered meanwhile."""
    order = lock(order)
    if order.status != OrderState.PLACED or not order.answer_by or order.answer_by > timezone.now():
        return False
    cancel(order, actor=None, reason="", cause=Cause.UNANSWERED)
    order_mails.tell_both([order], "unanswered", gives_back=gives_back(order))
    return True


@transaction.atomic
def remind_of_deposit(order: Order) -> bool:
    """Tell the buyer once that the first payment is expected soon; False when there is nothing to say."""
    order = lock(order)
    if not _unpaid(order) or not _first_time(order, "reminded.deposit"):
        return False
    order_mails.tell_buyer(order, "deposit_soon")
    return True


@transaction.atomic
def cancel_unpaid_order(order: Order) -> bool:
    """Cancel an order whose first payment is too late; False when money came or was announced meanwhile."""
    order = lock(order)
    last_day = today_here() - timedelta(days=settings.ORDER_DEPOSIT_GRACE_DAYS)
    if not any(one.due_on < last_day for one in _unpaid(order)):
        return False
    cancel(order, actor=None, reason="", cause=Cause.UNPAID)
    order_mails.tell_both([order], "unpaid")
    return True


def _unpaid(order: Order) -> list[Instalment]:
    # Locked, so that a payment that arrives at this moment is seen or waits; announced money is on its way.
    if order.status not in UNPACKED_STATES:
        return []
    rows = lock_all(Instalment.objects.filter(plan__order=order, trigger__in=Trigger.ACCEPTANCE.reached))
    return [one for one in rows if one.state == InstalmentState.DUE and isinstance(one.due_on, date)]


def _first_time(order: Order, verb: str) -> bool:
    if history_of(order).filter(verb=verb).exists():
        return False
    record(verb, order, actor=None)
    return True
