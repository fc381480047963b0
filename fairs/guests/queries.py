"""Registrations as the person, the organiser and the figures need them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from catalogue.measures import standard_label
from catalogue.queries.grades import graded
from fairs.editions.models import Edition
from fairs.editions.states import ENDED, EditionState
from fairs.guests.models import Guest, HostingOffer, HostingPlan
from fairs.guests.states import ANSWERED_WITHIN, GuestState, Tier
from moussem.organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Queue:
    """How many registrations wait to be checked, since when, and how many longer than was promised."""

    waiting: int
    oldest: datetime | None
    late: int


def answer_by(edition: Edition, asked_at: datetime) -> datetime:
    """Until when somebody who asked then is answered: as promised, and before the fair is over."""
    promised, over = asked_at + ANSWERED_WITHIN, edition.doors_close_at
    return min(promised, over) if over else promised


def _whole() -> QuerySet[Guest]:
    return Guest.objects.select_related(
        "edition__series__organiser", "person", "organisation__country", "hosting", "decided_by"
    ).prefetch_related("needs__family", "needs__certificates")


def guest_of(person: Any, edition: Edition) -> Guest | None:
    """A person's own registration."""
    if not person.is_authenticated:
        return None
    return _whole().filter(edition=edition, person=person).first()


def guests_of(edition: Edition, state: str = "", tier: str = "", text: str = "") -> QuerySet[Guest]:
    """The registrations of an edition for its organiser: what waits comes first, the oldest before others."""
    found = _whole().filter(edition=edition)
    if state in GuestState.values:
        found = found.filter(state=state)
    if tier in Tier.values:
        found = found.filter(tier=tier)
    for word in text.split()[:5]:
        found = found.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return found.annotate(done=~Q(state=GuestState.WAITING)).order_by("done", "asked_at", "pk")


def queue_of(edition: Edition, now: datetime | None = None) -> Queue:
    """How the vetting stands."""
    now = now or timezone.now()
    waiting = edition.guests.filter(state=GuestState.WAITING)
    closes = edition.doors_close_at
    # Once the fair is over, whoever still waits has waited too long.
    is_over = closes is not None and closes < now
    late = waiting if is_over else waiting.filter(asked_at__lt=now - ANSWERED_WITHIN)
    oldest = waiting.order_by("asked_at").values_list("asked_at", flat=True).first()
    return Queue(waiting.count(), oldest, late.count())


def waiting_in(edition: Edition) -> QuerySet[Guest]:
    """Who waits to be checked, the longest first."""
    return _whole().filter(edition=edition, state=GuestState.WAITING).order_by("asked_at", "pk")


def next_to_check(edition: Edition, after: Guest | None) -> Guest | None:
    """Who is checked next: the first in the queue, or the first behind whoever was decided or put off."""
    waiting = waiting_in(edition)
    if after is not None:
        behind = Q(asked_at__gt=after.asked_at) | Q(asked_at=after.asked_at, pk__gt=after.pk)
        waiting = waiting.filter(behind)
    return waiting.first()


def tiers_of(edition: Edition) -> dict[str, int]:
    """How many are admitted, by tier."""
    return edition.guests.admitted().aggregate(
        **{tier.value: Count("pk", filter=Q(tier=tier)) for tier in Tier}
    )


def buyers_by(membership: Membership) -> QuerySet[Guest]:
    """Those who come as buyers by a membership that lets them order no more."""
    held = Guest.objects.buying_no_more().filter(
        person=membership.user_id, organisation=membership.organisation_id
    )
    return held.select_related("edition__series__organiser", "person", "organisation")


def buyers_no_more() -> QuerySet[Guest]:
    """Everybody who comes as a buyer and may order for none any more."""
    return Guest.objects.buying_no_more().select_related(
        "edition__series__organiser", "person", "organisation"
    )


def hosting_of(edition: Edition) -> HostingPlan:
    """How many buyers an edition hosts; an unsaved plan where nothing was said."""
    return HostingPlan.objects.filter(edition=edition).first() or HostingPlan(edition=edition)


def hosted_places_taken(edition: Edition) -> int:
    """How many places are offered or taken: one that was declined is free again."""
    offers = HostingOffer.objects.filter(guest__edition=edition, guest__state=GuestState.ADMITTED)
    return offers.exclude(accepted=False).exclude(guest__tier=Tier.VISITOR).count()


def visits_of(person: Any) -> QuerySet[Guest]:
    """The editions that a person is registered for: what runs, what comes next, then what is over."""
    stage = Case(
        When(edition__state=EditionState.RUNNING, then=Value(0)),
        When(edition__state__in=ENDED, then=Value(2)),
        default=Value(1),
    )
    ahead = Case(When(~Q(edition__state__in=ENDED), then=F("edition__starts_on")))
    own = _whole().filter(person=person).annotate(stage=stage)
    return own.order_by("stage", ahead, "-edition__starts_on", "-pk")


def categories_to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories of each standard that has any, the best first."""
    known = graded().categories.items()
    return [(standard_label(name), [(f"{name}:{one}", one) for one in told]) for name, told in known]


def last_bought_for(organisation: Organisation, person: Any) -> Guest | None:
    """Somebody's last registration for a buyer, with what it said they come for; None before the first."""
    earlier = Guest.objects.filter(organisation=organisation, person=person, needs__isnull=False)
    return earlier.order_by("-asked_at", "-pk").first()
