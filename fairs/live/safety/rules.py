"""Who looks after the live rooms of an edition."""

from datetime import timedelta
from typing import Any

from fairs.editions.rules import may_organise

# How long a report that somebody has looked at is evidence; the page of personal data says so.
REPORTS_KEPT = timedelta(days=365)


def may_moderate(user: Any, edition: Any) -> bool:
    """Whether this person reads reports, and makes people unheard or keeps them out."""
    return may_organise(user, edition)
