"""On which terms sellers deliver and buyers pay, as far as the marketplace knows of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Min, Q

from moussem.core.dates import today_here
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from moussem.trade.shipping.queries import rules_by_country
from moussem.trade.shipping.terms import EX_WORKS


@dataclass(frozen=True)
class Terms:
    """By organisation: the Incoterms of sellers, where they sell already, how buyers pay."""

    incoterms: dict[int, frozenset[str]] = field(default_factory=dict)
    markets: dict[int, frozenset[str]] = field(default_factory=dict)
    payment: dict[int, str] = field(default_factory=dict)


def terms_of(sellers: Collection[int], buyers: Collection[int], on: date) -> Terms:
    """What freight rates and arrived orders tell; who has neither told nothing. In two queries."""
    incoterms: dict[int, set[str]] = defaultdict(set)
    markets: dict[int, set[str]] = defaultdict(set)
    # A rate that ends before the fair will have another one after it.
    rates = rules_by_country(sellers, min(on, today_here())) if sellers else {}
    for seller, rules in rates.items():
        # The buyer may come to anybody's own door; of who names no rule nothing else is known.
        incoterms[seller] = {EX_WORKS, *(rule for rule, _country in rules)}
        markets[seller] = {country for _rule, country in rules if country}
    paid: dict[int, Decimal] = {}
    first = Min("payment_plan__instalments__share", filter=Q(payment_plan__instalments__sequence=1))
    arrived = Order.objects.filter(status=OrderState.DELIVERED).order_by()
    between = arrived.filter(Q(seller__in=sellers) | Q(buyer__in=buyers))
    told = between.values("seller", "buyer", "buyer__country").annotate(first=first)
    for seller, buyer, country, share in told.values_list("seller", "buyer", "buyer__country", "first"):
        markets[seller].add(country)
        if share is not None:
            paid[buyer] = min(share, paid.get(buyer, share))
    return Terms(
        incoterms={key: frozenset(rules) for key, rules in incoterms.items()},
        markets={key: frozenset(found) for key, found in markets.items() if found},
        payment={key: f"{share:.0f} %" for key, share in paid.items()},
    )


def least_deposit() -> int:
    """What every order pays before its goods leave; a small one pays all of it."""
    return int(settings.PAYMENT_DEPOSIT_SHARE)
