from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from catalogue.models import Lot
from moussem.core.log import history_of
from moussem.core.schedule import JOBS
from moussem.people.models import User
from moussem.trade.fulfilment import tasks
from moussem.trade.fulfilment.actions import (
    accept_order,
    cancel_unanswered_order,
    cancel_unpaid_order,
    remind_of_answer,
    remind_of_deposit,
)
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState
from tests.factories.trade import accepted_order, owner_of, placed_order, settle

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def later(**interval):
    return time_machine.travel(timezone.now() + timedelta(**interval), tick=False)


def all_jobs():
    return [
        tasks.remind_sellers(),
        tasks.cancel_unanswered_orders(),
        tasks.remind_buyers(),
        tasks.cancel_unpaid_orders(),
    ]


def status_of(order):
    return Order.objects.values_list("status", flat=True).get(pk=order.pk)


def test_every_job_is_on_the_clock():
    ours = {name.rpartition(".")[2] for name in JOBS if name.startswith("moussem.trade.fulfilment.")}

    assert ours == {"remind_sellers", "cancel_unanswered_orders", "remind_buyers", "cancel_unpaid_orders"}


def test_the_seller_is_reminded_once_on_the_last_day(mailed):
    order = placed_order()

    with later(days=1, hours=23):
        assert all_jobs() == [0, 0, 0, 0]
    with later(days=2, hours=1):
        assert [all_jobs(), all_jobs()] == [[1, 0, 0, 0], [0, 0, 0, 0]]

    subject = f"Order {order.number} waits for your answer"
    assert mailed() == [(owner_of(order.seller).email, subject)]
    assert [line.verb for line in history_of(order)] == ["reminded.answer"]


def test_an_unanswered_order_is_cancelled_and_both_are_told(mailed):
    order = placed_order()

    with later(days=3, minutes=1):
        assert [all_jobs(), all_jobs()] == [[0, 1, 0, 0], [0, 0, 0, 0]]

    entry = history_of(order).get()
    assert (status_of(order), entry.facts["cause"], entry.actor) == ("cancelled", "unanswered", None)
    assert list(Lot.objects.values_list("reserved", flat=True)) == [0]
    assert [to for to, _subject in mailed()] == [order.user.email, owner_of(order.seller).email]


def test_an_order_answered_meanwhile_is_left_alone(unchanged):
    order = placed_order()
    with later(days=4):
        stale = Order.objects.get(pk=order.pk)
        accept_order(order, actor=owner_of(order.seller))

        with unchanged():
            assert cancel_unanswered_order(stale) is False
            assert remind_of_answer(stale) is False


def test_an_order_still_in_time_is_left_alone(unchanged):
    order = placed_order()

    with unchanged():
        assert cancel_unanswered_order(order) is False
        assert cancel_unpaid_order(order) is False
        assert remind_of_deposit(order) is False


def test_the_buyer_is_reminded_once_before_the_deposit_is_due(mailed):
    order = accepted_order()
    due_on = order.payment_plan.instalments.first().due_on
    days = (due_on - timezone.localdate()).days

    with later(days=days - 4):
        assert all_jobs() == [0, 0, 0, 0]
    with later(days=days - 3):
        assert [all_jobs(), all_jobs()] == [[0, 0, 1, 0], [0, 0, 0, 0]]

    assert mailed()[-1] == (
        order.user.email,
        f"The first payment for order {order.number} is expected soon",
    )


def test_an_order_whose_deposit_is_too_late_is_cancelled(mailed):
    order = accepted_order()
    due_on = order.payment_plan.instalments.first().due_on
    days = (due_on - timezone.localdate()).days + settings.ORDER_DEPOSIT_GRACE_DAYS

    with later(days=days):
        tasks.remind_buyers()
        assert tasks.cancel_unpaid_orders() == 0
    with later(days=days + 1):
        assert [tasks.cancel_unpaid_orders(), tasks.cancel_unpaid_orders()] == [1, 0]

    assert status_of(order) == "cancelled"
    assert history_of(order).last().facts["cause"] == "unpaid"
    assert list(Lot.objects.values_list("reserved", flat=True)) == [0]
    assert [to for to, _subject in mailed()][-2:] == [order.user.email, owner_of(order.seller).email]


@pytest.mark.parametrize("state", [InstalmentState.ANNOUNCED, InstalmentState.SETTLED])
def test_money_announced_or_received_keeps_the_order(unchanged, state):
    order = accepted_order()
    settle(order)
    Instalment.objects.filter(plan__order=order).update(state=state)

    with later(days=60), unchanged():
        assert all_jobs() == [0, 0, 0, 0]
        assert cancel_unpaid_order(order) is False


def test_an_order_that_fails_stops_no_other(mailed, caplog):
    broken, sound = placed_order(), placed_order()
    User.objects.filter(pk=owner_of(broken.seller).pk).update(time_zone="Nowhere/Else")

    with later(days=3, hours=1):
        assert tasks.cancel_unanswered_orders() == 1

    assert [status_of(broken), status_of(sound)] == [OrderState.PLACED, OrderState.CANCELLED]
    assert broken.number not in str(mailed()) and sound.number in str(mailed())
    assert [line.name for line in caplog.records if line.levelname == "ERROR"] == ["moussem.core.rounds"]
