from datetime import date
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.urls import reverse

from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.payment.actions import give_up, look_again, record_wire, refund_order, start_attempt
from moussem.trade.payment.models import Instalment, PaymentAttempt, ProviderEvent, Refund
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.payment import instalments
from tests.fakes.stripe_server import signed
from tests.races import at_once, on_postgresql, while_it_waits
from tests.trade.payment.conftest import SECRETS

pytestmark = on_postgresql
IBAN, OTHER = "FR7630006000011234567890189", "DE89370400440532013000"


def begin(instalment, code="stripe_card"):
    instalment = Instalment.objects.get(pk=instalment.pk)
    return start_attempt(instalment, code, actor=instalment.plan.order.user)


def test_same_notice_delivered_three_times_at_once_settles_once(stripe):
    attempt = begin(instalments("1000.00")[0])
    body, headers = signed(stripe.books.settle(attempt.external_id), SECRETS[0])

    def ring():
        post = Client().post
        return post("/webhooks/stripe/", body, content_type="application/json", headers=headers).status_code

    assert at_once(ring, ring, ring) == [200, 200, 200]

    instalment = Instalment.objects.get(pk=attempt.instalment_id)
    assert (instalment.state, instalment.paid) == (InstalmentState.SETTLED, 300)
    assert ProviderEvent.objects.count() == 1
    assert LogEntry.objects.filter(verb="moved.settled").count() == 1
    assert OutboxMessage.objects.filter(kind="mail").count() == 2


def test_poll_webhook_and_return_page_at_once_settle_once(stripe):
    attempt = begin(instalments("1000.00")[0])
    body, headers = signed(stripe.books.settle(attempt.external_id), SECRETS[0])

    def ring():
        Client().post("/webhooks/stripe/", body, content_type="application/json", headers=headers)

    def look():
        look_again(PaymentAttempt.objects.get(pk=attempt.pk))

    at_once(ring, look, look, ring)

    assert Instalment.objects.get(pk=attempt.instalment_id).paid == 300
    assert LogEntry.objects.filter(verb="moved.succeeded").count() == 1


def test_every_notice_of_a_payment_at_once_ends_in_its_last_state(stripe):
    attempt = begin(instalments("1000.00")[0])
    books, number = stripe.books, attempt.external_id
    events = [happen(number) for happen in (books.ask, books.process, books.settle, books.dispute)]

    def ring(event):
        body, headers = signed(event, SECRETS[0])
        Client().post("/webhooks/stripe/", body, content_type="application/json", headers=headers)

    at_once(*[lambda event=event: ring(event) for event in events])

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.RETURNED
    assert Instalment.objects.get(pk=attempt.instalment_id).paid == 0


def test_two_presses_at_once_begin_one_payment(stripe):
    deposit = instalments("1000.00")[0]

    first, second = at_once(lambda: begin(deposit), lambda: begin(deposit))

    assert first == second
    assert (PaymentAttempt.objects.count(), len(stripe.books.payments)) == (1, 1)


def test_two_ways_at_once_leave_at_most_one_open_payment(stripe):
    deposit = instalments("1000.00")[0]

    at_once(lambda: begin(deposit, "stripe_card"), lambda: begin(deposit, "wire"))

    begin(deposit, "wire")
    assert PaymentAttempt.objects.filter(state=AttemptState.ACTION).count() == 1
    assert [one["status"] for one in stripe.books.payments.values()] in ([], ["canceled"])


def test_way_that_another_tab_opens_in_between_is_given_up(stripe):
    deposit = instalments("1000.00")[0]

    with while_it_waits(deposit, lambda: begin(deposit)) as card:
        begin(deposit, "wire")

    assert list(PaymentAttempt.objects.order_by("pk").values_list("provider", "state")) == [
        ("wire", AttemptState.CANCELLED),
        ("stripe_card", AttemptState.ACTION),
    ]
    assert card.result().provider == "stripe_card"


def test_payment_given_up_while_stripe_makes_it_is_given_up_there_too(stripe):
    deposit = instalments("1000.00")[0]

    def choose_another_way(verb, path):
        stripe.before_answer = None
        begin(deposit, "wire")
        connection.close()

    stripe.before_answer = choose_another_way
    begin(deposit)

    assert [one["status"] for one in stripe.books.payments.values()] == ["canceled"]
    assert list(PaymentAttempt.objects.order_by("pk").values_list("provider", "state")) == [
        ("stripe_card", AttemptState.CANCELLED),
        ("wire", AttemptState.ACTION),
    ]


def test_payment_read_before_it_had_a_number_is_not_given_up_here_alone(stripe):
    deposit, early = instalments("1000.00")[0], []

    def read_it(verb, path):
        stripe.before_answer = None
        early.append(PaymentAttempt.objects.get())
        connection.close()

    stripe.before_answer = read_it
    card = begin(deposit)
    give_up(early[0], actor=None)

    card.refresh_from_db()
    assert early[0].external_id is None
    assert card.state == AttemptState.ACTION
    begin(deposit, "wire")
    assert [one["status"] for one in stripe.books.payments.values()] == ["canceled"]


def test_same_bank_entry_recorded_at_once_for_two_instalments_counts_once():
    deposit, balance = instalments("1000.00")
    owner = deposit.plan.order.seller.memberships.get().user

    def book(instalment):
        return record_wire(instalment, Decimal(300), "EUR", "R-1", date(2026, 11, 20), actor=owner)

    at_once(*[lambda one=one: book(one) for one in (deposit, balance, deposit, balance)])

    assert PaymentAttempt.objects.count() == 1
    assert sum(Instalment.objects.values_list("paid", flat=True)) == 300


def test_account_that_is_sent_while_another_is_written_does_not_replace_it_unseen(client):
    deposit = instalments("1000.00")[0]
    order = deposit.plan.order
    owner = order.seller.memberships.get().user
    record_wire(deposit, Decimal(300), "EUR", "R-1", date(2026, 11, 20), actor=owner)
    (refund,) = refund_order(order, actor=None, reason="sold_out")
    client.force_login(order.user)
    (row,) = client.get(reverse("payment:pay", args=[deposit.reference])).context["refunds"]
    form = row["form"]
    typed = {"holder": "Maison", "account": IBAN, "bic": ""}
    sent = {form[name].html_name: value for name, value in typed.items()}
    shown = {form[name].html_initial_name: "" for name in typed}
    address = reverse("payment:refund_account", args=[deposit.reference, refund.pk])

    with while_it_waits(deposit, lambda: client.post(address, shown | sent).status_code) as answer:
        Refund.objects.filter(pk=refund.pk).update(holder="Maison", account=OTHER)

    refund.refresh_from_db()
    assert (answer.result(), refund.account) == (422, OTHER)
