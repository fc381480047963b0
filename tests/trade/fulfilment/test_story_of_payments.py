"""What the story of an order says of money: what came, what is still due, and whose amount it is."""

from datetime import date
from decimal import Decimal

import pytest

from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment.queries import story_of
from moussem.trade.fulfilment.timeline import timeline_of
from moussem.trade.payment.actions import announce_wire, make_due, record_wire, start_attempt, take_back_wire
from tests.factories.payment import instalments
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def deposit():
    """A deposit of 300 euros that is due and announced."""
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    deposit.refresh_from_db()
    buyer = deposit.plan.order.user
    announce_wire(start_attempt(deposit, "wire", actor=buyer), actor=buyer)
    return deposit


def booked(deposit, amount, number="R-1"):
    actor = owner_of(deposit.plan.order.seller)
    return record_wire(deposit, Decimal(amount), "EUR", number, date(2026, 11, 20), actor=actor)


def told(deposit):
    """What has happened to the payments, in words."""
    order = deposit.plan.order
    moments = timeline_of(order, story_of(order), list(deposit.plan.instalments.all()), {})
    return [str(one["title"]) for one in moments if "state" not in one or one["state"] == "problem"][1:]


def test_a_part_is_told_with_what_is_still_due(deposit):
    booked(deposit, "250.00")

    assert told(deposit) == [
        "Payment of €300.00 announced",
        "€250.00 of €300.00 received; €50.00 is still due",
    ]


def test_the_buyer_is_written_to_about_a_part(deposit):
    booked(deposit, "250.00")

    (mail,) = OutboxMessage.objects.filter(kind="mail", key__startswith="payment-part:")
    assert mail.payload["to"] == deposit.plan.order.user.email
    assert mail.payload["subject"].startswith("€250.00 of €300.00 received for order")
    assert "€50.00 of €300.00 is still to be paid" in mail.payload["body"]


def test_entries_that_are_taken_back_are_told_with_their_own_amounts(deposit):
    actor = owner_of(deposit.plan.order.seller)
    take_back_wire(booked(deposit, "250.00"), reason="Of others", actor=actor)
    booked(deposit, "120.00", "R-2")
    take_back_wire(booked(deposit, "180.00", "R-3"), reason="Of others", actor=actor)

    assert told(deposit)[2:] == [
        "The seller took back €250.00 as recorded by mistake",
        "€120.00 of €300.00 received; €180.00 is still due",
        "Payment of €300.00 received",
        "The seller took back €180.00 as recorded by mistake; it is due again",
    ]


def test_what_banks_kept_is_named_in_story_and_mail(deposit):
    booked(deposit, "299.00")

    assert told(deposit)[-1] == "Payment of €300.00 received; banks kept €1.00 of it on the way"
    mails = OutboxMessage.objects.filter(kind="mail", key__regex="^payment-(settled|received):")
    assert ["Banks kept €1.00 on the way" in mail.payload["body"] for mail in mails] == [True, True]
