from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.pricing import (
    Tier,
    is_orderable,
    jump_between,
    ladder_faults,
    line_total,
    nearest_orderable,
    unit_price_for,
)

pytestmark = pytest.mark.unit

D = Decimal

SAFFRON = [Tier(D(500), D("3.30")), Tier(D(2500), D("3.10")), Tier(D(10000), D("2.90"))]
quantities = st.decimals(min_value=D("0.001"), max_value=D(10**7), places=3)
prices = st.decimals(min_value=D("0.0001"), max_value=D(10**5), places=4)
ladders = st.lists(st.builds(Tier, quantities, prices), max_size=6, unique_by=lambda tier: tier.min_quantity)


@pytest.mark.parametrize(
    ("quantity", "price"),
    [("499.999", None), ("500", "3.30"), ("2499", "3.30"), ("2500", "3.10"), ("99999", "2.90")],
)
def test_unit_price_is_that_of_the_highest_step_reached(quantity, price):
    assert unit_price_for(SAFFRON, D(quantity)) == (None if price is None else D(price))


@given(ladders, quantities)
def test_unit_price_does_not_depend_on_the_order_of_the_steps(tiers, quantity):
    assert unit_price_for(tiers, quantity) == unit_price_for(tiers[::-1], quantity)


@given(ladders, quantities)
def test_unit_price_is_missing_only_below_every_step(tiers, quantity):
    missing = unit_price_for(tiers, quantity) is None

    assert missing == all(tier.min_quantity > quantity for tier in tiers)


def test_line_total_is_rounded_half_up_once():
    assert line_total(D("0.0050"), D(1), "EUR") == D("0.01")
    assert line_total(D("0.0049"), D(3), "EUR") == D("0.01")
    assert line_total(D("12.5"), D("0.1"), "JPY") == D("1")


@given(prices, quantities)
def test_line_total_is_never_half_a_cent_away(price, quantity):
    assert abs(line_total(price, quantity, "EUR") - price * quantity) <= D("0.005")


@pytest.mark.parametrize(
    ("quantity", "orderable"), [("0.1", True), ("0.15", False), ("0.3", True), ("0.09", False)]
)
def test_rose_oil_is_ordered_by_the_tenth_of_a_kilogram(quantity, orderable):
    assert is_orderable(D(quantity), D("0.1"), D("0.1")) is orderable


@given(quantities, quantities, quantities)
def test_nearest_orderable_can_be_ordered_and_is_the_least_above(quantity, moq, multiple):
    nearest = nearest_orderable(quantity, moq, multiple)

    assert is_orderable(nearest, moq, multiple)
    assert nearest >= quantity
    assert nearest - multiple < max(quantity, moq)


@given(quantities, quantities, quantities)
def test_nearest_orderable_leaves_an_orderable_quantity_alone(quantity, moq, multiple):
    once = nearest_orderable(quantity, moq, multiple)

    assert nearest_orderable(once, moq, multiple) == once


@pytest.mark.parametrize(
    ("steps", "faults"),
    [
        ([], ["empty"]),
        ([(1, 5), (10, 4)], []),
        ([(1, 5), (1, 4)], ["quantity"]),
        ([(1, 5), (10, 6)], ["price"]),
        ([(10, 5), (1, 6)], ["quantity", "price"]),
    ],
)
def test_ladder_faults_are_named(steps, faults):
    assert ladder_faults(Tier(D(quantity), D(price)) for quantity, price in steps) == faults


@pytest.mark.parametrize(
    ("before", "after", "jump"),
    [
        ([(500, "3.30")], [(500, "1.70")], None),
        ([(500, "3.30")], [(500, "1.60")], (500, "3.30", "1.60")),
        ([(500, "3.30")], [(600, "0.33")], (600, "3.30", "0.33")),
        ([(500, "3.30")], [(400, "33.00")], (500, "3.30", "33.00")),
        ([(1, "10")], [(1, "10"), (100, "0.8")], (100, "10", "0.8")),
        ([], [(1, "10")], None),
    ],
)
def test_price_that_moves_by_more_than_half_is_seen_at_any_step(before, after, jump):
    old, new = ([Tier(Decimal(least), Decimal(price)) for least, price in steps] for steps in (before, after))

    found = jump_between(old, new)

    told = jump and (Tier(Decimal(jump[0]), Decimal(jump[1])), Decimal(jump[2]))
    assert found == told
