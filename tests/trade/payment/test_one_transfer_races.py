"""An entry of the bank counts for what was booked and no more, however many count its parts at once."""

from collections import Counter
from decimal import Decimal

from django.db.models import Sum

from moussem.trade.payment.actions import count_excess, return_excess, take_back_wire
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import excess_fit, kept_of
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.payment import booked, instalments, seller_of
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
_A, _I = AttemptState, InstalmentState


def one_transfer():
    """A deposit for which a thousand euros were booked, its balance, and what counts 700 of them there."""
    deposit, balance = instalments("1000.00")
    entry = booked(deposit, "1000.00", "FT1")
    mark, owner = excess_fit(fresh(deposit)).mark, seller_of(deposit)
    return deposit, balance, entry, lambda: count_excess(fresh(deposit), mark=mark, actor=owner)


def fresh(row):
    return row.__class__.objects.get(pk=row.pk)


def told(results):
    return Counter(getattr(one, "code", "done") for one in results)


def counted_in(*rows):
    """What all that was recorded counts for, which is what each instalment keeps."""
    came = PaymentAttempt.objects.filter(state=_A.SUCCEEDED).aggregate(sum=Sum("received"))["sum"]
    assert all(fresh(one).paid == kept_of(one) for one in rows)
    return came or Decimal(0)


def test_part_counted_by_many_at_once_counts_once():
    deposit, balance, _entry, count = one_transfer()

    results = at_once(*[count] * 8)

    assert told(results) == {"done": 1, "excess_not_as_shown": 7}
    assert counted_in(deposit, balance) == 1000
    assert [fresh(one).state for one in (deposit, balance)] == [_I.SETTLED, _I.SETTLED]
    assert Discrepancy.objects.filter(resolved_at=None).count() == 0


def test_excess_is_either_counted_or_given_back():
    for _round in range(4):
        deposit, balance, _entry, count = one_transfer()
        owner = seller_of(deposit)

        results = at_once(count, lambda d=deposit, o=owner: return_excess(fresh(d), actor=o))

        assert sum(isinstance(one, (PaymentAttempt, Refund)) for one in results) == 1
        back = Refund.objects.filter(attempt__instalment=deposit).aggregate(sum=Sum("amount"))["sum"] or 0
        assert [fresh(deposit).paid, fresh(balance).paid + back] == [300, 700]


def test_entry_taken_back_while_it_is_counted_leaves_nothing_of_it():
    for _round in range(4):
        deposit, balance, entry, count = one_transfer()
        owner = seller_of(deposit)

        at_once(count, lambda e=entry, o=owner: take_back_wire(fresh(e), reason="A slip.", actor=o))

        assert counted_in(deposit, balance) == 0
        assert [fresh(one).state for one in (deposit, balance)] == [_I.PLANNED, _I.PLANNED]
        assert Discrepancy.objects.filter(resolved_at=None).count() == 0


def test_next_instalment_paid_at_the_same_moment_is_never_paid_from_both_without_a_word():
    for _round in range(4):
        deposit, balance, _entry, count = one_transfer()

        at_once(count, lambda b=balance: booked(fresh(b), "700.00", "FT2"))

        assert fresh(deposit).paid + fresh(balance).paid == 1700
        over = Instalment.objects.filter(plan=deposit.plan_id, paid__gt=700).count()
        over += fresh(deposit).paid > 300
        found = Discrepancy.objects.filter(resolved_at=None, attempt__instalment__plan=deposit.plan_id)
        assert (over > 0, found.count()) == (True, 1)


def test_same_entry_recorded_and_counted_at_once_is_one_entry():
    deposit, balance, entry, count = one_transfer()

    at_once(count, lambda: booked(fresh(balance), "700.00", "FT1"), lambda: booked(deposit, "1000.00", "FT1"))

    assert counted_in(deposit, balance) == 1000
    assert PaymentAttempt.objects.exclude(external_id=None).get() == entry
