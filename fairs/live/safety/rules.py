"""Who looks after the live rooms of an edition."""

from typing import Any

from fairs.editions.rules import may_organise


def may_moderate(user: Any, edition: Any) -> bool:
    """Whether this person reads reports, and makes people unheard or keeps them out."""
    return may_organise(user, edition)
