"""What orders under way hold of lots past their best-before date, and what could take its place."""

from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from catalogue.models import Lot
from moussem.core.dates import today_here
from moussem.organisations.models import Organisation
from moussem.trade.order.models import Line, LotReservation, Order
from moussem.trade.order.states import HOLDING_STATES, UNPACKED_STATES


@dataclass
class PastLine:
    """A line with the lots past their date that it is taken from, and those to take it from instead."""

    line: Line
    lots: list[Lot] = field(default_factory=list)
    # The good ones that hold something, what keeps shortest first.
    others: list[Lot] = field(default_factory=list)


def past_lines(order: Order) -> list[PastLine]:
    """The lines of an order under way that are neither packed nor shipped from the lots they are kept in."""
    found: dict[int, PastLine] = {}
    for part in _kept_past().filter(line__order=order).order_by("line", "lot"):
        found.setdefault(part.line_id, PastLine(part.line)).lots.append(part.lot)
    if found:
        products = {past.line.product_id for past in found.values()}
        free = Lot.objects.good().filter(product__in=products, quantity__gt=F("reserved") + F("sold"))
        for lot in free.order_by(F("best_before").asc(nulls_last=True), "pk"):
            for past in found.values():
                if past.line.product_id == lot.product_id:
                    past.others.append(lot)
    return list(found.values())


def lots_may_change(order: Order, line_id: int) -> bool:
    """Whether a line may be taken from other lots: until it is packed, or packed from a lot past its date."""
    if order.status in UNPACKED_STATES:
        return True
    return any(past.line.pk == line_id for past in past_lines(order))


def kept_past(seller: Organisation) -> QuerySet[LotReservation]:
    """What a seller's orders under way are promised from lots past their date, the longest past first."""
    ours = _kept_past().filter(line__order__seller=seller).select_related("line__order__buyer")
    return ours.order_by("lot__best_before", "pk")


def _kept_past() -> QuerySet[LotReservation]:
    kept = LotReservation.objects.filter(
        released_at=None,
        shipped_at=None,
        line__order__status__in=HOLDING_STATES,
        lot__best_before__lt=today_here(),
    )
    return kept.select_related("line", "lot")
