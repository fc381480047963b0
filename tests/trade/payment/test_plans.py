from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from moussem.trade.payment.plans import (
    creditor_reference,
    due_on,
    normalised_reference,
    parts_of,
    spaced_reference,
    tolerance,
)

pytestmark = pytest.mark.unit
DEPOSIT = [(Decimal(30), "acceptance"), (Decimal(70), "release")]
BANKS = {"fixed": Decimal(30), "share": Decimal("0.005"), "cap": Decimal("0.1")}


@given(
    cents=st.integers(min_value=1, max_value=10**11),
    currency=st.sampled_from(["EUR", "USD", "MAD"]),
    deposit=st.integers(min_value=1, max_value=99),
)
def test_parts_add_up_to_the_total_to_the_cent(cents, currency, deposit):
    total = Decimal(cents).scaleb(-2)
    shares = [(Decimal(deposit), "acceptance"), (Decimal(100 - deposit), "release")]

    parts = parts_of("P-2026-000123-1", total, currency, shares)

    assert sum(part.amount for part in parts) == total
    assert abs(parts[0].amount - total * deposit / 100) <= Decimal("0.005")


def test_parts_carry_number_share_trigger_and_reference():
    deposit, balance = parts_of("P-2026-000123-1", Decimal("1234.57"), "EUR", DEPOSIT)

    assert (deposit.sequence, deposit.share, deposit.amount) == (1, Decimal(30), Decimal("370.37"))
    assert (balance.sequence, balance.share, balance.amount) == (2, Decimal(70), Decimal("864.20"))
    assert [deposit.trigger, balance.trigger] == ["acceptance", "release"]
    assert [deposit.reference[4:], balance.reference[4:]] == ["20260001230101", "20260001230102"]


@given(st.integers(2020, 2099), st.integers(1, 9_999_999), st.integers(1, 99), st.integers(1, 99))
def test_reference_is_a_valid_iso_11649_reference(year, purchase, order, sequence):
    reference = creditor_reference(f"P-{year}-{purchase:06d}-{order}", sequence)

    assert iso11649.is_valid(reference)
    assert len(reference) <= 25
    assert normalised_reference(spaced_reference(reference).lower()) == reference


def test_references_of_neighbouring_orders_differ():
    pairs = [(f"P-2026-{n:06d}-{order}", s) for n in (1, 11) for order in (1, 11) for s in (1, 2, 12)]

    assert len({creditor_reference(number, sequence) for number, sequence in pairs}) == len(pairs)


def test_reference_of_an_order_numbered_otherwise():
    assert iso11649.is_valid(creditor_reference("100042", 1))
    with pytest.raises(ValueError, match="too long"):
        creditor_reference("X" * 30, 1)


@pytest.mark.parametrize("text", ["", "RF", "RF17 5390 0754 7034", "hello", "RF18539007547034' --"])
def test_what_is_no_reference_has_no_normal_form(text):
    assert normalised_reference(text) is None


def test_last_day_to_pay_is_a_banking_day():
    assert due_on(date(2026, 11, 23), 3) == date(2026, 11, 26)
    assert due_on(date(2026, 11, 22), 7) == date(2026, 11, 30)
    assert due_on(date(2026, 11, 21), 7) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("amount", "allowed"),
    [("100", "10.0"), ("300", "30"), ("1000", "30"), ("6000", "30.000"), ("20000", "100.000")],
)
def test_tolerance_grows_with_the_amount_and_never_swallows_a_small_one(amount, allowed):
    assert tolerance(Decimal(amount), **BANKS) == Decimal(allowed)
