from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast
from django.utils import timezone

from moussem.core.models import LogEntry
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.order.queries import orders_found
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.plans import normalised_reference
from moussem.trade.payment.states import AttemptState, InstalmentState, Trigger


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


def by_urgency(instalments: QuerySet[Instalment]) -> QuerySet[Instalment]:
    """What is to be paid first, then what is on its way, what comes, and what is over, the latest first."""
    ranks = (InstalmentState.DUE, InstalmentState.ANNOUNCED, InstalmentState.PLANNED)
    rank = Case(*(When(state=state, then=place) for place, state in enumerate(ranks)), default=len(ranks))
    latest = "-plan__order__date_placed", "plan", "sequence"
    return instalments.annotate(rank=rank).order_by("rank", F("due_on").asc(nulls_last=True), *latest)


def due_now(payer: User) -> list[tuple[str, Decimal, str]]:
    """What a person's buyers are to pay now: currency, sum, and the reference of what is due first."""
    theirs = Membership.objects.filter(user=payer).buying().values("organisation")
    due = Instalment.objects.filter(plan__order__buyer__in=theirs, state=InstalmentState.DUE)
    sums: dict[str, list[Any]] = {}
    for one in due.order_by(F("due_on").asc(nulls_last=True), "pk"):
        told = sums.setdefault(one.currency, [Decimal(0), one.reference])
        told[0] += one.outstanding
    return [(currency, amount, reference) for currency, (amount, reference) in sums.items()]


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


def attempts_of(instalment: Instalment) -> QuerySet[PaymentAttempt]:
    """Every try to pay an instalment, newest first, with what was given back."""
    return instalment.attempts.select_related("started_by").prefetch_related("refunds").order_by("-pk")


def refunds_of(instalment: Instalment) -> QuerySet[Refund]:
    """What is given back of an instalment, oldest first."""
    return Refund.objects.filter(attempt__instalment=instalment).select_related("attempt").order_by("pk")


def open_discrepancies() -> QuerySet[Discrepancy]:
    """Money that does not fit and waits for a decision."""
    return Discrepancy.objects.filter(resolved_at=None).select_related("attempt__instalment")


def wires_overdue() -> QuerySet[PaymentAttempt]:
    """Transfers that their payers announced too long ago, and of which nothing has come."""
    since = timezone.now() - timedelta(days=settings.PAYMENT_WIRE_DAYS)
    announced = LogEntry.objects.filter(
        verb="moved.processing",
        subject_type=PaymentAttempt._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
        at__lt=since,
    )
    waiting = PaymentAttempt.objects.filter(provider="wire", state=AttemptState.PROCESSING, received=0)
    return waiting.filter(Exists(announced))


def received_attempts(order: Order) -> QuerySet[PaymentAttempt]:
    """The payments that brought money for an order, in the order in which they are given back."""
    return PaymentAttempt.objects.filter(
        instalment__plan__order=order, state=AttemptState.SUCCEEDED
    ).order_by("-instalment__sequence", "-pk")


def payers_of(order: Order) -> list[User]:
    """Who is written to for the buyer of one order."""
    return payers_of_each([order])[order.pk]


def payers_of_each(orders: Collection[Order]) -> dict[int, list[User]]:
    """Who is written to for the buyer of each order: who ordered while still a member, else the owners."""
    members = Membership.objects.filter(organisation__in={order.buyer_id for order in orders})
    everybody = list(members.buying().select_related("user").order_by("pk"))
    found = {}
    for order in orders:
        theirs = [one for one in everybody if one.organisation_id == order.buyer_id]
        who = [one.user for one in theirs if one.user_id == order.user_id]
        found[order.pk] = who or [one.user for one in theirs if one.role == Role.OWNER]
    return found


def owners_of(buyer: Organisation) -> list[User]:
    """The owners of a buyer."""
    owners = Membership.objects.filter(organisation=buyer, role=Role.OWNER).active().select_related("user")
    return [membership.user for membership in owners.order_by("pk")]


def collectors_of(seller: Organisation) -> list[User]:
    """The people of a seller who answer orders."""
    return collectors_of_each({seller.pk})[seller.pk]


def collectors_of_each(sellers: Collection[int]) -> dict[int, list[User]]:
    """The people of each seller, by key, who answer orders."""
    memberships = Membership.objects.filter(organisation__in=sellers).selling().select_related("user")
    people: dict[int, list[User]] = {seller: [] for seller in sellers}
    for membership in memberships.order_by("pk"):
        people[membership.organisation_id].append(membership.user)
    return people


def first_due_of(orders: Collection[Order]) -> dict[int, Instalment]:
    """The first instalment to be paid now of each order that has one, by the key of the order."""
    due = Instalment.objects.filter(plan__order__in=orders, state=InstalmentState.DUE)
    return {one.plan.order_id: one for one in due.select_related("plan").order_by("-sequence")}
