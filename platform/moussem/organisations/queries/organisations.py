"""Organisations: those of a person, those that sell, those that wait for a check."""

from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.text import slugify

from moussem.organisations.models import Organisation
from moussem.organisations.states import MANAGING_ROLES, SELLERS, Kind, Verification
from moussem.regions.models import Region
from moussem.regions.queries import all_regions

MOST_WORDS = 6


def selling_organisations_of(user: Any) -> QuerySet[Organisation]:
    """The cooperatives and exporters that a person may sell for."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=user.memberships.selling().values("organisation"))


def waiting_for_a_check() -> QuerySet[Organisation]:
    """Organisations whose owner asked that an officer looks; who asked first comes first."""
    return Organisation.objects.exclude(check_asked_at=None).order_by("check_asked_at", "pk")


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


def managed_organisation(viewer: Any, slug: str) -> Organisation | None:
    """The organisation with this address, when this person owns it."""
    if not viewer.is_authenticated:
        return None
    owned = viewer.memberships.active().filter(role__in=MANAGING_ROLES).values("organisation")
    return organisations_for(viewer).filter(slug=slug, pk__in=owned).first()


def own_organisation(viewer: Any, slug: str) -> Organisation | None:
    """The organisation with this address, when this person is a member of it in force."""
    if not viewer.is_authenticated:
        return None
    mine = viewer.memberships.active().values("organisation")
    return organisations_for(viewer).filter(slug=slug, pk__in=mine).first()


def sellers_listed(region: str = "", name: str = "") -> QuerySet[Organisation]:
    """Cooperatives and exporters of one region, or of all, whose name holds every word; the checked first."""
    checked_first = Case(
        When(verification=Verification.VERIFIED, then=Value(0)),
        When(verification=Verification.REVIEWED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    listed = Organisation.objects.sellers().select_related("country", "region", "province", "checked_by")
    if region:
        listed = listed.filter(region=region)
    for word in name.replace("\0", " ").split()[:MOST_WORDS]:
        listed = listed.filter(_names_hold(word))
    return listed.order_by(checked_first, "name", "pk")


def _names_hold(word: str) -> Q:
    """That one of the names holds a word; the address is the name without accents, as many type it."""
    plain = slugify(word)
    return Q(name__icontains=word) | Q(name_ar__icontains=word) | (Q(slug__contains=plain) if plain else Q())


def regions_with_sellers() -> QuerySet[Region]:
    """The regions where at least one cooperative or exporter is, with how many."""
    sellers = Count("organisations", filter=Q(organisations__kind__in=SELLERS))
    return all_regions().annotate(sellers=sellers).filter(sellers__gt=0)
