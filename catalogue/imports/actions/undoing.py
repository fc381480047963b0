"""An import taken back: drafts go, and products get back what they were, where nobody went on with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import pgettext

from catalogue.actions.drafts import erase_drafts
from catalogue.imports.actions.restoring import put_back
from catalogue.imports.errors import ChangedSince, NothingToUndo
from catalogue.imports.models import ProductList
from catalogue.imports.queries import (
    changed_by,
    changed_since,
    products_of,
    stamp_of,
    unchanged_since,
    untouched_drafts_of,
)
from catalogue.imports.states import ImportState
from catalogue.models import Product
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.moves import move

AT_ONCE = 500
MOST_NAMED = 10


@dataclass(frozen=True)
class Undone:
    """How many drafts were deleted and products put back, what was not, and which answers are gone."""

    deleted: int
    restored: int
    kept: Sequence[str]
    left_out: Sequence[str]


@transaction.atomic
def undo_import(product_list: ProductList, *, actor: Any) -> Undone:
    """What the list did, taken back; a product that somebody went on with stays as it is."""
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    require(product_list.state == ImportState.IMPORTED, NothingToUndo)
    # What a colleague is typing into a product comes before or after: it is asked only then what was touched.
    own = Product.objects.of(product_list.organisation).exclude(seller_code="")
    for _product in lock_all(own.only("pk")).iterator():
        pass
    lines = changed_by(product_list)
    kept = names_kept(product_list)
    drafts = list(untouched_drafts_of(product_list).order_by("pk"))
    found = list(unchanged_since(lines))
    if not drafts and not found:
        require(not kept, ChangedSince, names=named(kept))
        raise NothingToUndo
    erase_drafts(drafts, actor=actor, list=product_list.pk)
    left_out: list[str] = []
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        products = products_of(some)
        pairs = [(products[line.subject_id], line.facts["before"]) for line in some]
        left_out += put_back(pairs, stamp=stamp_of(product_list), actor=actor)
    product_list.counts, product_list.changes, product_list.imported_at = {}, [], None
    also = ("counts", "changes", "imported_at")
    done = {"deleted": len(drafts), "restored": len(found), "kept": len(kept), "left_out": left_out}
    move(product_list, ImportState.RECEIVED, actor=actor, also=also, **done)
    return Undone(len(drafts), len(found), kept, left_out)


def named(names: Sequence[str]) -> str:
    """The first of these names, as a list for a sentence."""
    return pgettext("between items of a list", ", ").join(names[:MOST_NAMED])


def names_kept(product_list: ProductList) -> list[str]:
    """The products that keep what the list wrote, because somebody changed them since."""
    lines = list(changed_since(changed_by(product_list)))
    return [product.label for product in products_of(lines).values()]
