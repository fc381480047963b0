"""Lists that sellers sent, and the products they speak of already."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from catalogue.imports.models import ProductList
from catalogue.models import Product
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
