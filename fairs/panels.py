"""What fairs hang in other rooms: their link in the account menu."""

from typing import Any

from fairs.editions.states import ORGANISING
from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLERS


@fill("account.links", order=16)
def fairs_link(request: Any) -> str:
    """A seller's way to its applications, an organiser's to its editions."""
    membership = request.membership
    if not request.user.is_authenticated or not membership:
        return ""
    kind = membership.organisation.kind
    address = {
        **dict.fromkeys(SELLERS, "fairs:applications"),
        **dict.fromkeys(ORGANISING, "fairs:editions"),
    }.get(kind)
    if address is None:
        return ""
    match = request.resolver_match
    return draw("fairs/parts/link.html", address=address, is_here=bool(match) and match.namespace == "fairs")
