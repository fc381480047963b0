from datetime import date
from decimal import Decimal

import pytest

from moussem.core.models import LogEntry
from moussem.trade.payment.actions import cancel_plan, make_due, plan_each
from moussem.trade.payment.errors import NothingToPay
from moussem.trade.payment.models import Instalment, PaymentPlan
from moussem.trade.payment.states import InstalmentState, Trigger
from tests.factories.payment import an_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def rows(order):
    return list(
        Instalment.objects.filter(plan__order=order).values_list("share", "amount", "trigger", "state")
    )


def settle(order, **which):
    for instalment in Instalment.objects.filter(plan__order=order, **which):
        instalment.paid, instalment.state = instalment.amount, InstalmentState.SETTLED
        instalment.save()


def test_plan_is_thirty_at_acceptance_and_seventy_before_release():
    order = an_order("1234.57")

    plan = plan_each([order], full=False)[0]

    assert (plan.total, plan.currency) == (Decimal("1234.57"), "EUR")
    assert rows(order) == [
        (Decimal(30), Decimal("370.37"), Trigger.ACCEPTANCE, InstalmentState.PLANNED),
        (Decimal(70), Decimal("864.20"), Trigger.RELEASE, InstalmentState.PLANNED),
    ]


@pytest.mark.parametrize(
    ("total", "currency", "sample", "full"),
    [
        ("199.99", "EUR", False, False),
        ("1999.99", "MAD", False, False),
        ("5000", "USD", True, False),
        ("9000", "EUR", False, True),
    ],
)
def test_small_orders_samples_and_wishes_are_paid_in_full(total, currency, sample, full, time_machine):
    time_machine.move_to("2026-11-22T10:00:00+00:00")
    order = an_order(total, currency, sample=sample)

    plan_each([order], full=full)

    assert rows(order) == [(Decimal(100), Decimal(total), Trigger.PLACING, InstalmentState.DUE)]
    assert Instalment.objects.get().due_on == date(2026, 11, 25)


def test_order_at_the_threshold_has_a_deposit():
    order = an_order("200.00")

    plan_each([order], full=False)

    assert [amount for _share, amount, _trigger, _state in rows(order)] == [Decimal(60), Decimal(140)]


def test_order_without_a_price_gets_no_plan():
    order = an_order("0.00")

    with pytest.raises(NothingToPay):
        plan_each([order], full=False)

    assert PaymentPlan.objects.count() == LogEntry.objects.count() == 0


def test_planning_takes_four_queries(django_assert_num_queries):
    order = an_order()

    with django_assert_num_queries(4):
        plan_each([order], full=False)


def test_acceptance_makes_the_deposit_due_and_leaves_the_balance(time_machine):
    time_machine.move_to("2026-11-23T10:00:00+00:00")
    order = an_order()
    plan_each([order], full=False)

    (asked,) = make_due(order, Trigger.ACCEPTANCE, actor=order.user)
    again = make_due(order, Trigger.ACCEPTANCE, actor=order.user)

    assert (asked.state, asked.due_on, again) == (InstalmentState.DUE, date(2026, 11, 30), [])
    assert [state for *_rest, state in rows(order)] == [InstalmentState.DUE, InstalmentState.PLANNED]


def test_deposit_paid_early_stays_paid_when_it_falls_due():
    order = an_order()
    plan_each([order], full=False)
    settle(order, sequence=1)

    assert make_due(order, Trigger.ACCEPTANCE, actor=None) == []

    deposit = Instalment.objects.get(sequence=1)
    assert deposit.state == InstalmentState.SETTLED
    assert deposit.due_on is not None


def test_cancelling_stops_what_is_unpaid_and_keeps_what_is_paid():
    order = an_order()
    plan_each([order], full=False)
    settle(order, sequence=1)

    (stopped,) = cancel_plan(order, actor=order.user)

    assert stopped.sequence == 2
    assert [state for *_rest, state in rows(order)] == [InstalmentState.SETTLED, InstalmentState.CANCELLED]
