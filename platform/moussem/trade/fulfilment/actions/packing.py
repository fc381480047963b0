"""The goods of an accepted order: which lots, which cartons, which pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalogue.actions.stock import swap_lots
from catalogue.models import Lot
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.core.templatetags.figures import number_text
from moussem.people.models import User
from moussem.trade.fulfilment import errors, rules, weights
from moussem.trade.fulfilment.actions.past import refuse_past_lots
from moussem.trade.fulfilment.queries import is_paid_in_full, lots_may_change
from moussem.trade.fulfilment.swaps import REARRANGED
from moussem.trade.order.models import Line, LotReservation, Order, PackedItem, ReadyPhoto
from moussem.trade.order.states import OrderState
from moussem.trade.payment.actions import make_due, order_mails
from moussem.trade.payment.states import Trigger

MAX_PHOTOS = 20


@dataclass(frozen=True)
class PackedRow:
    """One typed row of the packing list; weights in kg."""

    line_id: int
    cartons: int
    net_weight_kg: Decimal
    gross_weight_kg: Decimal
    marks: str = ""


@transaction.atomic
def rearrange_lots(order: Order, *, actor: User, line_id: int, parts: Mapping[int, Decimal]) -> Order:
    """The seller takes the goods of one line from these lots instead: quantities by lot.

    Packed goods stay as they are, unless their lot has passed its date: they may not leave.
    """
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    require(lots_may_change(order, line_id), errors.LotsAreFixed, number=order.number)
    line = Line.objects.filter(order=order, pk=line_id).first()
    require(line, errors.OrderNotYours)
    wanted = {lot: quantity for lot, quantity in parts.items() if quantity}
    short = errors.LotsDoNotAddUp(title=line.label, quantity=number_text(line.quantity.normalize()))
    require(sum(wanted.values()) == line.quantity and min(wanted.values()) > 0, short)
    held = LotReservation.objects.filter(line=line, released_at=None, shipped_at=None)
    before = dict(held.values_list("lot_id", "quantity"))
    if wanted != before:
        swap_lots(line.product_id, back=before, taken=wanted)
        _replace_reservations(order, line, before, wanted, actor=actor)
    return order


def _replace_reservations(
    order: Order, line: Line, before: Mapping[int, Decimal], wanted: Mapping[int, Decimal], *, actor: User
) -> None:
    is_promised = order.status != OrderState.PLACED
    left = line.reservations.filter(released_at=None)
    left.exclude(lot__in=wanted).update(was_promised=is_promised)
    left.update(released_at=timezone.now())
    LotReservation.objects.bulk_create(
        LotReservation(line=line, lot_id=lot, quantity=quantity) for lot, quantity in wanted.items()
    )
    entry = record(
        REARRANGED,
        order,
        actor=actor,
        line=line.pk,
        was={str(lot): str(quantity) for lot, quantity in before.items()},
        now={str(lot): str(quantity) for lot, quantity in wanted.items()},
    )
    if is_promised:
        # Another lot has another harvest and analysis: who was promised the first one hears of it.
        lots = Lot.objects.in_bulk({*before, *wanted})
        was, now = (
            [{"lot": lots[lot], "quantity": quantity} for lot, quantity in sorted(parts.items())]
            for parts in (before, wanted)
        )
        order_mails.tell_buyer(order, "lots_changed", once=entry.pk, line=line, was=was, now=now)


@transaction.atomic
def add_photos(order: Order, *, actor: User, photos: Sequence[ContentFile[bytes]]) -> list[ReadyPhoto]:
    """Keep pictures of the goods while they are packed, before the packing list is complete."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    require(order.status == OrderState.ACCEPTED, errors.PhotosAreFixed, number=order.number)
    # A picture is named after what it shows, so the same one sent twice is kept once.
    names = [PurePath(name).stem for name in order.photos.values_list("image", flat=True)]
    new = [one for one in photos if not any(name.startswith(PurePath(one.name).stem) for name in names)]
    require(len(names) + len(new) <= MAX_PHOTOS, errors.TooManyPhotos, most=MAX_PHOTOS)
    kept = [ReadyPhoto.objects.create(order=order, image=photo) for photo in new]
    if kept:
        record("photos.added", order, actor=actor, photos=[photo.pk for photo in kept])
    return kept


@transaction.atomic
def remove_photo(order: Order, *, actor: User, photo_id: int) -> None:
    """Take back a picture before the goods are declared ready; nothing happens when it is gone already."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    require(order.status == OrderState.ACCEPTED, errors.PhotosAreFixed, number=order.number)
    photo = order.photos.filter(pk=photo_id).first()
    if photo is None:
        return
    record("photos.removed", order, actor=actor, photos=[photo.pk])
    transaction.on_commit(lambda: photo.image.storage.delete(photo.image.name))
    photo.delete()


@transaction.atomic
def mark_ready(
    order: Order, *, actor: User, rows: Sequence[PackedRow], photos: Sequence[ContentFile[bytes]] = ()
) -> Order:
    """The goods are packed: packing list and pictures are kept, the balance falls due."""
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    _require_sound(order, rows)
    require(photos or order.photos.exists(), errors.PhotosMissing)
    refuse_past_lots(order)
    move(order, OrderState.READY, actor=actor)
    _keep_rows(order, rows)
    for photo in photos:
        ReadyPhoto.objects.create(order=order, image=photo)
    make_due(order, Trigger.RELEASE, actor=actor)
    order_mails.tell_buyer(order, "ready", paid=is_paid_in_full(order))
    return order


@transaction.atomic
def correct_packing(
    order: Order, *, actor: User, rows: Sequence[PackedRow], seen: str | None = None
) -> Order:
    """Replace the packing list of ready goods until they have left; the buyer is written to each time.

    ``seen`` is the stamp of the list that was corrected: a colleague's correction is not overwritten unread.
    """
    require(rules.may_answer(actor, order), errors.OrderNotYours)
    order = lock(order)
    _require_sound(order, rows)
    require(packing_may_change(order), errors.PackingIsFixed, number=order.number)
    was = _packed(order)
    now = sorted(rows, key=lambda row: row.line_id)
    if now != was:
        require(seen in (None, _stamp(was)), errors.PackingCorrectedMeanwhile, number=order.number)
        order.packed_items.all().delete()
        _keep_rows(order, now)
        told = {"was": [_facts(row) for row in was], "now": [_facts(row) for row in now]}
        entry = record("packing.corrected", order, actor=actor, **told)
        order_mails.tell_buyer(order, "packing_corrected", once=entry.pk)
    return order


def packing_stamp(order: Order) -> str:
    """The packing list as it stands, in a word that changes with it."""
    return _stamp(_packed(order))


def _packed(order: Order) -> list[PackedRow]:
    return [_row_of(item) for item in order.packed_items.order_by("line_id")]


def _stamp(rows: Sequence[PackedRow]) -> str:
    return sha256(repr([_facts(row) for row in rows]).encode()).hexdigest()[:16]


def packing_may_change(order: Order) -> bool:
    """Whether the goods are still here: what they weigh is declared when they leave, paid or not."""
    return order.status == OrderState.READY


def _require_sound(order: Order, rows: Sequence[PackedRow]) -> None:
    lines = {line.pk: line for line in Line.objects.filter(order=order)}
    require(sorted(row.line_id for row in rows) == sorted(lines), errors.PackingIncomplete)
    sound = all(row.cartons > 0 and 0 < row.net_weight_kg <= row.gross_weight_kg for row in rows)
    require(sound, errors.PackingIncomplete)
    for row in rows:
        refuse_impossible_weight(lines[row.line_id], row.net_weight_kg)


def refuse_impossible_weight(line: Line, net: Decimal) -> None:
    """Refuse a net weight that cannot be that of the line."""
    ordered = weights.ordered_kg(line.quantity, line.unit)
    if ordered is not None and weights.is_impossible(net, ordered):
        facts = {"ordered": number_text(ordered.normalize()), "net": number_text(net.normalize())}
        raise errors.WeightImpossible(title=line.label, **facts)


def _row_of(item: PackedItem) -> PackedRow:
    return PackedRow(item.line_id, item.cartons, item.net_weight_kg, item.gross_weight_kg, item.marks)


def _facts(row: PackedRow) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(row).items()}


def _keep_rows(order: Order, rows: Sequence[PackedRow]) -> None:
    PackedItem.objects.bulk_create(
        PackedItem(
            order=order,
            line_id=row.line_id,
            cartons=row.cartons,
            net_weight_kg=row.net_weight_kg,
            gross_weight_kg=row.gross_weight_kg,
            marks=row.marks,
        )
        for row in rows
    )
