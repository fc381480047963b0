"""A list and the form of a product take the same numbers."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalogue.imports.reasons import reason_in_words
from catalogue.listing.forms.fields import field_for
from catalogue.measures import measure_of
from catalogue.models import ProductAttribute
from moussem.core.numbers import NotANumber, parse_number

pytestmark = pytest.mark.unit
TYPED = ("0", "-1", "0.5", "7", "14.5", "101", "3.14159", "123456789", "1234567890", "123456789012345")


def by_form(kind, unit, typed):
    field = field_for(ProductAttribute(name="Value", code="value", type=kind, unit=unit))
    try:
        return field.clean(typed)
    except ValidationError:
        return None


def by_list(kind, unit, typed):
    try:
        return measure_of(kind, unit).checked(parse_number(typed))
    except NotANumber:
        return None


@pytest.mark.parametrize("kind", ["integer", "float"])
@pytest.mark.parametrize("unit", ["", "pH", "% mass", "grade 1–5", "m"])
def test_form_and_list_take_and_refuse_the_same_numbers(kind, unit):
    assert [by_list(kind, unit, one) for one in TYPED] == [by_form(kind, unit, one) for one in TYPED]


def test_value_outside_of_its_scale_is_refused_in_the_same_words():
    field = field_for(ProductAttribute(name="Value", code="value", type="float", unit="grade 1–5"))
    with pytest.raises(ValidationError) as refused:
        field.clean(Decimal("0.5"))
    with pytest.raises(NotANumber) as why:
        measure_of("float", "grade 1–5").checked(Decimal("0.5"))

    assert reason_in_words(why.value.why, "0.5", ()) == refused.value.messages[0]
