"""The products of the database as offers, some hundreds at a time, in the same queries however many.

Only what an anonymous visitor may see is told: a product that is not listed is no offer. Rows are read bare:
a hundred thousand products are indexed in one go.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import F, FloatField, Sum
from django.db.models.functions import Cast

from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Certificate, Family, Lot, PriceTier, Product, ProductText, ProtectedName
from catalogue.queries.certificates import FAIR, ORGANIC, types_behind
from catalogue.search.amounts import BASE_UNITS
from catalogue.search.deliveries import rules_of
from catalogue.search.document import SIGNS, Offer, document_of
from catalogue.search.fields import LEAD_BANDS, MEASURES, MOQ_BANDS
from moussem.core.dates import today_here
from moussem.organisations.models import Organisation
from moussem.organisations.states import CHECKED
from moussem.regions.models import Province, Region

logger = logging.getLogger(__name__)
T = TypeVar("T")
AT_ONCE = 500
BARE = (
    "pk",
    "title",
    "organisation_id",
    "product_class_id",
    "hs_code_id",
    "origin_region_id",
    "origin_province_id",
    "protected_name_id",
    "unit",
    "moq",
    "sample_quantity",
    "lead_time_days",
    "harvest_months",
    "prices_valid_until",
    "listed_at",
)
Words = Mapping[Any, tuple[str, ...]]


@dataclass(frozen=True)
class _Shared:
    """What many offers have in common: names by key, and the codes of families and their departments."""

    families: Mapping[int, tuple[str, str]]
    kinds: Words
    departments: Words
    regions: Words
    provinces: Words
    protected: Words
    # The sign of each protected name as a mark: an appellation of origin or a geographical indication.
    signs: Mapping[int, str]


@dataclass(frozen=True)
class _Hung:
    """What hangs from the products of one batch, by their keys."""

    # Title, description and packaging in each language.
    texts: Mapping[int, list[tuple[str, str, str]]]
    prices: Mapping[int, dict[str, float]]
    left: Mapping[int, Decimal]
    held: Mapping[int, set[str]]
    sellers: Mapping[int, Any]
    rules: Mapping[int, tuple[tuple[str, str], ...]]


def offers_of(products: Sequence[int]) -> Iterator[Offer]:
    """The offers among these products; who is missing in the answer is on offer no longer, or odd."""
    return made_of(products, lambda offer: offer)


def made_of(products: Sequence[int], make: Callable[[Offer], T]) -> Iterator[T]:
    """What is made of each offer among these products; one that cannot be read is told in the log."""
    shared, day = _shared(), today_here()
    for start in range(0, len(products), AT_ONCE):
        keys = products[start : start + AT_ONCE]
        hung = _hung(keys, day)
        for row in Product.objects.listed().filter(pk__in=keys).values_list(*BARE, named=True):
            try:
                made = make(_offer(row, shared, hung, day))
            except Exception:
                # Nothing is asked of the database here: one odd product must not keep all others waiting.
                logger.exception("Product %s cannot be read for the search", row.pk)
                continue
            yield made


def concepts_held(product: int) -> Collection[str] | None:
    """The concepts that a product is found under; None for one that is not on offer."""
    documents = [document_of(offer, current_lexicon()) for offer in offers_of([product])]
    return documents[0].codes["concepts"] if documents else None


def _shared() -> _Shared:
    families = Family.objects.values_list(
        "pk",
        "slug",
        "name",
        "name_fr",
        "name_ar",
        "department__slug",
        "department__name",
        "department__name_fr",
        "department__name_ar",
    )
    codes, kinds, departments = {}, {}, {}
    for pk, slug, *names in families:
        codes[pk] = (slug, names[3] or "")
        kinds[pk], departments[pk] = _said(names[:3]), _said(names[4:])
    provinces = Province.objects.values_list("pk", "name_fr", "name_ar")
    regions = Region.objects.values_list("pk", "name_en", "name_fr", "name_ar")
    protected = list(ProtectedName.objects.values_list("pk", "sign", "name", "name_ar"))
    return _Shared(
        codes,
        kinds,
        departments,
        {pk: _said(names) for pk, *names in regions},
        {pk: _said(names) for pk, *names in provinces},
        {pk: _said(names) for pk, _sign, *names in protected},
        {pk: SIGNS.get(sign.lower(), "") for pk, sign, *_names in protected},
    )


def _said(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _hung(keys: Sequence[int], day: date) -> _Hung:
    texts: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    found = ProductText.objects.filter(product__in=keys).order_by("pk")
    for product, *told in found.values_list("product_id", "title", "description", "packaging"):
        texts[product].append(tuple(told))
    prices: dict[int, dict[str, float]] = defaultdict(dict)
    tiers = PriceTier.objects.filter(product__in=keys).order_by("product", "currency", "min_quantity")
    # Figures are indexed as floats: a decimal of every step would be made for nothing.
    priced = tiers.annotate(price=Cast("unit_price", FloatField()))
    for product, currency, price in priced.values_list("product_id", "currency", "price"):
        # The first step of each ladder: the price of the smallest order.
        prices[product].setdefault(currency, price)
    lots = Lot.objects.good(day).filter(product__in=keys).order_by().values_list("product_id")
    left = dict(lots.annotate(left=Sum(F("quantity") - F("reserved") - F("sold"))))
    held = types_behind(keys, Certificate.objects.valid(day))
    sellers = Organisation.objects.filter(products__in=keys).distinct()
    told = sellers.values_list(
        "pk", "name", "name_ar", "women_led", "remote_area", "verification", "languages", named=True
    )
    by_key = {row.pk: row for row in told}
    return _Hung(texts, prices, left, held, by_key, rules_of(by_key, day))


def _offer(row: Any, shared: _Shared, hung: _Hung, day: date) -> Offer:
    texts, seller = hung.texts.get(row.pk, []), hung.sellers[row.organisation_id]
    family = row.product_class_id
    marks = _marks(row, shared, hung, seller)
    names = (
        seller.name,
        seller.name_ar,
        *shared.departments.get(family, ()),
        *shared.protected.get(row.protected_name_id, ()),
        *shared.regions.get(row.origin_region_id, ()),
        *shared.provinces.get(row.origin_province_id, ()),
    )
    return Offer(
        id=str(row.pk),
        titles=_said(title for title, *_more in texts) or (row.title,),
        descriptions=_said(description for _title, description, _packaging in texts),
        packs=_said(packaging for *_more, packaging in texts),
        names=_said(names),
        kinds=shared.kinds.get(family, ()),
        hs6="".join(char for char in row.hs_code_id or "" if char.isdigit())[:6],
        rules=hung.rules.get(row.organisation_id, ()),
        facts={name: codes for name, codes in _facts(row, shared, hung, seller, marks).items() if codes},
        figures=_figures(row, hung.prices.get(row.pk, {}), day),
        # What the catalogue knows as facts: the words of a seller do not add them.
        decided=frozenset({"certificates", *marks}),
    )


def _marks(row: Any, shared: _Shared, hung: _Hung, seller: Any) -> dict[str, bool]:
    held = hung.held.get(row.pk, set())
    return {
        "organic": not held.isdisjoint(ORGANIC),
        "fair-trade": not held.isdisjoint(FAIR),
        "certified": bool(held),
        "protected-name": row.protected_name_id is not None,
        "pdo": shared.signs.get(row.protected_name_id) == "pdo",
        "pgi": shared.signs.get(row.protected_name_id) == "pgi",
        "women-led": seller.women_led,
        "remote": seller.remote_area,
        "verified": seller.verification in CHECKED,
        "in-stock": hung.left.get(row.pk, Decimal(0)) >= row.moq,
        "sample": row.sample_quantity is not None,
    }


def _facts(
    row: Any, shared: _Shared, hung: _Hung, seller: Any, marks: Mapping[str, bool]
) -> dict[str, tuple[str, ...]]:
    held = hung.held.get(row.pk, set())
    family, department = shared.families.get(row.product_class_id, ("", ""))
    region, province = row.origin_region_id, row.origin_province_id
    moq, days = _in_base(row.moq, row.unit), row.lead_time_days
    return {
        "seller": (str(seller.pk),),
        "family": _said([family]),
        "department": _said([department]),
        "region": _said([region]),
        "province": _said([province]),
        "places": tuple(code.lower() for code in (region, province) if code),
        "marks": tuple(mark for mark, holds in marks.items() if holds),
        "certificates": tuple(sorted(code.lower() for code in held)),
        "protected": (str(row.protected_name_id),) if row.protected_name_id else (),
        "months": tuple(f"month-{month}" for month in row.harvest_months),
        "languages": tuple(f"speaks-{code}" for code in seller.languages),
        "moq_band": tuple(str(band) for band in MOQ_BANDS if moq <= band),
        "lead_band": tuple(str(band) for band in LEAD_BANDS if days <= band),
    }


def _figures(row: Any, prices: Mapping[str, float], day: date) -> dict[str, float]:
    listed = row.listed_at or datetime(1970, 1, 1, tzinfo=UTC)
    moq, (base, _factor) = _in_base(row.moq, row.unit), BASE_UNITS[row.unit.lower()]
    figures = {
        "moq": moq,
        MEASURES[base]: moq,
        "lead_days": float(row.lead_time_days),
        "listed": listed.timestamp(),
    }
    if row.prices_valid_until is not None and row.prices_valid_until < day:
        return figures
    whole = _in_base(1, row.unit)
    return figures | {f"price_{code.lower()}": price / whole for code, price in prices.items()}


def _in_base(quantity: Any, unit: str) -> float:
    """A quantity in the unit that quantities are compared in: kilograms, litres, pieces."""
    _base, factor = BASE_UNITS[unit.lower()]
    return float(quantity) * float(factor)


def listed_ids(after: int = 0, most: int | None = None) -> Iterable[int]:
    """The keys of all that is on offer, in their order."""
    keys = Product.objects.listed().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return keys[:most] if most else keys.iterator(chunk_size=AT_ONCE * 10)
