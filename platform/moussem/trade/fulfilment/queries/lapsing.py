"""Orders that the clock reminds of or lets lapse."""

from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from moussem.core.models import LogEntry
from moussem.trade.order.models import Order
from moussem.trade.order.states import UNPACKED_STATES, OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState, Trigger


def orders_to_remind_of_answer(until: datetime) -> QuerySet[Order]:
    """Orders that must be answered by then and still can be."""
    return Order.objects.filter(
        status=OrderState.PLACED, answer_by__gt=timezone.now(), answer_by__lte=until
    ).exclude(_logged("reminded.answer"))


def orders_unanswered() -> QuerySet[Order]:
    """Orders whose time to answer is over."""
    return Order.objects.filter(status=OrderState.PLACED, answer_by__lte=timezone.now())


def orders_to_remind_of_deposit(until: date) -> QuerySet[Order]:
    """Orders whose first payment is due by then and was neither paid nor announced; not those of today."""
    yesterday = timezone.now() - timedelta(days=1)
    return _waiting_for_deposit(until).filter(date_placed__lt=yesterday).exclude(_logged("reminded.deposit"))


def orders_unpaid(last_day: date) -> QuerySet[Order]:
    """Orders whose first payment was due before that day and was neither paid nor announced."""
    return _waiting_for_deposit(last_day - timedelta(days=1))


def _waiting_for_deposit(until: date) -> QuerySet[Order]:
    first = Instalment.objects.filter(
        plan__order=OuterRef("pk"),
        trigger__in=Trigger.ACCEPTANCE.reached,
        state=InstalmentState.DUE,
        due_on__lte=until,
    )
    return Order.objects.filter(Exists(first), status__in=UNPACKED_STATES)


def _logged(verb: str) -> Exists:
    subject = {"subject_type": Order._meta.label_lower, "subject_id": Cast(OuterRef("pk"), CharField())}
    return Exists(LogEntry.objects.filter(verb=verb, **subject))
