"""Two transfers that go back to one buyer are asked for one account, once."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.payment.actions import record_wire, send_refund
from moussem.trade.payment.models import Refund
from moussem.trade.payment.states import RefundState
from tests.factories.trade import accepted_order, buyer, owner_of, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
IBAN, OTHER = "FR7630006000011234567890189", "DE89370400440532013000"


@pytest.fixture
def deposit(client):
    """A deposit that came in two transfers and is to be given back; its buyer's owner is signed in."""
    order = accepted_order(buyer_side=buyer(), seller_side=seller())
    deposit, seller_owner = order.payment_plan.instalments.get(sequence=1), owner_of(order.seller)
    for number, amount in (("R-1", deposit.amount - 100), ("R-2", 100)):
        record_wire(deposit, amount, "EUR", number, today_here(), actor=seller_owner)
    cancel_order(order, code="other", reason="Hail.", actor=seller_owner)
    for refund in Refund.objects.all():
        send_refund(refund)
    client.force_login(owner_of(order.buyer))
    return deposit


def page_of(client, deposit):
    return client.get(reverse("payment:pay", args=[deposit.reference]))


def send(client, deposit, refund, account, opened=None):
    shown = as_shown(opened) if opened else {}
    typed = {"holder": "Maison", "account": account, "bic": ""}
    return client.post(
        reverse("payment:refund_account", args=[deposit.reference, refund.pk]),
        shown | {f"account-{refund.pk}-{name}": value for name, value in typed.items()},
    )


def forms_of(page):
    return [row["form"] for row in page.context["refunds"] if row["form"]]


def test_one_form_asks_for_the_account_of_both_transfers(client, deposit):
    page = page_of(client, deposit)
    send(client, deposit, Refund.objects.first(), IBAN)

    assert (len(forms_of(page)), page.context["refunds"][0]["many"]) == (1, 2)
    assert page.content.decode().count("Where may the seller send") == 1
    assert list(Refund.objects.values_list("account", "state")) == [(IBAN, RefundState.REQUESTED)] * 2


def test_a_correction_of_the_account_holds_for_both(client, deposit):
    send(client, deposit, Refund.objects.first(), IBAN)
    (form,) = forms_of(page_of(client, deposit))
    send(client, deposit, Refund.objects.first(), OTHER, form)

    assert form.initial == {"holder": "Maison", "account": IBAN, "bic": ""}
    assert list(Refund.objects.values_list("account", flat=True)) == [OTHER] * 2


def as_shown(form):
    """What a browser sends of a form that nobody has typed into."""
    names = [(form[name].html_name, form[name].html_initial_name) for name in form.fields]
    return {key: form.initial[name] for name, keys in zip(form.fields, names, strict=True) for key in keys}


def test_a_page_of_before_does_not_put_the_account_of_before_back(client, deposit):
    refund = Refund.objects.first()
    send(client, deposit, refund, IBAN)
    (opened,) = forms_of(page_of(client, deposit))
    send(client, deposit, refund, OTHER, opened)
    mails, lines = OutboxMessage.objects.count(), LogEntry.objects.count()
    address = reverse("payment:refund_account", args=[deposit.reference, refund.pk])

    refused = client.post(address, as_shown(opened))

    assert refused.status_code == 422
    (back,) = forms_of(refused)
    assert (set(back.otherwise), back.otherwise["account"].now) == ({"account"}, OTHER)
    assert list(Refund.objects.values_list("account", flat=True)) == [OTHER] * 2
    assert (OutboxMessage.objects.count(), LogEntry.objects.count()) == (mails, lines)
    # Read and sent again, it is what its sender wants.
    again = {**as_shown(opened), back["account"].html_initial_name: OTHER}
    assert client.post(address, again).status_code == 302
    assert list(Refund.objects.values_list("account", flat=True)) == [IBAN] * 2


def test_the_account_that_stands_is_sent_twice_and_changes_nothing(client, deposit):
    refund = Refund.objects.first()
    send(client, deposit, refund, IBAN)
    (opened,) = forms_of(page_of(client, deposit))
    address = reverse("payment:refund_account", args=[deposit.reference, refund.pk])
    typed = {**as_shown(opened), opened["account"].html_name: "de89 3704 0044 0532 0130 00"}
    first = client.post(address, typed)
    mails = OutboxMessage.objects.count()

    second = client.post(address, typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert list(Refund.objects.values_list("account", flat=True)) == [OTHER] * 2
    assert OutboxMessage.objects.count() == mails


def test_a_known_account_is_offered_and_a_refused_one_stays_as_it_was_typed(client, deposit):
    first, second = Refund.objects.order_by("pk")
    Refund.objects.filter(pk=first.pk).update(holder="Maison", account=IBAN, state=RefundState.DONE)

    (offered,) = forms_of(page_of(client, deposit))
    refused = send(client, deposit, second, "FR00")

    assert offered.initial["account"] == IBAN
    (typed,) = forms_of(refused)
    assert (refused.status_code, typed["account"].value()) == (422, "FR00")


def test_the_list_of_payments_asks_for_the_account_whatever_it_is_narrowed_to(client, deposit):
    link = f"{reverse('payment:pay', args=[deposit.reference])}#refunds"

    pages = [client.get(reverse("payment:history"), asked) for asked in ({}, {"state": "planned"})]
    send(client, deposit, Refund.objects.first(), IBAN)
    after = client.get(reverse("payment:history"))

    assert [link in page.content.decode() for page in (*pages, after)] == [True, True, False]


def test_the_turn_of_the_reader_is_shown_where_two_transfers_go_back(client, deposit):
    first = Refund.objects.earliest("pk")
    Refund.objects.filter(pk=first.pk).update(holder="Maison", account=IBAN, state=RefundState.REQUESTED)
    deposit.plan.instalments.filter(pk=deposit.pk).update(state="refunded")

    page = client.get(reverse("payment:history"))

    assert [(one.pk, one.turn) for one in page.context["goes_back"]] == [(deposit.pk, "buyer")]
    assert page.context["page"][0].pk == deposit.pk
