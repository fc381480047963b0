"""The drawing of a rule names its legs and says the party where its part begins."""

import re

import pytest

from moussem.trade.shipping.templatetags.shipping import incoterm_bars
from tests.factories.shipping import incoterm

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CELL = re.compile(r'legs__leg--(seller|buyer|none)[^"]*">([^<]*)<')
NAME = re.compile(r'legs__name">([^<]*)<')


def test_bars_name_each_leg_and_the_party_where_its_part_begins():
    drawn = incoterm_bars(incoterm("FCA"))

    cells = CELL.findall(drawn)
    assert NAME.findall(drawn) == [
        "Packing",
        "In Morocco",
        "Export papers",
        "Main carriage",
        "Insurance",
        "Unloading",
        "Import papers",
        "Duties",
    ]
    assert [party for party, _said in cells[::2]] == ["seller"] * 3 + ["buyer", "none"] + ["buyer"] * 3
    assert [said for _party, said in cells[::2]] == ["Seller", "", "", "Buyer", "", "Buyer", "", ""]
    assert [said for _party, said in cells[1::2]] == ["Seller", "", "", "Buyer", "", "", "", ""]
