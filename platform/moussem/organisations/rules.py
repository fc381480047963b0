"""Who may act for an organisation. A delegate may only while the cooperative's consent stands."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from moussem.organisations.states import (
    ACCOMPANYING,
    BUYING_ROLES,
    CHECKED,
    MANAGING_ROLES,
    SELLERS,
    SELLING_ROLES,
    Kind,
)

# A thief who changes an account must not be paid before the owner has read the mail about it.
BANK_PAUSE = timedelta(hours=48)


def _holds(user, organisation, roles) -> bool:
    if user is None or not user.is_authenticated or not user.is_active or organisation is None:
        return False
    return organisation.memberships.active().filter(user=user, role__in=roles).exists()


def may_sell_for(user, organisation) -> bool:
    """Whether this person answers orders and keeps the products of a cooperative or an exporter."""
    return (
        organisation is not None
        and organisation.kind in SELLERS
        and _holds(user, organisation, SELLING_ROLES)
    )


def may_buy_for(user, organisation) -> bool:
    """Whether this person orders for a buyer, perhaps within a limit."""
    return (
        organisation is not None
        and organisation.kind == Kind.BUYER
        and _holds(user, organisation, BUYING_ROLES)
    )


def may_approve_for(user, organisation) -> bool:
    """Whether this person approves what a purchaser may not order alone."""
    return (
        organisation is not None
        and organisation.kind == Kind.BUYER
        and _holds(user, organisation, MANAGING_ROLES)
    )


def may_manage(user, organisation) -> bool:
    """Whether this person changes the page, the members, the limits and the bank details."""
    return _holds(user, organisation, MANAGING_ROLES)


def may_check(user) -> bool:
    """Whether this person is an officer who looks at what organisations declare."""
    return user is not None and user.is_active and user.is_staff


def is_verified(organisation) -> bool:
    """Whether what the organisation declares was looked at, on paper or on the spot."""
    return organisation is not None and organisation.verification in CHECKED


def may_see_contacts(viewer, organisation) -> bool:
    """Whether this person is shown addresses and telephones: a member, an officer, a checked one's member."""
    if viewer is None or not viewer.is_authenticated or not viewer.is_active:
        return False
    if viewer.is_staff:
        return True
    mine = viewer.memberships.active()
    return mine.filter(Q(organisation=organisation) | Q(organisation__verification__in=CHECKED)).exists()


def works_for_a_body(user) -> bool:
    """Whether this person is a member of a checked agency or chamber, whose staff may act by proxy."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    bodies = {"organisation__kind__in": ACCOMPANYING, "organisation__verification__in": CHECKED}
    return user.memberships.active().filter(**bodies).exists()


def may_record_consent(actor, organisation, delegate) -> bool:
    """Officers record any consent; somebody who works for a checked body records their own."""
    if organisation.kind not in SELLERS:
        return False
    return may_check(actor) or (actor == delegate and works_for_a_body(actor))


def may_revoke(actor, consent) -> bool:
    """The cooperative's owner, an officer, or the delegate who gives it up."""
    membership = consent.membership
    return may_check(actor) or actor == membership.user or may_manage(actor, membership.organisation)


def bank_pause_ends(organisation):
    """Until when nothing is paid out after a change of bank details; None when no pause runs."""
    if organisation.bank_changed_at is None:
        return None
    ends = organisation.bank_changed_at + BANK_PAUSE
    return ends if ends > timezone.now() else None
