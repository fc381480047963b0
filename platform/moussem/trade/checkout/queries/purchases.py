"""What a buyer has ordered already, where checkout asks."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone

from moussem.organisations.models import Organisation
from moussem.people.models import User
from moussem.trade.order.models import ApprovalRequest, Line, Purchase
from moussem.trade.order.queries import approvals_for
from moussem.trade.order.states import OPEN_STATES, ApprovalState

PLACED_LATELY = timedelta(hours=1)
REQUESTS_SHOWN = 3


def sample_underway(buyer: Organisation, products: Collection[int]) -> Line | None:
    """A sample of one of these products that is kept for this buyer or on its way to them."""
    samples = Line.objects.filter(
        is_sample=True, product__in=products, order__buyer=buyer, order__status__in=OPEN_STATES
    )
    return samples.select_related("order").order_by("pk").first()


def requests_waiting_of(person: Any) -> list[ApprovalRequest]:
    """The requests for approval that a person sent and that nobody has answered, the newest first."""
    if not person.is_authenticated:
        return []
    mine = approvals_for(person).filter(requested_by=person, state=ApprovalState.PENDING)
    return list(mine.order_by("-requested_at")[:REQUESTS_SHOWN])


def just_placed_by(buyer: User) -> Purchase | None:
    """The purchase that somebody placed within the hour: where "Back" from its page is to lead."""
    since = timezone.now() - PLACED_LATELY
    return Purchase.objects.filter(placed_by=buyer, placed_at__gte=since).order_by("-pk").first()
