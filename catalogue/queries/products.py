from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
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
    Certificate,
    Lot,
    PriceTier,
    Product,
    ProductAttributeValue,
    ProductImage,
    ProductText,
)
from catalogue.rules import may_see
from catalogue.states import TextOrigin
from catalogue.words import pattern_of, words_of
from moussem.core.dates import today_here

NAMED = ("product_class__name", "product_class__name_fr", "product_class__name_ar")
SELLER = ("organisation__name", "organisation__name_ar")
ORDERS: dict[str, tuple[Any, ...]] = {
    "new": ("-listed_at", "-pk"),
    "title": ("reading_title", "pk"),
    "first_order": (F("first_order").asc(nulls_last=True), "pk"),
    "lead_time": ("lead_time_days", "-listed_at", "pk"),
}


# What a card shows; the rest of these wide rows is left where it is.
CARD = (
    "slug",
    "title",
    "unit",
    "moq",
    "prices_valid_until",
    "is_public",
    "product_class__drawing",
    "organisation__name",
    "organisation__name_ar",
    "origin_region__name_en",
    "origin_region__name_fr",
    "origin_region__name_ar",
    "origin_province__name_fr",
    "origin_province__name_ar",
)
PROOF = ("proof", "type__kind", "type__name_en", "type__name_fr", "type__name_ar")


@dataclass(frozen=True)
class Filters:
    """What a visitor asked of the list; an empty value asks nothing."""

    text: str = ""
    department: str = ""
    family: str = ""
    region: str = ""
    women_led: bool = False
    sort: str = "new"


def listed_products(currency: str) -> QuerySet[Product]:
    """Every product on offer, with what a card needs, prices in one currency."""
    return for_cards(currency).listed()


def products_of(organisation: Any, currency: str) -> QuerySet[Product]:
    """The listed products of one seller, newest first, ready for cards."""
    return listed_products(currency).filter(organisation=organisation).order_by(*ORDERS["new"])


def cards_of(page: QuerySet[Product], currency: str, sort: str = "new") -> list[Product]:
    """One slice of ordered products, ready for cards: only the rows shown are annotated."""
    return list(_ordered(for_cards(currency).filter(pk__in=page.values("pk")), sort, currency))


def for_cards(currency: str) -> QuerySet[Product]:
    """Products with their title in the reader's language, prices, stock, first photo and valid certificates.

    One query for the products and one for the certificates: all else is annotated.
    """
    return _for_cards(currency, (get_language() or "en")[:2], today_here()).all()


@lru_cache(maxsize=32)
def _for_cards(currency: str, language: str, day: date) -> QuerySet[Product]:
    """The question put together once a day; a copy of it is narrowed and asked."""
    photos = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    proofs = Certificate.objects.valid(day).select_related("type").order_by("type_id").only(*PROOF)
    return (
        Product.objects.select_related("product_class", "organisation", "origin_region", "origin_province")
        .only(*CARD)
        .annotate(
            reading_title=title_in(language),
            available=_available(),
            first_price=_price(currency, "min_quantity"),
            best_price=_price(currency, "-min_quantity"),
            photo_name=Subquery(photos.values("original")[:1]),
            photo_widths=Subquery(photos.values("widths")[:1]),
        )
        .prefetch_related(Prefetch("certificates", queryset=proofs, to_attr="proofs"))
    )


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


def _ordered(products: QuerySet[Product], sort: str, currency: str) -> QuerySet[Product]:
    if sort == "title" and "reading_title" not in products.query.annotations:
        products = products.annotate(reading_title=title_in((get_language() or "en")[:2]))
    if sort == "first_order":
        products = products.annotate(first_order=_price(currency, "min_quantity") * F("moq"))
    return products.order_by(*ORDERS[sort])


def _available() -> Coalesce:
    lots = Lot.objects.filter(product=OuterRef("pk")).order_by().values("product")
    left = lots.annotate(left=Sum(F("quantity") - F("reserved") - F("sold")))
    return Coalesce(Subquery(left.values("left")), Value(Decimal(0)))


def matching(products: QuerySet[Product], text: str) -> QuerySet[Product]:
    """The products where every word stands in a title, the family, the seller, or begins the HS code."""
    for word in words_of(text):
        pattern = pattern_of(word)
        titled = ProductText.objects.filter(product=OuterRef("pk"), title__iregex=pattern)
        found = Q(Exists(titled)) | Q(title__iregex=pattern)
        for field in (*NAMED, *SELLER):
            found |= Q(**{f"{field}__iregex": pattern})
        digits = word.replace(".", "")
        if digits.isascii() and digits.isdigit():
            found |= Q(hs_code__code__startswith=digits)
        products = products.filter(found)
    return products


def filtered(filters: Filters, currency: str) -> QuerySet[Product]:
    """The listed products that a visitor asked for, in the asked order; make cards of a slice of them."""
    products = Product.objects.listed()
    if filters.department:
        products = products.filter(product_class__department__slug=filters.department)
    if filters.family:
        products = products.filter(product_class__slug=filters.family)
    if filters.region:
        products = products.filter(origin_region=filters.region)
    if filters.women_led:
        products = products.filter(organisation__women_led=True)
    return _ordered(matching(products, filters.text), filters.sort, currency)


def product_for(viewer: Any, pk: int) -> Product | None:
    """A product with all that its page shows; one that is not listed, for the members of its seller only."""
    product = _whole(Product.objects.filter(pk=pk)).first()
    if product is None or not may_see(viewer, product):
        return None
    several = [value for value in product.attribute_values.all() if value.attribute.is_multi_option]
    prefetch_related_objects(several, "value_multi_option")
    return product


def _whole(products: QuerySet[Product]) -> QuerySet[Product]:
    answers = ProductAttributeValue.objects.select_related("attribute", "value_option")
    return products.select_related(
        "product_class__department",
        "organisation__region",
        "organisation__province",
        "organisation__checked_by",
        "hs_code",
        "origin_region",
        "origin_province",
        "protected_name",
    ).prefetch_related(
        "texts",
        "packagings",
        "images",
        "product_class__lab_fields",
        Prefetch("attribute_values", queryset=answers.order_by("attribute_id")),
        Prefetch("tiers", queryset=PriceTier.objects.order_by("currency", "min_quantity")),
        Prefetch("lots", queryset=Lot.objects.order_by("-harvest_year", "code")),
    )
