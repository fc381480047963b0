from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from catalogue.models import (
    Category,
    Certificate,
    Lot,
    PriceTier,
    Product,
    ProductAttributeValue,
    ProductImage,
    ProductText,
)
from catalogue.rules import may_see
from catalogue.search.amounts import BASE_UNITS
from catalogue.states import TextOrigin
from catalogue.words import pattern_of, words_of
from moussem.core.dates import today_here
from moussem.core.prepared import Prepared, Told, told

NAMED = ("product_class__name", "product_class__name_fr", "product_class__name_ar")
SELLER = ("organisation__name", "organisation__name_ar")
FIGURE = DecimalField(max_digits=24, decimal_places=6)
ORDERS: dict[str, tuple[Any, ...]] = {
    "new": ("-listed_at", "-pk"),
    "relevance": ("-listed_at", "-pk"),
    "price": (F("base_price").asc(nulls_last=True), "pk"),
    "moq": (F("base_moq").asc(nulls_last=True), "pk"),
    "lead_time": ("lead_time_days", "-listed_at", "pk"),
}

PAGE = 20

# What a card shows; the rest of these wide rows is left where it is.
CARD = (
    "slug",
    "title",
    "unit",
    "moq",
    "lead_time_days",
    "prices_valid_until",
    "is_public",
    *NAMED,
    "product_class__drawing",
    "organisation__name",
    "organisation__name_ar",
    "origin_region__name_en",
    "origin_region__name_fr",
    "origin_region__name_ar",
    "origin_province__name_fr",
    "origin_province__name_ar",
)
BY_WHOM = ("checked_at", "checked_by__first_name", "checked_by__last_name")
PROOF = ("proof", *BY_WHOM, "type__kind", "type__name_en", "type__name_fr", "type__name_ar")


def listed_products(currency: str) -> QuerySet[Product]:
    """Every product on offer, with what a card needs, prices in one currency."""
    return for_cards(currency).listed()


def products_of(organisation: Any, currency: str) -> QuerySet[Product]:
    """The listed products of one seller, newest first, ready for cards."""
    return listed_products(currency).filter(organisation=organisation).order_by(*ORDERS["new"])


def cards_of(page: QuerySet[Product], currency: str, sort: str = "new") -> list[Product]:
    """One slice of ordered products, ready for cards: only the rows shown are annotated."""
    return list(ordered(for_cards(currency).filter(pk__in=page.values("pk")), sort, currency))


def newest_of_each_department(most: int) -> QuerySet[Product]:
    """The newest products, each of another department as far as there are enough of them."""
    listed = Product.objects.listed().order_by("-listed_at", "-pk")
    there = listed.filter(product_class__department=OuterRef("pk")).values("pk")[:1]
    departments = Category.objects.order_by().annotate(newest=Subquery(there)).filter(newest__isnull=False)
    others_wait = Case(When(pk__in=departments.values("newest"), then=0), default=1)
    return listed.order_by(others_wait, "-listed_at", "-pk")[:most]


def for_cards(currency: str) -> QuerySet[Product]:
    """Products with their title in the reader's language, prices, stock, first photo and valid certificates.

    One query for the products and one for the certificates: all else is annotated.
    """
    return _for_cards(currency, (get_language() or "en")[:2], today_here()).all()


@lru_cache(maxsize=32)
def _for_cards(currency: str, language: str, day: date) -> QuerySet[Product]:
    """The question put together once a day; a copy of it is narrowed and asked."""
    photos = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    return (
        Product.objects.select_related("product_class", "organisation", "origin_region", "origin_province")
        .only(*CARD)
        .annotate(
            reading_title=title_in(language),
            available=available(day),
            first_price=_price(currency, "min_quantity"),
            best_price=_price(currency, "-min_quantity"),
            photo_name=Subquery(photos.values("original")[:1]),
            photo_widths=Subquery(photos.values("widths")[:1]),
        )
        .prefetch_related(Prefetch("certificates", queryset=_proofs(day), to_attr="proofs"))
    )


def _proofs(day: date) -> QuerySet[Certificate]:
    """The certificates that hold on a day, with what a card says of them."""
    valid = Certificate.objects.valid(day).select_related("type", "checked_by")
    return valid.only(*PROOF).order_by("type_id")


def _price(currency: str, order: str) -> Subquery:
    steps = PriceTier.objects.filter(product=OuterRef("pk"), currency=currency)
    return Subquery(steps.order_by(order).values("unit_price")[:1])


def title_in(language: str, *, of: str = "") -> Coalesce:
    """The title in a language, else the original one, else what Oscar holds; ``of`` leads to the product."""
    nearest = Case(
        When(language=language, then=0),
        When(origin=TextOrigin.ORIGINAL, then=1),
        default=2,
        output_field=IntegerField(),
    )
    texts = ProductText.objects.filter(product=OuterRef(f"{of}pk")).order_by(nearest, "pk")
    fallback = NullIf(F(f"{of}title"), Value(""))
    return Coalesce(Subquery(texts.values("title")[:1]), fallback, F(f"{of}slug"), output_field=CharField())


def cards_in_order(keys: Sequence[int], currency: str) -> list[Product]:
    """Cards of these products in this order; one that is not on offer any more is left out."""
    if not keys:
        return []
    # Written out to whole pages, so that there are few questions to keep.
    count = -len(keys) // PAGE * -PAGE
    places = {f"key{n}": keys[min(n, len(keys) - 1)] for n in range(count)}
    language, day = (get_language() or "en")[:2], today_here()
    found = {product.pk: product for product in _cards(count, currency, language, day).ask(**places)}
    for product in found.values():
        product.proofs = []
    for proof in _covering(count, day).ask(**places):
        if proof.covered in found:
            found[proof.covered].proofs.append(proof)
    return [found[key] for key in keys if key in found]


@lru_cache(maxsize=32)
def _cards(count: int, currency: str, language: str, day: date) -> Prepared[Product]:
    cards = _for_cards(currency, language, day).prefetch_related(None)
    return Prepared(cards.listed().filter(pk__in=_keys(count)))


@lru_cache(maxsize=32)
def _covering(count: int, day: date) -> Prepared[Certificate]:
    """Once for each of these products that a certificate covers."""
    return Prepared(_proofs(day).filter(products__pk__in=_keys(count)).annotate(covered=F("products")))


def _keys(count: int) -> list[Told]:
    return [told(f"key{n}") for n in range(count)]


def ordered(products: QuerySet[Product], sort: str, currency: str) -> QuerySet[Product]:
    """The products in one of the orders of a list; prices are those of a currency."""
    if sort == "price":
        products = products.annotate(base_price=_base_price(currency))
    elif sort == "moq":
        products = products.annotate(base_moq=_times_base(F("moq"), lambda factor: factor))
    return products.order_by(*ORDERS[sort])


def _base_price(currency: str, price: Any = None) -> Case:
    """The first price, or another one, of a kilogram, a litre or a piece; none where it no longer binds, as
    in the index.
    """
    price = _price(currency, "min_quantity") if price is None else price
    binds = Q(prices_valid_until=None) | Q(prices_valid_until__gte=today_here())
    return Case(When(binds, then=_times_base(price, lambda factor: 1 / factor)))


def costing(
    products: QuerySet[Product],
    currency: str,
    low: Decimal | None,
    high: Decimal | None,
    at: tuple[Decimal, str] | None = None,
) -> QuerySet[Product]:
    """The products that cost so much for a kilogram, a litre or a piece, at a quantity of a base unit or the
    first one; of what is counted otherwise, and of less than the first, the first price is compared.
    """
    price = _base_price(currency)
    if at is not None:
        amount, asked = at
        told = [
            When(unit__iexact=unit, then=Value(amount / factor, output_field=FIGURE))
            for unit, (base, factor) in BASE_UNITS.items()
            if base == asked
        ]
        products = products.annotate(asked_units=Case(*told, output_field=FIGURE))
        steps = PriceTier.objects.filter(
            product=OuterRef("pk"), currency=currency, min_quantity__lte=OuterRef("asked_units")
        )
        reached = Subquery(steps.order_by("-min_quantity").values("unit_price")[:1])
        price = _base_price(currency, Coalesce(reached, _price(currency, "min_quantity")))
    bounds = {"base_cost__gte": low, "base_cost__lte": high}
    told_bounds = {name: bound for name, bound in bounds.items() if bound is not None}
    return products.annotate(base_cost=price).filter(**told_bounds)


def _times_base(figure: Any, multiple: Callable[[Decimal], Decimal]) -> ExpressionWrapper:
    """A figure of the selling unit times a multiple, which its size in the unit of comparison gives."""
    units = [
        When(unit__iexact=unit, then=Value(multiple(factor), output_field=FIGURE))
        for unit, (_base, factor) in BASE_UNITS.items()
    ]
    return ExpressionWrapper(figure * Case(*units, output_field=FIGURE), output_field=FIGURE)


def available(day: date) -> Coalesce:
    """What the lots of a product that are good on a day have left, in its unit."""
    lots = Lot.objects.good(day).filter(product=OuterRef("pk")).order_by().values("product")
    left = lots.annotate(left=Sum(F("quantity") - F("reserved") - F("sold")))
    return Coalesce(Subquery(left.values("left")), Value(Decimal(0)))


def matching(products: QuerySet[Product], text: str) -> QuerySet[Product]:
    """The products where every word stands in a title, the family, the seller, or begins the HS code."""
    return products.filter(all_said(text))


def all_said(text: str) -> Q:
    """That every word of a text stands in a product's title, family or seller, or begins its HS code."""
    said = Q()
    for word in words_of(text):
        pattern = pattern_of(word)
        titled = ProductText.objects.filter(product=OuterRef("pk"), title__iregex=pattern)
        found = Q(Exists(titled)) | Q(title__iregex=pattern)
        for field in (*NAMED, *SELLER):
            found |= Q(**{f"{field}__iregex": pattern})
        digits = word.replace(".", "")
        if digits.isascii() and digits.isdigit():
            found |= Q(hs_code__code__startswith=digits)
        said &= found
    return said


def product_for(viewer: Any, pk: int) -> Product | None:
    """A product with all that its page shows; one that is not listed, for the members of its seller only."""
    product = _whole().first(pk=pk)
    if product is None or not may_see(viewer, product):
        return None
    several = [value for value in product.attribute_values.all() if value.attribute.is_multi_option]
    prefetch_related_objects(several, "value_multi_option")
    return product


@cache
def _whole() -> Prepared[Product]:
    answers = ProductAttributeValue.objects.select_related("attribute", "value_option")
    products = Product.objects.filter(pk=told("pk")).select_related(
        "product_class__department",
        "organisation__region",
        "organisation__province",
        "organisation__checked_by",
        "hs_code",
        "origin_region",
        "origin_province",
        "protected_name",
    )
    whole = products.prefetch_related(
        "texts",
        "packagings",
        "images",
        "product_class__lab_fields",
        Prefetch("attribute_values", queryset=answers.order_by("attribute_id")),
        Prefetch("tiers", queryset=PriceTier.objects.order_by("currency", "min_quantity")),
        Prefetch("lots", queryset=Lot.objects.order_by("-harvest_year", "code")),
    )
    return Prepared(whole)
