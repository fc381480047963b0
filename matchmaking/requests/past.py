"""What buyers and exporters have behind them; rooms above tell what they know of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.parties.models import Party
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState

# Of each exporter, by what happened, the last day with each buyer.
Past = dict[int, dict[str, dict[str, date]]]


@dataclass(frozen=True)
class Happened:
    """Something that two organisations did or missed: ordered, agreed, met or missed."""

    what: str
    buyer: int
    seller: int
    on: date


Teller = Callable[[Edition, Iterable[int], Iterable[int]], Iterable[Happened]]
TELLERS: list[Teller] = []


def tells_past(teller: Teller) -> Teller:
    """Registers what a room above knows of some buyers and some sellers, before an edition."""
    TELLERS.append(teller)
    return teller


def past_between(edition: Edition, buyers: Iterable[Party], exporters: Iterable[Party]) -> Past:
    """What happened before an edition; what happens at it is not history yet, and moves no timetable."""
    past: Past = defaultdict(lambda: defaultdict(dict))
    bought_by = {one.organisation_id: str(one.pk) for one in buyers}
    sold_by = {one.organisation_id: one.pk for one in exporters}
    if not bought_by or not sold_by:
        return past
    for teller in TELLERS:
        for one in teller(edition, bought_by.keys(), sold_by.keys()):
            known = past[sold_by[one.seller]][one.what]
            buyer = bought_by[one.buyer]
            known[buyer] = max(one.on, known.get(buyer, one.on))
    return past


@tells_past
def arrived_orders(edition: Edition, buyers: Iterable[int], sellers: Iterable[int]) -> Iterable[Happened]:
    """Orders whose goods arrived; a refused one, or one on its way, says little of how the two get on."""
    here = timezone.get_default_timezone()
    begins = timezone.make_aware(datetime.combine(edition.starts_on, time.min), here)
    arrived = Order.objects.filter(status=OrderState.DELIVERED, date_placed__lt=begins)
    between = arrived.filter(buyer__in=buyers, seller__in=sellers).order_by().values_list("buyer", "seller")
    for buyer, seller, placed in between.annotate(Max("date_placed")):
        yield Happened("ordered", buyer, seller, timezone.localdate(placed, here))
