"""Who pays for a buyer, and who is told for a seller."""

from collections.abc import Collection

from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment


def payers_of(order: Order) -> list[User]:
    """Who is written to for the buyer of one order."""
    return payers_of_each([order])[order.pk]


def payers_of_each(orders: Collection[Order]) -> dict[int, list[User]]:
    """Who is written to for the buyer of each order: who ordered while still a member, else the owners."""
    members = Membership.objects.filter(organisation__in={order.buyer_id for order in orders})
    everybody = list(members.buying().select_related("user").order_by("pk"))
    found = {}
    for order in orders:
        theirs = [one for one in everybody if one.organisation_id == order.buyer_id]
        who = [one.user for one in theirs if one.user_id == order.user_id]
        found[order.pk] = who or [one.user for one in theirs if one.role == Role.OWNER]
    return found


def owners_of(buyer: Organisation) -> list[User]:
    """The owners of a buyer."""
    owners = Membership.objects.filter(organisation=buyer, role=Role.OWNER).active().select_related("user")
    return [membership.user for membership in owners.order_by("pk")]


def collectors_of(seller: Organisation) -> list[User]:
    """The people of a seller who answer orders."""
    return collectors_of_each({seller.pk})[seller.pk]


def collectors_of_each(sellers: Collection[int]) -> dict[int, list[User]]:
    """The people of each seller, by key, who answer orders."""
    memberships = Membership.objects.filter(organisation__in=sellers).selling().select_related("user")
    people: dict[int, list[User]] = {seller: [] for seller in sellers}
    for membership in memberships.order_by("pk"):
        people[membership.organisation_id].append(membership.user)
    return people


def buys_for(viewer: User, instalment: Instalment) -> bool:
    """Whether this person reads a payment as one of the buyer’s people."""
    buyer = instalment.plan.order.buyer_id
    return Membership.objects.filter(user=viewer, organisation=buyer).active().exists()
