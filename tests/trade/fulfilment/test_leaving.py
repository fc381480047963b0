from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from catalogue.models import Lot
from moussem.core.errors import MoveNotAllowed
from moussem.organisations.states import Role
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import PackedRow, confirm_delivery, mark_ready, ship_order
from moussem.trade.order.models import LotReservation
from moussem.trade.order.states import OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState
from tests.factories.trade import accepted_order, buyer, member_of, owner_of, ready_order, seller, settle

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_paid_goods_leave_and_are_sold(mailed):
    order = ready_order()
    settle(order)

    ship_order(order, actor=owner_of(order.seller), carrier=" DHL ", reference="AWB 1")

    order.refresh_from_db()
    assert (order.status, order.carrier, order.tracking_reference) == (OrderState.SHIPPED, "DHL", "AWB 1")
    assert list(Lot.objects.values_list("reserved", "sold")) == [(0, Decimal(500))]
    assert LotReservation.objects.get().shipped_at == order.shipped_at
    assert mailed()[-1] == (order.user.email, f"Order {order.number} has left")


def test_goods_stay_while_anything_is_owed(unchanged):
    order = ready_order()
    Instalment.objects.filter(plan__order=order, sequence=1).update(
        state=InstalmentState.SETTLED, paid=Decimal("508.65")
    )

    with unchanged(), pytest.raises(errors.PaymentOutstanding) as refusal:
        ship_order(order, actor=owner_of(order.seller), carrier="DHL", reference="")

    assert refusal.value.facts == {"amount": "€1,186.85", "number": order.number}


def test_a_payment_given_back_counts_as_owed(unchanged):
    order = ready_order()
    settle(order)
    Instalment.objects.filter(plan__order=order, sequence=2).update(state=InstalmentState.REFUNDING)

    with unchanged(), pytest.raises(errors.PaymentOutstanding) as refusal:
        ship_order(order, actor=owner_of(order.seller), carrier="DHL", reference="")

    assert refusal.value.facts["amount"] == "€1,186.85"


def test_shipping_needs_a_carrier_ready_goods_and_the_seller(unchanged):
    order, unready = ready_order(), accepted_order()
    settle(order)
    settle(unready)

    with unchanged(), pytest.raises(errors.CarrierMissing):
        ship_order(order, actor=owner_of(order.seller), carrier="  ", reference="")
    with unchanged(), pytest.raises(MoveNotAllowed):
        ship_order(unready, actor=owner_of(unready.seller), carrier="DHL", reference="")
    for user in (owner_of(order.buyer), seller().user):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            ship_order(order, actor=user, carrier="DHL", reference="")


def test_goods_are_shipped_once(unchanged):
    order = ready_order()
    settle(order)
    actor = owner_of(order.seller)
    ship_order(order, actor=actor, carrier="DHL", reference="1")

    with unchanged(), pytest.raises(MoveNotAllowed):
        ship_order(order, actor=actor, carrier="UPS", reference="2")


def test_the_buyer_confirms_the_arrival_once(unchanged, mailed):
    order = ready_order()
    settle(order)
    ship_order(order, actor=owner_of(order.seller), carrier="DHL", reference="")

    confirm_delivery(order, actor=owner_of(order.buyer))

    order.refresh_from_db()
    assert (order.status, order.delivered_at is not None) == (OrderState.DELIVERED, True)
    subject = f"{order.buyer.name} has received order {order.number}"
    assert mailed()[-1] == (owner_of(order.seller).email, subject)
    with unchanged(), pytest.raises(MoveNotAllowed):
        confirm_delivery(order, actor=owner_of(order.buyer))


def test_only_the_buyer_confirms_and_only_what_has_left(unchanged):
    order = ready_order()

    with unchanged(), pytest.raises(MoveNotAllowed):
        confirm_delivery(order, actor=owner_of(order.buyer))
    for user in (owner_of(order.seller), buyer().user, member_of(order.buyer, Role.VIEWER).user):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            confirm_delivery(order, actor=user)


def test_a_photo_from_the_camera_stays_with_the_order():
    order = accepted_order()
    rows = [PackedRow(line.pk, 1, Decimal(1), Decimal(2)) for line in order.lines.all()]

    mark_ready(order, actor=owner_of(order.seller), rows=rows, photos=[ContentFile(b"x", name="ab.webp")])

    assert order.photos.get().image.name.endswith("ab.webp")
