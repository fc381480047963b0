from typing import Any

from django.db.models import Prefetch, Q

from catalogue.models import Lot, Product, ProductImage
from moussem.organisations.models import Membership

MOST_LOTS = 24


def lot_for(viewer: Any, code: str) -> Lot | None:
    """A lot with its product and seller; a lot of an unlisted product, for the members of its seller only."""
    visible = Q(product__is_public=True, product__organisation__isnull=False)
    if viewer.is_authenticated:
        mine = Membership.objects.active().filter(user=viewer).values("organisation")
        visible |= Q(product__organisation__in=mine)
    return (
        Lot.objects.filter(visible, code=code)
        .select_related(
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
            "product__product_class__lab_fields",
            Prefetch("product__images", queryset=ProductImage.objects.order_by("display_order", "pk")),
        )
        .first()
    )


def lots_shown(product: Product) -> list[Lot]:
    """The lots of a fetched product: those with stock first, the youngest harvest before the older."""
    return sorted(product.lots.all(), key=lambda lot: (lot.available <= 0, -lot.harvest_year, lot.code))[
        :MOST_LOTS
    ]
