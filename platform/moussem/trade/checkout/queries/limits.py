"""What a person and an organisation may still order."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cache

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.queries import limit_of
from moussem.organisations.rules import is_verified
from moussem.people.models import User
from moussem.trade.basket.contents import BasketView
from moussem.trade.checkout.queries.reckoning import NOTHING
from moussem.trade.order.models import Order, Purchase
from moussem.trade.order.states import HOLDING_STATES

LIMIT_COUNTS = timedelta(days=1)


def buying_membership(user: User, organisation_id: int) -> Membership | None:
    """The membership under which a person orders for a buyer."""
    return _buying().first(user=user.pk, organisation=organisation_id)


@cache
def _buying() -> Prepared[Membership]:
    memberships = Membership.objects.buying().filter(user=told("user"), organisation=told("organisation"))
    return Prepared(memberships.select_related("organisation__country").order_by("pk")[:1])


def left_of_limit(membership: Membership, currency: str) -> Decimal | None:
    """What a purchaser may still order alone today: an order in parts is still one order. None: no limit.

    What was ordered in another currency uses up the same share of the limit as of its own.
    """
    limit = limit_of(membership, currency)
    if not limit:
        return limit
    since = timezone.now() - LIMIT_COUNTS
    alone = Purchase.objects.filter(
        placed_by=membership.user_id,
        buyer=membership.organisation_id,
        placed_at__gt=since,
        approval_request=None,
    )
    used = {row["currency"]: row["sum"] for row in alone.values("currency").annotate(sum=Sum("total"))}
    limits = dict(membership.limits.filter(currency__in=used).values_list("currency", "amount"))
    return left_of(limit, currency, used, limits | {currency: limit})


def left_of_trust(buyer: Organisation, currency: str) -> Decimal:
    """Below what an organisation that nobody has checked may order, on top of what is kept for it."""
    holding = Order.objects.filter(buyer=buyer, status__in=HOLDING_STATES).values("currency")
    held = {row["currency"]: row["sum"] for row in holding.annotate(sum=Sum("total_incl_tax"))}
    limits = settings.UNVERIFIED_BUYER_BELOW
    return left_of(limits.get(currency, NOTHING), currency, held, limits)


def trust_in(buyer: Organisation, view: BasketView) -> Decimal | None:
    """Below what this buyer may order at the moment in the currency of a basket; None: no such limit."""
    return None if is_verified(buyer) else left_of_trust(buyer, view.currency)


def left_of(
    limit: Decimal, currency: str, used: Mapping[str, Decimal], limits: Mapping[str, Decimal]
) -> Decimal:
    """What is left of a limit in one currency when others used up their shares of theirs; never below 0."""
    shares = [amount / limits[code] if limits.get(code) else Decimal(1) for code, amount in used.items()]
    left = limit * (1 - sum(shares, NOTHING))
    return max(left.quantize(Decimal("0.01"), rounding=ROUND_FLOOR), NOTHING)
