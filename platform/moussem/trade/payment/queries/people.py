"""Who owns a buyer, and who reads a payment as one of its people."""

from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.payment.models import Instalment


def owners_of(buyer: Organisation) -> list[User]:
    """The owners of a buyer."""
    owners = Membership.objects.filter(organisation=buyer, role=Role.OWNER).active().select_related("user")
    return [membership.user for membership in owners.order_by("pk")]


def buys_for(viewer: User, instalment: Instalment) -> bool:
    """Whether this person reads a payment as one of the buyer’s people."""
    buyer = instalment.plan.order.buyer_id
    return Membership.objects.filter(user=viewer, organisation=buyer).active().exists()
