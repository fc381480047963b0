"""Who may change a programme, and when a session can still be kept."""

from datetime import datetime
from typing import Any

from fairs.editions.rules import may_organise
from fairs.editions.states import ENDED


def may_plan(user: Any, edition: Any) -> bool:
    """Whether this person may change the programme of an edition."""
    return may_organise(user, edition)


def takes_changes(edition: Any) -> bool:
    """Whether the programme may change: while an edition runs too, since that is when speakers fall ill."""
    return edition.state not in ENDED


def has_begun(showing: Any, now: datetime) -> bool:
    """Whether it is too late to say that one comes."""
    return showing.begins_at <= now
