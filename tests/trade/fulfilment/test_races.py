from decimal import Decimal
from functools import partial

from catalogue.models import Lot
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry
from moussem.trade.fulfilment.actions import (
    accept_order,
    cancel_order,
    rearrange_lots,
    refuse_order,
    ship_order,
    withdraw_order,
)
from moussem.trade.order.models import Order
from moussem.trade.order.states import RefusalReason
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.trade import owner_of, placed_order, ready_order, seller, settle
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def sold_and_reserved():
    return [(lot.reserved, lot.sold) for lot in Lot.objects.order_by("pk")]


def moves():
    return LogEntry.objects.filter(verb__startswith="moved.", subject_type="order.order").count()


def test_of_accepting_and_withdrawing_exactly_one_happens():
    for _ in range(5):
        order = placed_order()
        seller_user, buyer_user = owner_of(order.seller), owner_of(order.buyer)
        before = moves()

        results = at_once(
            partial(accept_order, order, actor=seller_user),
            partial(withdraw_order, order, actor=buyer_user, reason="Twice"),
        )

        lost = [one for one in results if isinstance(one, Refusal)]
        status = Order.objects.values_list("status", flat=True).get(pk=order.pk)
        assert (len(lost), moves() - before) == (1, 1)
        kept = Decimal(500) if status == "accepted" else 0
        assert sold_and_reserved()[-1] == (kept, 0)


def test_of_accepting_and_refusing_exactly_one_happens():
    order = placed_order()
    actor = owner_of(order.seller)

    results = at_once(
        partial(accept_order, order, actor=actor),
        partial(refuse_order, order, actor=actor, code=RefusalReason.TIME),
        partial(accept_order, order, actor=actor),
    )

    assert sum(isinstance(one, Refusal) for one in results) == 2
    assert moves() == 1


def test_goods_shipped_twice_at_once_leave_once():
    order = ready_order()
    settle(order)
    actor = owner_of(order.seller)
    before = moves()

    results = at_once(
        *(partial(ship_order, order, actor=actor, carrier=name, reference="") for name in ("DHL", "UPS"))
    )

    assert sum(isinstance(one, Refusal) for one in results) == 1
    assert moves() - before == 1
    assert sold_and_reserved() == [(0, Decimal(500))]


def test_of_cancelling_and_shipping_packed_goods_exactly_one_happens():
    for _ in range(3):
        order = ready_order()
        settle(order)
        actor = owner_of(order.seller)
        before = moves()

        results = at_once(
            partial(cancel_order, order, actor=actor, code=RefusalReason.QUALITY),
            partial(ship_order, order, actor=actor, carrier="DHL", reference=""),
        )

        status = Order.objects.values_list("status", flat=True).get(pk=order.pk)
        assert sum(isinstance(one, Refusal) for one in results) == 1
        assert moves() - before == 1
        assert sold_and_reserved()[-1] == ((0, Decimal(500)) if status == "shipped" else (0, 0))


def test_two_orders_moved_into_one_scarce_lot_share_it_without_overselling():
    side = seller()
    product = ProductFactory(organisation=side.organisation, lots=[(2024, "2000")])
    orders = [placed_order(seller_side=side, wanted=[(product, Decimal(500))]) for _ in range(4)]
    scarce = LotFactory(product=product, quantity=Decimal(1000))

    results = at_once(
        *(
            partial(
                rearrange_lots,
                order,
                actor=side.user,
                line_id=order.lines.get().pk,
                parts={scarce.pk: Decimal(500)},
            )
            for order in orders
        )
    )

    assert sum(isinstance(one, Refusal) for one in results) == 2
    assert sold_and_reserved() == [(Decimal(1000), 0), (Decimal(1000), 0)]
