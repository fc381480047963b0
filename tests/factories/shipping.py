"""Rules of Incoterms and what sellers ask for carriage."""

from decimal import Decimal

from moussem.trade.shipping.actions import load_incoterms
from moussem.trade.shipping.models import FreightRate, Incoterm
from moussem.trade.shipping.queries import terms_by_seller


def incoterm(code):
    """One rule of Incoterms 2020, the whole file being loaded when it is first asked for."""
    if not Incoterm.objects.exists():
        load_incoterms()
    return Incoterm.objects.get(pk=code)


def freight_rate(seller, code="DAP", *, mode="road", place="", currency="EUR", country=None, **fields):
    """A rate of 100 per consignment and 0.50 per kilogram."""
    fields = {"per_consignment": Decimal(100), "per_kg": Decimal("0.5"), **fields}
    return FreightRate.objects.create(
        seller=seller,
        incoterm=incoterm(code),
        mode=mode,
        place=place,
        currency=currency,
        country=country,
        **fields,
    )


def terms_offered(seller, country, currency, gross_weight_kg):
    """Every rule of one seller to a country, as a checkout with nothing of another seller reads them."""
    return terms_by_seller([(seller, gross_weight_kg)], country, currency)[seller.pk]
