import pytest

from moussem.trade.payment.actions import look_again, process_event, start_attempt
from moussem.trade.payment.actions.notices import store
from moussem.trade.payment.errors import MethodNotOffered
from moussem.trade.payment.models import Discrepancy, Instalment, ProviderCustomer
from moussem.trade.payment.providers import source_of
from moussem.trade.payment.states import AttemptState, InstalmentState
from tests.factories.payment import buyer_side, instalments

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState


@pytest.fixture
def buyer():
    return buyer_side()


def begin(instalment):
    return start_attempt(instalment, "stripe_transfer", actor=instalment.plan.order.user)


def fund(stripe, amount, reference=None):
    """Money arrives in the buyer's balance, and Stripe tells us."""
    customer = ProviderCustomer.objects.get().external_id
    event = stripe.books.fund(customer, amount, reference=reference)
    return process_event(store("stripe", source_of("stripe").notice(event)))


def standing(attempt):
    attempt.refresh_from_db()
    return attempt.state, Instalment.objects.get(pk=attempt.instalment_id).state


def test_buyer_gets_an_account_and_one_customer_with_manual_reconciliation(stripe, buyer):
    first = begin(instalments(buyer=buyer)[0])
    begin(instalments(buyer=buyer)[0])

    (customer,) = stripe.sent("POST", "/customers")
    assert customer["cash_balance"] == {"settings": {"reconciliation_mode": "manual"}}
    assert ProviderCustomer.objects.count() == 1
    sent = stripe.sent("POST", "/payment_intents")[0]
    assert sent["payment_method_options"]["customer_balance"] == {
        "funding_type": "bank_transfer",
        "bank_transfer": {"type": "eu_bank_transfer", "eu_bank_transfer": {"country": "FR"}},
    }
    assert dict(first.instructions["rows"])["iban"] == "FR7630006000011234567890189"
    assert standing(first) == (_A.ACTION, _I.PLANNED)


def test_transfer_with_our_reference_pays_its_own_instalment(stripe, buyer):
    deposit, balance = instalments(buyer=buyer)
    one, two = begin(deposit), begin(balance)

    fund(stripe, 70000, reference=f"order {balance.reference}")

    assert (standing(one), standing(two)) == ((_A.ACTION, _I.PLANNED), (_A.SUCCEEDED, _I.SETTLED))


def test_money_without_a_reference_is_not_guessed_when_two_could_take_it(stripe, buyer):
    one, two = (begin(instalment) for instalment in instalments(buyer=buyer))

    fund(stripe, 30000)

    assert (standing(one), standing(two)) == ((_A.ACTION, _I.PLANNED), (_A.ACTION, _I.PLANNED))
    assert Discrepancy.objects.count() == 2


def test_money_without_a_reference_pays_the_only_open_instalment(stripe, buyer):
    attempt = begin(instalments(buyer=buyer)[0])

    fund(stripe, 30000)

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)


def test_part_of_the_money_blocks_a_second_payment_and_the_rest_settles(stripe, buyer):
    attempt = begin(instalments(buyer=buyer)[0])

    fund(stripe, 10000)
    assert standing(attempt) == (_A.PROCESSING, _I.ANNOUNCED)
    assert (attempt.received, Instalment.objects.get(pk=attempt.instalment_id).paid) == (100, 0)
    fund(stripe, 25000)

    assert standing(attempt) == (_A.SUCCEEDED, _I.SETTLED)
    assert ProviderCustomer.objects.get() and stripe.books.customers
    (customer,) = stripe.books.customers.values()
    assert customer["balance"] == {"eur": 5000}


def test_looking_twice_spends_the_money_once(stripe, buyer):
    one, two = (begin(instalment) for instalment in instalments(buyer=buyer))
    fund(stripe, 10000, reference=one.instalment.reference)
    fund(stripe, 40000, reference=two.instalment.reference)

    for attempt in (one, two, one, two):
        look_again(attempt)

    assert (standing(one)[0], one.received) == (_A.PROCESSING, 100)
    assert (standing(two)[0], two.received) == (_A.PROCESSING, 400)


def test_dirhams_have_no_virtual_account(stripe, buyer):
    with pytest.raises(MethodNotOffered):
        begin(instalments("9000.00", "MAD", buyer=buyer)[0])

    assert stripe.calls == []
