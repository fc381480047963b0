import json
from datetime import date
from decimal import Decimal

import pytest

from catalogue.pricing import Tier
from catalogue.structured import as_script, offer_data

pytestmark = pytest.mark.unit

TIERS = [Tier(Decimal(500), Decimal("3.30")), Tier(Decimal(2500), Decimal("3.10"))]


def test_script_cannot_be_ended_from_inside():
    text = as_script({"name": "</script><script>alert(1)</script>&\u2028"})

    assert json.loads(text)["name"] == "</script><script>alert(1)</script>&\u2028"
    assert {"<", ">", "&", "\u2028"} & set(text) == set()


def test_ladder_is_one_offer_for_each_step():
    data = offer_data(
        TIERS,
        currency="EUR",
        unit="g",
        moq=Decimal(600),
        in_stock=False,
        valid_until=date(2027, 1, 31),
        seller="Cooperative",
    )

    assert (data["lowPrice"], data["highPrice"], data["offerCount"]) == ("3.10", "3.30", 2)
    assert [step["eligibleQuantity"]["minValue"] for step in data["offers"]] == ["600", "2500"]
    assert {step["priceValidUntil"] for step in data["offers"]} == {"2027-01-31"}
    assert {step["availability"] for step in data["offers"]} == {"https://schema.org/PreOrder"}
