"""Who may register, and as what."""

from typing import Any

from fairs.guests.states import TAKING_GUESTS
from moussem.organisations.states import BUYING_ROLES, CHECKED, Kind


def takes_guests(edition: Any) -> bool:
    """Whether an edition takes registrations: from its announcement to its end."""
    return edition.state in TAKING_GUESTS


def may_buy_for(user: Any, organisation: Any) -> bool:
    """Whether this person registers as a buyer of this organisation."""
    if organisation is None or organisation.kind != Kind.BUYER or not user.is_authenticated:
        return False
    return organisation.memberships.active().filter(user=user, role__in=BUYING_ROLES).exists()


def is_known(organisation: Any) -> bool:
    """Whether officers of the marketplace have looked at this buyer already."""
    return organisation is not None and organisation.verification in CHECKED
