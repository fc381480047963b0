"""Lists that sellers sent, and the products they speak of already."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from catalogue.imports.models import ProductList
from catalogue.models import Product
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.organisations.queries import selling_organisations_of


def lists_of(organisation: Organisation) -> QuerySet[ProductList]:
    """The lists that a seller sent, the last one first."""
    return ProductList.objects.filter(organisation=organisation).defer("problems").select_related("sent_by")


def lists_kept_by(user: Any) -> QuerySet[ProductList]:
    """The lists that a person may try out and import."""
    return ProductList.objects.filter(organisation__in=selling_organisations_of(user)).select_related(
        "organisation", "family"
    )


def known_products(organisation: Organisation, codes: Iterable[str]) -> dict[str, Product]:
    """The seller's products by its own codes, with all that a list may change."""
    found = (
        Product.objects.of(organisation)
        .filter(seller_code__in=list(codes))
        .select_related("product_class")
        .prefetch_related(
            "texts",
            "tiers",
            "lots",
            "attribute_values__attribute",
            "attribute_values__value_option",
            "attribute_values__value_multi_option",
        )
    )
    return {product.seller_code: product for product in found}


def drafts_of(product_list: ProductList) -> QuerySet[Product]:
    """The products that the import of this list began and that are still drafts."""
    began = _lines().filter(verb="started", facts__list=product_list.pk)
    drafts = Product.objects.of(product_list.organisation).filter(is_public=False)
    return drafts.exclude(seller_code="").filter(Exists(began))


def untouched_drafts_of(product_list: ProductList) -> QuerySet[Product]:
    """Those that are as the list left them: never listed, never changed, covered by no certificate."""
    return drafts_of(product_list).filter(
        ~Exists(_lines().exclude(verb="started")),
        listed_at=None,
        certificates=None,
        certificates_asked=None,
    )


def _lines() -> QuerySet[LogEntry]:
    """What the log tells of a product: every write has its line."""
    number = Cast(OuterRef("pk"), CharField(max_length=40))
    return LogEntry.objects.filter(subject_type="catalogue.product", subject_id=number)
