"""Imports the demonstration file; running it again brings what it wrote back in line, and keeps the lots."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogue.actions.reference import REFERENCE, load_catalogue_reference
from catalogue.errors import NotACatalogue
from catalogue.models import Family
from catalogue.showcase.actions.organisations import import_buyers, import_sellers
from catalogue.showcase.actions.products import import_products
from catalogue.showcase.actions.proofs import import_certificates, import_lots
from moussem.core.errors import require
from moussem.regions.actions import load_reference
from moussem.regions.models import HsCode

DEMONSTRATION_FILE = REFERENCE / "demo_catalogue.json"
PARTS = ("cooperatives", "products", "buyers")


def _silent(line: str) -> None:
    """Says nothing."""


@transaction.atomic
def import_catalogue(
    path: Path = DEMONSTRATION_FILE, progress: Callable[[str], None] = _silent
) -> dict[str, int]:
    """Sellers, buyers, products, certificates and lots of one file; how many of each. All or nothing."""
    facts = _read(path)
    if not HsCode.objects.exists():
        load_reference(progress)
    if not Family.objects.exists():
        load_catalogue_reference(progress)
    family_of = _families(facts["products"])
    sellers = import_sellers(facts["cooperatives"], facts["products"], family_of)
    progress(f"sellers: {len(sellers)}")
    buyers = import_buyers(facts["buyers"])
    progress(f"buyers: {len(buyers)}")
    products = import_products(facts["products"], sellers, family_of)
    progress(f"products: {len(products)}")
    certificates = import_certificates(facts["cooperatives"], facts["products"], sellers, products)
    progress(f"certificates: {certificates}")
    lots = import_lots(facts["products"], products)
    progress(f"lots: {lots}")
    return {
        "sellers": len(sellers),
        "buyers": len(buyers),
        "products": len(products),
        "certificates": certificates,
        "lots": lots,
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise NotACatalogue(file=path.name, reason=str(error)) from error
    missing = [part for part in PARTS if not isinstance(facts, dict) or part not in facts]
    require(not missing, NotACatalogue, file=path.name, reason=", ".join(missing))
    return facts


def _families(products: list[dict[str, Any]]) -> dict[str, Family]:
    """The family of each product: named in the file, else in demo_families.csv, else that of its HS code."""
    with (REFERENCE / "demo_families.csv").open(encoding="utf-8", newline="") as lines:
        written = {row["product"]: row["family"] for row in csv.DictReader(lines)}
    families = Family.objects.prefetch_related("hs_codes", "lab_fields", "attributes__option_group__options")
    by_slug = {family.slug: family for family in families}
    by_hs: dict[str, Family] = {}
    for family in by_slug.values():
        for hs_code in family.hs_codes.all():
            by_hs.setdefault(hs_code.pk, family)
    found = {}
    for fact in products:
        slug = fact.get("family") or written.get(fact["id"], "")
        family = by_slug.get(slug) or by_hs.get(fact["hs6"])
        require(family, NotACatalogue, file=fact["id"], reason=fact["hs6"])
        found[fact["id"]] = family
    return found
