"""What waits for an answer, for hands or for money, and how much of it there is."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from moussem.organisations.models import Organisation
from moussem.trade.fulfilment.queries.orders import with_rows
from moussem.trade.order.models import Order
from moussem.trade.order.queries import approvals_for
from moussem.trade.order.states import HOLDING_STATES, LEFT_STATES, OPEN_STATES, ApprovalState, OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import OPEN_INSTALMENTS, InstalmentState

# What presses at a desk, by kind.
PRESSING = ("to_answer", "to_pack", "to_ship", "to_be_paid", "unpaid")


def pressing_orders(organisation: Organisation, most: int) -> tuple[dict[str, list[Order]], dict[str, int]]:
    """The first orders of each kind that asks something of a seller, and how many there are of each.

    All are sorted by their dates alone; only those that are shown are read with their lines.
    """
    instalments = Instalment.objects.filter(plan__order=OuterRef("pk"))
    paid = Exists(instalments) & ~Exists(instalments.exclude(state=InstalmentState.SETTLED))
    # What left was paid; a payment may have been taken back since.
    unpaid = Q(status__in=LEFT_STATES) & Exists(instalments.filter(state__in=OPEN_INSTALMENTS))
    presses = Q(status__in=HOLDING_STATES) | unpaid
    rows = Order.objects.filter(presses, seller=organisation).annotate(paid=paid)
    found: dict[str, list[tuple[Any, int]]] = {kind: [] for kind in PRESSING}
    for pk, status, answer_by, ready_by, is_paid in rows.values_list(
        "pk", "status", "answer_by", "ready_by", "paid"
    ):
        if status == OrderState.PLACED:
            found["to_answer"].append((answer_by, pk))
        elif status == OrderState.ACCEPTED:
            found["to_pack"].append((ready_by, pk))
        elif status in LEFT_STATES:
            found["unpaid"].append((answer_by, pk))
        else:
            found["to_ship" if is_paid else "to_be_paid"].append((answer_by, pk))
    first = {kind: [pk for _when, pk in sorted(all_)[:most]] for kind, all_ in found.items()}
    shown = with_rows(Order.objects.filter(pk__in=[pk for pks in first.values() for pk in pks]))
    by_pk = {order.pk: order for order in shown}
    orders = {kind: [by_pk[pk] for pk in pks] for kind, pks in first.items()}
    return orders, {kind: len(all_) for kind, all_ in found.items()}


def most_pressing(pressing: dict[str, list[Order]]) -> dict[str, Any]:
    """What a seller does first: an answer runs out, goods are promised, what is paid may leave.

    What left and is no longer paid comes after that; what waits for the buyer's balance asks nothing of it.
    """
    for asks in ("to_answer", "to_pack", "to_ship", "unpaid"):
        if pressing[asks]:
            return {"asks": asks, "order": pressing[asks][0]}
    return {"asks": "", "order": None}


def besides(
    first: dict[str, Any], pressing: dict[str, list[Order]], counts: dict[str, int]
) -> tuple[dict[str, list[Order]], dict[str, int]]:
    """What presses besides the order that the desk puts first, and how many of each: none is told twice."""
    if first["order"] is None:
        return pressing, counts
    asks = first["asks"]
    rest = [order for order in pressing[asks] if order != first["order"]]
    return {**pressing, asks: rest}, {**counts, asks: counts[asks] - 1}


def orders_waiting(organisation: Organisation) -> int:
    """How many orders wait for this seller's answer."""
    return Order.objects.filter(seller=organisation, status=OrderState.PLACED).count()


def instalments_under_way(organisation: Organisation) -> QuerySet[Instalment]:
    """What a seller's orders under way bring in, and what arrived unpaid, by due date, undated ones last."""
    under_way = Q(plan__order__status__in=OPEN_STATES)
    unpaid = Q(plan__order__status=OrderState.DELIVERED, state__in=OPEN_INSTALMENTS)
    rows = Instalment.objects.filter(under_way | unpaid, plan__order__seller=organisation)
    return rows.select_related("plan__order__buyer").order_by(F("due_on").asc(nulls_last=True), "pk")


def approvals_waiting(viewer: Any) -> int:
    """How many requests for approval wait for a decision among those this person sees."""
    return approvals_for(viewer).filter(state=ApprovalState.PENDING).count()
