"""The facts that a report counts, and the report as it stands: live, or as it was frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from fairs.applications.states import ApplicationState
from fairs.badges.queries import guests_who_entered
from fairs.editions.models import Edition
from fairs.editions.states import HELD
from fairs.guests.states import Tier
from fairs.report.figures import Applied, Came, Ordered, count
from fairs.report.models import FrozenReport
from fairs.selection.queries import exhibitors_of
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState

# As long as a deal that was begun at a booth takes to become an order.
RESULTS_WITHIN = timedelta(days=30)
# Orders that came to nothing are no result of a fair.
NO_RESULT = (OrderState.REFUSED, OrderState.CANCELLED)


@dataclass(frozen=True)
class Report:
    """The tables of a report, and since when they stand fast; None while they still move."""

    tables: dict[str, list[dict[str, Any]]]
    frozen_at: datetime | None
    counted_at: datetime

    @property
    def whole(self) -> dict[str, Any]:
        """The line that counts everything."""
        return self.tables["whole"][0]


def report_of(edition: Edition) -> Report:
    """What an edition came to."""
    frozen = FrozenReport.objects.filter(edition=edition).first()
    if frozen:
        return Report(frozen.figures, frozen.frozen_at, frozen.frozen_at)
    return Report(figures_of(edition), None, timezone.now())


def figures_of(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """The tables counted now, in five queries however large the edition is."""
    exhibits = set(exhibitors_of(edition).values_list("organisation", flat=True))
    return count(_applied(edition, exhibits), _came(edition), _ordered(edition, exhibits))


def _applied(edition: Edition, exhibits: set[int]) -> list[Applied]:
    sent = edition.applications.exclude(state=ApplicationState.DRAFT)
    columns = ("organisation", "organisation__region", "category", "organisation__women_led")
    rows = [(*row, True) for row in sent.values_list(*columns)]
    known = {row[0] for row in rows}
    # Whoever was invited without an application exhibits all the same.
    invited = exhibitors_of(edition).exclude(organisation__in=known)
    rows += [(*row, False) for row in invited.values_list(*columns)]
    return [
        Applied(pk, pk in exhibits, region or "", str(category or ""), women_led, applied)
        for pk, region, category, women_led, applied in rows
    ]


def _came(edition: Edition) -> list[Came]:
    entered = guests_who_entered(edition)
    admitted = edition.guests.admitted().values_list("pk", "person", "tier", "organisation__country")
    return [
        Came(person, tier != Tier.VISITOR, country or "", pk in entered)
        for pk, person, tier, country in admitted
    ]


def _ordered(edition: Edition, exhibits: set[int]) -> list[Ordered]:
    """Orders between exhibitors and buyers of an edition, from its first day to weeks after its last."""
    buyers = edition.guests.buyers().values("organisation")
    placed = Order.objects.filter(
        seller__in=exhibits,
        buyer__in=buyers,
        purchase__placed_at__date__range=(edition.starts_on, edition.ends_on + RESULTS_WITHIN),
    ).exclude(status__in=NO_RESULT)
    rows = placed.values_list("seller", "buyer__country", "currency", "total_incl_tax")
    return [Ordered(seller, market or "", currency, total) for seller, market, currency, total in rows]


def to_freeze() -> list[Edition]:
    """Editions that closed and whose figures still move."""
    return list(Edition.objects.filter(state__in=HELD, frozen_report__isnull=True))
