from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from moussem.trade.payment.actions import return_excess, take_back_wire
from moussem.trade.payment.errors import NothingToRefund, ReasonWanted
from moussem.trade.payment.models import Discrepancy, Refund
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState
from tests.factories.payment import booked, seller_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState
DAY = date(2026, 11, 20)


def payer_of(instalment):
    return instalment.plan.order.user


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state, instalment.paid, instalment.charges


def read(client, person, instalment):
    client.force_login(person)
    return client.get(reverse("payment:pay", args=[instalment.reference])).content.decode()


def press(client, person, instalment, name, *more, **typed):
    client.force_login(person)
    return client.post(reverse(f"payment:{name}", args=[instalment.reference, *more]), typed)


def test_mistyped_amount_is_taken_back_and_the_entry_recorded_as_it_should_be(deposit):
    slip = booked(deposit, "9999.00")

    take_back_wire(slip, reason="A digit too many.", actor=seller_of(deposit))

    assert standing(deposit) == (_I.DUE, 0, 0)
    assert list(Discrepancy.objects.values_list("resolution", flat=True)) == ["A digit too many."]
    booked(deposit, "300.00")
    assert standing(deposit) == (_I.SETTLED, 300, 0)
    assert list(deposit.attempts.order_by("pk").values_list("state", "received")) == [
        (_A.RETRACTED, 9999),
        (_A.SUCCEEDED, 300),
    ]


def test_taking_back_is_logged_and_told_to_the_buyer(deposit, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        slip = booked(deposit, "300.00")
        take_back_wire(slip, reason="Money of another order.", actor=seller_of(deposit))

    line = LogEntry.objects.get(verb="moved.retracted")
    assert (line.actor, line.facts["reason"]) == (seller_of(deposit), "Money of another order.")
    assert (line.facts["amount"], line.facts["currency"]) == ("300.00", "EUR")
    told = [letter for letter in mail.outbox if "corrected" in letter.subject]
    assert [letter.to for letter in told] == [[payer_of(deposit).email]]
    assert "Money of another order." in told[0].body


def test_who_believed_to_have_paid_gets_days_to_pay_again(deposit, settings):
    slip = booked(deposit, "300.00")
    deposit.refresh_from_db()
    deposit.due_on = timezone.localdate() - timedelta(days=9)
    deposit.save()

    take_back_wire(slip, reason="No.", actor=seller_of(deposit))

    deposit.refresh_from_db()
    assert deposit.due_on == timezone.localdate() + timedelta(days=settings.PAYMENT_DAYS_AGAIN)
    line = LogEntry.objects.get(verb="payment.wire_corrected")
    assert (line.actor, line.facts["due_on"]) == (seller_of(deposit), deposit.due_on.isoformat())


def test_one_of_two_entries_taken_back_leaves_the_other_and_closes_the_excess(deposit):
    first = booked(deposit, "200.00", "R-0")
    second = booked(deposit, "300.00", "R-1")

    take_back_wire(first, reason="Twice.", actor=seller_of(deposit))

    assert standing(deposit) == (_I.SETTLED, 300, 0)
    assert list(Discrepancy.objects.filter(resolved_at=None)) == []
    second.refresh_from_db()
    assert second.state == _A.SUCCEEDED


def test_entry_in_a_wrong_currency_is_taken_back_and_recorded_anew(deposit):
    slip = booked(deposit, "300.00", currency="USD")

    take_back_wire(slip, reason="It was euros.", actor=seller_of(deposit))

    assert standing(deposit) == (_I.DUE, 0, 0)
    booked(deposit, "300.00")
    assert standing(deposit)[0] == _I.SETTLED


def test_only_the_seller_takes_back_and_with_a_reason(deposit):
    slip = booked(deposit, "350.00")
    lines = LogEntry.objects.count()

    with pytest.raises(NotYours):
        take_back_wire(slip, reason="No.", actor=payer_of(deposit))
    with pytest.raises(ReasonWanted):
        take_back_wire(slip, reason=" ", actor=seller_of(deposit))

    assert (standing(deposit)[:2], LogEntry.objects.count()) == ((_I.SETTLED, 350), lines)


def test_seller_gives_back_what_came_too_much_once(deposit, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        booked(deposit, "350.00")
        return_excess(deposit, actor=seller_of(deposit))

    refund = Refund.objects.get()
    assert (refund.amount, refund.state) == (50, RefundState.DETAILS_WANTED)
    assert standing(deposit) == (_I.SETTLED, 300, 0)
    with pytest.raises(NothingToRefund):
        return_excess(deposit, actor=seller_of(deposit))
    assert Refund.objects.count() == 1


def test_page_says_what_is_kept_once_something_goes_back(client, deposit):
    booked(deposit, "350.00")
    before = read(client, seller_of(deposit), deposit)
    return_excess(deposit, actor=seller_of(deposit))

    after = read(client, seller_of(deposit), deposit)

    label = "Kept, without what goes back"
    assert (label in before, label in after) == (False, True)
    assert "€300.00" in after.partition(label)[2][:200]


def test_both_sides_read_what_came_too_much_and_who_does_what(client, deposit):
    booked(deposit, "350.00")

    bought, sold = (read(client, person, deposit) for person in (payer_of(deposit), seller_of(deposit)))

    for text in (bought, sold):
        assert "€50.00" in text
        assert "Nothing more is to be done here" not in text
    assert "we then ask you for the account" in bought
    assert ("It arrived: give" in sold, "Take the entry back" in sold) == (True, True)
    assert "Take the entry back" not in bought


def test_held_money_stays_on_both_pages_when_the_instalment_is_paid_otherwise(client, deposit):
    booked(deposit, "300.00", "R-1", currency="USD")
    booked(deposit, "300.00", "R-2")

    bought, sold = (read(client, person, deposit) for person in (payer_of(deposit), seller_of(deposit)))

    assert ["Held for a check" in text and "$300.00" in text for text in (bought, sold)] == [True, True]
    assert "please do not pay again" not in bought + sold


def test_page_takes_an_entry_back_for_its_seller_alone_and_wants_a_reason(client, deposit):
    slip, name = booked(deposit, "350.00"), "take_back"
    key = f"back-{slip.pk}-reason"

    refused = press(client, seller_of(deposit), deposit, name, slip.pk, **{key: ""})
    strange = press(client, payer_of(deposit), deposit, name, slip.pk, **{key: "No."})
    taken = press(client, seller_of(deposit), deposit, name, slip.pk, **{key: "A slip."})

    assert [answer.status_code for answer in (refused, strange, taken)] == [422, 404, 302]
    assert standing(deposit) == (_I.DUE, 0, 0)


def test_same_entry_recorded_again_says_so(client, deposit):
    typed = {"amount": "100.00", "currency": "EUR", "bank_reference": "R-1"}
    typed["booked_on"] = timezone.localdate().isoformat()

    said = []
    for _again in range(2):
        press(client, seller_of(deposit), deposit, "wire", **typed)
        text = read(client, seller_of(deposit), deposit)
        said.append("The transfer is recorded." in text)

    assert said == [True, False]
    assert "The entry “R-1 (R1)” of the bank statement was recorded already." in text


def test_date_before_the_order_is_refused_in_words(client, deposit):
    typed = {"amount": "100.00", "currency": "EUR", "bank_reference": "R-1", "booked_on": "2020-01-01"}

    text = press(client, seller_of(deposit), deposit, "wire", **typed).content.decode()

    assert "no transfer for it was booked before" in text
    assert "greater than" not in text
