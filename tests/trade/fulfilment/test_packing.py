from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from catalogue.errors import LotShort
from catalogue.models import Lot
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import (
    PackedRow,
    add_photos,
    mark_ready,
    rearrange_lots,
    remove_photo,
)
from moussem.trade.fulfilment.actions.packing import MAX_PHOTOS
from moussem.trade.order.models import LotReservation, ReadyPhoto
from moussem.trade.order.states import OrderState
from moussem.trade.payment.models import Instalment
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.trade import accepted_order, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def photo(name="a"):
    return ContentFile(name.encode(), name=f"{name}.webp")


def rows_of(order, **changed):
    row = {"cartons": 1, "net_weight_kg": Decimal("0.5"), "gross_weight_kg": Decimal("1.2"), **changed}
    return [PackedRow(line_id=line.pk, **row) for line in order.lines.all()]


def order_from_two_lots():
    side = seller()
    product = ProductFactory(organisation=side.organisation, lots=[(2024, "300"), (2025, "1000")])
    order = placed_order(seller_side=side, wanted=[(product, Decimal(500))])
    return order, order.lines.get(), list(Lot.objects.order_by("harvest_year"))


def held(line):
    kept = LotReservation.objects.filter(line=line, released_at=None)
    return dict(kept.values_list("lot_id", "quantity"))


def test_the_seller_takes_a_line_from_other_lots():
    order, line, (old, young) = order_from_two_lots()
    assert held(line) == {old.pk: 300, young.pk: 200}

    rearrange_lots(order, actor=owner_of(order.seller), line_id=line.pk, parts={young.pk: Decimal(500)})

    assert held(line) == {young.pk: 500}
    assert list(Lot.objects.order_by("harvest_year").values_list("reserved", flat=True)) == [0, 500]
    entry = history_of(order).get()
    assert (entry.verb, entry.facts["now"]) == ("lots.rearranged", {str(young.pk): "500"})


def test_the_same_lots_again_change_nothing(unchanged):
    order, line, (old, young) = order_from_two_lots()
    parts = {old.pk: Decimal(300), young.pk: Decimal(200)}

    with unchanged():
        rearrange_lots(order, actor=owner_of(order.seller), line_id=line.pk, parts=parts)


def test_a_lot_gives_no_more_than_it_holds(unchanged):
    order, line, (old, young) = order_from_two_lots()
    parts = {old.pk: Decimal(301), young.pk: Decimal(199)}

    with unchanged(), pytest.raises(LotShort) as refusal:
        rearrange_lots(order, actor=owner_of(order.seller), line_id=line.pk, parts=parts)

    assert refusal.value.facts == {"code": old.code, "left": "300", "unit": "g"}


@pytest.mark.parametrize("quantities", [(300, 199), (600, -100), (0, 0)])
def test_the_quantities_by_lot_add_up_to_the_line(unchanged, quantities):
    order, line, (old, young) = order_from_two_lots()
    parts = {old.pk: Decimal(quantities[0]), young.pk: Decimal(quantities[1])}

    with unchanged(), pytest.raises(errors.LotsDoNotAddUp):
        rearrange_lots(order, actor=owner_of(order.seller), line_id=line.pk, parts=parts)


def test_lots_of_other_products_and_lines_of_other_orders_are_refused(unchanged):
    order, line, _lots = order_from_two_lots()
    foreign, other = LotFactory(), placed_order()
    actor = owner_of(order.seller)

    with unchanged(), pytest.raises(NotYours):
        rearrange_lots(order, actor=actor, line_id=line.pk, parts={foreign.pk: Decimal(500)})
    with unchanged(), pytest.raises(errors.OrderNotYours):
        rearrange_lots(order, actor=actor, line_id=other.lines.get().pk, parts={})
    with unchanged(), pytest.raises(errors.OrderNotYours):
        rearrange_lots(other, actor=actor, line_id=other.lines.get().pk, parts={})


def test_lots_of_a_packed_order_stay(unchanged):
    order = accepted_order()
    actor, line = owner_of(order.seller), order.lines.get()
    mark_ready(order, actor=actor, rows=rows_of(order), photos=[photo()])

    with unchanged(), pytest.raises(errors.LotsAreFixed):
        rearrange_lots(order, actor=actor, line_id=line.pk, parts=held(line))


def test_ready_goods_make_the_balance_due(mailed):
    order = accepted_order()

    mark_ready(order, actor=owner_of(order.seller), rows=rows_of(order), photos=[photo("a"), photo("b")])

    order.refresh_from_db()
    assert order.status == OrderState.READY
    assert list(order.packed_items.values_list("cartons", "gross_weight_kg")) == [(1, Decimal("1.200"))]
    assert order.photos.count() == 2
    states = Instalment.objects.filter(plan__order=order).values_list("state", flat=True)
    assert list(states) == ["due", "due"]
    assert mailed()[-1] == (order.user.email, f"The goods of order {order.number} are ready")


@pytest.mark.parametrize(
    "row", [{"cartons": 0}, {"net_weight_kg": Decimal(0)}, {"gross_weight_kg": Decimal("0.4")}]
)
def test_an_impossible_row_is_refused(unchanged, row):
    order = accepted_order()

    with unchanged(), pytest.raises(errors.PackingIncomplete):
        mark_ready(order, actor=owner_of(order.seller), rows=rows_of(order, **row), photos=[photo()])


def test_the_packing_list_has_one_row_for_each_line(unchanged):
    order, other = accepted_order(), accepted_order()
    actor = owner_of(order.seller)

    for rows in ([], rows_of(order) * 2, rows_of(other)):
        with unchanged(), pytest.raises(errors.PackingIncomplete):
            mark_ready(order, actor=actor, rows=rows, photos=[photo()])


def test_goods_without_a_picture_are_not_ready(unchanged):
    order = accepted_order()

    with unchanged(), pytest.raises(errors.PhotosMissing):
        mark_ready(order, actor=owner_of(order.seller), rows=rows_of(order))


def test_goods_are_ready_once_and_after_acceptance(unchanged):
    placed, accepted = placed_order(), accepted_order()
    actor = owner_of(accepted.seller)
    mark_ready(accepted, actor=actor, rows=rows_of(accepted), photos=[photo()])

    for order in (placed, accepted):
        with unchanged(), pytest.raises(MoveNotAllowed):
            mark_ready(order, actor=owner_of(order.seller), rows=rows_of(order), photos=[photo()])
    with unchanged(), pytest.raises(errors.OrderNotYours):
        mark_ready(accepted, actor=owner_of(placed.seller), rows=rows_of(accepted), photos=[photo()])


def test_pictures_kept_before_are_enough():
    order = accepted_order()
    actor = owner_of(order.seller)
    add_photos(order, actor=actor, photos=[photo()])

    mark_ready(order, actor=actor, rows=rows_of(order))

    assert [line.verb for line in history_of(order)][-2:] == ["photos.added", "moved.ready"]


def test_the_same_picture_is_kept_once(unchanged):
    order = accepted_order()
    actor = owner_of(order.seller)
    add_photos(order, actor=actor, photos=[photo("a")])

    with unchanged():
        assert add_photos(order, actor=actor, photos=[photo("a")]) == []


def test_a_picture_is_taken_back_with_its_file(django_capture_on_commit_callbacks):
    order = accepted_order()
    actor = owner_of(order.seller)
    (kept,) = add_photos(order, actor=actor, photos=[photo()])

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(order, actor=actor, photo_id=kept.pk)
        remove_photo(order, actor=actor, photo_id=kept.pk)

    assert ReadyPhoto.objects.count() == 0
    assert not kept.image.storage.exists(kept.image.name)
    assert history_of(order).filter(verb="photos.removed").count() == 1


def test_pictures_are_refused_to_others_at_other_times_and_in_crowds(unchanged):
    order, placed = accepted_order(), placed_order()
    actor = owner_of(order.seller)
    crowd = [photo(f"p{number}") for number in range(MAX_PHOTOS + 1)]

    with unchanged(), pytest.raises(errors.TooManyPhotos):
        add_photos(order, actor=actor, photos=crowd)
    with unchanged(), pytest.raises(errors.PhotosAreFixed):
        add_photos(placed, actor=owner_of(placed.seller), photos=[photo()])
    for user in (owner_of(placed.seller), owner_of(order.buyer)):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            add_photos(order, actor=user, photos=[photo()])
        with unchanged(), pytest.raises(errors.OrderNotYours):
            remove_photo(order, actor=user, photo_id=1)
