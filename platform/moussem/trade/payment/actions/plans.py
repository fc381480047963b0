from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from moussem.core.dates import today_here
from moussem.core.errors import require
from moussem.core.locks import lock_all
from moussem.core.log import record_each
from moussem.core.moves import move
from moussem.core.outbox import post
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.payment import plans
from moussem.trade.payment.errors import NothingToPay
from moussem.trade.payment.models import Instalment, PaymentPlan
from moussem.trade.payment.queries import shares_of
from moussem.trade.payment.states import OPEN_INSTALMENTS, UNFINISHED_ATTEMPTS, InstalmentState, Trigger


def _shares(order: Order, full: bool) -> list[tuple[Decimal, Trigger]]:
    samples = all(line.is_sample for line in order.lines.all())
    return shares_of(order.total_incl_tax, order.currency, samples_only=samples, full=full)


def plan_each(orders: Sequence[Order], *, full: bool, actor: User | None = None) -> list[PaymentPlan]:
    """A plan for each order of one purchase, in three queries; uses prefetched lines.

    A deposit and a balance; in full for samples, for small orders and when asked.
    """
    require(all(order.total_incl_tax > 0 for order in orders), NothingToPay)
    parts = {
        order.pk: plans.parts_of(order.number, order.total_incl_tax, order.currency, _shares(order, full))
        for order in orders
    }
    # Nothing in here refuses, so what is written needs no savepoint to fall back to.
    with transaction.atomic(savepoint=False):
        made = PaymentPlan.objects.bulk_create(
            PaymentPlan(order=order, currency=order.currency, total=order.total_incl_tax) for order in orders
        )
        Instalment.objects.bulk_create(
            _instalment(plan, part) for plan in made for part in parts[plan.order_id]
        )
        told = [(plan, {p.reference: str(p.amount) for p in parts[plan.order_id]}) for plan in made]
        facts = [(plan, {"instalments": amounts}) for plan, amounts in told]
        record_each("payment.planned", facts, actor=actor)
    return made


def _instalment(plan: PaymentPlan, part: plans.Part) -> Instalment:
    return Instalment(
        plan=plan,
        sequence=part.sequence,
        share=part.share,
        currency=plan.currency,
        amount=part.amount,
        trigger=part.trigger,
        reference=part.reference,
        **_due_at_once(part.trigger),
    )


def _due_at_once(trigger: str) -> dict[str, object]:
    if trigger != Trigger.PLACING:
        return {}
    return {"state": InstalmentState.DUE, "due_on": _last_day(trigger)}


def _last_day(trigger: str) -> object:
    return plans.due_on(today_here(), settings.PAYMENT_DAYS[trigger])


@transaction.atomic
def make_due(order: Order, trigger: str, *, actor: User | None) -> list[Instalment]:
    """Ask for what must be paid by this moment of the order; what is paid or announced already stays so."""
    waiting = Instalment.objects.filter(
        plan__order=order, trigger__in=Trigger(trigger).reached, due_on=None
    ).exclude(state=InstalmentState.CANCELLED)
    asked = []
    for instalment in lock_all(waiting):
        instalment.due_on = _last_day(instalment.trigger)
        if instalment.state == InstalmentState.PLANNED:
            move(instalment, InstalmentState.DUE, actor=actor, also=("due_on",))
            asked.append(instalment)
        else:
            instalment.save(update_fields=["due_on"])
    return asked


@transaction.atomic
def cancel_plan(order: Order, *, actor: User | None) -> list[Instalment]:
    """Stop asking for what is not paid yet; money already on its way is taken in and given back."""
    # The whole plan, in its order: an instalment that is settled as we look may be open again once its entry
    # was taken back.
    held = lock_all(Instalment.objects.filter(plan__order=order))
    stopped = [one for one in held if one.state in OPEN_INSTALMENTS]
    for instalment in stopped:
        move(instalment, InstalmentState.CANCELLED, actor=actor)
        for attempt in instalment.attempts.filter(state__in=UNFINISHED_ATTEMPTS):
            post("payment.give_up", key=f"payment-give-up:{attempt.pk}", attempt=attempt.pk)
    return stopped
