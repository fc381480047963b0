from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Kind, Role

NOTHING_ALONE = Decimal(0)


def memberships_of(user: Any) -> QuerySet[Membership]:
    """The memberships in force of a person, with their organisations, oldest first."""
    if not user.is_authenticated:
        return Membership.objects.none()
    return user.memberships.active().select_related("organisation").order_by("pk")


def current_membership(user: Any, chosen: int | None = None) -> Membership | None:
    """The membership that a person acts under: the chosen one while it is in force, else the first."""
    first = Case(When(pk=chosen, then=Value(0)), default=Value(1), output_field=IntegerField())
    return memberships_of(user).order_by(first, "pk").first()


def selling_organisations_of(user: Any) -> QuerySet[Organisation]:
    """The cooperatives and exporters that a person may sell for."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=user.memberships.selling().values("organisation"))


def limit_of(membership: Membership, currency: str) -> Decimal | None:
    """Up to which amount this member orders alone: None without a limit, nothing where none was set."""
    if membership.role == Role.OWNER:
        return None
    if membership.role != Role.PURCHASER:
        return NOTHING_ALONE
    found = membership.limits.filter(currency=currency).values_list("amount", flat=True).first()
    return NOTHING_ALONE if found is None else found


def organisations_for(viewer: Any) -> QuerySet[Organisation]:
    """The organisations whose page this person may read; a buyer's is for its members only."""
    every = Organisation.objects.select_related("country", "region", "province", "checked_by")
    if viewer.is_authenticated and viewer.is_staff:
        return every
    visible = ~Q(kind=Kind.BUYER)
    if viewer.is_authenticated:
        visible |= Q(pk__in=viewer.memberships.active().values("organisation"))
    return every.filter(visible)


def organisation_for(viewer: Any, slug: str) -> Organisation | None:
    """The organisation with this address, when this person may read its page."""
    return organisations_for(viewer).filter(slug=slug).first()


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who is or was a member, with their limits; those in force first."""
    return (
        organisation.memberships.select_related("user")
        .prefetch_related("limits", "consents")
        .order_by("-is_active", "pk")
    )
