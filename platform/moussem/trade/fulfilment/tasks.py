"""The clock of the desks; every job may ring twice."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from moussem.core.dates import today_here
from moussem.core.rounds import in_chunks, try_each
from moussem.core.schedule import every
from moussem.trade.fulfilment.actions import (
    cancel_unanswered_order,
    cancel_unpaid_order,
    remind_of_answer,
    remind_of_deposit,
)
from moussem.trade.fulfilment.queries import (
    orders_to_remind_of_answer,
    orders_to_remind_of_deposit,
    orders_unanswered,
    orders_unpaid,
)


@every(hours=1)
def remind_sellers() -> int:
    """Remind sellers of orders whose time to answer ends soon. Returns how many."""
    until = timezone.now() + timedelta(hours=settings.ORDER_ANSWER_REMINDER_HOURS)
    return sum(try_each(in_chunks(orders_to_remind_of_answer(until)), remind_of_answer))


@every(hours=1)
def cancel_unanswered_orders() -> int:
    """Cancel orders whose seller let the time pass. Returns how many."""
    return sum(try_each(in_chunks(orders_unanswered()), cancel_unanswered_order))


@every(hours=1)
def remind_buyers() -> int:
    """Remind buyers of a first payment that is expected soon. Returns how many."""
    until = today_here() + timedelta(days=settings.ORDER_DEPOSIT_REMINDER_DAYS)
    return sum(try_each(in_chunks(orders_to_remind_of_deposit(until)), remind_of_deposit))


@every(hours=1)
def cancel_unpaid_orders() -> int:
    """Cancel orders whose first payment is too late. Returns how many."""
    last_day = today_here() - timedelta(days=settings.ORDER_DEPOSIT_GRACE_DAYS)
    return sum(try_each(in_chunks(orders_unpaid(last_day)), cancel_unpaid_order))
