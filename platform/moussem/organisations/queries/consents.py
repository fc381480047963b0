"""What cooperatives have agreed to, in words."""

from typing import Any

from django.db.models import F, Q, QuerySet

from moussem.organisations.models import Membership, ProxyConsent
from moussem.organisations.states import MANAGING_ROLES, Role


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


def standing_beside(consent: ProxyConsent) -> ProxyConsent | None:
    """Another consent by which the same delegate acts today, the one that lasts longest."""
    if not consent.membership.is_active:
        return None
    others = consent.membership.consents.standing().exclude(pk=consent.pk)
    return others.order_by(F("valid_until").desc(nulls_first=True), "pk").first()


def consents_over(delegate: Any) -> list[ProxyConsent]:
    """Of every organisation that a person no longer acts for by proxy, the consent that ended last."""
    in_force = Membership.objects.active().filter(user=delegate.pk)
    theirs = ProxyConsent.objects.filter(membership__user=delegate.pk, membership__role=Role.DELEGATE)
    over = theirs.exclude(membership__in=in_force).select_related("membership__organisation")
    ended = (one for one in over.order_by("membership", "pk") if one.ended_on)
    last: dict[int, ProxyConsent] = {}
    for consent in sorted(ended, key=lambda one: one.revoked_at or one.valid_until):
        last[consent.membership_id] = consent
    return sorted(last.values(), key=lambda one: one.membership_id)
