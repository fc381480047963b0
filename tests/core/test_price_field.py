from decimal import Decimal

import pytest
from django.utils.translation import override

from moussem.core.number_fields import PriceField

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "price", "shown"),
    [
        ("en", "3.3000", "3.30"),
        ("fr", "3.3000", "3,30"),
        ("ar", "1250.0000", "1250,00"),
        ("fr", "3.305", "3,3050"),
    ],
)
def test_stored_price_is_shown_as_the_pages_write_it_and_read_back_as_it_was(language, price, shown):
    field = PriceField(max_digits=14, decimal_places=4)

    with override(language):
        assert field.prepare_value(Decimal(price)) == shown

    assert field.clean(shown) == Decimal(price)


def test_typed_price_comes_back_as_it_was_typed():
    assert PriceField().prepare_value("3.3o") == "3.3o"
