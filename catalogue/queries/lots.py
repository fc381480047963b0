from typing import Any

from django.db.models import F, Prefetch, QuerySet

from catalogue.holders import holds_goods_of
from catalogue.models import Lot, Product, ProductImage
from catalogue.rules import may_see
from moussem.core.dates import today_here
from moussem.organisations.models import Organisation

MOST_LOTS = 24


def lot_for(viewer: Any, seller: str, code: str) -> Lot | None:
    """A seller's lot with its product.

    A lot of an unlisted product is for the members of its seller, for officers, and for the buyers who hold
    its goods or received them.
    """
    lot = (
        Lot.objects.filter(organisation__slug=seller, code__iexact=code)
        .select_related(
            "organisation",
            "product__product_class__department",
            "product__organisation__region",
            "product__organisation__province",
            "product__organisation__checked_by",
            "product__origin_region",
            "product__origin_province",
            "product__protected_name",
            "product__hs_code",
        )
        .prefetch_related(
            "product__texts",
            "product__tiers",
            "product__product_class__lab_fields",
            Prefetch("product__images", queryset=ProductImage.objects.order_by("display_order", "pk")),
        )
        .first()
    )
    return lot if lot is not None and _may_look_at(viewer, lot) else None


def _may_look_at(viewer: Any, lot: Lot) -> bool:
    is_officer = viewer.is_staff and viewer.has_perm("catalogue.view_lot")
    return may_see(viewer, lot.product) or is_officer or holds_goods_of(viewer, lot)


def lots_past(organisation: Organisation) -> QuerySet[Lot]:
    """The lots of a seller's listed products that hold something past its date, the longest past first."""
    past = Lot.objects.public().filter(organisation=organisation, best_before__lt=today_here())
    left = past.filter(quantity__gt=F("reserved") + F("sold")).order_by("best_before", "pk")
    return left.select_related("product").prefetch_related("product__texts")


def lots_shown(product: Product) -> list[Lot]:
    """The lots of a fetched product: those with stock first, the youngest harvest before the older."""
    return sorted(product.lots.all(), key=lambda lot: (lot.available <= 0, -lot.harvest_year, lot.code))[
        :MOST_LOTS
    ]
