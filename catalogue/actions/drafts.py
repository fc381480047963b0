"""Drafts that nobody outside has seen: deleted, one or many, and listed together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from catalogue.actions.photos import names_of_files
from catalogue.actions.products import list_product
from catalogue.errors import DraftWasListed, NotReadyToList
from catalogue.models import Lot, Product, ProductImage
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record_each

AT_ONCE = 500


@transaction.atomic
def delete_draft(product: Product, *, actor: Any) -> None:
    """The draft gone with its prices, lots and photos; refused once visitors could have seen it."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    require(not product.is_public and product.listed_at is None, DraftWasListed, title=product.label)
    erase_drafts([product], actor=actor)


def erase_drafts(drafts: Sequence[Product], *, actor: Any, **facts: Any) -> None:
    """Locked drafts gone with all that hangs from them, each with its line in the log."""
    told = [{"title": one.title, "code": one.seller_code, **facts} for one in drafts]
    record_each("deleted", zip(drafts, told, strict=True), actor=actor)
    for start in range(0, len(drafts), AT_ONCE):
        some = [draft.pk for draft in drafts[start : start + AT_ONCE]]
        _drop_files(ProductImage.objects.filter(product__in=some))
        Lot.objects.filter(product__in=some).delete()
        Product.objects.filter(pk__in=some).delete()


def list_drafts(drafts: Iterable[Product], *, actor: Any) -> tuple[list[Product], list[str]]:
    """Those of the drafts that are complete, listed; and why each of the others is not."""
    listed, refused = [], []
    for draft in drafts:
        try:
            listed.append(list_product(draft, actor=actor))
        except NotReadyToList as refusal:
            refused.append(refusal.message)
    return listed, refused


def _drop_files(photos: Iterable[ProductImage]) -> None:
    """The files of photos go when the transaction is through."""
    gone = [(photo.original.storage, names_of_files(photo)) for photo in photos]
    transaction.on_commit(lambda: [storage.delete(name) for storage, names in gone for name in names])
