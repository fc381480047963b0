"""Who issues badges, who names the people of a stand, who keeps the doors."""

from typing import Any

from fairs.applications.rules import may_apply
from fairs.editions.states import EditionState


def issues_badges(edition: Any) -> bool:
    """Whether an edition issues badges: from its announcement to its end."""
    return edition.state in (EditionState.OPEN, EditionState.RUNNING)


def may_name_people(user: Any, exhibitor: Any) -> bool:
    """Whether this person names who stands at the exhibitor's booth."""
    return exhibitor.left_at is None and may_apply(user, exhibitor.organisation)


def may_keep_doors(user: Any, edition: Any) -> bool:
    """Whether this person stands at the doors of an edition."""
    if not user.is_authenticated:
        return False
    return edition.door_keepers.filter(person=user, left_at=None).exists()
