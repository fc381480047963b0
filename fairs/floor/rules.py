"""Who may see and change what stands on a floor."""

from typing import Any

from fairs.editions.states import ENDED, Mode
from moussem.organisations.rules import may_sell_for


def floor_is_planned(edition: Any) -> bool:
    """Whether booths may still be drawn and allotted: on the days themselves somebody may have to move."""
    return edition.state not in ENDED


def may_keep_booth(user: Any, exhibitor: Any) -> bool:
    """Whether this person keeps the page of this exhibitor's booth."""
    return exhibitor.left_at is None and may_sell_for(user, exhibitor.organisation)


def page_may_change(edition: Any) -> bool:
    """Whether pages of booths may still change."""
    return edition.state not in ENDED


def shows_without_booth(edition: Any) -> bool:
    """Whether all exhibitors are shown though no booth is theirs: where people meet on a screen alone."""
    return edition.mode == Mode.DIGITAL
