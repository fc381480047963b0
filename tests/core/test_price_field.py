from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from moussem.core.money import format_money
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


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("currency", ["EUR", "USD", "MAD"])
def test_amount_copied_from_a_page_is_read(currency, language):
    copied = format_money(Decimal("1234.50"), currency, language)

    assert PriceField(currency=currency).clean(copied) == Decimal("1234.50")


@pytest.mark.parametrize("typed", ["€12.50", "12,50 EUR", "eur 12.50", "12.50€", "١٢٫٥٠ €", "12.50"])
def test_own_currency_may_stand_beside_an_amount(typed):
    assert PriceField(currency="EUR").clean(typed) == Decimal("12.50")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("12.50 $", "USD"), ("12.50 DH", "MAD"), ("GBP 12.50", "GBP"), ("\u200f12,50\xa0د.م.\u200f", "MAD")],
)
def test_amount_in_another_currency_is_refused_by_its_name(typed, written):
    with pytest.raises(ValidationError) as refused:
        PriceField(currency="EUR").clean(typed)

    assert refused.value.messages == [f"Write this amount in EUR: what you wrote is in {written}."]


@pytest.mark.parametrize("typed", ["€ 12.50 €", "12.50 kg", "€", "€1,250", "12 € 50", "€-€5"])
def test_what_is_no_amount_with_a_currency_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        PriceField(currency="EUR").clean(typed)

    assert refused.value.error_list[0].code in ("invalid", "ambiguous")
