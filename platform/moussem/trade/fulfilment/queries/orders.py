"""Orders, purchases and photos that the two desks show, with what hangs on them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from catalogue.models import Lot, Packaging
from catalogue.models.lots import still_good
from moussem.core.dates import today_here
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.trade.order.models import Line, LotReservation, Order, PackedItem, Purchase, ReadyPhoto
from moussem.trade.order.queries import lines_pictured
from moussem.trade.order.states import PAYABLE_STATES
from moussem.trade.payment.models import Instalment, Refund
from moussem.trade.payment.states import InstalmentState, RefundState


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


def orders_with_lot(lot: Lot) -> QuerySet[Order]:
    """Orders whose goods come from a lot, still reserved in it or sent already, or were promised from it."""
    ours = LotReservation.objects.filter(lot=lot, line__order=OuterRef("pk"))
    promised = Q(was_promised=True) & Q(line__order__status__in=PAYABLE_STATES)
    held = ours.filter(Q(released_at__isnull=True) | promised)
    return Order.objects.filter(Exists(held)).select_related("seller", "buyer").order_by("number")


def purchases_of(viewer: Any) -> QuerySet[Purchase]:
    """Purchases of the buyers this person belongs to, newest first."""
    if not viewer.is_authenticated:
        return Purchase.objects.none()
    mine = viewer.memberships.active().values("organisation")
    orders = Prefetch("orders", with_rows(Order.objects.order_by("number")))
    return Purchase.objects.filter(buyer__in=mine).select_related("buyer").prefetch_related(orders)


def due_of(viewer: Any) -> QuerySet[Instalment]:
    """What the buyers this person belongs to are to pay now, the most urgent first."""
    payable = orders_bought_by(viewer).filter(status__in=PAYABLE_STATES)
    due = Instalment.objects.filter(plan__order__in=payable, state=InstalmentState.DUE)
    return due.select_related("plan__order").order_by(F("due_on").asc(nulls_last=True), "pk")


def by_what_waits(purchases: QuerySet[Purchase]) -> QuerySet[Purchase]:
    """Purchases that wait for the reader first: those with something to pay, then the newest."""
    due = Instalment.objects.filter(
        plan__order__purchase=OuterRef("pk"),
        plan__order__status__in=PAYABLE_STATES,
        state=InstalmentState.DUE,
    )
    return purchases.annotate(waits=Exists(due)).order_by("-waits", "-placed_at", "-pk")


def with_rows(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with parties, lines and instalments at hand: a few queries however many there are."""
    lines = Prefetch("lines", lines_pictured())
    return orders.select_related("seller", "buyer__country", "payment_plan").prefetch_related(
        lines, "payment_plan__instalments"
    )


def whole(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with everything their page shows."""
    held = Prefetch("reservations", LotReservation.objects.filter(released_at=None).select_related("lot"))
    lines = Prefetch("lines", lines_pictured().prefetch_related(held))
    return orders.select_related(
        "seller",
        "buyer__country",
        "payment_plan",
        "purchase",
        "incoterm",
        "shipping_address",
        "user",
    ).prefetch_related(lines, "payment_plan__instalments", "documents", "photos", "packed_items__line")


def photos_for(viewer: Any) -> QuerySet[ReadyPhoto]:
    """Pictures of goods: those of orders a person may answer, and of bought goods once they are packed."""
    received = orders_received_by(viewer).values("pk")
    packed = PackedItem.objects.filter(order__in=orders_bought_by(viewer)).values("order")
    return ReadyPhoto.objects.filter(Q(order__in=received) | Q(order__in=packed))


def lead_time_of(order: Order) -> int:
    """The days that the slowest product of an order needs."""
    days = order.lines.values_list("product__lead_time_days", flat=True)
    return max((one for one in days if one is not None), default=0)


def money_of(order: Order) -> set[str]:
    """The states of an order's instalments as they are now."""
    return set(Instalment.objects.filter(plan__order=order).values_list("state", flat=True))


def gives_back(order: Order) -> bool:
    """Whether money came for an order that goes back now; a part of an instalment counts too."""
    refunds = Refund.objects.filter(attempt__instalment__plan__order=order)
    return refunds.exclude(state=RefundState.WITHDRAWN).exists()


def is_paid_in_full(order: Order) -> bool:
    """Whether every instalment of an order is paid."""
    return money_of(order) == {InstalmentState.SETTLED}


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


def lots_to_choose_from(line: Line, asked: Collection[int] = ()) -> QuerySet[Lot]:
    """The good lots of a line's product that hold something, those it is taken from now, and those asked for.

    Of a lot that was shown, and taken by others since, what was typed must have its place.
    """
    free = Q(quantity__gt=F("reserved") + F("sold")) & still_good(today_here())
    held = Q(pk__in=LotReservation.objects.filter(line=line, released_at=None).values("lot"))
    chosen = free | held | Q(pk__in=asked)
    return Lot.objects.filter(chosen, product=line.product_id).order_by("harvest_year", "pk")


def packagings_of(order: Order) -> QuerySet[Packaging]:
    """How the products of an order are packed."""
    return Packaging.objects.filter(product__in=order.lines.values("product"))
