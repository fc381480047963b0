"""The products of the database as offers, a few hundred at a time, in the same queries however many.

Only what an anonymous visitor may see is told: a product that is not listed is no offer.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from catalogue.models import Certificate, Lot, PriceTier, Product
from catalogue.queries.products import FAIR, ORGANIC
from catalogue.search.document import Offer
from catalogue.search.fields import LEAD_BANDS, MOQ_BANDS
from catalogue.search.query import BASE_UNITS
from moussem.core.dates import today_here
from moussem.organisations.rules import is_verified

AT_ONCE = 500
# What the catalogue knows as facts: the words of a seller do not add them.
DECIDED = frozenset(
    {
        "certificates",
        "organic",
        "fair-trade",
        "certified",
        "protected-name",
        "women-led",
        "remote",
        "verified",
        "in-stock",
        "sample",
    }
)


def offers_of(products: Sequence[int]) -> Iterator[Offer]:
    """The offers among these products; who is missing in the answer is on offer no longer."""
    for start in range(0, len(products), AT_ONCE):
        day = today_here()
        rows = _rows(day).filter(pk__in=products[start : start + AT_ONCE])
        yield from (_offer(product, day) for product in rows)


def _rows(day: date) -> QuerySet[Product]:
    proofs = Certificate.objects.valid(day).only("type")
    return (
        Product.objects.listed()
        .select_related(
            "organisation__country",
            "product_class__department",
            "hs_code",
            "origin_region",
            "origin_province",
            "protected_name",
        )
        .prefetch_related(
            "texts",
            Prefetch("tiers", queryset=PriceTier.objects.order_by("currency", "min_quantity")),
            Prefetch("lots", queryset=Lot.objects.only("product", "quantity", "reserved", "sold")),
            Prefetch("certificates", queryset=proofs, to_attr="proofs"),
        )
    )


def _offer(product: Product, day: date) -> Offer:
    texts = list(product.texts.all())
    family, seller = product.product_class, product.organisation
    department = family.department if family else None
    places = [place for place in (product.origin_region, product.origin_province) if place]
    protected = product.protected_name
    names = [seller.name, seller.name_ar, *_names(department), *((protected and [protected.name]) or [])]
    for place in places:
        names += _names(place)
    return Offer(
        id=str(product.pk),
        titles=tuple(dict.fromkeys(text.title for text in texts)) or (product.title,),
        descriptions=tuple(text.description for text in texts if text.description),
        names=tuple(name for name in names if name),
        kinds=tuple(_names(family)),
        hs6="".join(char for char in product.hs_code_id or "" if char.isdigit())[:6],
        facts={name: codes for name, codes in _facts(product, family, department).items() if codes},
        figures=_figures(product, day),
        decided=DECIDED,
    )


def _names(row: Any) -> list[str]:
    if row is None:
        return []
    found = (getattr(row, field, "") for field in ("name", "name_en", "name_fr", "name_ar"))
    return list(dict.fromkeys(name for name in found if name))


def _facts(product: Product, family: Any, department: Any) -> dict[str, tuple[str, ...]]:
    seller = product.organisation
    held = {proof.type_id for proof in product.proofs}
    left = sum(lot.available for lot in product.lots.all())
    marks = {
        "organic": not held.isdisjoint(ORGANIC),
        "fair-trade": not held.isdisjoint(FAIR),
        "certified": bool(held),
        "protected-name": product.protected_name_id is not None,
        "women-led": seller.women_led,
        "remote": seller.remote_area,
        "verified": is_verified(seller),
        "in-stock": left >= product.moq,
        "sample": product.sample_quantity is not None,
    }
    region, province = product.origin_region_id, product.origin_province_id
    moq, days = _in_base(product.moq, product.unit), product.lead_time_days
    return {
        "seller": (str(seller.pk),),
        "family": (family.slug,) if family else (),
        "department": (department.slug,) if department else (),
        "region": (region,) if region else (),
        "province": (province,) if province else (),
        "places": tuple(code.lower() for code in (region, province) if code),
        "marks": tuple(mark for mark, holds in marks.items() if holds),
        "certificates": tuple(sorted(code.lower() for code in held)),
        "protected": (str(product.protected_name_id),) if product.protected_name_id else (),
        "months": tuple(f"month-{month}" for month in product.harvest_months),
        "languages": tuple(f"speaks-{code}" for code in seller.languages),
        "moq_band": tuple(str(band) for band in MOQ_BANDS if moq <= band),
        "lead_band": tuple(str(band) for band in LEAD_BANDS if days <= band),
    }


def _figures(product: Product, day: date) -> dict[str, float]:
    listed = product.listed_at or datetime(1970, 1, 1, tzinfo=UTC)
    figures = {
        "moq": _in_base(product.moq, product.unit),
        "lead_days": float(product.lead_time_days),
        "listed": listed.timestamp(),
    }
    if product.prices_have_lapsed(day):
        return figures
    for tier in reversed(product.tiers.all()):
        # The first step of each ladder stays: the price of the smallest order.
        figures[f"price_{tier.currency.lower()}"] = float(tier.unit_price) / _in_base(1, product.unit)
    return figures


def _in_base(quantity: Any, unit: str) -> float:
    """A quantity in the unit that quantities are compared in: kilograms, litres, pieces."""
    _base, factor = BASE_UNITS.get(unit.lower(), ("", 1))
    return float(quantity) * float(factor)


def listed_ids(after: int = 0, most: int | None = None) -> Iterable[int]:
    """The keys of all that is on offer, in their order."""
    keys = Product.objects.listed().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return keys[:most] if most else keys.iterator(chunk_size=AT_ONCE * 10)
