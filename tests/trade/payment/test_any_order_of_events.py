"""Whatever happens to the money of an instalment, and in whatever order, its sums and its state hold."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from moussem.core.errors import Refusal
from moussem.trade.payment.actions import (
    cancel_plan,
    give_excess_back,
    give_refund_details,
    make_due,
    record_refund_sent,
    record_wire,
    refund_again,
    refund_by_wire,
    refund_order,
    return_excess,
    send_refund,
    take_back_wire,
)
from moussem.trade.payment.actions.looking import take_in
from moussem.trade.payment.actions.refunds import _take_in as take_in_refund
from moussem.trade.payment.models import Discrepancy, PaymentAttempt, Refund
from moussem.trade.payment.providers import Seen, SeenRefund
from moussem.trade.payment.queries import excess_of
from moussem.trade.payment.states import (
    ENDED_INSTALMENTS,
    UNDONE_REFUNDS,
    AttemptState,
    InstalmentState,
    RefundState,
)
from tests.factories.payment import IBAN, instalments
from tests.factories.people import UserFactory
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _R = AttemptState, RefundState
DAY = date(2026, 11, 20)
WHICH = st.integers(0, 3)
SUMS = st.sampled_from(["1.00", "100.00", "200.00", "298.00", "300.00", "400.00"])


def nth(rows, which):
    """One of these rows, or nothing when there is none."""
    rows = list(rows.order_by("pk"))
    return rows[which % len(rows)] if rows else None


class Money(RuleBasedStateMachine):
    """A deposit of 300 euros and all that people, banks and providers do to it."""

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.deposit = instalments("1000.00")[0]
        self.order = self.deposit.plan.order
        self.staff, self.seller = UserFactory(is_staff=True), owner_of(self.order.seller)
        make_due(self.order, "acceptance", actor=None)

    def teardown(self):
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def attempt(self, which, **about):
        return nth(PaymentAttempt.objects.filter(instalment=self.deposit, **about), which)

    def refund(self, which, *states):
        return nth(Refund.objects.filter(attempt__instalment=self.deposit, state__in=states), which)

    def may(self, act, *about, **how):
        """Do it where it is possible; what is refused changes nothing."""
        if None in about:
            return
        try:
            with transaction.atomic():
                act(*about, **how)
        except Refusal:
            pass

    @rule(amount=SUMS)
    def a_wire_comes(self, amount):
        record_wire(self.deposit, Decimal(amount), "EUR", uuid4().hex, DAY, actor=self.seller)

    @rule(amount=SUMS)
    def a_card_pays(self, amount):
        facts = {"currency": "EUR", "amount": Decimal(amount), "external_id": uuid4().hex}
        one = PaymentAttempt.objects.create(instalment=self.deposit, provider="demo", key=uuid4(), **facts)
        take_in(one, Seen(_A.SUCCEEDED, **facts), asked_at=timezone.now())

    @rule(which=WHICH)
    def a_bank_takes_a_card_payment_back(self, which):
        if one := self.attempt(which, provider="demo"):
            seen = Seen(_A.RETURNED, "EUR", one.received, one.external_id)
            take_in(one, seen, asked_at=timezone.now())

    @rule(which=WHICH)
    def the_seller_takes_an_entry_back(self, which):
        one = self.attempt(which, provider="wire", state=_A.SUCCEEDED)
        self.may(take_back_wire, one, reason="A slip.", actor=self.seller)

    @rule()
    def the_seller_gives_the_excess_back(self):
        self.may(return_excess, self.deposit, actor=self.seller)

    @rule(which=WHICH)
    def an_officer_gives_an_excess_back(self, which):
        finding = nth(Discrepancy.objects.filter(resolved_at=None), which)
        self.may(give_excess_back, finding, reason="Too much.", actor=self.staff)

    @rule(which=WHICH)
    def a_refund_is_ordered(self, which):
        one = self.refund(which, _R.REQUESTED)
        if one and one.attempt.provider == "wire":
            self.may(send_refund, one)

    @rule(which=WHICH)
    def a_refund_arrives(self, which):
        one = self.refund(which, _R.REQUESTED, _R.DETAILS_WANTED)
        if one and one.attempt.provider == "demo" and not one.by_wire:
            take_in_refund(one, SeenRefund(_R.DONE, uuid4().hex), actor=None)
            return
        self.may(give_refund_details, one, holder="M", account=IBAN, bic="", actor=self.order.user)
        self.may(record_refund_sent, one, bank_reference=uuid4().hex, actor=self.seller)

    @rule(which=WHICH)
    def a_refund_fails(self, which):
        one = self.refund(which, _R.REQUESTED)
        if one and one.attempt.provider == "demo":
            take_in_refund(one, SeenRefund(_R.FAILED, failure_code="expired"), actor=None)

    @rule(which=WHICH, way=st.sampled_from([refund_again, refund_by_wire]))
    def another_way_is_found(self, which, way):
        self.may(way, self.refund(which, _R.FAILED), actor=self.seller)

    @rule(day=st.integers(0, 4))
    def the_order_ends(self, day):
        if not day:
            cancel_plan(self.order, actor=None)
            refund_order(self.order, actor=None, reason="unpaid")

    @invariant()
    def what_is_kept_is_what_came_less_what_went(self):
        counted = PaymentAttempt.objects.filter(instalment=self.deposit, state=_A.SUCCEEDED)
        back = Refund.objects.filter(attempt__in=counted).exclude(state__in=UNDONE_REFUNDS)
        came, gone = sum(one.received for one in counted), sum(one.amount for one in back)
        self.deposit.refresh_from_db()
        assert self.deposit.paid == came - gone
        assert excess_of(self.deposit) == max(came - gone - self.deposit.amount, 0)
        connection.check_constraints()

    @invariant()
    def it_is_settled_exactly_when_enough_is_kept(self):
        one = self.deposit
        if one.state not in ENDED_INSTALMENTS:
            whole = one.paid >= one.amount - one.charges
            assert whole == (one.state == InstalmentState.SETTLED) == (one.settled_at is not None)

    @invariant()
    def what_is_too_much_waits_for_somebody(self):
        if self.deposit.state not in ENDED_INSTALMENTS and excess_of(self.deposit):
            findings = Discrepancy.objects.filter(attempt__instalment=self.deposit, resolved_at=None)
            assert findings.exists()


def test_sums_and_state_hold_whatever_happens_in_whatever_order():
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    how = settings(
        max_examples=40, stateful_step_count=14, deadline=None, suppress_health_check=slow, derandomize=True
    )
    run_state_machine_as_test(Money, settings=how)
