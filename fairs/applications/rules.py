"""Who may apply: a seller of Morocco's marketplace, by whoever may sell for it."""

from typing import Any

from fairs.editions.states import EditionState
from moussem.organisations.rules import may_sell_for

# Booths are planned until the doors open.
TAKING = (EditionState.OPEN,)


def may_apply(user: Any, organisation: Any) -> bool:
    """Whether this person may apply for this organisation."""
    return organisation is not None and organisation.is_seller and may_sell_for(user, organisation)


def takes_applications(edition: Any) -> bool:
    """Whether an edition has got so far, and no further, that exhibitors may apply."""
    return edition.state in TAKING
