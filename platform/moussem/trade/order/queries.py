"""Orders, purchases and requests that a person may see: those of the organisations they belong to."""

from typing import Any

from django.db.models import QuerySet

from moussem.organisations.models import Membership
from moussem.trade.order.models import ApprovalRequest, Purchase


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
