"""The goods leave and arrive."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.actions.stock import ship_from_lots
from moussem.core.errors import require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.money import format_money
from moussem.core.moves import move
from moussem.core.text import has_words
from moussem.people.models import User
from moussem.trade.fulfilment import errors, rules
from moussem.trade.fulfilment.actions.past import refuse_past_lots
from moussem.trade.order.models import LotReservation, Order
from moussem.trade.order.states import OrderState
from moussem.trade.payment.actions import order_mails
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState


@transaction.atomic
def ship_order(order: Order, *, actor: User, carrier: str, reference: str) -> Order:
    """The goods leave: paid, and of no lot past its date. Reserved quantities become sold."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    require(has_words(carrier), errors.CarrierMissing)
    order = lock(order)
    if order.status == OrderState.READY:
        refuse_past_lots(order)
        _require_paid(order)
    order.carrier, order.tracking_reference = carrier.strip(), reference.strip()
    order.shipped_at = timezone.now()
    move(order, OrderState.SHIPPED, actor=actor, also=("carrier", "tracking_reference", "shipped_at"))
    held = LotReservation.objects.filter(line__order=order, released_at=None, shipped_at=None)
    ship_from_lots([(one.lot_id, one.quantity) for one in held])
    held.update(shipped_at=order.shipped_at)
    order_mails.tell_buyer(order, "shipped")
    return order


@transaction.atomic
def correct_carriage(order: Order, *, actor: User, carrier: str, reference: str) -> Order:
    """Who carries goods that are on their way, named or numbered anew: references often come a day later."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    require(has_words(carrier), errors.CarrierMissing)
    order = lock(order)
    require(order.status == OrderState.SHIPPED, errors.CarriageIsFixed, number=order.number)
    was = (order.carrier, order.tracking_reference)
    now = (carrier.strip(), reference.strip())
    if now != was:
        order.carrier, order.tracking_reference = now
        order.save(update_fields=["carrier", "tracking_reference"])
        entry = record("carriage.corrected", order, actor=actor, was=list(was), now=list(now))
        order_mails.tell_buyer(order, "shipped", once=entry.pk)
    return order


def _require_paid(order: Order) -> None:
    # Locked, so that a bank that takes money back at this moment is seen or waits.
    unpaid = [
        one
        for one in lock_all(Instalment.objects.filter(plan__order=order))
        if one.state != InstalmentState.SETTLED
    ]
    if unpaid:
        missing = sum((one.outstanding or one.amount for one in unpaid), Decimal(0))
        amount = format_money(missing, order.currency, get_language() or "en")
        raise errors.PaymentOutstanding(amount=amount, number=order.number)


@transaction.atomic
def confirm_delivery(order: Order, *, actor: User) -> Order:
    """The buyer has the goods."""
    require(rules.may_confirm_delivery(actor, order), errors.OrderNotYours)
    order = lock(order)
    order.delivered_at = timezone.now()
    move(order, OrderState.DELIVERED, actor=actor, also=("delivered_at",))
    order_mails.tell_seller(order, "delivered")
    return order
