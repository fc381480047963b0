from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, reduce
from operator import or_

from django.db.models import CharField, Q, QuerySet

from moussem.core.dates import today_here
from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.trade.shipping.models import FreightRate, Incoterm
from moussem.trade.shipping.states import Mode
from moussem.trade.shipping.terms import EX_WORKS, Term, place_of, price_terms


def rates_to(sellers: Sequence[Organisation], country: Country) -> list[FreightRate]:
    """What these sellers ask for carriage to a country, rates for any country among them."""
    if not sellers:
        return []
    keys = {f"seller{n}": seller.pk for n, seller in enumerate(sellers)}
    return _rates_to(len(keys)).ask(country=country.pk, **keys)


@lru_cache(maxsize=16)
def _rates_to(count: int) -> Prepared[FreightRate]:
    to_country = Q(country=told("country", CharField())) | Q(country=None)
    # Django looks into a list of keys of another table before it would let a place stand in it.
    asked = reduce(or_, (Q(seller=told(f"seller{n}")) for n in range(count)))
    rates = FreightRate.objects.filter(to_country, asked)
    return Prepared(rates.order_by("per_consignment", "pk"))


@cache
def _incoterms() -> Prepared[Incoterm]:
    return Prepared(Incoterm.objects.all())


def terms_by_seller(
    wanted: Sequence[tuple[Organisation, Decimal | None]], country: Country, currency: str
) -> dict[int, list[Term]]:
    """Every rule for each seller and the weight asked of it, in two queries; keys are the sellers'."""
    rates: dict[int, list[FreightRate]] = defaultdict(list)
    for rate in rates_to([seller for seller, _weight in wanted], country):
        rates[rate.seller_id].append(rate)
    incoterms = _incoterms().ask()
    today = today_here()
    return {
        seller.pk: price_terms(
            incoterms,
            rates[seller.pk],
            seller=seller,
            currency=currency,
            gross_weight_kg=weight,
            today=today,
            country=country,
        )
        for seller, weight in wanted
    }


def rules_offered(sellers: Collection[int], day: date) -> dict[int, set[tuple[str, str]]]:
    """The rules that each seller delivers under on a day, to whatever country, with their named places.

    As the checkout decides: a rate that counts and whose transport suits the rule, and everybody's own door.
    """
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for seller in Organisation.objects.filter(pk__in=sellers).select_related("province"):
        found[seller.pk].add((EX_WORKS, place_of(seller)))
    for seller_id, *rule in _that_count(sellers, day).values_list("seller_id", "incoterm_id", "place"):
        found[seller_id].add((rule[0], rule[1]))
    return found


def rules_by_country(sellers: Collection[int], day: date) -> dict[int, set[tuple[str, str]]]:
    """The rules that each seller asks a freight for on a day, each with the country it is to; empty: any."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for seller_id, *rule in _that_count(sellers, day).values_list("seller_id", "incoterm_id", "country_id"):
        found[seller_id].add((rule[0], rule[1] or ""))
    return found


def _that_count(sellers: Collection[int], day: date) -> QuerySet[FreightRate]:
    rates = FreightRate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), seller__in=sellers)
    return rates.filter(Q(incoterm__sea_only=False) | Q(mode=Mode.SEA)).order_by().distinct()


def sellers_whose_rates_ended(since: date, today: date) -> set[int]:
    """The sellers with a rate that counted on a day and counts no longer."""
    ended = FreightRate.objects.filter(valid_until__gte=since, valid_until__lt=today).order_by()
    return set(ended.values_list("seller_id", flat=True))
