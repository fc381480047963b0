"""An import taken back, as long as its drafts are what the list made of them."""

from typing import Any

from django.db import transaction

from catalogue.actions.drafts import erase_drafts
from catalogue.imports.errors import NothingToUndo
from catalogue.imports.models import ProductList
from catalogue.imports.queries import drafts_of, untouched_drafts_of
from catalogue.imports.states import ImportState
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.moves import move


@transaction.atomic
def undo_import(product_list: ProductList, *, actor: Any) -> int:
    """How many drafts of the list were deleted; those that somebody went on with stay."""
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    require(product_list.state == ImportState.IMPORTED, NothingToUndo)
    # What a colleague is typing into a draft comes before or after: it is asked only then what was touched.
    for _draft in lock_all(drafts_of(product_list).only("pk")).iterator():
        pass
    drafts = list(untouched_drafts_of(product_list).order_by("pk"))
    require(bool(drafts), NothingToUndo)
    erase_drafts(drafts, actor=actor, list=product_list.pk)
    product_list.counts, product_list.imported_at = {}, None
    also = ("counts", "imported_at")
    move(product_list, ImportState.RECEIVED, actor=actor, also=also, deleted=len(drafts))
    return len(drafts)
