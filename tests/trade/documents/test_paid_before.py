"""What a confirmation says of a deposit that came before the seller accepted."""

from datetime import date
from decimal import Decimal

import pytest

from moussem.trade.documents.actions import issue_confirmation
from moussem.trade.documents.pdf import draw
from moussem.trade.documents.sheet import sheet_of
from moussem.trade.payment.actions import record_wire
from moussem.trade.payment.qr import drawn, transfer_code
from tests.factories.trade import owner_of, placed_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def confirmed():
    """The confirmation of an order whose deposit of 508.65 euros was received up to an amount."""

    def confirm(amount):
        order = placed_order()
        deposit = order.payment_plan.instalments.first()
        record_wire(deposit, Decimal(amount), "EUR", "R-1", date(2026, 11, 2), actor=owner_of(order.seller))
        order.refresh_from_db()
        return issue_confirmation(order), deposit

    return confirm


def test_a_received_deposit_is_told_with_its_day_and_asked_for_no_more(confirmed):
    document, _deposit = confirmed("508.65")
    document.content["instalments"][0]["received_on"] = "2026-11-02"

    sheet = sheet_of(document, "en")

    assert (sheet["instalments"][0]["due"], sheet["instalments"][0]["amount"]) == (
        "received on November 2, 2026",
        "€508.65",
    )
    assert (sheet["bank"]["qr"], draw(sheet)[:5]) == ("", b"%PDF-")


def test_a_deposit_of_which_a_part_came_is_asked_for_its_rest(confirmed):
    document, deposit = confirmed("400.00")
    bank = document.content["bank"]

    sheet = sheet_of(document, "en")

    assert sheet["instalments"][0]["due"] == "€400.00 received; €108.65 still due, when the seller accepts"
    code = transfer_code(
        holder=document.content["seller"]["name"],
        iban=bank["iban"],
        bic=bank["bic"],
        amount=Decimal("108.65"),
        currency="EUR",
        reference=deposit.reference,
    )
    assert sheet["bank"]["qr"] == drawn(code).decode()
