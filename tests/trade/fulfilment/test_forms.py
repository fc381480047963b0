from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from moussem.trade.fulfilment.forms import DecimalField

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "1.5", "1.5"),
        ("en", "1,5", "1.5"),
        ("en", "0,140", "0.140"),
        ("fr", "1,500", "1.500"),
        ("fr", "1 500,5", "1500.5"),
        ("fr", "1\u202f500", "1500"),
        ("ar", "١٢٫٥", "12.5"),
        ("ar", "12,5", "12.5"),
    ],
)
def test_a_number_is_read_as_phones_type_it(language, typed, number):
    with override(language):
        assert DecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "1,500"), ("en", "x"), ("fr", "1.5.0"), ("en", "NaN"), ("en", "1e3x")]
)
def test_a_number_that_could_be_read_two_ways_is_refused(language, typed):
    with override(language), pytest.raises(ValidationError):
        DecimalField().clean(typed)
