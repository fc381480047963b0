"""What a buyer has ordered already, where checkout asks."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from moussem.organisations.models import Organisation
from moussem.people.models import User
from moussem.trade.order.models import Line, Purchase
from moussem.trade.order.states import OPEN_STATES

PLACED_LATELY = timedelta(hours=1)


def sample_underway(buyer: Organisation, products: Collection[int]) -> Line | None:
    """A sample of one of these products that is kept for this buyer or on its way to them."""
    samples = Line.objects.filter(
        is_sample=True, product__in=products, order__buyer=buyer, order__status__in=OPEN_STATES
    )
    return samples.select_related("order").order_by("pk").first()


def just_placed_by(buyer: User) -> Purchase | None:
    """The purchase that somebody placed within the hour: where "Back" from its page is to lead."""
    since = timezone.now() - PLACED_LATELY
    return Purchase.objects.filter(placed_by=buyer, placed_at__gte=since).order_by("-pk").first()
