from decimal import Decimal

import pytest

from moussem.trade.fulfilment.weights import is_doubtful, is_impossible, ordered_kg

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("quantity", "unit", "kg"), [("1000", "g", Decimal(1)), ("2", "kg", Decimal(2)), ("3", "piece", None)]
)
def test_what_is_sold_by_weight_has_a_net_weight(quantity, unit, kg):
    assert ordered_kg(Decimal(quantity), unit) == kg


@pytest.mark.parametrize(
    ("net", "gross", "impossible", "doubtful"),
    [
        ("1", "1.2", False, False),
        ("1.05", "1.2", False, False),
        ("1.06", "1.2", False, True),
        ("1", "8.1", False, True),
        ("2", "3", False, True),
        ("2.001", "3", True, True),
        ("0.499", "1", True, True),
        ("1000", "2000", True, True),
    ],
)
def test_weights_are_compared_with_one_kilogram_ordered(net, gross, impossible, doubtful):
    net, gross, ordered = Decimal(net), Decimal(gross), Decimal(1)

    assert (is_impossible(net, ordered), is_doubtful(net, gross, ordered)) == (impossible, doubtful)


def test_what_is_not_sold_by_weight_may_weigh_anything():
    assert (is_impossible(Decimal(900), None), is_doubtful(Decimal(900), Decimal(950), None)) == (
        False,
        False,
    )
