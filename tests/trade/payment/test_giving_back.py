"""What each side reads and does until a transfer has gone back by hand."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.payment.actions import give_refund_details, record_refund_sent, record_wire, send_refund
from moussem.trade.payment.models import PaymentAttempt, Refund
from moussem.trade.payment.states import RefundState
from tests.factories.trade import accepted_order, buyer, owner_of, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
IBAN, OTHER = "FR7630006000011234567890189", "DE89370400440532013000"
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


def correct_account(order, account):
    owner = owner_of(order.buyer)
    return give_refund_details(Refund.objects.get(), holder="Maison", account=account, bic="", actor=owner)


def test_seller_is_written_to_each_time_the_account_is_corrected_and_not_when_it_stays(order):
    give_account(order)
    for account in (OTHER, OTHER, IBAN):
        correct_account(order, account)

    told = OutboxMessage.objects.filter(key__startswith="payment-to_send:").order_by("pk")
    assert [letter.payload["subject"].partition(":")[0] for letter in told][1:] == ["Another account"] * 2
    assert [one in letter.payload["body"] for letter in told for one in ("DE … 3000", "FR … 0189")] == [
        *(False, False),
        *(True, False),
        *(False, True),
    ]


def test_sent_from_a_page_of_before_does_not_count_for_the_account_of_now(client, order):
    refund, person = give_account(order), owner_of(order.seller)
    reference, name = refund.attempt.instalment.reference, f"sent-{refund.pk}"
    shown = refund.account_stamp
    now = correct_account(order, OTHER).account_stamp
    client.force_login(person)
    address = reverse("payment:refund_sent", args=[reference, refund.pk])
    lines = LogEntry.objects.count()

    old, bare = (
        client.post(address, {f"{name}-bank_reference": "OUT-1", **more})
        for more in ({f"{name}-account": shown}, {})
    )

    refund.refresh_from_db()
    text = old.content.decode()
    assert (old.status_code, bare.status_code, refund.state) == (422, 422, RefundState.REQUESTED)
    assert "has corrected the account since this page was opened" in text
    assert f'name="{name}-account" value="{now}"' in text
    assert LogEntry.objects.count() == lines
    assert (
        client.post(address, {f"{name}-bank_reference": "OUT-1", f"{name}-account": now}).status_code == 302
    )
    refund.refresh_from_db()
    assert refund.state == RefundState.DONE


def test_where_the_money_went_stays_in_the_log_on_the_page_and_in_the_mail(client, order):
    refund, masked = give_account(order), "FR … 0189"
    record_refund_sent(refund, bank_reference="OUT-1", actor=owner_of(order.seller))
    reference = refund.attempt.instalment.reference

    pages = [read(client, owner_of(side), "payment:pay", reference) for side in (order.seller, order.buyer)]

    assert [(masked in text, IBAN in text) for text in pages] == [(True, False)] * 2
    assert LogEntry.objects.get(verb="moved.done", subject_id=str(refund.pk)).facts["account"] == masked
    letter = OutboxMessage.objects.filter(key__startswith="payment-refunded:").first()
    assert f"It went to the account {masked}." in letter.payload["body"]


def test_seller_says_that_it_was_sent_and_the_desk_forgets_it(client, order):
    refund, person = give_account(order), owner_of(order.seller)
    reference = refund.attempt.instalment.reference

    page = read(client, person, "payment:pay", reference)
    sent = reverse("payment:refund_sent", args=[reference, refund.pk])
    shown = {f"sent-{refund.pk}-account": refund.account_stamp}
    client.post(sent, {f"sent-{refund.pk}-bank_reference": "OUT-1", **shown})

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
