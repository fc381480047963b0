from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import Lot
from moussem.core.errors import MoveNotAllowed
from moussem.core.log import history_of
from moussem.organisations.states import Role
from moussem.trade.documents.models import Document
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import accept_order, refuse_order, withdraw_order
from moussem.trade.order.models import LotReservation
from moussem.trade.order.states import OrderState, RefusalReason
from moussem.trade.payment.models import Instalment
from tests.factories.trade import accepted_order, buyer, member_of, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def states_of(order):
    return list(Instalment.objects.filter(plan__order=order).values_list("state", flat=True))


def strangers(order):
    return [
        seller().user,
        buyer().user,
        member_of(order.seller, Role.VIEWER).user,
        member_of(order.seller, Role.SALES, is_active=False).user,
        member_of(order.seller, Role.DELEGATE).user,
    ]


def test_accepting_promises_a_day_and_asks_for_the_deposit(mailed, django_capture_on_commit_callbacks):
    order = placed_order()

    with django_capture_on_commit_callbacks(execute=True):
        accept_order(order, actor=owner_of(order.seller))

    order.refresh_from_db()
    assert order.status == OrderState.ACCEPTED
    assert order.ready_by == timezone.localdate() + timedelta(days=14)
    assert order.answered_at is not None
    assert states_of(order) == ["due", "planned"]
    assert [document.kind for document in Document.objects.all()] == ["confirmation"]
    assert [line.verb for line in history_of(order)] == ["moved.accepted", "issued.confirmation"]
    assert mailed() == [(order.user.email, f"{order.seller.name} accepted order {order.number}")]


def test_sales_and_a_delegate_with_consent_may_accept():
    side = seller()
    sales = member_of(side.organisation, Role.SALES).user

    order = accept_order(placed_order(seller_side=side), actor=sales)

    assert order.status == OrderState.ACCEPTED


def test_nobody_else_accepts_or_refuses(unchanged):
    order = placed_order()

    for user in [*strangers(order), owner_of(order.buyer)]:
        with unchanged(), pytest.raises(errors.OrderNotYours):
            accept_order(order, actor=user)
        with unchanged(), pytest.raises(errors.OrderNotYours):
            refuse_order(order, actor=user, reason="No", code=RefusalReason.OTHER)


def test_an_order_is_accepted_once(unchanged):
    order = accepted_order()

    with unchanged(), pytest.raises(MoveNotAllowed):
        accept_order(order, actor=owner_of(order.seller))


def test_refusing_frees_the_lots_and_stops_the_payments(mailed, django_capture_on_commit_callbacks):
    order = placed_order()

    with django_capture_on_commit_callbacks(execute=True):
        refuse_order(order, actor=owner_of(order.seller), reason=" Frost. ", code=RefusalReason.QUALITY)

    order.refresh_from_db()
    assert (order.status, order.refusal_code, order.refusal_reason) == ("refused", "quality", "Frost.")
    assert list(Lot.objects.values_list("reserved", "sold")) == [(0, 0)]
    assert LotReservation.objects.filter(released_at=None).count() == 0
    assert states_of(order) == ["cancelled", "cancelled"]
    assert Document.objects.count() == 0
    entry = history_of(order).get()
    assert (entry.verb, entry.facts["cause"], entry.facts["code"]) == ("moved.refused", "refused", "quality")
    assert mailed() == [(order.user.email, f"{order.seller.name} could not accept order {order.number}")]


def test_another_reason_needs_words(unchanged):
    order = placed_order()

    with unchanged(), pytest.raises(errors.ReasonMissing):
        refuse_order(order, actor=owner_of(order.seller), reason=" \n ", code=RefusalReason.OTHER)


def test_an_accepted_order_cannot_be_refused(unchanged):
    order = accepted_order()

    with unchanged(), pytest.raises(MoveNotAllowed):
        refuse_order(order, actor=owner_of(order.seller), code=RefusalReason.PRICE)


def test_withdrawing_frees_the_lots_and_tells_the_sellers(mailed, django_capture_on_commit_callbacks):
    order = placed_order()
    sales = member_of(order.seller, Role.SALES).user

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_order(order, actor=owner_of(order.buyer), reason="Ordered twice")

    order.refresh_from_db()
    assert order.status == OrderState.CANCELLED
    assert list(Lot.objects.values_list("reserved", "sold")) == [(0, 0)]
    assert states_of(order) == ["cancelled", "cancelled"]
    subject = f"{order.buyer.name} withdrew order {order.number}"
    assert mailed() == [(owner_of(order.seller).email, subject), (sales.email, subject)]


def test_an_answered_order_is_no_longer_withdrawn(unchanged):
    order = accepted_order()

    with unchanged(), pytest.raises(errors.TooLateToWithdraw):
        withdraw_order(order, actor=owner_of(order.buyer), reason="Changed my mind")


def test_withdrawing_needs_a_reason_and_a_buyer(unchanged):
    order = placed_order()

    with unchanged(), pytest.raises(errors.ReasonMissing):
        withdraw_order(order, actor=owner_of(order.buyer), reason=" ")
    for user in [*strangers(order), owner_of(order.seller), member_of(order.buyer, Role.VIEWER).user]:
        with unchanged(), pytest.raises(errors.OrderNotYours):
            withdraw_order(order, actor=user, reason="Ordered twice")


def test_other_orders_of_the_purchase_are_not_touched():
    one, other = placed_order(), None
    other = placed_order(buyer_side=one.buyer.memberships.get(), purchase=one.purchase)

    refuse_order(one, actor=owner_of(one.seller), code=RefusalReason.SOLD_OUT)

    other.refresh_from_db()
    assert other.status == OrderState.PLACED
    assert LotReservation.objects.filter(line__order=other, released_at=None).count() == 1
