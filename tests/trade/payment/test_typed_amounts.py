"""What the seller types as arrived is what is recorded, in the writing of any of the three languages."""

from decimal import Decimal

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.models import LogEntry
from moussem.trade.payment.models import PaymentAttempt
from moussem.trade.payment.states import InstalmentState
from tests.factories.payment import instalments
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def deposit(client):
    """An instalment of 300 euros; its seller is signed in."""
    deposit = instalments("1000.00")[0]
    client.force_login(owner_of(deposit.plan.order.seller))
    return deposit


def send(client, deposit, amount, **more):
    typed = {"amount": amount, "currency": "EUR", "bank_reference": "R-1", "booked_on": str(today_here())}
    return client.post(reverse("payment:wire", args=[deposit.reference]), typed | more)


def received():
    return list(PaymentAttempt.objects.values_list("received", flat=True))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("179,53", "179.53"),
        ("179.53", "179.53"),
        ("١٧٩٫٥٣", "179.53"),
        ("0.179,53", "179.53"),
        ("300,00", "300"),
        ("+300", "300"),
        ("179,53 €", "179.53"),
        ("\u200f179,53\xa0€", "179.53"),
    ],
)
def test_amount_is_recorded_as_it_was_meant(client, deposit, typed, kept):
    assert send(client, deposit, typed).status_code == 302

    assert received() == [Decimal(kept)]


@pytest.mark.parametrize("typed", ["1,505.51", "1.505,51", "1 505,51", "١٬٥٠٥٫٥١"])
def test_marks_of_thousands_are_read(client, typed):
    large = instalments("10000.00")[0]
    client.force_login(owner_of(large.plan.order.seller))

    assert send(client, large, typed).status_code == 302

    assert received() == [Decimal("1505.51")]


@pytest.mark.parametrize("typed", ["1,505", "1.505", "12,34,56", "a lot", "NaN", "1e3", "179.535", ""])
def test_amount_that_could_be_two_or_none_is_refused_and_nothing_recorded(client, deposit, typed):
    lines = LogEntry.objects.count()

    answer = send(client, deposit, typed)

    assert (answer.status_code, "amount" in answer.context["wire_form"].errors) == (422, True)
    assert (received(), LogEntry.objects.count()) == ([], lines)


def test_amount_in_another_currency_than_the_chosen_one_is_refused_and_nothing_recorded(client, deposit):
    lines = LogEntry.objects.count()

    answer = send(client, deposit, "179.53 USD")

    errors = answer.context["wire_form"].errors
    assert (answer.status_code, errors) == (
        422,
        {"amount": ["Write this amount in EUR: what you wrote is in USD."]},
    )
    assert (received(), LogEntry.objects.count()) == ([], lines)


def test_field_of_the_amount_takes_a_comma(client, deposit):
    page = client.get(reverse("payment:pay", args=[deposit.reference])).content.decode()

    (field,) = [one for one in page.split("<input ")[1:] if 'name="amount"' in one]
    assert ('type="text"' in field, 'inputmode="decimal"' in field) == (True, True)
    assert 'value="300.00"' in field
    assert 'name="is_meant"' not in page


def test_more_than_twice_what_is_asked_for_is_asked_about_once(client, deposit):
    lines = LogEntry.objects.count()

    asked = send(client, deposit, "30000")

    box = str(asked.context["wire_form"]["is_meant"])
    assert (asked.status_code, received(), LogEntry.objects.count()) == (422, [], lines)
    assert "€30,000.00 is more than twice the €300.00" in asked.content.decode()
    assert 'value="30000"' in box
    assert "checked" not in box

    assert send(client, deposit, "30000", is_meant="30000").status_code == 302
    deposit.refresh_from_db()
    assert (received(), deposit.state) == ([30000], InstalmentState.SETTLED)


def test_box_that_confirms_an_amount_is_good_for_no_other(client, deposit):
    answer = send(client, deposit, "300000", is_meant="30000")

    box = str(answer.context["wire_form"]["is_meant"])
    assert (answer.status_code, received()) == (422, [])
    assert ('value="300000"' in box, "checked" in box) == (True, False)


def test_confirmed_amount_stays_confirmed_beside_another_mistake(client, deposit):
    answer = send(client, deposit, "30000", is_meant="30000", bank_reference="")

    assert (answer.status_code, received()) == (422, [])
    assert "checked" in str(answer.context["wire_form"]["is_meant"])


def test_entry_that_was_recorded_is_not_asked_about_again(client, deposit):
    send(client, deposit, "30000", is_meant="30000")

    assert send(client, deposit, "30000").status_code == 302

    assert received() == [30000]


def test_second_transfer_of_the_same_amount_is_no_slip(client, deposit):
    send(client, deposit, "300")

    assert send(client, deposit, "300", bank_reference="R-2").status_code == 302

    assert received() == [300, 300]


def test_question_is_a_box_with_its_words_beside_it(client, deposit):
    page = send(client, deposit, "30000").content.decode()

    box = page[page.index('data-field="is_meant"') :].split("</form>")[0]
    assert ('<div class="choice">' in box, "Yes, €30,000.00 arrived</label>" in box) == (True, True)
    assert "(optional)" not in box
