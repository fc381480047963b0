"""Held money that counts at a rate far from the usual one is asked about before it counts."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from moussem.core.models import LogEntry
from moussem.trade.payment.actions import accept_held, record_wire
from moussem.trade.payment.errors import CountedFarFromRate
from moussem.trade.payment.models import Discrepancy
from moussem.trade.payment.states import AttemptState
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A = AttemptState


@pytest.fixture
def officer():
    return UserFactory(is_staff=True, is_superuser=True)


def held_for(deposit, amount, currency, officer):
    """Money in another currency than that of a deposit of 300 euros."""
    record_wire(deposit, Decimal(amount), currency, "R-1", date(2026, 11, 20), actor=officer)
    return Discrepancy.objects.get()


def standing(finding):
    attempt = type(finding.attempt).objects.get(pk=finding.attempt_id)
    finding.refresh_from_db()
    return attempt.state, attempt.received, attempt.currency, bool(finding.resolved_at)


@pytest.mark.parametrize(
    ("amount", "currency", "counted"),
    [("1000", "MAD", "1000"), ("300", "USD", "300"), ("3240", "MAD", "200"), ("3240", "MAD", "400")],
)
def test_figure_far_from_the_reference_rate_is_asked_about_and_changes_nothing(
    deposit, officer, amount, currency, counted
):
    finding = held_for(deposit, amount, currency, officer)
    lines = LogEntry.objects.count()

    with pytest.raises(CountedFarFromRate):
        accept_held(finding, counted_as=Decimal(counted), reason="rate", actor=officer)

    assert standing(finding) == (_A.QUARANTINED, Decimal(amount), currency, False)
    assert LogEntry.objects.count() == lines


@pytest.mark.parametrize("counted", ["241", "300", "359"])
def test_figure_near_the_reference_rate_counts_without_a_question(deposit, officer, counted):
    finding = held_for(deposit, "3240", "MAD", officer)

    accept_held(finding, counted_as=Decimal(counted), reason="rate", actor=officer)

    assert standing(finding) == (_A.SUCCEEDED, Decimal(counted), "EUR", True)


def test_currency_without_a_reference_rate_counts_as_the_officer_says(deposit, officer, settings):
    settings.PAYMENT_REFERENCE_RATES = {"EUR": Decimal(1)}
    finding = held_for(deposit, "1000", "MAD", officer)

    accept_held(finding, counted_as=Decimal(1000), reason="rate", actor=officer)

    assert standing(finding)[0] == _A.SUCCEEDED


def box_of(page):
    """The box that confirms a figure, and what it sends; nothing where there is none."""
    found = re.search(r'<input type="checkbox" name="rate_is_meant" value="([^"]+)"[^>]*>', page)
    return (found[0], found[1]) if found else ("", "")


def test_officer_reads_what_it_is_worth_and_confirms_on_the_same_page(client, deposit, officer):
    finding = held_for(deposit, "1000", "MAD", officer)
    address = reverse("admin:payment_discrepancy_change", args=[finding.pk])
    typed = {"decision": "accept", "counted_as": "1000", "reason": "rate of the bank"}
    client.force_login(officer)

    before = client.get(address).content.decode()
    asked = client.post(address, typed).content.decode()
    box, mark = box_of(asked)
    client.post(address, {**typed, "rate_is_meant": mark})

    assert (box_of(before)[0], "checked" in box) == ("", False)
    assert "would count as €1,000.00, and is some €92.59 at our reference rate" in asked
    assert "Yes, it counts as €1,000.00" in asked
    assert standing(finding) == (_A.SUCCEEDED, Decimal(1000), "EUR", True)


def test_confirmation_of_one_figure_is_none_of_another(client, deposit, officer):
    finding = held_for(deposit, "1000", "MAD", officer)
    address = reverse("admin:payment_discrepancy_change", args=[finding.pk])
    typed = {"decision": "accept", "counted_as": "300", "reason": "rate of the bank"}
    client.force_login(officer)
    _box, mark = box_of(client.post(address, typed).content.decode())

    another = client.post(address, {**typed, "counted_as": "900", "rate_is_meant": mark}).content.decode()
    unasked = client.post(address, {**typed, "counted_as": "900", "rate_is_meant": "on"}).content.decode()

    box, other_mark = box_of(another)
    assert ("checked" in box, other_mark != mark) == (False, True)
    assert ("Yes, it counts as €900.00" in another, "would count as €900.00" in unasked) == (True, True)
    assert standing(finding) == (_A.QUARANTINED, Decimal(1000), "MAD", False)


def test_confirmation_stays_to_be_seen_while_something_else_is_wrong(client, deposit, officer):
    finding = held_for(deposit, "1000", "MAD", officer)
    address = reverse("admin:payment_discrepancy_change", args=[finding.pk])
    typed = {"decision": "accept", "counted_as": "300", "reason": "rate of the bank"}
    client.force_login(officer)
    _box, mark = box_of(client.post(address, typed).content.decode())

    page = client.post(address, {**typed, "reason": "", "rate_is_meant": mark}).content.decode()

    box, same = box_of(page)
    assert ("checked" in box, same) == (True, mark)
    assert standing(finding) == (_A.QUARANTINED, Decimal(1000), "MAD", False)


def test_confirmation_is_good_for_the_money_that_was_asked_about(client, deposit, officer):
    finding = held_for(deposit, "1000", "MAD", officer)
    other = Discrepancy.objects.exclude(pk=finding.pk)
    record_wire(deposit, Decimal(1000), "MAD", "R-2", date(2026, 11, 20), actor=officer)
    typed = {"decision": "accept", "counted_as": "300", "reason": "rate of the bank"}
    client.force_login(officer)
    address = "admin:payment_discrepancy_change"
    page = client.post(reverse(address, args=[finding.pk]), typed).content.decode()

    client.post(reverse(address, args=[other.get().pk]), {**typed, "rate_is_meant": box_of(page)[1]})

    assert standing(other.get()) == (_A.QUARANTINED, Decimal(1000), "MAD", False)
