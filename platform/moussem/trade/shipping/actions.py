"""Reference rows of the room; running these again brings the tables back in line with their files."""

import csv
from pathlib import Path

from django.db import transaction
from oscar.apps.address.models import Country as DeliveryCountry

from moussem.regions.models import Country
from moussem.regions.states import CountryGroup
from moussem.trade.shipping.incoterms import Leg, legs_of
from moussem.trade.shipping.models import Incoterm

REFERENCE = Path(__file__).parent / "reference"


@transaction.atomic
def load_incoterms() -> int:
    """The rules of Incoterms 2020 from their file, each readable leg by leg; how many there are."""
    with (REFERENCE / "incoterms.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    incoterms = [_incoterm(position, row) for position, row in enumerate(rows)]
    fields = [field.name for field in Incoterm._meta.concrete_fields if not field.primary_key]
    Incoterm.objects.bulk_create(
        incoterms, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    return len(incoterms)


def _incoterm(position: int, row: dict[str, str]) -> Incoterm:
    duties = {leg.value: row[leg.value].strip() for leg in Leg}
    legs_of(duties, row["risk_passes"])
    return Incoterm(
        code=row["code"],
        name_en=row["name_en"],
        name_fr=row["name_fr"],
        name_ar=row["name_ar"],
        sea_only=row["modes"] == "sea",
        named_point=row["named_point"],
        risk_passes=row["risk_passes"],
        duties=duties,
        note=row["marketplace_note"],
        source=row["source"],
        order=position,
    )


@transaction.atomic
def sync_delivery_countries() -> int:
    """Oscar's countries, which addresses point to, made from ours; how many there are."""
    countries = [delivery_country(country) for country in Country.objects.all()]
    DeliveryCountry.objects.bulk_create(
        countries,
        update_conflicts=True,
        unique_fields=["iso_3166_1_a2"],
        update_fields=["iso_3166_1_a3", "printable_name", "name", "is_shipping_country"],
    )
    return len(countries)


def delivery_country(country: Country) -> DeliveryCountry:
    """Oscar's row, not saved, for one of our countries; only exports are shipped."""
    return DeliveryCountry(
        iso_3166_1_a2=country.code,
        iso_3166_1_a3=country.iso3,
        printable_name=country.name_en,
        name=country.name_en,
        is_shipping_country=country.group != CountryGroup.HOME,
    )


def address_country(country: Country) -> DeliveryCountry:
    """Oscar's row for one of our countries, made when it is missing."""
    found = DeliveryCountry.objects.filter(pk=country.code).first()
    if found is not None:
        return found
    row = delivery_country(country)
    DeliveryCountry.objects.bulk_create([row], ignore_conflicts=True)
    return row
