"""What the two desks show: orders received and placed, what they hold and what they bring in."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from catalogue.models import Lot, Packaging
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.trade.order.models import Line, LotReservation, Order, PackedItem, Purchase, ReadyPhoto
from moussem.trade.order.queries import approvals_for
from moussem.trade.order.states import OPEN_STATES, ApprovalState, OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState, Trigger

# What presses at a desk, by kind.
PRESSING = ("to_answer", "to_pack", "to_ship", "to_be_paid")


def pressing_orders(organisation: Organisation, most: int) -> tuple[dict[str, list[Order]], dict[str, int]]:
    """The first orders of each kind that asks something of a seller, and how many there are of each.

    All are sorted by their dates alone; only those that are shown are read with their lines.
    """
    instalments = Instalment.objects.filter(plan__order=OuterRef("pk"))
    paid = Exists(instalments) & ~Exists(instalments.exclude(state=InstalmentState.SETTLED))
    waiting = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.READY)
    rows = Order.objects.filter(seller=organisation, status__in=waiting).annotate(paid=paid)
    found: dict[str, list[tuple[Any, int]]] = {kind: [] for kind in PRESSING}
    for pk, status, answer_by, ready_by, is_paid in rows.values_list(
        "pk", "status", "answer_by", "ready_by", "paid"
    ):
        if status == OrderState.PLACED:
            found["to_answer"].append((answer_by, pk))
        elif status == OrderState.ACCEPTED:
            found["to_pack"].append((ready_by, pk))
        else:
            found["to_ship" if is_paid else "to_be_paid"].append((answer_by, pk))
    first = {kind: [pk for _when, pk in sorted(all_)[:most]] for kind, all_ in found.items()}
    shown = with_rows(Order.objects.filter(pk__in=[pk for pks in first.values() for pk in pks]))
    by_pk = {order.pk: order for order in shown}
    orders = {kind: [by_pk[pk] for pk in pks] for kind, pks in first.items()}
    return orders, {kind: len(all_) for kind, all_ in found.items()}


def most_pressing(pressing: dict[str, list[Order]]) -> dict[str, Any]:
    """What a seller does first: an answer runs out, goods are promised for a day, what is paid may leave.

    What waits for the buyer's balance asks nothing of the seller.
    """
    for asks in ("to_answer", "to_pack", "to_ship"):
        if pressing[asks]:
            return {"asks": asks, "order": pressing[asks][0]}
    return {"asks": "", "order": None}


def orders_received_by(viewer: Any) -> QuerySet[Order]:
    """Orders that this person may answer."""
    if not viewer.is_authenticated:
        return Order.objects.none()
    return Order.objects.filter(seller__in=viewer.memberships.selling().values("organisation"))


def orders_received(organisation: Organisation) -> QuerySet[Order]:
    """The orders to one seller, with what a row of the desk shows."""
    return with_rows(Order.objects.filter(seller=organisation))


def orders_bought_by(viewer: Any) -> QuerySet[Order]:
    """Orders of the buyers this person belongs to."""
    if not viewer.is_authenticated:
        return Order.objects.none()
    return Order.objects.filter(buyer__in=viewer.memberships.active().values("organisation"))


def purchases_of(viewer: Any) -> QuerySet[Purchase]:
    """Purchases of the buyers this person belongs to, newest first."""
    if not viewer.is_authenticated:
        return Purchase.objects.none()
    mine = viewer.memberships.active().values("organisation")
    orders = Prefetch("orders", with_rows(Order.objects.order_by("number")))
    return Purchase.objects.filter(buyer__in=mine).select_related("buyer").prefetch_related(orders)


def by_what_waits(purchases: QuerySet[Purchase]) -> QuerySet[Purchase]:
    """Purchases that wait for the reader first: those with something to pay, then the newest."""
    due = Instalment.objects.filter(
        plan__order__purchase=OuterRef("pk"), plan__order__status__in=OPEN_STATES, state=InstalmentState.DUE
    )
    return purchases.annotate(waits=Exists(due)).order_by("-waits", "-placed_at", "-pk")


def with_rows(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with parties, lines and instalments at hand: a few queries however many there are."""
    return orders.select_related("seller", "buyer__country", "payment_plan").prefetch_related(
        "lines__product__texts", "payment_plan__instalments"
    )


def whole(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with everything their page shows."""
    held = Prefetch("reservations", LotReservation.objects.filter(released_at=None).select_related("lot"))
    lines = Prefetch("lines", Line.objects.order_by("pk").prefetch_related(held, "product__texts"))
    return orders.select_related(
        "seller",
        "buyer__country",
        "payment_plan",
        "purchase",
        "incoterm",
        "shipping_address",
        "user",
    ).prefetch_related(
        lines, "payment_plan__instalments", "documents", "photos", "packed_items__line__product__texts"
    )


def photos_for(viewer: Any) -> QuerySet[ReadyPhoto]:
    """Pictures of goods: those of orders a person may answer, and of bought goods once they are packed."""
    received = orders_received_by(viewer).values("pk")
    packed = PackedItem.objects.filter(order__in=orders_bought_by(viewer)).values("order")
    return ReadyPhoto.objects.filter(Q(order__in=received) | Q(order__in=packed))


def orders_waiting(organisation: Organisation) -> int:
    """How many orders wait for this seller's answer."""
    return Order.objects.filter(seller=organisation, status=OrderState.PLACED).count()


def lead_time_of(order: Order) -> int:
    """The days that the slowest product of an order needs."""
    days = order.lines.values_list("product__lead_time_days", flat=True)
    return max((one for one in days if one is not None), default=0)


def country_of_delivery(order: Order) -> Country | None:
    """The country of an order's address, named in three languages."""
    address = order.shipping_address
    return Country.objects.filter(pk=address.country_id).first() if address else None


def story_of(order: Order) -> list[LogEntry]:
    """What the log tells about an order and its instalments, oldest first."""
    instalments = Instalment.objects.filter(plan__order=order).values_list("pk", flat=True)
    about_order = Q(subject_type=Order._meta.label_lower, subject_id=str(order.pk))
    about_payment = Q(
        subject_type=Instalment._meta.label_lower, subject_id__in=[str(one) for one in instalments]
    )
    return list(LogEntry.objects.filter(about_order | about_payment).order_by("pk"))


def instalments_under_way(organisation: Organisation) -> QuerySet[Instalment]:
    """What the orders under way of a seller bring in, by due date, undated ones last."""
    rows = Instalment.objects.filter(plan__order__seller=organisation, plan__order__status__in=OPEN_STATES)
    return rows.select_related("plan__order__buyer").order_by(F("due_on").asc(nulls_last=True), "pk")


def lots_to_choose_from(line: Line) -> QuerySet[Lot]:
    """The lots of a line's product that hold something, and those it is taken from now."""
    free = Q(quantity__gt=F("reserved") + F("sold"))
    held = Q(pk__in=LotReservation.objects.filter(line=line, released_at=None).values("lot"))
    return Lot.objects.filter(free | held, product=line.product_id).order_by("harvest_year", "pk")


def packagings_of(order: Order) -> QuerySet[Packaging]:
    """How the products of an order are packed."""
    return Packaging.objects.filter(product__in=order.lines.values("product"))


def approvals_waiting(viewer: Any) -> int:
    """How many requests for approval wait for a decision among those this person sees."""
    return approvals_for(viewer).filter(state=ApprovalState.PENDING).count()


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
    return Order.objects.filter(Exists(first), status__in=(OrderState.PLACED, OrderState.ACCEPTED))


def _logged(verb: str) -> Exists:
    subject = {"subject_type": Order._meta.label_lower, "subject_id": Cast(OuterRef("pk"), CharField())}
    return Exists(LogEntry.objects.filter(verb=verb, **subject))
