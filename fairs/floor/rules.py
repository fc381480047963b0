"""Who may see and change what stands on a floor."""

from typing import Any

from moussem.organisations.rules import may_sell_for


def may_keep_booth(user: Any, exhibitor: Any) -> bool:
    """Whether this person keeps the page of this exhibitor's booth."""
    return exhibitor.left_at is None and may_sell_for(user, exhibitor.organisation)


def shows_without_booth(edition: Any) -> bool:
    """Whether all exhibitors are shown though no booth is theirs: where people meet on a screen alone."""
    return edition.is_digital
