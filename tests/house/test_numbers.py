import re

import pytest

from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

STOCK = re.compile(r"\bforms\.(?:Decimal|Float)Field\((?!\s*widget=forms\.HiddenInput)")
DECIMALS = re.compile(r"<input(?=[^>]*type=\"number\")(?=[^>]*inputmode=\"decimal\")[^>]*>")


def found(pattern, *suffixes):
    return [relative(path) for path in files(*suffixes) if pattern.search(path.read_text(encoding="utf-8"))]


def test_number_with_decimals_is_asked_for_by_a_field_that_reads_three_languages():
    """A browser drops the comma of a field of the type "number" while it is typed: 12,50 becomes 1250."""
    assert found(STOCK, ".py") == []
    assert found(DECIMALS, ".html") == []


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (STOCK, "forms.DecimalField(\n    label=1", True),
        (STOCK, "forms.FloatField()", True),
        (STOCK, "forms.DecimalField(\n    widget=forms.HiddenInput, max_digits=1", False),
        (STOCK, "class NumberField(forms.DecimalField):", False),
        (DECIMALS, '<input inputmode="decimal"\n type="number">', True),
        (DECIMALS, '<input inputmode="decimal" type="text"><input type="number">', False),
    ],
)
def test_stock_field_is_found(pattern, text, is_found):
    assert bool(pattern.search(text)) == is_found
