"""What wishes and saved searches hang in other rooms: their link in the account menu."""

from typing import Any

from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLERS


@fill("account.links", order=18)
def saved_searches_link(request: Any) -> str:
    """The way to one's saved searches; a seller's desk is for selling, so there it is left out."""
    membership = request.membership
    if not request.user.is_authenticated or (membership and membership.organisation.kind in SELLERS):
        return ""
    match = request.resolver_match
    return draw("catalogue/wanted/parts/link.html", is_here=bool(match) and match.namespace == "wanted")
