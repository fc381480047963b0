"""What each side reads and does until a transfer has gone back by hand."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.payment.actions import give_refund_details, record_refund_sent, record_wire, send_refund
from moussem.trade.payment.models import PaymentAttempt, Refund
from moussem.trade.payment.states import RefundState
from tests.factories.trade import accepted_order, buyer, owner_of, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
IBAN = "FR7630006000011234567890189"
ON_ITS_WAY = "The money is on its way back"


@pytest.fixture
def order():
    """An order whose deposit came by transfer and whose seller then cancelled."""
    order = accepted_order(buyer_side=buyer(), seller_side=seller())
    deposit = order.payment_plan.instalments.get(sequence=1)
    record_wire(deposit, deposit.amount, "EUR", "R-1", today_here(), actor=owner_of(order.seller))
    cancel_order(order, code="other", reason="Hail.", actor=owner_of(order.seller))
    send_refund(Refund.objects.get())
    return order


def read(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(name, args=args)).content.decode()


def give_account(order):
    owner = owner_of(order.buyer)
    return give_refund_details(Refund.objects.get(), holder="Maison", account=IBAN, bic="", actor=owner)


def test_buyer_is_asked_for_the_account_and_never_told_that_money_was_sent(client, order):
    reference = order.payment_plan.instalments.get(sequence=1).reference

    payment = read(client, owner_of(order.buyer), "payment:pay", reference)
    page = read(client, owner_of(order.buyer), "orders:order", order.number)

    assert ("Nothing was sent yet" in payment, ON_ITS_WAY in payment) == (True, False)
    assert "Enter the account" in page
    assert f"{reverse('payment:pay', args=[reference])}#refunds" in page


def test_seller_waits_until_the_account_is_known_then_finds_it_on_the_desk(client, order):
    person = owner_of(order.seller)

    before = read(client, person, "desk:home")
    give_account(order)
    after = read(client, person, "desk:home")

    assert ["To send back" in text for text in (before, after)] == [False, True]
    assert "To send back" in read(client, person, "desk:order", order.number)


def test_seller_is_written_to_when_the_account_is_known(order):
    give_account(order)

    told = OutboxMessage.objects.filter(key__startswith="payment-to_send:")
    assert [letter.payload["to"] for letter in told] == [owner_of(order.seller).email]


def test_seller_says_that_it_was_sent_and_the_desk_forgets_it(client, order):
    refund, person = give_account(order), owner_of(order.seller)
    reference = refund.attempt.instalment.reference

    page = read(client, person, "payment:pay", reference)
    sent = reverse("payment:refund_sent", args=[reference, refund.pk])
    client.post(sent, {f"sent-{refund.pk}-bank_reference": "OUT-1"})

    assert ("I have sent it back" in page, ON_ITS_WAY in page) == (True, False)
    refund.refresh_from_db()
    assert refund.state == RefundState.DONE
    assert "To send back" not in read(client, person, "desk:home")


def test_what_a_card_service_gives_back_is_said_by_nobody_else(order):
    PaymentAttempt.objects.update(provider="stripe_card")
    Refund.objects.update(state=RefundState.SENT)

    with pytest.raises(NotYours):
        record_refund_sent(Refund.objects.get(), bank_reference="X", actor=owner_of(order.seller))
    with pytest.raises(NotYours):
        give_account(order)

    refund = Refund.objects.get()
    assert (refund.state, refund.account) == (RefundState.SENT, "")
