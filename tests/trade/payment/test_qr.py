from decimal import Decimal

import pytest
import segno

from moussem.trade.payment.qr import drawn, transfer_code
from tests.factories.payment import IBAN

pytestmark = pytest.mark.unit
REFERENCE = "RF18539007547034"
PARIS = "FR7630006000011234567890189"


def code(**facts):
    wanted = {"holder": "Coopérative Tizi", "bic": "AGRIFRPP", "amount": Decimal("744.15"), "currency": "EUR"}
    return transfer_code(**{**wanted, "reference": REFERENCE, **facts})


def same(one, other):
    return [list(row) for row in one.matrix] == [list(row) for row in other.matrix]


def test_euros_to_a_sepa_account_are_an_epc_code():
    lines = ["BCD", "002", "1", "SCT", "AGRIFRPP", "Coopérative Tizi", PARIS, "EUR744.15", "", REFERENCE]

    wanted = segno.make_qr("\n".join(lines), error="m", boost_error=False, encoding="utf-8")

    assert same(code(iban="FR76 3000 6000 0112 3456 7890 189"), wanted)


@pytest.mark.parametrize(("iban", "currency"), [(IBAN, "EUR"), (PARIS, "USD"), (IBAN, "MAD")])
def test_other_transfers_are_the_details_in_plain_words(iban, currency):
    lines = ["Coopérative Tizi", iban, "AGRIFRPP", f"{currency} 744.15", REFERENCE]

    assert same(code(iban=iban, currency=currency), segno.make_qr("\n".join(lines), error="m"))


def test_drawing_has_no_inline_style():
    drawing = drawn(code(iban=PARIS))

    assert drawing.startswith(b"<svg")
    assert b"style" not in drawing
    assert b"viewBox" in drawing
