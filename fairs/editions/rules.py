"""Who may run a fair: the people of the body that holds it."""

from typing import Any

from fairs.editions.errors import (
    DaysStandFast,
    EditionOver,
    EditionPutAway,
    EditionWithdrawn,
    NotPlannedAnyMore,
)
from fairs.editions.states import ORGANISING, EditionState
from moussem.core.errors import require
from moussem.organisations.states import Role

ORGANISERS = (Role.OWNER, Role.SALES)


def refuse_once_put_away(edition: Any) -> None:
    """Nothing is written to an edition in the archive or one that was withdrawn, in no room of it."""
    require(edition.state != EditionState.ARCHIVED, EditionPutAway)
    require(edition.state != EditionState.WITHDRAWN, EditionWithdrawn)


def refuse_once_over(edition: Any) -> None:
    """What belongs to the days themselves is not written once an edition is closed."""
    refuse_once_put_away(edition)
    require(not edition.has_ended, EditionOver)


def refuse_once_begun(edition: Any) -> None:
    """What people come for is settled before the doors open."""
    refuse_once_over(edition)
    require(edition.is_planned, NotPlannedAnyMore)


def refuse_days_once_begun(edition: Any) -> None:
    """Badges, meetings and sessions were planned by its days and hours."""
    refuse_once_over(edition)
    require(edition.is_planned, DaysStandFast)


def may_hold_fairs(user: Any, organisation: Any) -> bool:
    """Whether this person may start and run the fairs of this organisation."""
    if organisation is None or organisation.kind not in ORGANISING or not user.is_authenticated:
        return False
    return organisation.memberships.active().filter(user=user, role__in=ORGANISERS).exists()


def may_organise(user: Any, edition: Any) -> bool:
    """Whether this person may change this edition."""
    return may_hold_fairs(user, edition.series.organiser)
