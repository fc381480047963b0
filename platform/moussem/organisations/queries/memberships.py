"""Who belongs to an organisation, and what one may do alone."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.queries.organisations import own_organisation
from moussem.organisations.rules import may_manage
from moussem.organisations.states import ACCOMPANYING, CHECKED, Role

NOTHING_ALONE = Decimal(0)


def memberships_of(user: Any) -> QuerySet[Membership]:
    """The memberships in force of a person, with their organisations, oldest first."""
    if not user.is_authenticated:
        return Membership.objects.none()
    return user.memberships.active().select_related("organisation").order_by("pk")


def current_membership(user: Any, chosen: int | None = None) -> Membership | None:
    """The membership that a person acts under: the chosen one while it is in force, else the first.

    Every page asks, so only a delegate's consent costs a query of its own.
    """
    kept = _kept().ask(user=user.pk)
    for membership in kept:
        membership.user = user
    ranked = sorted(kept, key=lambda membership: (membership.pk != chosen, membership.pk))
    return next((membership for membership in ranked if _is_in_force(membership)), None)


@cache
def _kept() -> Prepared[Membership]:
    memberships = Membership.objects.filter(user=told("user"), is_active=True)
    return Prepared(memberships.select_related("organisation"))


def _is_in_force(membership: Membership) -> bool:
    return membership.role != Role.DELEGATE or membership.consents.standing().exists()


def owners_to_ask(user: Any, kinds: Iterable[str]) -> QuerySet[Membership]:
    """The owners of this person's organisations of some kinds: they can give the person another role."""
    mine = user.memberships.active().filter(organisation__kind__in=kinds).values("organisation")
    owners = Membership.objects.active().filter(organisation__in=mine, role=Role.OWNER, user__is_active=True)
    return owners.exclude(user=user).select_related("organisation", "user").order_by("organisation", "pk")


def limit_of(membership: Membership, currency: str) -> Decimal | None:
    """Up to which amount this member orders alone: None without a limit, nothing where none was set."""
    if membership.role == Role.OWNER:
        return None
    if membership.role != Role.PURCHASER:
        return NOTHING_ALONE
    found = membership.limits.filter(currency=currency).values_list("amount", flat=True).first()
    return NOTHING_ALONE if found is None else found


def members_in_force(organisation: Organisation) -> QuerySet[Membership]:
    """Members who may act now, with their limits; the owners first."""
    owners_first = Case(When(role=Role.OWNER, then=Value(0)), default=Value(1), output_field=IntegerField())
    members = organisation.memberships.active().select_related("user").prefetch_related("limits")
    return members.order_by(owners_first, "pk")


def membership_for(viewer: Any, slug: str, pk: int) -> Membership | None:
    """One membership in force, for the owner of the organisation or for the member."""
    organisation = own_organisation(viewer, slug)
    if organisation is None:
        return None
    found = members_in_force(organisation).select_related("user", "organisation").filter(pk=pk)
    return found.first() if may_manage(viewer, organisation) else found.filter(user=viewer).first()


def regions_accompanied_by(user: Any) -> QuerySet[Membership]:
    """The keys of the regions of the checked agencies and chambers that somebody works for."""
    bodies = user.memberships.active().filter(
        organisation__kind__in=ACCOMPANYING,
        organisation__verification__in=CHECKED,
        organisation__region__isnull=False,
    )
    return bodies.values("organisation__region")
