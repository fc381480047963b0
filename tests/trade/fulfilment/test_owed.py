from decimal import Decimal

import pytest

from moussem.trade.fulfilment.owed import owed_by_currency
from moussem.trade.payment.models import Instalment

pytestmark = pytest.mark.unit


def instalment(amount, state, currency="EUR", paid=0):
    return Instalment(amount=Decimal(amount), state=state, currency=currency, paid=Decimal(paid))


def test_nothing_is_owed_without_orders():
    assert owed_by_currency([]) == []


def test_sums_are_kept_apart_by_currency_and_state():
    rows = [
        instalment(30, "settled", paid=30),
        instalment(70, "due", paid=20),
        instalment(10, "announced"),
        instalment(5, "cancelled"),
        instalment(9, "planned", currency="MAD"),
    ]

    euro, dirham = owed_by_currency(rows)

    assert euro.sums == {"received": 50, "announced": 10, "due": 50, "planned": 0}
    assert (euro.total, euro.still_owed, euro.waiting) == (110, 60, [rows[1], rows[2]])
    assert (dirham.currency, dirham.still_owed) == ("MAD", 9)


def test_the_bar_is_filled_without_gap():
    (owed,) = owed_by_currency([instalment(25, "settled", paid=25), instalment(75, "planned")])

    assert [(part["key"], part["x"], part["width"]) for part in owed.parts] == [
        ("received", "0.00", "25.00"),
        ("announced", "25.00", "0.00"),
        ("due", "25.00", "0.00"),
        ("planned", "25.00", "75.00"),
    ]
