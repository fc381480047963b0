from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moussem.core.numbers import NotANumber, parse_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.30", "3.30"),
        ("3,30", "3.30"),
        (" 1 234,50 ", "1234.50"),
        ("1\u202f234,5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("12'500", "12500"),
        ("١٢٣٤٫٥", "1234.5"),
        ("۱۲", "12"),
        ("٧٫١٢٥", "7.125"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("-5", "-5"),
        ("9800", "9800"),
        ("\u200f1.234,50", "1234.50"),
        ("\u061c12\u200e", "12"),
        ("100\u200b", "100"),
        ("\u2066100\u2069", "100"),
        ("\u202a1\u200c0\u200d0\u202c", "100"),
        ("\ufeff1\u20600\u206800\u202e", "1000"),
        ("12،5", "12.5"),
        ("1 234 567.125", "1234567.125"),
        ("007", "7"),
    ],
)
def test_number_is_read_as_each_language_writes_it(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.500", "-1,234", "01.000", "12،500"])
def test_a_thousand_or_one_is_never_guessed(text):
    with pytest.raises(NotANumber) as refused:
        parse_number(text)

    assert refused.value.why == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "1.000 000",
        "1,5 000",
        "1.000'000",
        "0 500",
        "0'500",
        "-0 500",
        "٠٬٥٠٠",
        "01 000",
        "1٫5 000",
        "1 234.567 890",
    ],
)
def test_thousands_are_parted_neither_behind_a_decimal_mark_nor_behind_a_zero(text):
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize(("text", "mark"), [("7.125", "."), ("7,125", ","), ("-7,125", ",")])
def test_three_decimals_are_read_where_their_mark_is_known(text, mark):
    assert abs(parse_number(text, decimal_mark=mark)) == Decimal("7.125")


@pytest.mark.parametrize(("text", "mark"), [("7.125", ","), ("7,125", ".")])
def test_other_mark_is_no_decimal_one_for_all_that(text, mark):
    with pytest.raises(NotANumber) as refused:
        parse_number(text, decimal_mark=mark)

    assert refused.value.why == "ambiguous"


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1e5", "nan", "inf", "1..2", "1,2,3", "1 2", "12kg", "--1", "=1", "0" * 101],
)
def test_text_that_is_no_number_is_refused(text):
    with pytest.raises(NotANumber) as refused:
        parse_number(text)

    assert refused.value.why == "number"


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_french_writing_comes_back(number):
    written = f"{number:,.2f}".replace(",", "\u202f").replace(".", ",")

    assert parse_number(written) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text):
    try:
        assert parse_number(text).is_finite()
    except NotANumber as refused:
        assert refused.why in ("number", "ambiguous")
