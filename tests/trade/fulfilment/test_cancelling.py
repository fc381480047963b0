import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Lot
from moussem.core.log import history_of
from moussem.organisations.states import Role
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.order.models import LotReservation, Order
from moussem.trade.order.states import RefusalReason
from moussem.trade.payment.actions import record_wire
from moussem.trade.payment.models import Instalment, Refund
from tests.factories.trade import (
    accepted_order,
    member_of,
    owner_of,
    placed_order,
    ready_order,
    seller,
    shipped_order,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def instalments_of(order):
    return Instalment.objects.filter(plan__order=order).order_by("sequence")


def deposit_paid(order):
    deposit = instalments_of(order).first()
    today = timezone.localdate()
    record_wire(deposit, deposit.amount, order.currency, "E-1", today, actor=owner_of(order.seller))
    return deposit


@pytest.fixture
def desk(client):
    """The owner of a cooperative, signed in."""
    membership = seller()
    client.force_login(membership.user)
    return membership


def test_cancelling_gives_back_lots_and_deposit_and_tells_the_buyer(
    mailed, django_capture_on_commit_callbacks
):
    order = accepted_order()
    deposit = deposit_paid(order)
    before = len(mailed())

    with django_capture_on_commit_callbacks(execute=True):
        cancel_order(order, actor=owner_of(order.seller), reason=" Hail. ", code=RefusalReason.QUALITY)

    order.refresh_from_db()
    assert (order.status, order.refusal_code, order.refusal_reason) == ("cancelled", "quality", "Hail.")
    assert list(Lot.objects.values_list("reserved", "sold")) == [(0, 0)]
    assert LotReservation.objects.filter(released_at=None).count() == 0
    assert [one.state for one in instalments_of(order)] == ["refunding", "cancelled"]
    assert Refund.objects.get().amount == deposit.amount
    assert history_of(order).last().facts["cause"] == "cancelled"
    told = (order.user.email, f"{order.seller.name} had to cancel order {order.number}")
    assert told in mailed()[before:]


def test_packed_goods_are_cancelled_like_those_that_are_not(client, desk):
    order = ready_order(seller_side=desk)
    deposit_paid(order)
    address = reverse("desk:cancel", args=[order.number])
    assert address in client.get(reverse("desk:order", args=[order.number])).content.decode()
    assert client.get(address).status_code == 200

    client.post(address, {"code": "quality", "reason": "Mould in the carton"})

    order.refresh_from_db()
    assert (order.status, order.refusal_reason) == ("cancelled", "Mould in the carton")
    assert list(Lot.objects.values_list("reserved", "sold")) == [(0, 0)]
    assert [one.state for one in instalments_of(order)] == ["refunding", "cancelled"]


@pytest.mark.parametrize("make", [placed_order, shipped_order])
def test_only_a_promised_order_is_cancelled(make, unchanged):
    order = make()

    with unchanged(), pytest.raises(errors.NotToBeCancelled):
        cancel_order(order, actor=owner_of(order.seller), code=RefusalReason.TIME)


def test_cancelling_needs_a_reason_and_somebody_who_sells(unchanged):
    order = accepted_order()

    with unchanged(), pytest.raises(errors.ReasonMissing):
        cancel_order(order, actor=owner_of(order.seller), reason=" \n ")
    for user in (owner_of(order.buyer), seller().user, member_of(order.seller, Role.VIEWER).user):
        with unchanged(), pytest.raises(errors.OrderNotYours):
            cancel_order(order, actor=user, code=RefusalReason.TIME)


def test_cancelling_from_the_page_and_pressing_twice(client, desk, unchanged):
    order = accepted_order(seller_side=desk)
    address = reverse("desk:cancel", args=[order.number])
    assert address in client.get(reverse("desk:order", args=[order.number])).content.decode()

    with unchanged():
        missing = client.post(address, {"code": "other", "reason": ""})
        unoffered = client.post(address, {"code": "price", "reason": "Saffron went up"})
    assert "Write the reason in a few words" in missing.content.decode()
    assert "Saffron went up" in unoffered.content.decode()
    first = client.post(address, {"code": "time", "reason": "The press broke"}, follow=True)
    second = client.post(address, {"code": "time", "reason": "The press broke"}, follow=True)

    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert "Order cancelled. The buyer was told" in first.content.decode()
    assert "This order was cancelled. Only an accepted order" in second.content.decode()
    assert client.get(address)["Location"] == reverse("desk:order", args=[order.number])


def test_the_buyer_reads_who_cancelled_and_why(client):
    order = accepted_order()
    cancel_order(order, actor=owner_of(order.seller), reason="The press broke", code=RefusalReason.TIME)
    client.force_login(owner_of(order.buyer))

    page = client.get(reverse("orders:order", args=[order.number])).content.decode()

    told = "The seller cancelled it after accepting: We cannot deliver in time: "
    assert f"{told}\N{FIRST STRONG ISOLATE}The press broke" in page
