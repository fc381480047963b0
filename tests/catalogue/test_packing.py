from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.packing import Pack, Packed, pack

pytestmark = pytest.mark.unit

D = Decimal

TIN = Pack("unit", D(100), D("0.140"), D(8), D(8), D(10))
CARTON = Pack("carton", D(20), D("3.3"), D(40), D(30), D(25))
PALLET = Pack("pallet", D(40), D(154), D(120), D(80), D(140))
quantities = st.decimals(min_value=D("0.001"), max_value=D(10**6), places=3)


def test_full_pallets_weigh_what_the_seller_wrote():
    assert pack(D(160_000), [TIN, CARTON, PALLET]) == Packed(1600, 80, 2, D("308.000"), D("2.4"))


def test_last_carton_counts_as_a_whole_one():
    packed = pack(D(2_100), [TIN, CARTON])

    assert packed == Packed(21, 2, None, D("3.940"), D("0.06"))


def test_few_cartons_travel_without_a_pallet():
    assert pack(D(18_000), [TIN, CARTON, PALLET]).pallets == 0
    assert pack(D(20_000), [TIN, CARTON, PALLET]).pallets == 1


def test_a_tenth_of_a_kilogram_is_one_bottle():
    bottle = Pack("unit", D("0.1"), D("0.18"))

    assert pack(D("0.1"), [bottle]) == Packed(1, None, None, D("0.180"), None)


@pytest.mark.parametrize(
    ("packs", "expected"),
    [
        ([], Packed()),
        ([CARTON, PALLET], Packed()),
        ([TIN, PALLET], Packed(5, None, None, D("0.700"), D("0.0032"))),
    ],
)
def test_what_the_packaging_does_not_tell_stays_unknown(packs, expected):
    assert pack(D(500), packs) == expected


@given(quantities, quantities)
def test_more_goods_never_weigh_less(one, other):
    small, large = sorted((one, other))
    before, after = (pack(quantity, [TIN, CARTON, PALLET]) for quantity in (small, large))

    assert before.gross_weight_kg <= after.gross_weight_kg
    assert before.cartons <= after.cartons


@given(quantities)
def test_packs_hold_the_quantity_without_an_empty_one(quantity):
    packed = pack(quantity, [TIN, CARTON, PALLET])

    assert (packed.units - 1) * TIN.holds < quantity <= packed.units * TIN.holds
    assert (packed.cartons - 1) * CARTON.holds < packed.units <= packed.cartons * CARTON.holds
