"""An entry recorded by mistake leaves the refunds that its money had no part in."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from moussem.trade.payment.actions import (
    accept_held,
    give_refund_details,
    record_refund_sent,
    reject_held,
    return_excess,
    send_refund,
    take_back_wire,
)
from moussem.trade.payment.actions.looking import take_in
from moussem.trade.payment.errors import WireNotCorrectable
from moussem.trade.payment.models import Discrepancy, Refund
from moussem.trade.payment.providers import Seen
from moussem.trade.payment.queries import excess_of
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import IBAN, booked, seller_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_I, _R = InstalmentState, RefundState
DAY = date(2026, 11, 20)


def take_back(slip):
    return take_back_wire(slip, reason="A slip.", actor=seller_of(slip.instalment))


def excess_back(deposit, *, sent):
    """The refund of what came too much, to an account that is known; sent when asked for."""
    refund = send_refund(return_excess(deposit, actor=seller_of(deposit)))
    payer = deposit.plan.order.user
    refund = give_refund_details(refund, holder="Maison", account=IBAN, bic="", actor=payer)
    return record_refund_sent(refund, bank_reference="OUT", actor=seller_of(deposit)) if sent else refund


def paid_twice(deposit, *, sent, currency="EUR"):
    """A deposit that is paid, and a second payment that goes back."""
    booked(deposit, "300.00", "R-1")
    booked(deposit, "100.00", "R-2", currency=currency)
    if currency != "EUR":
        officer = UserFactory(is_staff=True, is_superuser=True)
        told = {"counted_as": Decimal(90), "reason": "rate", "actor": officer}
        accept_held(Discrepancy.objects.get(), **told)
    return excess_back(deposit, sent=sent)


def standing(deposit):
    deposit.refresh_from_db()
    states = list(Refund.objects.order_by("pk").values_list("state", flat=True))
    return deposit.state, deposit.paid, excess_of(deposit), states


@pytest.mark.parametrize(("sent", "state"), [(False, _R.REQUESTED), (True, _R.DONE)])
@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_mistake_of_later_leaves_the_refund_of_an_earlier_entry(deposit, sent, state, currency):
    paid_twice(deposit, sent=sent, currency=currency)
    slip = booked(deposit, "50.00", "R-3")

    assert take_back(slip).state == AttemptState.RETRACTED

    assert standing(deposit) == (_I.SETTLED, 300, 0, [state])


@pytest.mark.parametrize(("sent", "state"), [(False, _R.REQUESTED), (True, _R.DONE)])
def test_mistake_of_before_leaves_a_refund_that_is_right_without_it(deposit, sent, state):
    booked(deposit, "300.00", "R-1")
    booked(deposit, "100.00", "R-2")
    slip = booked(deposit, "50.00", "R-3")
    excess_back(deposit, sent=sent)

    take_back(slip)

    assert standing(deposit) == (_I.SETTLED, 300, 0, [state])


def test_of_two_refunds_the_one_that_the_mistake_had_a_part_in_is_withdrawn(deposit):
    slip = booked(deposit, "200.00", "R-1")
    booked(deposit, "300.00", "R-2")
    excess_back(deposit, sent=False)
    booked(deposit, "100.00", "R-3")
    excess_back(deposit, sent=False)

    take_back(slip)

    assert standing(deposit) == (_I.SETTLED, 300, 0, [_R.WITHDRAWN, _R.REQUESTED])


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize(
    ("entries", "falls"),
    [
        # One that is exactly what is missing, whatever came before or after it.
        (["300.00", "5.00", "300.00"], [False, True]),
        (["300.00", "300.00", "5.00"], [True, False]),
        # Two that are exactly what is missing, rather than one that leaves something to give back again.
        (["200.00", "250.00", "150.00", "250.00", "50.00"], [True, False, False, True]),
        # Nothing fits: the one that leaves the least.
        (["300.00", "40.00", "310.00", "400.00"], [False, True, False]),
    ],
)
def test_mistake_takes_no_more_refunds_along_than_make_it_good(deposit, entries, falls, sent):
    slip = booked(deposit, entries[0], "R-0")
    refunds = []
    for number, amount in enumerate(entries[1:], 1):
        booked(deposit, amount, f"R-{number}")
        if excess_of(deposit):
            refunds.append(excess_back(deposit, sent=False))
    stays = falls.index(False)
    if sent:
        record_refund_sent(refunds[stays], bank_reference="OUT", actor=seller_of(deposit))
    else:
        stays = None

    take_back(slip)

    kept = [_R.DONE if number == stays else _R.REQUESTED for number in range(len(falls))]
    expected = [_R.WITHDRAWN if fell else state for fell, state in zip(falls, kept, strict=True)]
    assert standing(deposit)[3] == expected


@pytest.mark.parametrize("unsent", ["100.00", "150.00"])
def test_refund_that_was_not_sent_yet_falls_rather_than_one_that_was(deposit, unsent):
    slip = booked(deposit, "100.00", "R-1")
    booked(deposit, "300.00", "R-2")
    excess_back(deposit, sent=True)
    booked(deposit, unsent, "R-3")
    excess_back(deposit, sent=False)

    take_back(slip)

    assert standing(deposit)[3] == [_R.DONE, _R.WITHDRAWN]


@pytest.mark.parametrize(
    ("entries", "states"),
    [
        (["350.00", "300.00", "100.00"], [_R.WITHDRAWN, _R.WITHDRAWN, _R.REQUESTED]),
        (["600.00", "300.00"], [_R.WITHDRAWN, _R.WITHDRAWN]),
        (["350.00", "350.00"], [_R.WITHDRAWN, _R.WITHDRAWN]),
    ],
)
def test_refund_of_the_mistake_itself_falls_besides_what_makes_it_good(deposit, entries, states):
    slip = booked(deposit, entries[0], "R-0")
    excess_back(deposit, sent=False)
    for number, amount in enumerate(entries[1:], 1):
        booked(deposit, amount, f"R-{number}")
        excess_back(deposit, sent=False)

    take_back(slip)

    assert standing(deposit)[3] == states


def test_refund_of_money_that_never_counted_stays_when_a_mistake_is_taken_back(deposit):
    slip = booked(deposit, "100.00", "R-1")
    booked(deposit, "100.00", "R-2", currency="USD")
    officer = UserFactory(is_staff=True, is_superuser=True)
    reject_held(Discrepancy.objects.get(), reason="Other money.", actor=officer)
    booked(deposit, "300.00", "R-3")
    excess_back(deposit, sent=False)

    take_back(slip)

    assert standing(deposit)[3] == [_R.REQUESTED, _R.WITHDRAWN]


def test_refund_sent_that_the_mistake_had_a_part_in_is_told_and_nothing_changes(client, deposit):
    slip = booked(deposit, "200.00", "R-1")
    booked(deposit, "300.00", "R-2")
    excess_back(deposit, sent=True)
    before = standing(deposit)

    with pytest.raises(WireNotCorrectable) as refused:
        take_back(slip)

    assert "was sent back already" in refused.value.message
    assert standing(deposit) == before == (_I.SETTLED, 300, 0, [_R.DONE])
    client.force_login(seller_of(deposit))
    page = client.get(reverse("payment:pay", args=[deposit.reference]))
    assert [bool(row["stuck"]) for row in page.context["recorded"]] == [True, True]


def test_refund_that_was_sent_before_the_mistake_counted_has_nothing_to_do_with_it(deposit):
    first = booked(deposit, "300.00", "R-1")
    booked(deposit, "100.00", "R-2")
    excess_back(deposit, sent=True)
    take_in(first, Seen(AttemptState.RETURNED, "EUR", first.received, "R"), asked_at=timezone.now())
    slip = booked(deposit, "300.00", "R-3")

    take_back(slip)

    assert standing(deposit) == (_I.DUE, 0, 0, [_R.DONE])


def test_seller_reads_no_refund_to_fall_where_none_does(client, deposit):
    paid_twice(deposit, sent=False)
    slip = booked(deposit, "50.00", "R-3")
    client.force_login(seller_of(deposit))

    rows = client.get(reverse("payment:pay", args=[deposit.reference])).context["recorded"]

    assert [row["back"] for row in rows if row["attempt"] == slip] == [0]
