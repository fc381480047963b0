from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from moussem.core.number_fields import NumberField, PriceField, WeightField, WholeNumberField

pytestmark = pytest.mark.unit

KEPT = ["7.125", "12.5", "0.125", "1250.125", "999.999", "1000", "-7.125", "100"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("kind", [NumberField, WeightField])
def test_what_a_column_holds_is_read_back_as_it_is_shown(kind, kept, language):
    field = kind(max_digits=10, decimal_places=3)

    with override(language):
        assert field.clean(field.prepare_value(Decimal(kept))) == Decimal(kept)


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "7.125"), ("fr", "7,125"), ("ar", "7,125"), ("ar", "٧٫١٢٥"), ("fr", "7.1250"), ("en", "7,1250")],
)
def test_weight_is_typed_to_the_gram(language, typed):
    with override(language):
        assert WeightField(max_digits=10, decimal_places=3).clean(typed) == Decimal("7.125")


@pytest.mark.parametrize(
    ("field", "language", "typed", "why"),
    [
        (WeightField(max_digits=10, decimal_places=3), "fr", "7.125", "ambiguous"),
        (WeightField(max_digits=10, decimal_places=3), "en", "7,125", "ambiguous"),
        (WeightField(max_digits=10, decimal_places=3), "en", "7.1255", "max_decimal_places"),
        (NumberField(max_digits=10, decimal_places=3), "en", "7.125", "ambiguous"),
        (PriceField(max_digits=14, decimal_places=4), "en", "7.125", "ambiguous"),
        (NumberField(max_digits=10, decimal_places=3), "en", "9" * 40 + ".0000", "max_digits"),
    ],
)
def test_number_that_could_be_a_thousand_or_is_too_long_is_refused(field, language, typed, why):
    with override(language), pytest.raises(ValidationError) as refused:
        field.clean(typed)

    assert refused.value.error_list[0].code == why


@pytest.mark.parametrize(
    ("language", "kept", "shown"),
    [("en", "0.500", "0.5"), ("fr", "0.500", "0,5"), ("ar", "12.5", "12,5"), ("fr", "1.125", "1,1250")],
)
def test_number_is_shown_as_the_pages_of_its_language_write_it(language, kept, shown):
    with override(language):
        assert NumberField().prepare_value(Decimal(kept)) == shown


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("١٢", 12), ("1 000", 1000), ("1,000,000", 1_000_000), ("12.0", 12), ("0", 0), ("0012", 12)],
)
def test_whole_number_is_read_as_an_integer(typed, number):
    read = WholeNumberField().clean(typed)

    assert (read, type(read)) == (number, int)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.000", "This could be a thousand or one. Write it without a mark, such as 1000."),
        ("1,000", "This could be a thousand or one. Write it without a mark, such as 1000."),
        ("250.000", "This could be a thousand or one. Write it without a mark, such as 1000."),
        ("2.5", "Write a whole number, such as 12."),
        ("9" * 60 + ".5", "Write a whole number, such as 12."),
        ("a few", "Write a whole number, such as 12."),
        ("1e3", "Write a whole number, such as 12."),
        ("0", "Write 1 or more."),
        ("501", "Write 500 or less."),
    ],
)
def test_what_is_no_whole_number_within_the_limits_is_refused_by_one_sentence(typed, sentence):
    with pytest.raises(ValidationError) as refused:
        WholeNumberField(min_value=1, max_value=500).clean(typed)

    assert refused.value.messages == [sentence]


def test_whole_number_that_no_column_holds_is_refused():
    with pytest.raises(ValidationError) as refused:
        WholeNumberField().clean("9" * 90)

    assert refused.value.error_list[0].code == "max_value"


def test_whole_number_may_be_left_empty():
    assert WholeNumberField(required=False).clean("") is None


@pytest.mark.parametrize("field", [NumberField(), PriceField(currency="EUR"), WholeNumberField()])
def test_what_was_typed_is_shown_as_it_was_without_what_no_page_can_hold(field):
    assert [field.prepare_value(typed) for typed in (" 1,5 x", "5\0x", None, 5)] == [" 1,5 x", "5 x", None, 5]
