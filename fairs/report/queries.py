"""The facts that a report counts, and the report as it stands: live, or as it was frozen."""

from collections import Counter
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fairs.applications.deadlines import closes_at
from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.badges.queries import guests_who_entered
from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.states import HELD
from fairs.guests.models import Guest
from fairs.guests.states import Tier
from fairs.report.figures import MEETING, Applied, Came, Met, Ordered, count
from fairs.report.meetings import enquiries_at, meetings_at
from fairs.report.models import FrozenReport, ReportPaper
from fairs.report.states import LARGE
from fairs.selection.queries import exhibitors_of
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState

# As long as a deal that was begun at a booth takes to become an order.
RESULTS_WITHIN = timedelta(days=30)
# Orders that came to nothing are no result of a fair.
NO_RESULT = (OrderState.REFUSED, OrderState.CANCELLED)


@dataclass(frozen=True)
class Report:
    """The tables of a report, and since when they stand fast; None while they still move.

    Its orders move on after the close, until ``results_until``.
    """

    tables: dict[str, list[dict[str, Any]]]
    frozen_at: datetime | None
    counted_at: datetime
    results_frozen_at: datetime | None = None

    @property
    def whole(self) -> dict[str, Any]:
        """The line that counts everything."""
        return self.tables["whole"][0]


def report_of(edition: Edition) -> Report:
    """What an edition came to; where people meet on a screen alone, without who passed the doors."""
    report = _kept_or_counted(edition)
    if edition.is_digital:
        for row in chain.from_iterable(report.tables.values()):
            row.pop("entered", None)
    return report


def _kept_or_counted(edition: Edition) -> Report:
    frozen = FrozenReport.objects.filter(edition=edition).first()
    if frozen is None:
        return Report(figures_of(edition, facts_of(edition)), None, timezone.now())
    if frozen.results_frozen_at:
        return Report(frozen.figures, frozen.frozen_at, frozen.results_frozen_at, frozen.results_frozen_at)
    return Report(figures_of(edition, frozen.facts), frozen.frozen_at, timezone.now())


def facts_of(edition: Edition) -> dict[str, Any]:
    """What is of the days of an edition, as plain values: who applied and exhibits, who came, and met."""
    exhibits = set(exhibitors_of(edition).values_list("organisation", flat=True))
    facts: dict[str, Any] = {
        "applied": [list(astuple(one)) for one in _applied(edition, exhibits)],
        "came": [[*key, many] for key, many in Counter(_came(edition)).items()],
        "met": [[*astuple(one), many] for one, many in Counter(meetings_at(edition)).items()],
    }
    if edition.is_digital:
        facts["enquiries"] = enquiries_at(edition)
    return facts


def figures_of(edition: Edition, facts: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The tables of these facts and of the orders as they stand now."""
    applied = [Applied(*one) for one in facts["applied"]]
    came = [Came(*key) for *key, many in facts["came"] for _each in range(many)]
    met = [Met(*key) for *key, many in facts.get("met", ()) for _each in range(many)]
    exhibits = {one.organisation for one in applied if one.exhibits}
    tables = count(applied, came, _ordered(edition, exhibits), met)
    if "enquiries" in facts:
        tables["whole"][0]["enquiries"] = facts["enquiries"]
    if "met" not in facts:
        # Frozen before meetings were counted: nothing is known of them, which is not the same as none.
        for row in chain.from_iterable(tables.values()):
            for name in MEETING:
                del row[name]
    return tables


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


def _came(edition: Edition) -> list[tuple[bool, str, bool]]:
    """Of each guest what is counted; nobody can be told from it."""
    entered = set() if edition.is_digital else guests_who_entered(edition)
    admitted = edition.guests.admitted().values_list("pk", "tier", "organisation__country")
    return [(tier != Tier.VISITOR, country or "", pk in entered) for pk, tier, country in admitted]


def last_result_day(edition: Edition) -> date:
    """The last day on which an order is a result of an edition."""
    return edition.ends_on + RESULTS_WITHIN


def results_until(edition: Edition) -> datetime:
    """The first moment, by the clocks of the edition, at which an order is no result of it any more."""
    return closes_at(last_result_day(edition), edition.time_zone)


def _ordered(edition: Edition, exhibits: set[int]) -> list[Ordered]:
    """Orders between exhibitors and buyers of an edition, from its first day to weeks after its last."""
    buyers = edition.guests.buyers().values("organisation")
    placed = Order.objects.filter(
        seller__in=exhibits,
        buyer__in=buyers,
        # A day is one of the edition, wherever who looks at the report is.
        purchase__placed_at__gte=closes_at(edition.starts_on - timedelta(days=1), edition.time_zone),
        purchase__placed_at__lt=results_until(edition),
    ).exclude(status__in=NO_RESULT)
    rows = placed.values_list("seller", "buyer__country", "currency", "total_incl_tax")
    return [Ordered(seller, market or "", currency, total) for seller, market, currency, total in rows]


def to_freeze() -> list[Edition]:
    """Editions that closed and whose figures still move."""
    return list(Edition.objects.filter(state__in=HELD, frozen_report__isnull=True))


def results_to_freeze(now: datetime) -> list[FrozenReport]:
    """Reports of closed editions whose orders count no more and still move."""
    open_still = FrozenReport.objects.filter(results_frozen_at=None).select_related("edition")
    return [one for one in open_still if results_until(one.edition) <= now]


def is_large(edition: Edition) -> bool:
    """Whether a paper of the report takes longer than anybody waits for a page."""
    columns = {"applied": number_of(Application.objects.all()), "come": number_of(Guest.objects.all())}
    return sum(counted_in([edition], **columns)[edition.pk].values()) >= LARGE


def report_papers_of(edition: Edition) -> QuerySet[ReportPaper]:
    """The files of a report that were asked for, the last first."""
    return edition.report_papers.order_by("-pk")
