"""The seller's answer to an order, and the end of one that comes to nothing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.actions.stock import give_back_to_lots
from moussem.core.dates import today_here
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.moves import move, standing
from moussem.core.text import has_words
from moussem.people.models import User
from moussem.trade.documents.actions import issue_confirmation
from moussem.trade.fulfilment import errors, rules
from moussem.trade.fulfilment.queries import gives_back, lead_time_of
from moussem.trade.fulfilment.states import Cause
from moussem.trade.order.models import LotReservation, Order
from moussem.trade.order.states import PROMISED_STATES, OrderState, RefusalReason
from moussem.trade.payment.actions import cancel_plan, make_due, order_mails, refund_order
from moussem.trade.payment.states import Trigger


@transaction.atomic
def accept_order(order: Order, *, actor: User) -> Order:
    """The seller takes the order: the deposit falls due, the confirmation is issued."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    order.answered_at = timezone.now()
    order.ready_by = today_here() + timedelta(days=lead_time_of(order))
    move(order, OrderState.ACCEPTED, actor=actor, also=("answered_at", "ready_by"))
    make_due(order, Trigger.ACCEPTANCE, actor=actor)
    issue_confirmation(order, actor=actor)
    order_mails.tell_buyer(order, "accepted")
    return order


@transaction.atomic
def refuse_order(order: Order, *, actor: User, reason: str = "", code: str = RefusalReason.OTHER) -> Order:
    """The seller declines, with a reason; lots are free again and what was paid goes back."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    code, reason = _said(code, reason)
    order = lock(order)
    order.answered_at, order.refusal_code, order.refusal_reason = timezone.now(), code.value, reason
    move(
        order,
        OrderState.REFUSED,
        actor=actor,
        reason=reason,
        also=("answered_at", "refusal_code", "refusal_reason"),
        cause=Cause.REFUSED.value,
        code=code.value,
    )
    free_what_was_kept(order, actor=actor, reason=reason or code.value)
    order_mails.tell_buyer(order, "refused", gives_back=gives_back(order))
    return order


@transaction.atomic
def cancel_order(order: Order, *, actor: User, reason: str = "", code: str = RefusalReason.OTHER) -> Order:
    """The seller cannot deliver what it promised, packed or not; lots are free again, money goes back."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    code, reason = _said(code, reason)
    order = lock(order)
    promised = order.status in PROMISED_STATES
    require(promised, errors.NotToBeCancelled, number=order.number, happened=standing(order))
    order.refusal_code, order.refusal_reason = code.value, reason
    also = ("refusal_code", "refusal_reason")
    cancel(order, actor=actor, reason=reason or code.value, cause=Cause.CANCELLED, also=also)
    order_mails.tell_buyer(order, "cancelled", gives_back=gives_back(order))
    return order


def _said(code: str, reason: str) -> tuple[RefusalReason, str]:
    """Why a seller ends an order: one of our reasons, or words of its own."""
    chosen, words = RefusalReason(code), reason.strip()
    require(words or chosen != RefusalReason.OTHER, errors.ReasonMissing)
    return chosen, words


@transaction.atomic
def withdraw_order(order: Order, *, actor: User, reason: str) -> Order:
    """The buyer takes the order back before the seller has answered."""
    require(rules.may_withdraw(actor, order), errors.OrderNotYours)
    require(has_words(reason), errors.ReasonMissing)
    order = lock(order)
    require(order.status == OrderState.PLACED, errors.TooLateToWithdraw, number=order.number)
    cancel(order, actor=actor, reason=reason.strip(), cause=Cause.WITHDRAWN)
    order_mails.tell_seller(order, "withdrawn", reason=reason.strip())
    return order


def cancel(
    order: Order, *, actor: User | None, reason: str, cause: Cause, also: tuple[str, ...] = ()
) -> None:
    """End a locked order that will not be fulfilled."""
    move(order, OrderState.CANCELLED, actor=actor, reason=reason, also=also, cause=cause.value)
    free_what_was_kept(order, actor=actor, reason=reason or cause.value)


def free_what_was_kept(order: Order, *, actor: User | None, reason: str) -> None:
    """Give the reserved lots and the money of a locked order back."""
    held = LotReservation.objects.filter(line__order=order, released_at=None, shipped_at=None)
    give_back_to_lots([(one.lot_id, one.quantity) for one in held])
    held.update(released_at=timezone.now())
    cancel_plan(order, actor=actor)
    refund_order(order, actor=actor, reason=reason)
