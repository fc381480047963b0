from collections.abc import Sequence
from typing import Any

from django.db import transaction

from catalogue.errors import PackagingGap
from catalogue.models import Packaging, Product
from catalogue.packing import Pack
from catalogue.rules import may_keep
from catalogue.states import PackLevel
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

FIELDS = ("holds", "gross_weight_kg", "length_cm", "width_cm", "height_cm")


@transaction.atomic
def set_packaging(product: Product, packs: Sequence[Pack], *, actor: Any) -> None:
    """The packaging levels of a product, these and no others; each needs the level below it."""
    require(may_keep(actor, product.organisation), NotYours)
    levels = [pack.level for pack in packs]
    require(levels == [str(level) for level in PackLevel][: len(levels)], PackagingGap)
    product = lock(product)
    product.packagings.exclude(level__in=levels).delete()
    for pack in packs:
        Packaging.objects.update_or_create(
            product=product,
            level=pack.level,
            defaults={field: getattr(pack, field) for field in FIELDS},
        )
    record("packaging.changed", product, actor=actor, levels=levels)
