import re

import pytest

from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

STOCK = re.compile(r"\bforms\.(?:Decimal|Float|Integer)Field\((?!\s*widget=forms\.HiddenInput)")
DROPS_MARKS = re.compile(r"<input(?=[^>]*type=\"number\")[^>]*>|\bforms\.NumberInput\b")


def found(pattern, *suffixes):
    return [relative(path) for path in files(*suffixes) if pattern.search(path.read_text(encoding="utf-8"))]


def test_number_is_asked_for_by_a_field_that_reads_three_languages():
    """A browser drops the comma of a field of the type "number" while it is typed: 12,50 becomes 1250.

    Django's fields of whole numbers read 1.000 as one.
    """
    assert found(STOCK, ".py") == []
    assert found(DROPS_MARKS, ".html", ".py") == []


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (STOCK, "forms.DecimalField(\n    label=1", True),
        (STOCK, "forms.FloatField()", True),
        (STOCK, "forms.DecimalField(\n    widget=forms.HiddenInput, max_digits=1", False),
        (STOCK, "class NumberField(forms.DecimalField):", False),
        (STOCK, "forms.IntegerField(label=1", True),
        (STOCK, "seen = forms.IntegerField(widget=forms.HiddenInput, required=False)", False),
        (DROPS_MARKS, '<input inputmode="decimal"\n type="number">', True),
        (DROPS_MARKS, '<input inputmode="numeric" type="text">', False),
        (DROPS_MARKS, "widget=forms.NumberInput(attrs={})", True),
    ],
)
def test_stock_field_is_found(pattern, text, is_found):
    assert bool(pattern.search(text)) == is_found
