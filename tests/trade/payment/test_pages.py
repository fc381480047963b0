from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.states import Role
from moussem.trade.payment.actions import cancel_plan, record_wire, refund_order, start_attempt
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.organisations import MembershipFactory
from tests.factories.payment import buyer_side, instalments, seller_side
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState
NAMES = ["pay", "state", "return", "qr", "demo"]
POSTS = ["start", "announce", "withdraw", "demo", "wire"]

NEW_ACCOUNT = "MA64230780123456789012345678"
FOURS = ["MA64", "0115", "1900", "0001", "2050", "0053", "4921"]


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMONSTRATION = True


@pytest.fixture
def deposit():
    return instalments()[0]


def payer_of(instalment):
    return instalment.plan.order.user


def seller_of(instalment):
    return instalment.plan.order.seller.memberships.get().user


def at(name, instalment, *more):
    return reverse(f"payment:{name}", args=[instalment.reference, *more])


def page(client, person, instalment, name="pay"):
    client.force_login(person)
    return client.get(at(name, instalment))


def press(client, person, instalment, name, **typed):
    client.force_login(person)
    return client.post(at(name, instalment), typed)


def test_payer_sees_what_is_due_to_whom_and_how_it_can_be_paid(client, deposit):
    text = page(client, payer_of(deposit), deposit).content.decode()

    assert "€300.00" in text
    assert deposit.plan.order.seller.name in text
    assert 'value="wire"' in text
    assert 'value="demo"' in text
    assert "stripe" not in text


def test_wire_shows_the_account_the_reference_and_a_qr_code(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="wire")

    text = page(client, payer_of(deposit), deposit).content.decode()

    assert f'data-copy="{deposit.plan.order.seller.iban}"' in text
    assert "".join(f'<span class="code__four">{four}</span>' for four in FOURS) in text
    assert 'name="method" value="wire"' not in text
    assert "I have ordered the transfer" in text
    drawing = page(client, payer_of(deposit), deposit, "qr")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")
    assert b"style=" not in drawing.content


def test_account_changed_lately_takes_no_new_transfer_and_an_old_one_keeps_its_account(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="wire")
    seller, old = deposit.plan.order.seller, deposit.plan.order.seller.iban
    seller.iban, seller.bank_changed_at = "MA00000", timezone.now()
    seller.save()

    text = page(client, payer_of(deposit), deposit).content.decode()
    assert f'data-copy="{old}"' in text
    press(client, payer_of(deposit), deposit, "withdraw")
    press(client, payer_of(deposit), deposit, "start", method="wire")

    assert list(PaymentAttempt.objects.values_list("state", flat=True)) == [_A.CANCELLED]
    assert page(client, payer_of(deposit), deposit, "qr").status_code == 404


def test_transfer_begun_before_the_account_changed_is_begun_anew_once_the_pause_is_over(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="wire")
    seller, old, new = deposit.plan.order.seller, deposit.plan.order.seller.iban, NEW_ACCOUNT
    seller.iban, seller.bank_changed_at = new, timezone.now() - timedelta(days=3)
    seller.save()

    before = page(client, payer_of(deposit), deposit).content.decode()
    press(client, payer_of(deposit), deposit, "start", method="wire")
    after = page(client, payer_of(deposit), deposit).content.decode()
    press(client, payer_of(deposit), deposit, "start", method="wire")

    assert ("has another account now" in before, 'value="wire"' in before) == (True, True)
    assert [f'data-copy="{one}"' in text for text in (before, after) for one in (old, new)] == [
        *(False, False),
        *(False, True),
    ]
    assert [(one.state, one.instructions["rows"][1][1]) for one in PaymentAttempt.objects.all()] == [
        (_A.CANCELLED, old),
        (_A.ACTION, new),
    ]


def test_transfer_ordered_to_the_account_of_before_can_still_be_announced(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="wire")
    seller, old = deposit.plan.order.seller, deposit.plan.order.seller.iban
    seller.iban, seller.bank_changed_at = NEW_ACCOUNT, timezone.now() - timedelta(days=3)
    seller.save()

    press(client, payer_of(deposit), deposit, "announce")

    assert f'data-copy="{old}"' in page(client, payer_of(deposit), deposit).content.decode()
    assert PaymentAttempt.objects.get().state == _A.PROCESSING


def test_payer_is_told_when_no_way_to_pay_is_open(client, deposit, settings):
    settings.DEMONSTRATION = False
    seller = deposit.plan.order.seller
    seller.iban = ""
    seller.save()

    assert "No way to pay is open today" in page(client, payer_of(deposit), deposit).content.decode()


def test_announced_wire_offers_no_second_way_until_it_is_withdrawn(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="wire")
    press(client, payer_of(deposit), deposit, "announce")
    assert Instalment.objects.get(pk=deposit.pk).state == _I.ANNOUNCED
    assert 'name="method"' not in page(client, payer_of(deposit), deposit).content.decode()

    refused = press(client, payer_of(deposit), deposit, "start", method="demo")
    press(client, payer_of(deposit), deposit, "withdraw")

    assert refused.status_code == 302
    assert list(PaymentAttempt.objects.values_list("provider", "state")) == [("wire", _A.CANCELLED)]
    assert Instalment.objects.get(pk=deposit.pk).state == _I.PLANNED


@pytest.mark.parametrize(
    ("answers", "attempt", "instalment"),
    [
        (["succeed"], _A.SUCCEEDED, _I.SETTLED),
        (["decline"], _A.FAILED, _I.PLANNED),
        (["decline", "succeed"], _A.SUCCEEDED, _I.SETTLED),
        (["ask", "confirm"], _A.SUCCEEDED, _I.SETTLED),
        (["ask", "decline"], _A.FAILED, _I.PLANNED),
        (["announce"], _A.PROCESSING, _I.ANNOUNCED),
        (["announce", "arrive"], _A.SUCCEEDED, _I.SETTLED),
        (["announce", "bounce"], _A.FAILED, _I.PLANNED),
        (["announce", "arrive", "return"], _A.RETURNED, _I.PLANNED),
        (["nonsense", ""], _A.ACTION, _I.PLANNED),
    ],
)
def test_tester_decides_what_the_bank_answers(client, deposit, answers, attempt, instalment):
    press(client, payer_of(deposit), deposit, "start", method="demo")

    for answer in answers:
        assert page(client, payer_of(deposit), deposit, "demo").status_code == 200
        press(client, payer_of(deposit), deposit, "demo", answer=answer)

    assert PaymentAttempt.objects.get().state == attempt
    assert Instalment.objects.get(pk=deposit.pk).state == instalment
    assert page(client, payer_of(deposit), deposit).status_code == 200


def test_failure_says_what_was_kept_and_what_to_do(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="demo")
    press(client, payer_of(deposit), deposit, "demo", answer="decline")

    text = page(client, payer_of(deposit), deposit).content.decode()

    assert "Nothing was charged, and the order and its goods are kept for you." in text
    assert 'name="method"' in text


def test_refused_try_is_still_told_as_refused_when_another_way_was_chosen(client, deposit):
    payer = payer_of(deposit)
    press(client, payer, deposit, "start", method="demo")
    press(client, payer, deposit, "demo", answer="decline")
    press(client, payer, deposit, "start", method="wire")

    shown = page(client, payer, deposit).content.decode()

    assert "2 attempts to pay" in shown
    assert "refused by the bank" in shown


@pytest.mark.parametrize(
    ("language", "why"), [("en", "The harvest is sold out"), ("fr", "La récolte est épuisée")]
)
def test_reason_of_a_refund_is_told_in_the_readers_language(client, deposit, language, why):
    record_wire(deposit, deposit.amount, "EUR", "R-1", date(2026, 11, 20), actor=seller_of(deposit))
    refund_order(deposit.plan.order, actor=None, reason="sold_out")
    payer = payer_of(deposit)
    client.force_login(payer)

    with override(language):
        shown = client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()

    assert why in shown and "sold_out" not in shown


def test_live_part_has_the_page_read_again_when_something_changed(client, deposit):
    press(client, payer_of(deposit), deposit, "start", method="demo")
    before = page(client, payer_of(deposit), deposit).context["stamp"]
    assert "HX-Refresh" not in client.get(at("state", deposit), {"was": before})

    press(client, payer_of(deposit), deposit, "demo", answer="succeed")

    assert client.get(at("state", deposit), {"was": before})["HX-Refresh"] == "true"
    assert "data-hx-get" not in client.get(at("state", deposit)).content.decode()


def test_cancelled_order_says_so_and_takes_no_payment(client, deposit):
    cancel_plan(deposit.plan.order, actor=None)

    text = page(client, payer_of(deposit), deposit).content.decode()
    press(client, payer_of(deposit), deposit, "start", method="wire")

    assert "The order was cancelled" in text
    assert 'name="method"' not in text
    assert PaymentAttempt.objects.count() == 0


def test_seller_reads_and_records_a_wire_but_does_not_pay(client, deposit):
    seller = seller_of(deposit)
    text = page(client, seller, deposit).content.decode()
    assert 'name="method"' not in text
    assert 'name="bank_reference"' in text
    press(client, seller, deposit, "start", method="wire")
    assert PaymentAttempt.objects.count() == 0

    booked = {"amount": "300", "currency": "EUR", "bank_reference": "R-1", "booked_on": timezone.localdate()}
    press(client, seller, deposit, "wire", **booked)

    assert Instalment.objects.get(pk=deposit.pk).state == _I.SETTLED


def test_refused_wire_comes_back_as_it_was_typed(client, deposit):
    typed = {"amount": "-5", "currency": "EUR", "bank_reference": "R-1", "booked_on": timezone.localdate()}

    answer = press(client, seller_of(deposit), deposit, "wire", **typed)

    assert answer.status_code == 422
    assert 'value="R-1"' in answer.content.decode()
    assert "more than zero" in answer.content.decode()
    assert PaymentAttempt.objects.count() == 0


def test_viewer_of_the_buyer_reads_and_may_not_pay(client, deposit):
    viewer = MembershipFactory(organisation=deposit.plan.order.buyer, role=Role.VIEWER).user

    assert page(client, viewer, deposit).status_code == 200
    press(client, viewer, deposit, "start", method="wire")

    assert PaymentAttempt.objects.count() == 0


def strangers():
    return {
        "another buyer": lambda: buyer_side().user,
        "another cooperative": lambda: seller_side().user,
        "nobody": lambda: UserFactory(),
    }


@pytest.mark.parametrize("who", strangers())
def test_strangers_find_nothing_and_change_nothing(client, deposit, who):
    start_attempt(deposit, "demo", actor=payer_of(deposit))
    before = LogEntry.objects.count(), OutboxMessage.objects.count()
    client.force_login(strangers()[who]())

    got = {name: client.get(at(name, deposit)).status_code for name in NAMES}
    typed = {"method": "wire", "answer": "succeed", "amount": "300", "currency": "EUR"}
    typed |= {"bank_reference": "R-1", "booked_on": timezone.localdate()}
    sent = {name: client.post(at(name, deposit), typed).status_code for name in POSTS}
    refund = [client.post(at(n, deposit, 1), typed).status_code for n in ("refund_account", "refund_sent")]

    assert {*got.values(), *sent.values(), *refund} == {404}
    assert (LogEntry.objects.count(), OutboxMessage.objects.count()) == before
    assert deposit.reference not in client.get(reverse("payment:history")).content.decode()


def test_signed_out_visitor_is_asked_to_sign_in(client, deposit):
    for name in NAMES:
        assert client.get(at(name, deposit)).status_code == 302


@pytest.mark.parametrize("reference", ["RF00", "x", "RF18539007547034", "%27--"])
def test_unknown_reference_is_not_found(client, deposit, reference):
    client.force_login(payer_of(deposit))

    assert client.get(f"/en/pay/{reference}/").status_code == 404


def test_demonstration_bank_is_closed_elsewhere(client, deposit, settings):
    start_attempt(deposit, "demo", actor=payer_of(deposit))
    settings.DEMONSTRATION = False

    assert page(client, payer_of(deposit), deposit, "demo").status_code == 404
    press(client, payer_of(deposit), deposit, "demo", answer="succeed")

    assert PaymentAttempt.objects.get().state == _A.ACTION
    assert 'value="demo"' not in page(client, payer_of(deposit), deposit).content.decode()


@pytest.mark.parametrize("orders", [1, 3])
def test_history_takes_the_same_queries_for_one_and_three_orders(
    client, django_assert_max_num_queries, orders
):
    buyer, seller = buyer_side(), seller_side()
    for _n in range(orders):
        instalments(buyer=buyer, seller=seller)
    client.force_login(buyer.user)
    client.get(reverse("payment:history"))

    with django_assert_max_num_queries(11):
        answer = client.get(reverse("payment:history"))

    assert len(answer.context["page"].object_list) == 2 * orders
    assert Decimal(300) in [one.amount for one in answer.context["page"]]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", "999999999999.99"),
        ("amount", "NaN"),
        ("amount", "-1"),
        ("booked_on", "0001-01-01"),
        ("booked_on", "2026-02-30"),
    ],
)
def test_slip_in_a_wire_settles_nothing(client, deposit, field, typed):
    form = {"amount": "300.00", "currency": "EUR", "bank_reference": "E-1", "booked_on": timezone.localdate()}

    answer = press(client, seller_of(deposit), deposit, "wire", **{**form, field: typed})

    assert answer.status_code == 422 and answer.context["wire_form"].errors
    assert (deposit.attempts.count(), Instalment.objects.get(pk=deposit.pk).paid) == (0, 0)
