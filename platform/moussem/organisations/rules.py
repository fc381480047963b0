"""Who may act for an organisation. A delegate may only while the cooperative's consent stands."""

from moussem.organisations.states import (
    BUYING_ROLES,
    CHECKED,
    MANAGING_ROLES,
    SELLERS,
    SELLING_ROLES,
    Kind,
)


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
