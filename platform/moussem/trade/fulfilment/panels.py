"""What the desks hang in the account menu."""

from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLING_ROLES, Kind
from moussem.trade.fulfilment.queries import orders_waiting


@fill("account.links", order=10)
def desk_links(request):
    """The desk of the organisation one acts for, with how many orders wait there."""
    membership = request.membership
    if not membership:
        return ""
    organisation, role = membership.organisation, membership.role
    sells = organisation.is_seller and role in SELLING_ROLES
    return draw(
        "trade/panels/account_links.html",
        here=request.resolver_match.namespace if request.resolver_match else "",
        sells=sells,
        buys=organisation.kind == Kind.BUYER,
        waiting=orders_waiting(organisation) if sells else 0,
    )


@fill("account.links", order=17)
def payments_link(request):
    """What the organisation one acts for pays and is paid."""
    if not request.membership:
        return ""
    match = request.resolver_match
    return draw("trade/panels/payments_link.html", is_here=bool(match) and match.namespace == "payment")
