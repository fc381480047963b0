"""What the lots hold: kept for an order, given back, or gone with the goods.

Each function locks the lots it touches, once, in primary-key order, so that two orders cannot wait for
each other. They run inside the transaction of the action that calls them and log nothing of their own:
the order that takes the goods is what the log tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from catalogue.errors import LotGone, LotPast, LotShort
from catalogue.models import Lot, Product
from catalogue.search.indexing import mark_stale
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock_all
from moussem.core.templatetags.figures import number_text

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Taken:
    """A part of a lot kept for one of the entries asked for, counted from zero."""

    product_id: int
    lot_id: int
    quantity: Decimal
    entry: int


@transaction.atomic
def take_from_lots(wanted: Sequence[tuple[Product, Decimal]]) -> list[Taken]:
    """Reserve every quantity, what keeps shortest first; refuse, and change nothing, when one falls short.

    A lot past its best-before date is not sold; among lots without a date the oldest harvest goes first.
    """
    products = {product.pk: product for product, _quantity in wanted}
    held = Lot.objects.good().filter(product__in=products, quantity__gt=F("reserved") + F("sold"))
    lots = list(lock_all(held))
    by_product: dict[int, list[Lot]] = defaultdict(list)
    for lot in sorted(lots, key=_keeps_until):
        by_product[lot.product_id].append(lot)
    taken: list[Taken] = []
    for entry, (product, quantity) in enumerate(wanted):
        taken += _take(entry, product, quantity, by_product[product.pk])
    touched = {part.lot_id for part in taken}
    Lot.objects.bulk_update([lot for lot in lots if lot.pk in touched], ["reserved"])
    # The search tells what can be ordered now; most orders leave that as it was.
    mark_stale([pk for pk, product in products.items() if _left(by_product[pk]) < product.moq])
    return taken


def _keeps_until(lot: Lot) -> tuple[date, int, int]:
    return lot.best_before or date.max, lot.harvest_year, lot.pk


def _left(lots: Iterable[Lot]) -> Decimal:
    return sum((lot.available for lot in lots), NOTHING)


def _take(entry: int, product: Product, quantity: Decimal, lots: list[Lot]) -> list[Taken]:
    left = _left(lots)
    if left < quantity:
        raise LotGone(
            title=product.label, left=number_text(f"{left.normalize():f}"), unit=product.get_unit_display()
        )
    parts = []
    for lot in lots:
        part = min(lot.available, quantity)
        if part > NOTHING:
            lot.reserved += part
            quantity -= part
            parts.append(Taken(product.pk, lot.pk, part, entry))
    return parts


def give_back_to_lots(pairs: Iterable[tuple[int, Decimal]]) -> None:
    """Make reserved quantities, pairs of lot and quantity, free to be ordered again."""
    _move_reserved(pairs, to_sold=False)


def ship_from_lots(pairs: Iterable[tuple[int, Decimal]]) -> None:
    """Turn reserved quantities, pairs of lot and quantity, into sold ones."""
    _move_reserved(pairs, to_sold=True)


@transaction.atomic
def _move_reserved(pairs: Iterable[tuple[int, Decimal]], *, to_sold: bool) -> None:
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    for lot_id, quantity in pairs:
        amounts[lot_id] += quantity
    lots = list(lock_all(Lot.objects.filter(pk__in=amounts)))
    for lot in lots:
        lot.reserved -= amounts[lot.pk]
        if to_sold:
            lot.sold += amounts[lot.pk]
    Lot.objects.bulk_update(lots, ["reserved", "sold"])
    if not to_sold:
        mark_stale({lot.product_id for lot in lots})


@transaction.atomic
def swap_lots(product_id: int, *, back: Mapping[int, Decimal], taken: Mapping[int, Decimal]) -> None:
    """Give reserved quantities of a product back and reserve others, by lot; refuse when one falls short."""
    lots = list(lock_all(Lot.objects.filter(product=product_id, pk__in={*back, *taken})))
    if {lot.pk for lot in lots} != {*back, *taken}:
        raise NotYours
    for lot in lots:
        more = taken.get(lot.pk, NOTHING) - back.get(lot.pk, NOTHING)
        require(more <= NOTHING or not lot.is_past, LotPast, code=lot.code)
        lot.reserved += more
        if lot.left < NOTHING:
            left = lot.left + taken.get(lot.pk, NOTHING)
            unit = lot.product.get_unit_display()
            raise LotShort(code=lot.code, left=number_text(f"{left.normalize():f}"), unit=unit)
    Lot.objects.bulk_update(lots, ["reserved"])
