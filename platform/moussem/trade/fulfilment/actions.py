"""What buyer and seller do with a placed order. Each action is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.actions.stock import give_back_to_lots, ship_from_lots
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.money import format_money
from moussem.core.moves import move
from moussem.people.models import User
from moussem.trade.documents.actions import issue_confirmation
from moussem.trade.fulfilment import errors, rules
from moussem.trade.order import events
from moussem.trade.order.models import Line, LotReservation, Order, PackedItem, ReadyPhoto
from moussem.trade.order.states import OrderState
from moussem.trade.payment.actions import cancel_plan, make_due, refund_order
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import Trigger


@dataclass(frozen=True)
class PackedRow:
    """One typed row of the packing list; weights in kg."""

    line_id: int
    cartons: int
    net_weight_kg: Decimal
    gross_weight_kg: Decimal
    marks: str = ""


@transaction.atomic
def accept_order(order: Order, *, actor: User) -> Order:
    """The seller takes the order: the deposit falls due, the confirmation is issued."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    order.answered_at = timezone.now()
    order.ready_by = timezone.localdate() + timedelta(days=_lead_time(order))
    move(order, OrderState.ACCEPTED, actor=actor, also=("answered_at", "ready_by"))
    make_due(order, Trigger.ACCEPTANCE, actor=actor)
    issue_confirmation(order, actor=actor)
    events.order_accepted.announce(Order, order=order, actor=actor)
    return order


def _lead_time(order: Order) -> int:
    products = (line.product for line in order.lines.select_related("product"))
    return max((product.lead_time_days for product in products if product), default=0)


@transaction.atomic
def refuse_order(order: Order, *, actor: User, reason: str) -> Order:
    """The seller declines, with a reason; lots are free again and what was paid goes back."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    require(reason.strip(), errors.ReasonMissing)
    order = lock(order)
    order.answered_at, order.refusal_reason = timezone.now(), reason.strip()
    move(
        order,
        OrderState.REFUSED,
        actor=actor,
        reason=order.refusal_reason,
        also=("answered_at", "refusal_reason"),
    )
    _undo(order, actor=actor, reason=order.refusal_reason)
    events.order_refused.announce(Order, order=order, actor=actor)
    return order


@transaction.atomic
def withdraw_order(order: Order, *, actor: User, reason: str) -> Order:
    """The buyer takes the order back before the seller has answered."""
    require(rules.may_withdraw(actor, order), errors.OrderNotYours)
    require(reason.strip(), errors.ReasonMissing)
    order = lock(order)
    require(order.status == OrderState.PLACED, errors.TooLateToWithdraw, number=order.number)
    return _cancel(order, actor=actor, reason=reason.strip())


@transaction.atomic
def cancel_lapsed_order(order: Order, *, reason: str) -> Order | None:
    """The clock cancels an order nobody answered or whose deposit never came; None if it moved meanwhile."""
    was = order.status
    order = lock(order)
    if order.status != was or order.status not in (OrderState.PLACED, OrderState.ACCEPTED):
        return None
    return _cancel(order, actor=None, reason=reason)


def _cancel(order: Order, *, actor: User | None, reason: str) -> Order:
    move(order, OrderState.CANCELLED, actor=actor, reason=reason)
    _undo(order, actor=actor, reason=reason)
    events.order_cancelled.announce(Order, order=order, actor=actor, reason=reason)
    return order


def _undo(order: Order, *, actor: User | None, reason: str) -> None:
    held = LotReservation.objects.filter(line__order=order, released_at=None, shipped_at=None)
    give_back_to_lots([(one.lot_id, one.quantity) for one in held])
    held.update(released_at=timezone.now())
    cancel_plan(order, actor=actor)
    refund_order(order, actor=actor, reason=reason)


@transaction.atomic
def mark_ready(
    order: Order, *, actor: User, rows: Sequence[PackedRow], photos: Sequence[ContentFile[bytes]]
) -> Order:
    """The goods are packed: packing list and pictures are kept, the balance falls due."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    lines = set(Line.objects.filter(order=order).values_list("pk", flat=True))
    require(sorted(row.line_id for row in rows) == sorted(lines), errors.PackingIncomplete)
    sound = all(row.cartons > 0 and 0 < row.net_weight_kg <= row.gross_weight_kg for row in rows)
    require(sound, errors.PackingIncomplete)
    require(photos, errors.PhotosMissing)
    PackedItem.objects.bulk_create(
        PackedItem(
            order=order,
            line_id=row.line_id,
            cartons=row.cartons,
            net_weight_kg=row.net_weight_kg,
            gross_weight_kg=row.gross_weight_kg,
            marks=row.marks,
        )
        for row in rows
    )
    for photo in photos:
        ReadyPhoto.objects.create(order=order, image=photo)
    move(order, OrderState.READY, actor=actor)
    make_due(order, Trigger.RELEASE, actor=actor)
    events.goods_ready.announce(Order, order=order, actor=actor)
    return order


@transaction.atomic
def ship_order(order: Order, *, actor: User, carrier: str, reference: str) -> Order:
    """The goods leave: only when every instalment is paid. Reserved quantities become sold."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    require(carrier.strip(), errors.CarrierMissing)
    order = lock(order)
    missing = sum((one.outstanding for one in Instalment.objects.filter(plan__order=order)), Decimal(0))
    if missing:
        amount = format_money(missing, order.currency, get_language() or "en")
        raise errors.PaymentOutstanding(amount=amount, number=order.number)
    order.carrier, order.tracking_reference, order.shipped_at = (
        carrier.strip(),
        reference.strip(),
        timezone.now(),
    )
    move(order, OrderState.SHIPPED, actor=actor, also=("carrier", "tracking_reference", "shipped_at"))
    held = LotReservation.objects.filter(line__order=order, released_at=None, shipped_at=None)
    ship_from_lots([(one.lot_id, one.quantity) for one in held])
    held.update(shipped_at=order.shipped_at)
    events.goods_shipped.announce(Order, order=order, actor=actor)
    return order


@transaction.atomic
def confirm_delivery(order: Order, *, actor: User) -> Order:
    """The buyer has the goods."""
    require(rules.may_confirm_delivery(actor, order), errors.OrderNotYours)
    order = lock(order)
    order.delivered_at = timezone.now()
    move(order, OrderState.DELIVERED, actor=actor, also=("delivered_at",))
    events.goods_delivered.announce(Order, order=order, actor=actor)
    return order
