from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.core import signing
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.text import slugify

from moussem.core.prepared import Prepared, told
from moussem.organisations.models import (
    Invitation,
    Membership,
    Organisation,
    ProxyConsent,
    RegistrationDraft,
)
from moussem.organisations.rules import may_manage
from moussem.organisations.states import MANAGING_ROLES, SELLERS, Kind, Role, Verification
from moussem.regions.models import Region
from moussem.regions.queries import all_regions

INVITATION_SALT = "organisations.invitation"
# The row says when the invitation ends; the link itself does not live much longer.
INVITATION_LINK_AGE = timedelta(days=8)
NOTHING_ALONE = Decimal(0)
MOST_WORDS = 6


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


def selling_organisations_of(user: Any) -> QuerySet[Organisation]:
    """The cooperatives and exporters that a person may sell for."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=user.memberships.selling().values("organisation"))


def owners_to_ask(user: Any, kinds: Iterable[str]) -> QuerySet[Membership]:
    """The owners of this person's organisations of some kinds: they can give the person another role."""
    mine = user.memberships.filter(is_active=True, organisation__kind__in=kinds).values("organisation")
    owners = Membership.objects.active().filter(organisation__in=mine, role=Role.OWNER, user__is_active=True)
    return owners.exclude(user=user).select_related("organisation", "user").order_by("organisation", "pk")


def waiting_for_a_check() -> QuerySet[Organisation]:
    """Organisations whose owner asked that an officer looks; who asked first comes first."""
    return Organisation.objects.exclude(check_asked_at=None).order_by("check_asked_at", "pk")


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


def pending_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody has answered yet, newest first."""
    return organisation.invitations.pending().select_related("invited_by")


def invitation_for(owner: Any, slug: str, pk: int) -> Invitation | None:
    """One pending invitation of an organisation that this person owns."""
    organisation = managed_organisation(owner, slug)
    return None if organisation is None else pending_invitations(organisation).filter(pk=pk).first()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link of our mails names, pending or not; None for a link we did not make."""
    try:
        pk = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_LINK_AGE)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()


def consents_for(viewer: Any, slug: str) -> QuerySet[ProxyConsent]:
    """The consents of one organisation that this person may read: its owner, an officer, or the delegate."""
    consents = ProxyConsent.objects.filter(membership__organisation__slug=slug).select_related(
        "membership__user", "membership__organisation", "recorded_by", "revoked_by"
    )
    if not viewer.is_authenticated:
        return consents.none()
    if not viewer.is_staff:
        owned = viewer.memberships.active().filter(role__in=MANAGING_ROLES).values("organisation")
        consents = consents.filter(Q(membership__organisation__in=owned) | Q(membership__user=viewer))
    return consents.order_by("-pk")


def draft_of(user: Any) -> dict[str, Any]:
    """What this person has typed so far to register an organisation."""
    draft = RegistrationDraft.objects.filter(user=user).first()
    return {} if draft is None else draft.typed
