"""Rules of Incoterms and what sellers ask for carriage."""

from decimal import Decimal

from moussem.trade.shipping.actions import load_incoterms
from moussem.trade.shipping.models import FreightRate, Incoterm


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
