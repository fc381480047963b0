"""What a seller sees on the listing desk: its own products, lots, photos and certificates only."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from catalogue.models import Certificate, Lot, PriceTier, Product, ProductAttribute, ProductImage, ProductText
from moussem.organisations.models import Organisation
from moussem.organisations.queries import selling_organisations_of

MOST_WORDS = 6


def products_of(organisation: Organisation) -> QuerySet[Product]:
    """The products of a seller for its list, drafts first, with stock and the price of the first step."""
    priced = PriceTier.objects.filter(product=OuterRef("pk"), currency="EUR").order_by("min_quantity")
    photos = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    return (
        Product.objects.of(organisation)
        .with_availability()
        .annotate(
            first_price=Subquery(priced.values("unit_price")[:1]),
            photo_name=Subquery(photos.values("original")[:1]),
            photo_widths=Subquery(photos.values("widths")[:1]),
        )
        .select_related("product_class")
        .prefetch_related("texts")
        .order_by("is_public", "-date_updated", "-pk")
    )


def products_with(products: QuerySet[Product], asked: str) -> QuerySet[Product]:
    """Those of these products that have every asked word in a name, in the seller's code or on a lot."""
    for word in words_of(asked):
        named = ProductText.objects.filter(_holds("title", word), product=OuterRef("pk"))
        in_lots = Lot.objects.filter(_holds("code", word), product=OuterRef("pk"))
        own = _holds("title", word) | _holds("seller_code", word)
        products = products.filter(own | Q(Exists(named)) | Q(Exists(in_lots)))
    return products


def lots_with(lots: QuerySet[Lot], asked: str) -> QuerySet[Lot]:
    """Those of these lots that have every asked word in their number or on their product."""
    for word in words_of(asked):
        named = ProductText.objects.filter(_holds("title", word), product=OuterRef("product"))
        lots = lots.filter(_holds("code", word) | Q(Exists(named)))
    return lots


def lots_asked_for(asked: str) -> QuerySet[Lot]:
    """The lots that have one of the asked words in their number."""
    told = Q(pk=None)
    for word in words_of(asked):
        told |= _holds("code", word)
    return Lot.objects.filter(told)


def words_of(asked: str) -> list[str]:
    """The words of a search, few enough for one question to the database."""
    return asked.replace("\0", " ").split()[:MOST_WORDS]


def _holds(name: str, word: str) -> Q:
    # SQLite takes only Latin letters without accents for the same in both sizes.
    sizes = {word, word.lower(), word.capitalize(), word.upper()}
    return Q(*((f"{name}__icontains", size) for size in sorted(sizes)), _connector=Q.OR)


def products_kept_by(user: Any) -> QuerySet[Product]:
    """The products that a person may write."""
    return Product.objects.filter(organisation__in=selling_organisations_of(user)).select_related(
        "organisation", "product_class"
    )


def products_on_the_desk(user: Any) -> QuerySet[Product]:
    """The products that a person may write, with all that hangs from them."""
    asked = ProductAttribute.objects.select_related("option_group").prefetch_related("option_group__options")
    return (
        products_kept_by(user)
        .select_related("hs_code", "origin_region", "origin_province", "protected_name")
        .prefetch_related(
            "texts",
            "images",
            "tiers",
            "packagings",
            "lots",
            "attribute_values",
            "attribute_values__value_option",
            Prefetch("product_class__attributes", asked),
            Prefetch("certificates", Certificate.objects.valid().select_related("type")),
        )
    )


def drafts_on_the_desk(organisation: Organisation) -> QuerySet[Product]:
    """The drafts of a seller with all that decides whether they can be listed, the last one changed first."""
    return (
        Product.objects.of(organisation)
        .filter(is_public=False)
        .select_related("organisation", "product_class")
        .prefetch_related("texts", "tiers", "lots", "attribute_values", "product_class__attributes")
        .order_by("-date_updated", "-pk")
    )


def texts_kept_by(user: Any) -> QuerySet[ProductText]:
    """The texts that a person may write or approve."""
    return ProductText.objects.filter(product__in=products_kept_by(user)).select_related(
        "product__organisation"
    )


def lots_kept_by(user: Any) -> QuerySet[Lot]:
    """The lots that a person may write."""
    return Lot.objects.filter(product__in=products_kept_by(user)).select_related(
        "product__organisation", "product__product_class"
    )


def photos_kept_by(user: Any) -> QuerySet[ProductImage]:
    """The photos that a person may remove or put first."""
    return ProductImage.objects.filter(product__in=products_kept_by(user)).select_related(
        "product__organisation"
    )


def certificates_of(organisation: Organisation) -> QuerySet[Certificate]:
    """The certificates of a seller, those that end first in front, the withdrawn ones last."""
    return (
        Certificate.objects.filter(organisation=organisation)
        .select_related("type", "checked_by", "organisation")
        .prefetch_related("products__texts", "lots", "asked_products__texts", "asked_lots")
        .order_by("withdrawn_at", "valid_until", "pk")
    )


def certificates_kept_by(user: Any) -> QuerySet[Certificate]:
    """The certificates that a person may bind or withdraw."""
    return Certificate.objects.filter(organisation__in=selling_organisations_of(user)).select_related(
        "organisation", "type", "checked_by"
    )


def papers_for(user: Any) -> QuerySet[Certificate]:
    """The certificates whose paper a person may read: its own, and every one for an officer."""
    if user.is_staff:
        return Certificate.objects.exclude(evidence="")
    return certificates_kept_by(user).exclude(evidence="")
