"""Who may run a fair: the people of the body that holds it."""

from typing import Any

from fairs.editions.states import ORGANISING
from moussem.organisations.states import Role

ORGANISERS = (Role.OWNER, Role.SALES)


def may_hold_fairs(user: Any, organisation: Any) -> bool:
    """Whether this person may start and run the fairs of this organisation."""
    if organisation is None or organisation.kind not in ORGANISING or not user.is_authenticated:
        return False
    return organisation.memberships.active().filter(user=user, role__in=ORGANISERS).exists()


def may_organise(user: Any, edition: Any) -> bool:
    """Whether this person may change this edition."""
    return may_hold_fairs(user, edition.series.organiser)
