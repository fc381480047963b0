"""One transfer for several instalments: what is too much for one counts towards the next."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from moussem.core.dates import today_here
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.payment.actions import (
    announce_wire,
    cancel_plan,
    count_excess,
    make_due,
    refund_order,
    return_excess,
    start_attempt,
    take_back_wire,
)
from moussem.trade.payment.actions.reckoning import amount_of
from moussem.trade.payment.errors import (
    ExcessNotAsShown,
    WireNotCorrectable,
    WireRecordedElsewhere,
    WireRecordedForPart,
)
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import excess_fit
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import booked, buyer_side, seller_of, seller_side

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState


@pytest.fixture
def balance(deposit):
    """The 700 euros that follow the deposit."""
    return deposit.plan.instalments.get(sequence=2)


def counted(deposit, mark=None, actor=None):
    mark = excess_fit(fresh(deposit)).mark if mark is None else mark
    return count_excess(deposit, mark=mark, actor=actor or seller_of(deposit))


def standing(*instalments):
    return [(one.state, one.paid) for one in map(fresh, instalments)]


def fresh(instalment):
    return Instalment.objects.get(pk=instalment.pk)


def everything():
    tables = (PaymentAttempt, Instalment, Discrepancy, Refund, LogEntry, OutboxMessage)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def page(client, person, instalment):
    client.force_login(person)
    answer = client.get(reverse("payment:pay", args=[instalment.reference]))
    return " ".join(strip_tags(answer.content.decode()).split())


def press(client, person, instalment, name, *more, **sent):
    client.force_login(person)
    return client.post(reverse(f"payment:{name}", args=[instalment.reference, *more]), sent)


def test_one_transfer_for_both_settles_both_from_the_page(client, deposit, balance):
    entry, seller = booked(deposit, "1000.00", "FT1"), seller_of(deposit)
    assert "Count €700.00 towards instalment 2" in page(client, seller, deposit)
    buyer = deposit.plan.order.user
    assert "counts it towards instalment 2, or gives it back" in page(client, buyer, deposit)

    answer = press(client, seller, deposit, "count_excess", mark=f"{balance.reference}:700.00")

    assert answer.url == reverse("payment:pay", args=[balance.reference])
    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.SETTLED, 700)]
    part = PaymentAttempt.objects.get(instalment=balance)
    entry.refresh_from_db()
    kept = [(one.state, one.received, one.part_of) for one in (entry, part)]
    assert kept == [(_A.SUCCEEDED, 300, None), (_A.SUCCEEDED, 700, entry)]
    assert (entry.external_id, part.external_id) == (f"{deposit.plan.order.seller_id}:FT1", None)
    assert Discrepancy.objects.filter(resolved_at=None).count() == 0
    told = OutboxMessage.objects.filter(key__regex=f"^payment-(settled|received):{balance.pk}:")
    assert {one.payload["to"] for one in told} == {buyer.email, seller.email}
    line = LogEntry.objects.get(verb="payment.counted_towards")
    assert (line.actor, line.facts) == (
        seller,
        {"towards": balance.reference, "amount": "700.00", "currency": "EUR"},
    )


def test_each_page_says_what_the_same_entry_pays_elsewhere(client, deposit, balance):
    booked(deposit, "1000.00", "FT1")
    counted(deposit)

    first, second = (page(client, seller_of(deposit), one) for one in (deposit, balance))

    assert "€700.00 of the same entry counts for instalment 2" in first
    assert "€300.00 of the same entry counts for instalment 1" in second
    assert ["FT1" in said for said in (first, second)] == [True, True]
    assert ["too much" in said for said in (first, second)] == [False, False]


@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_money_that_counts_elsewhere_is_no_amount_of_this_instalment(client, deposit, balance, side):
    booked(deposit, "300.00", "FT1")
    wrong = booked(deposit, "700.00", "FT2")
    counted(deposit)
    order = deposit.plan.order

    said = page(client, order.user if side == "buyer" else seller_of(deposit), deposit)

    assert "Counted towards instalment 2" in said
    assert ("€700.00, all of it for instalment 2" in said) == (side == "seller")
    assert said.count("€700.00") == (side == "seller")
    assert "€0.00" not in said
    take_back_wire(wrong, reason="Another order.", actor=seller_of(deposit))
    line = LogEntry.objects.filter(verb=f"moved.{_A.RETRACTED}", subject_id=wrong.pk).get()
    assert line.facts["amount"] == "0.00"


def test_log_tells_no_announced_amount_of_money_that_counts_elsewhere(deposit, balance):
    payer = deposit.plan.order.user
    announce_wire(start_attempt(deposit, "wire", actor=payer), actor=payer)
    entry = booked(deposit, "300.00", "FT1")
    assert (entry.amount, amount_of(entry)) == (300, {"amount": "300.00", "currency": "EUR"})

    entry.received = Decimal("0.00")

    assert amount_of(entry) == {"amount": "0.00", "currency": "EUR"}


def test_part_recorded_once_more_is_known_on_the_page(client, deposit, balance):
    booked(deposit, "1000.00", "FT1")
    counted(deposit)
    before = everything()
    typed = {"amount": "700.00", "currency": "EUR", "bank_reference": "FT-1", "booked_on": today_here()}

    answer = press(client, seller_of(deposit), balance, "wire", **typed)

    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert [one.partition(". ")[0] for one in told] == [
        "The entry “FT1” of the bank statement was recorded already"
    ]
    assert everything() == before


def test_part_of_what_is_missing_leaves_the_rest_to_be_paid(deposit, balance):
    booked(deposit, "500.00")

    counted(deposit)

    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.PLANNED, 200)]
    assert fresh(balance).outstanding == 500


def test_what_is_too_much_for_both_still_waits_for_a_decision(deposit, balance):
    entry = booked(deposit, "1100.00")

    counted(deposit)

    assert standing(deposit, balance) == [(_I.SETTLED, 400), (_I.SETTLED, 700)]
    assert excess_fit(fresh(deposit)) is None
    assert return_excess(deposit, actor=seller_of(deposit)).amount == 100
    assert standing(deposit) == [(_I.SETTLED, 300)]
    entry.refresh_from_db()
    assert (entry.received, entry.refundable) == (400, 300)


def test_balance_sent_with_the_reference_of_the_paid_deposit_counts_where_it_belongs(deposit, balance):
    booked(deposit, "300.00", "FT1")
    wrong = booked(deposit, "700.00", "FT2")

    part = counted(deposit)

    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.SETTLED, 700)]
    # The excess is of whoever brought it: of what its number keeps nothing is left.
    wrong.refresh_from_db()
    assert (wrong.received, part.part_of, part.received) == (0, wrong, 700)
    take_back_wire(wrong, reason="Another order.", actor=seller_of(deposit))
    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.PLANNED, 0)]
    told = OutboxMessage.objects.filter(key__startswith="payment-corrected:")
    assert ["700.00" in one.payload["body"] for one in told] == [True]


def test_announced_transfer_of_the_next_instalment_is_the_one_that_came(deposit, balance):
    payer = deposit.plan.order.user
    announced = announce_wire(start_attempt(balance, "wire", actor=payer), actor=payer)
    booked(deposit, "1000.00")

    assert counted(deposit).pk == announced.pk

    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.SETTLED, 700)]


def test_announced_transfer_is_still_awaited_when_only_a_part_was_counted(deposit, balance):
    payer = deposit.plan.order.user
    make_due(deposit.plan.order, "release", actor=None)
    announced = announce_wire(start_attempt(fresh(balance), "wire", actor=payer), actor=payer)
    booked(deposit, "500.00", "FT1")

    part = counted(deposit)

    announced.refresh_from_db()
    assert (announced.state, announced.amount, announced.received) == (_A.PROCESSING, 700, 0)
    assert (part.state, part.received, part == announced) == (_A.SUCCEEDED, 200, False)
    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.ANNOUNCED, 200)]
    assert booked(balance, "500.00", "FT2") == announced
    assert standing(balance) == [(_I.SETTLED, 700)]


@pytest.mark.parametrize("amount", ["500.00", "995.00"])
def test_announced_transfer_is_the_one_that_came_when_it_brings_as_much_or_all(deposit, balance, amount):
    payer = deposit.plan.order.user
    announced = announce_wire(start_attempt(balance, "wire", actor=payer), actor=payer)
    if amount == "500.00":
        PaymentAttempt.objects.filter(pk=announced.pk).update(amount=200)
    booked(deposit, amount)

    assert counted(deposit).pk == announced.pk


def test_what_came_after_all_was_kept_by_no_bank(deposit):
    booked(deposit, "295.00", "FT1")
    assert fresh(deposit).charges == 5

    second = booked(deposit, "5.00", "FT2")

    assert (standing(deposit), fresh(deposit).charges) == ([(_I.SETTLED, 300)], 0)
    # Recorded by mistake: everything is as it was before.
    take_back_wire(second, reason="Another order.", actor=seller_of(deposit))
    assert (standing(deposit), fresh(deposit).charges) == ([(_I.SETTLED, 295)], 5)


def test_more_than_banks_keep_is_missing_once_it_is_taken_back(deposit):
    first, _second = booked(deposit, "295.00", "FT1"), booked(deposit, "5.00", "FT2")

    take_back_wire(first, reason="Another order.", actor=seller_of(deposit))

    assert (standing(deposit), fresh(deposit).charges) == ([(_I.DUE, 5)], 0)


def test_charges_written_off_before_go_when_the_excess_is_counted(deposit, balance):
    booked(deposit, "295.00", "FT1")
    booked(deposit, "705.00", "FT2")
    Instalment.objects.filter(pk=deposit.pk).update(charges=5)

    counted(deposit)

    assert (standing(deposit, balance), fresh(deposit).charges) == ([(_I.SETTLED, 300), (_I.SETTLED, 700)], 0)


@pytest.mark.parametrize("place", [1, 2])
def test_entry_taken_back_on_either_page_takes_all_its_parts_back(client, deposit, balance, place):
    entry = booked(deposit, "1000.00", "FT1")
    part = counted(deposit)
    make_due(deposit.plan.order, "release", actor=None)
    shown, attempt = ((deposit, entry), (balance, part))[place - 1]
    assert "takes the whole entry back" in page(client, seller_of(deposit), shown)

    press(client, seller_of(deposit), shown, "take_back", attempt.pk, **{f"back-{attempt.pk}-reason": "No."})

    assert standing(deposit, balance) == [(_I.DUE, 0), (_I.DUE, 0)]
    kept = PaymentAttempt.objects.values_list("state", "received", "external_id")
    assert list(kept) == [(_A.RETRACTED, 300, None), (_A.RETRACTED, 700, None)]
    assert OutboxMessage.objects.filter(key__startswith="payment-corrected:").count() == 2
    # The number is free: the entry may be recorded as it should be, and its parts are counted anew.
    again = booked(deposit, "1000.00", "FT1")
    assert counted(deposit).part_of == again
    assert standing(deposit, balance) == [(_I.SETTLED, 300), (_I.SETTLED, 700)]


def test_entry_of_which_a_part_was_sent_back_stays_whole(deposit, balance):
    entry = booked(deposit, "1000.00")
    part = counted(deposit)
    refund_order(deposit.plan.order, actor=None, reason="sold_out")
    Refund.objects.filter(attempt=part).update(state=RefundState.DONE, external_id="B-1")
    before = everything()

    for one in (entry, part):
        with pytest.raises(WireNotCorrectable, match="1,000"):
            take_back_wire(one, reason="A slip.", actor=seller_of(deposit))

    assert everything() == before


def test_same_entry_recorded_again_is_known_by_all_that_was_booked(deposit, balance):
    entry = booked(deposit, "1000.00", "FT1")
    part = counted(deposit)
    before = everything()

    assert (booked(deposit, "1000.00", "FT1"), booked(balance, "700.00", "FT1")) == (entry, part)
    with pytest.raises(WireRecordedElsewhere, match="1,000"):
        booked(balance, "300.00", "FT1")

    assert everything() == before


def test_second_instalment_recorded_with_the_same_entry_says_how_one_transfer_pays_both(deposit, balance):
    booked(deposit, "300.00", "FT1")
    before = everything()

    with pytest.raises(WireRecordedForPart, match="record the whole amount"):
        booked(balance, "700.00", "FT1")

    assert everything() == before


def refused(deposit, mark=None, actor=None, refusal=ExcessNotAsShown):
    before = everything()
    with pytest.raises(refusal):
        counted(deposit, mark=mark or "RF00:1.00", actor=actor)
    assert everything() == before


def test_only_what_the_page_showed_is_counted_once_and_by_the_seller(client, deposit, balance):
    mark = f"{balance.reference}:700.00"
    refused(deposit, mark)
    booked(deposit, "1000.00")
    for wrong in (f"{balance.reference}:701.00", f"{balance.reference}:1", f"{deposit.reference}:700.00", ""):
        refused(deposit, wrong)
    for person in (deposit.plan.order.user, seller_side().user, buyer_side().user):
        refused(deposit, mark, person, NotYours)
        assert press(client, person, deposit, "count_excess", mark=mark).status_code == 404
    booked(balance, "100.00", "R-2")
    refused(deposit, mark)

    counted(deposit, f"{balance.reference}:600.00")

    refused(deposit, mark)
    assert standing(deposit, balance) == [(_I.SETTLED, 400), (_I.SETTLED, 700)]


def test_nothing_is_offered_while_the_next_instalment_is_paid_otherwise_or_over(deposit, balance):
    booked(deposit, "1000.00")
    mark = excess_fit(fresh(deposit)).mark
    card = PaymentAttempt.objects.create(
        instalment=balance,
        provider="demo",
        key=uuid4(),
        currency="EUR",
        amount=Decimal(700),
        state=_A.PROCESSING,
    )
    refused(deposit, mark)
    PaymentAttempt.objects.filter(pk=card.pk).update(state=_A.FAILED)
    assert excess_fit(fresh(deposit)).mark == mark

    cancel_plan(deposit.plan.order, actor=None)

    refused(deposit, mark)


def test_refused_press_says_what_happened_on_the_page(client, deposit, balance):
    booked(deposit, "1000.00")
    counted(deposit)
    before = everything()
    client.force_login(seller_of(deposit))

    address = reverse("payment:count_excess", args=[deposit.reference])
    answer = client.post(address, {"mark": f"{balance.reference}:700.00"}, follow=True)

    assert "no longer as this page showed it" in answer.content.decode()
    assert everything() == before


def test_part_has_no_number_of_its_own(deposit, balance):
    booked(deposit, "1000.00")
    part = counted(deposit)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentAttempt.objects.filter(pk=part.pk).update(external_id="1:FT9")
