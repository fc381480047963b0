from decimal import Decimal
from functools import partial

from catalogue.models import Lot
from moussem.core.dates import today_here
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.fulfilment.actions import (
    PackedRow,
    accept_order,
    cancel_order,
    correct_packing,
    rearrange_lots,
    refuse_order,
    ship_order,
    withdraw_order,
)
from moussem.trade.fulfilment.actions.packing import packing_stamp
from moussem.trade.order.models import Order
from moussem.trade.order.states import RefusalReason
from moussem.trade.payment.actions import record_wire
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


def corrected(order, cartons, seen):
    rows = [PackedRow(order.lines.get().pk, cartons, Decimal("0.5"), Decimal("1.2"))]
    return correct_packing(order, actor=owner_of(order.seller), rows=rows, seen=seen)


def test_of_twenty_corrections_of_one_packing_list_one_is_kept():
    order = ready_order()
    seen = packing_stamp(order)

    results = at_once(*(partial(corrected, order, cartons, seen) for cartons in range(2, 22)))

    lost = [one.code for one in results if isinstance(one, Refusal)]
    assert lost == ["packing_corrected_meanwhile"] * 19
    (entry,) = LogEntry.objects.filter(verb="packing.corrected")
    kept = [str(cartons) for cartons in order.packed_items.values_list("cartons", flat=True)]
    assert kept == [row["cartons"] for row in entry.facts["now"]]
    assert entry.facts["was"][0]["cartons"] == "1"


def test_same_correction_sent_twenty_times_is_told_to_the_buyer_once():
    order = ready_order()
    seen, before = packing_stamp(order), OutboxMessage.objects.filter(kind="mail").count()

    results = at_once(*[partial(corrected, order, 7, seen)] * 20)

    assert [isinstance(one, Refusal) for one in results] == [False] * 20
    assert OutboxMessage.objects.filter(kind="mail").count() == before + 1
    assert list(order.packed_items.values_list("cartons", flat=True)) == [7]


def test_of_correcting_the_list_and_paying_on_it_neither_is_lost():
    for _ in range(3):
        order = ready_order()
        balance, actor = order.payment_plan.instalments.get(sequence=2), owner_of(order.seller)
        pay = partial(record_wire, balance, balance.amount, "EUR", order.number, today_here(), actor=actor)

        results = at_once(pay, *(partial(corrected, order, cartons, None) for cartons in range(2, 21)))

        corrections = LogEntry.objects.filter(verb="packing.corrected", subject_id=str(order.pk)).count()
        assert (corrections, [one for one in results if isinstance(one, Refusal)]) == (19, [])
        balance.refresh_from_db()
        assert (balance.state, order.packed_items.count()) == ("settled", 1)


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
