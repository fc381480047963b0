from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from moussem.core.dates import today_here
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.trade.shipping.models import FreightRate, Incoterm
from moussem.trade.shipping.terms import Term, price_terms


def rates_to(sellers: Sequence[Organisation], country: Country) -> QuerySet[FreightRate]:
    """What these sellers ask for carriage to a country, rates for any country among them."""
    rates = FreightRate.objects.filter(seller__in=sellers)
    return rates.filter(Q(country=country) | Q(country=None)).order_by("per_consignment", "pk")


def terms_by_seller(
    wanted: Sequence[tuple[Organisation, Decimal | None]], country: Country, currency: str
) -> dict[int, list[Term]]:
    """Every rule for each seller and the weight asked of it, in two queries; keys are the sellers'."""
    rates: dict[int, list[FreightRate]] = defaultdict(list)
    for rate in rates_to([seller for seller, _weight in wanted], country):
        rates[rate.seller_id].append(rate)
    incoterms = list(Incoterm.objects.all())
    today = today_here()
    return {
        seller.pk: price_terms(
            incoterms,
            rates[seller.pk],
            seller=seller,
            currency=currency,
            gross_weight_kg=weight,
            today=today,
        )
        for seller, weight in wanted
    }
