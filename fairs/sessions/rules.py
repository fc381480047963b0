"""Who comes to an edition, and when a session can still be kept."""

from datetime import datetime
from typing import Any

from fairs.editions.rules import may_organise
from fairs.selection.queries import exhibitors_of
from moussem.organisations.models import Membership


def may_keep(user: Any, edition: Any) -> bool:
    """Whether this person comes to the edition: admitted, of an exhibitor, or one who runs it."""
    return (
        edition.guests.admitted().filter(person=user).exists()
        or exhibitors_of(edition).filter(organisation__in=organisations_of(user)).exists()
        or may_organise(user, edition)
    )


def organisations_of(user: Any) -> Any:
    """The organisations that a person belongs to."""
    return Membership.objects.active().filter(user=user).values("organisation")


def has_begun(showing: Any, now: datetime) -> bool:
    """Whether it is too late to say that one comes."""
    return showing.begins_at <= now
