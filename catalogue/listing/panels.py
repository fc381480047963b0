"""What the listing desk hangs in other rooms: its link in the account menu."""

from typing import Any

from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLERS, SELLING_ROLES


@fill("account.links", order=15)
def own_products_link(request: Any) -> str:
    """The way to one's own products, for those who sell."""
    membership = request.membership
    if not membership or membership.role not in SELLING_ROLES or membership.organisation.kind not in SELLERS:
        return ""
    match = request.resolver_match
    return draw(
        "catalogue/listing/link.html", is_here=bool(match) and match.namespace in ("listing", "imports")
    )
