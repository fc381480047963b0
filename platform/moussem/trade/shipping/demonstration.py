"""Carriage in the demonstration: the rules, the countries of addresses, and invented freight rates."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from catalogue.search.indexing import mark_sellers
from moussem.core.demonstration import demonstrates
from moussem.core.money import round_amount
from moussem.organisations.models import Organisation
from moussem.trade.shipping.actions import REFERENCE, load_incoterms, sync_delivery_countries
from moussem.trade.shipping.models import FreightRate
from moussem.trade.shipping.terms import place_of

FREIGHT = REFERENCE / "demo_freight.csv"
VALID_UNTIL = date(2027, 6, 30)
# No rate at all: their buyers ask, or fetch the goods ex works.
SILENT = {"c11", "c20", "c26"}
# Only what a small cooperative can do by itself.
LOCAL = {"c03", "c10", "c24"}
FEW = {"c01", "c04"}
SOUTHERN_REGIONS = {"MA-08", "MA-09", "MA-10", "MA-11", "MA-12"}
PORTS = {"c06", "c07", "c16", "c21"}


@demonstrates(order=10, label="Incoterms and delivery countries", reads=[REFERENCE])
def load_reference_of_shipping() -> None:
    """The eleven rules, and Oscar's countries."""
    load_incoterms()
    sync_delivery_countries()


@demonstrates(order=60, label="Freight rates", reads=[FREIGHT])
@transaction.atomic
def bring_in_the_freight_rates() -> None:
    """What each demonstration cooperative asks for carriage, in every currency."""
    sellers = Organisation.objects.sellers().filter(is_demonstration=True).select_related("province")
    FreightRate.objects.filter(seller__in=sellers).delete()
    with FREIGHT.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    # Written in bulk, rates tell nobody of themselves.
    mark_sellers([seller.pk for seller in sellers])
    FreightRate.objects.bulk_create(
        rate for seller in sellers for row in rows if _offers(seller, row) for rate in _rates(seller, row)
    )


def _offers(seller: Organisation, row: dict[str, str]) -> bool:
    code, south = seller.code or "", seller.region_id in SOUTHERN_REGIONS
    if code in SILENT:
        return False
    return {
        "all": True,
        "most": code not in LOCAL,
        "south": code not in LOCAL and south,
        "north": code not in LOCAL and not south,
        "ports": code in PORTS,
        "some": code not in LOCAL and int(code[1:]) % 2 == 0,
        "few": code in FEW,
    }[row["offered_by"]]


def _rates(seller: Organisation, row: dict[str, str]) -> Iterator[FreightRate]:
    for currency, rate in settings.PAYMENT_REFERENCE_RATES.items():
        for country in row["countries"].split() or [None]:
            yield FreightRate(
                seller=seller,
                incoterm_id=row["incoterm"],
                mode=row["mode"],
                country_id=country,
                place=row["place"].format(town=place_of(seller)),
                currency=currency,
                per_consignment=round_amount(Decimal(row["per_consignment_eur"]) * rate, currency),
                per_kg=Decimal(row["per_kg_eur"]) * rate,
                transit_days=int(row["transit_days"]) if row["transit_days"] else None,
                valid_until=VALID_UNTIL,
            )
