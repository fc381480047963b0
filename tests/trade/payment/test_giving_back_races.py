"""Twenty who put the same money right at the same moment: one does, and the others are told."""

from collections import Counter
from datetime import date
from decimal import Decimal

from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.order.states import OrderState
from moussem.trade.payment.actions import (
    give_refund_details,
    make_due,
    record_refund_sent,
    record_wire,
    return_excess,
    send_refund,
    take_back_wire,
)
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import due_now, excess_of, kept_of
from moussem.trade.payment.states import InstalmentState, RefundState
from tests.factories.payment import IBAN, booked, instalments, seller_of
from tests.factories.trade import accepted_order
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql
TWENTY = 20


def paid(amount, *more):
    """A deposit of 300 euros for which these amounts were recorded, and who recorded them."""
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    owner = deposit.plan.order.seller.memberships.get().user
    for number, came in enumerate((amount, *more)):
        record_wire(
            deposit, Decimal(came), "EUR", f"R-{number}", date(2026, 11, 20), actor=owner, is_meant=True
        )
    return deposit, owner


def fresh(instalment):
    return Instalment.objects.get(pk=instalment.pk)


def told(results):
    """How often each refusal was met; what was done counts as done."""
    return Counter(getattr(one, "code", "done") for one in results)


def test_entry_taken_back_by_twenty_at_once_goes_once():
    deposit, owner = paid("300.00", "300.00")
    slip = deposit.attempts.latest("pk").pk

    def take_back():
        return take_back_wire(PaymentAttempt.objects.get(pk=slip), reason="A slip.", actor=owner)

    results = at_once(*[take_back] * TWENTY)

    assert told(results) == {"done": 1, "attempt_not_open": TWENTY - 1}
    after = fresh(deposit)
    assert (after.state, after.paid, kept_of(after)) == (InstalmentState.SETTLED, 300, 300)
    assert LogEntry.objects.filter(verb="moved.retracted").count() == 1
    assert OutboxMessage.objects.filter(key__startswith="payment-corrected:").count() == 1


def test_excess_given_back_by_twenty_at_once_goes_back_once():
    deposit, owner = paid("200.00", "300.00")

    results = at_once(*[lambda: return_excess(fresh(deposit), actor=owner)] * TWENTY)

    assert told(results) == {"done": 1, "nothing_to_refund": TWENTY - 1}
    assert list(Refund.objects.values_list("amount", flat=True)) == [200]
    after = fresh(deposit)
    assert (after.state, kept_of(after), excess_of(after)) == (InstalmentState.SETTLED, 300, 0)
    assert Discrepancy.objects.filter(resolved_at=None).count() == 0


def test_entries_taken_back_while_their_excess_is_given_back_agree_in_every_order():
    for _round in range(3):
        deposit, owner = paid("300.00", "300.00")
        slip = deposit.attempts.latest("pk").pk

        def take_back(slip=slip, owner=owner):
            return take_back_wire(PaymentAttempt.objects.get(pk=slip), reason="A slip.", actor=owner)

        def give(deposit=deposit, owner=owner):
            return return_excess(fresh(deposit), actor=owner)

        at_once(*[take_back, give] * (TWENTY // 2))

        after = fresh(deposit)
        assert (after.state, after.paid, kept_of(after)) == (InstalmentState.SETTLED, 300, 300)
        waiting = Refund.objects.filter(attempt__instalment=deposit).exclude(state=RefundState.WITHDRAWN)
        assert waiting.count() == 0


def test_refund_is_either_sent_or_withdrawn_with_its_entry():
    for _round in range(3):
        deposit, owner = paid("350.00")
        refund = send_refund(return_excess(deposit, actor=owner))
        payer = deposit.plan.order.user
        give_refund_details(refund, holder="M", account=IBAN, bic="", actor=payer)
        slip = deposit.attempts.get().pk

        def send(pk=refund.pk, owner=owner):
            return record_refund_sent(Refund.objects.get(pk=pk), bank_reference="OUT", actor=owner)

        def take_back(slip=slip, owner=owner):
            return take_back_wire(PaymentAttempt.objects.get(pk=slip), reason="A slip.", actor=owner)

        results = at_once(*[send, take_back] * (TWENTY // 2))

        refund.refresh_from_db()
        kept = {RefundState.DONE: 300, RefundState.WITHDRAWN: 0}[refund.state]
        assert (told(results)["done"], kept_of(fresh(deposit))) == (1, kept)


def test_order_that_ends_while_an_entry_is_taken_back_asks_for_nothing_more():
    order = accepted_order()
    deposit, balance = order.payment_plan.instalments.order_by("sequence")
    owner = seller_of(deposit)
    entry = booked(deposit, deposit.amount)

    with while_it_waits(deposit, lambda: cancel_order(order, actor=owner, reason="Frost.")) as ended:
        take_back_wire(entry, reason="It was for another order.", actor=owner)

    assert ended.result().status == OrderState.CANCELLED
    assert {fresh(one).state for one in (deposit, balance)} == {InstalmentState.CANCELLED}
    assert due_now(order.user) == []
