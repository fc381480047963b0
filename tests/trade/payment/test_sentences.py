"""One story for each side: what the page of an instalment says, and where it leads on."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.trade.payment.actions import announce_wire, record_wire, start_attempt
from tests.factories.trade import accepted_order, buyer, owner_of, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def order():
    return accepted_order(buyer_side=buyer(), seller_side=seller())


def deposit_of(order):
    return order.payment_plan.instalments.get(sequence=1)


def read(client, person, instalment):
    client.force_login(person)
    return client.get(reverse("payment:pay", args=[instalment.reference])).content.decode()


def both(client, order):
    deposit = deposit_of(order)
    return [read(client, owner_of(side), deposit) for side in (order.buyer, order.seller)]


def test_ordered_transfer_is_no_longer_asked_for_and_both_sides_read_one_number_of_days(client, order):
    attempt = start_attempt(deposit_of(order), "wire", actor=owner_of(order.buyer))
    announce_wire(attempt, actor=owner_of(order.buyer))

    bought, sold = both(client, order)

    assert ("You have ordered the transfer." in bought, "Order this transfer" in bought) == (True, False)
    assert "qr.svg" not in bought
    assert "The buyer has ordered the transfer." in sold
    assert ["one to five days" in text for text in (bought, sold)] == [True, True]
    for word in ("announced by the bank", "eight days", "do not pay again"):
        assert word not in bought + sold


def test_seller_is_not_asked_to_pay_nor_told_what_is_written_to_the_buyer(client, order):
    bought, sold = both(client, order)

    assert ["To be paid" in text for text in (bought, sold)] == [True, False]
    assert "The buyer is to pay" in sold


def test_paid_instalment_leads_to_the_order_its_papers_and_the_purchase(client, order):
    deposit = deposit_of(order)
    record_wire(deposit, deposit.amount, "EUR", "R-1", today_here(), actor=owner_of(order.seller))

    bought, sold = both(client, order)

    page = reverse("orders:order", args=[order.number])
    for address in (page, f"{page}#papers", reverse("orders:purchase", args=[order.purchase.number])):
        assert f'href="{address}"' in bought
        assert f'href="{address}"' not in sold
    assert f'href="{reverse("desk:order", args=[order.number])}"' in sold


def test_paid_instalment_leads_to_what_the_same_purchase_still_asks_for(client, order):
    other = accepted_order(buyer_side=order.buyer.memberships.first(), purchase=order.purchase)
    deposit, next_due = deposit_of(order), deposit_of(other)
    record_wire(deposit, deposit.amount, "EUR", "R-1", today_here(), actor=owner_of(order.seller))

    text = read(client, owner_of(order.buyer), deposit)

    assert f'href="{reverse("payment:pay", args=[next_due.reference])}"' in text
    assert "Pay the next, " in text
