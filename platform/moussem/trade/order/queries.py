"""Orders, purchases and requests that a person may see, and who is written to about an order."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue.words import pattern_of, words_of
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.order.models import ApprovalRequest, Line, Order, Purchase

# The words of an order besides its goods; the number of an order begins with that of its purchase.
TOLD = (
    "number",
    "buyer_reference",
    "buyer__name",
    "buyer__name_ar",
    "seller__name",
    "seller__name_ar",
    "carrier",
    "tracking_reference",
)


def _organisations_of(viewer: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user=viewer).active().values("organisation")


def purchases_for(viewer: Any) -> QuerySet[Purchase]:
    """Purchases of the buyers that the viewer belongs to; every purchase for staff."""
    purchases = Purchase.objects.select_related("buyer", "placed_by")
    if not viewer.is_authenticated:
        return purchases.none()
    return purchases if viewer.is_staff else purchases.filter(buyer__in=_organisations_of(viewer))


def approvals_for(viewer: Any) -> QuerySet[ApprovalRequest]:
    """Requests for approval of the buyers that the viewer belongs to; every request for staff."""
    requests = ApprovalRequest.objects.select_related(
        "buyer", "requested_by", "decided_by", "basket", "purchase"
    )
    if not viewer.is_authenticated:
        return requests.none()
    return requests if viewer.is_staff else requests.filter(buyer__in=_organisations_of(viewer))


def lines_pictured() -> QuerySet[Line]:
    """Lines of orders with the photo and the drawing of what was ordered; its name is their own."""
    lines = Line.objects.select_related("product__product_class").order_by("pk")
    return lines.prefetch_related("product__images")


def orders_found(orders: QuerySet[Order], asked: str, state: str = "") -> QuerySet[Order]:
    """Those of these orders in a state that hold every word in their number, parties or goods."""
    found = orders.filter(status=state) if state else orders
    for word in words_of(asked):
        pattern = pattern_of(word)
        titled = Q(title__iregex=pattern)
        for language, _name in settings.LANGUAGES:
            titled |= Q(**{f"titles__{language}__iregex": pattern})
        said = Q(Exists(Line.objects.filter(titled, order=OuterRef("pk"))))
        for field in TOLD:
            said |= Q(**{f"{field}__iregex": pattern})
        found = found.filter(said)
    return found


def purchases_found(purchases: QuerySet[Purchase], asked: str, state: str = "") -> QuerySet[Purchase]:
    """Those of these purchases that have an order of this state with every word."""
    if not (asked or state):
        return purchases
    return purchases.filter(Exists(orders_found(Order.objects.filter(purchase=OuterRef("pk")), asked, state)))


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
