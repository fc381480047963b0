"""Instalments that a person may see, and how an order is divided into them."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from moussem.organisations.models import Membership
from moussem.people.models import User
from moussem.trade.order.models import Order, Purchase
from moussem.trade.order.queries import lines_pictured, orders_found
from moussem.trade.payment.models import Instalment, Refund
from moussem.trade.payment.plans import normalised_reference
from moussem.trade.payment.states import CLOSED_REFUNDS, InstalmentState, Trigger

_I = InstalmentState


def instalments_for(viewer: User) -> QuerySet[Instalment]:
    """The instalments of the organisations a person belongs to, as buyer or as seller; staff see all."""
    instalments = Instalment.objects.select_related(
        "plan__order__purchase", "plan__order__seller", "plan__order__buyer"
    )
    if not viewer.is_authenticated:
        return instalments.none()
    if viewer.is_staff:
        return instalments
    theirs = Membership.objects.filter(user=viewer).active().values("organisation")
    return instalments.filter(Q(plan__order__buyer__in=theirs) | Q(plan__order__seller__in=theirs))


def instalments_found(instalments: QuerySet[Instalment], asked: str, state: str = "") -> QuerySet[Instalment]:
    """Those of these instalments in a state whose reference it is or whose order holds every word."""
    found = instalments.filter(state=state) if state else instalments
    if not asked:
        return found
    orders = orders_found(Order.objects.filter(pk=OuterRef("plan__order")), asked)
    return found.filter(Q(reference=normalised_reference(asked) or "") | Exists(orders))


def with_goods(instalments: QuerySet[Instalment]) -> QuerySet[Instalment]:
    """The instalments with what was ordered at hand: a few queries however many there are."""
    return instalments.prefetch_related(Prefetch("plan__order__lines", lines_pictured()))


def by_urgency(instalments: QuerySet[Instalment]) -> QuerySet[Instalment]:
    """What is to be paid first, then what goes back, is on its way, comes, and is over, the latest first."""
    # Money may go back of what is paid or cancelled too: that waits for somebody all the same.
    going_back = Refund.objects.filter(attempt__instalment=OuterRef("pk")).exclude(state__in=CLOSED_REFUNDS)
    ranks = (
        Q(state=InstalmentState.DUE),
        Q(state=InstalmentState.REFUNDING) | Exists(going_back),
        Q(state=InstalmentState.ANNOUNCED),
        Q(state=InstalmentState.PLANNED),
    )
    rank = Case(*(When(asked, then=place) for place, asked in enumerate(ranks)), default=len(ranks))
    latest = "-plan__order__date_placed", "plan", "sequence"
    return instalments.annotate(rank=rank).order_by("rank", F("due_on").asc(nulls_last=True), *latest)


@dataclass(frozen=True)
class DueNow:
    """What is to be paid now in one currency; each instalment is paid for itself, the most urgent first."""

    first: Instalment
    amount: Decimal
    count: int


def due_now(payer: User) -> list[DueNow]:
    """What a person's buyers are to pay now, by currency."""
    theirs = Membership.objects.filter(user=payer).buying().values("organisation")
    due = Instalment.objects.filter(plan__order__buyer__in=theirs, state=InstalmentState.DUE)
    found: dict[str, list[Instalment]] = {}
    # In the order of the list below it: "the first" is its first row.
    for one in by_urgency(due):
        found.setdefault(one.currency, []).append(one)
    return [
        DueNow(those[0], sum((one.outstanding for one in those), Decimal(0)), len(those))
        for those in found.values()
    ]


def due_of_purchase(purchase: Purchase) -> QuerySet[Instalment]:
    """What a purchase asks for now, what is due first at the front."""
    due = Instalment.objects.filter(plan__order__purchase=purchase, state=InstalmentState.DUE)
    return due.select_related("plan__order__seller").order_by(F("due_on").asc(nulls_last=True), "pk")


def instalment_for(viewer: User, reference: str) -> Instalment:
    """One instalment by its payment reference; DoesNotExist when it is not this person's to see."""
    return instalments_for(viewer).get(reference=normalised_reference(reference) or "")


def shares_of(
    total: Decimal, currency: str, *, samples_only: bool, full: bool
) -> list[tuple[Decimal, Trigger]]:
    """How an order is paid: a deposit and a balance, or at once when small, of samples only, or asked for."""
    small = total < settings.PAYMENT_FULL_BELOW.get(currency, Decimal(1))
    if full or small or samples_only:
        return [(Decimal(100), Trigger.PLACING)]
    deposit = settings.PAYMENT_DEPOSIT_SHARE
    return [(deposit, Trigger.ACCEPTANCE), (100 - deposit, Trigger.RELEASE)]


def first_due_of(orders: Collection[Order]) -> dict[int, Instalment]:
    """The first instalment to be paid now of each order that has one, by the key of the order."""
    due = Instalment.objects.filter(plan__order__in=orders, state=InstalmentState.DUE)
    return {one.plan.order_id: one for one in due.select_related("plan").order_by("-sequence")}
