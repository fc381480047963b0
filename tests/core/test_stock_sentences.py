from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

pytestmark = pytest.mark.unit


def said(field, typed):
    """What a field answers to what was typed."""
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(), "Fill this in: without it we cannot go on."),
        (forms.DecimalField(), "Write a number."),
        (forms.DateField(), "Choose a day."),
        (forms.EmailField(), "Write an e-mail address."),
        (forms.BooleanField(), "Tick this box to go on."),
        (forms.TypedChoiceField(), "Choose one of these."),
        (forms.MultipleChoiceField(), "Tick at least one of these."),
        (forms.FileField(), "Choose a file."),
        (forms.CharField(error_messages={"required": "Write the town."}), "Write the town."),
    ],
)
def test_empty_field_says_what_to_do_and_a_form_may_say_it_better(field, sentence):
    assert said(field, None) == [sentence]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.IntegerField(), "a few", "Write a whole number, such as 12."),
        (forms.DecimalField(), "a few", "Write a number, such as 12 or 12.5."),
        (forms.DecimalField(min_value=Decimal("0.5")), "0", "Write 0.5 or more."),
        (forms.IntegerField(max_value=9), "10", "Write 9 or less."),
        (
            forms.DecimalField(max_digits=6, decimal_places=2),
            "1.005",
            "Write at most 2 digits after the point.",
        ),
        (forms.CharField(max_length=4), "saffron", "This is too long: write at most 4 characters (now 7)."),
        (forms.EmailField(), "buyer", "Write an e-mail address such as name@example.com."),
        (forms.DateField(), "31 February", "Choose a day of the calendar."),
        (forms.ChoiceField(), "kg", "This cannot be chosen here. Choose from the list."),
    ],
)
def test_what_was_typed_wrong_is_told_with_what_would_be_right(field, typed, sentence):
    assert said(field, typed) == [sentence]


@pytest.mark.parametrize(
    ("language", "limits", "typed", "sentence"),
    [
        ("en", {"min_value": Decimal("0.001")}, "0", "Write 0.001 or more."),
        ("en", {"max_value": 99_999_999}, "1e9", "Write 99,999,999 or less."),
        ("fr", {"min_value": Decimal("0.001")}, "0", "Indiquez 0,001 ou plus."),
        ("fr", {"max_value": 99_999_999}, "1e9", "Indiquez 99\u202f999\u202f999 ou moins."),
        ("ar", {"min_value": Decimal("0.001")}, "0", "اكتبوا 0,001 أو أكثر."),
        ("ar", {"max_value": 99_999_999}, "1e9", "اكتبوا 99.999.999 أو أقل."),
    ],
)
def test_limit_is_written_as_the_language_writes_numbers(language, limits, typed, sentence):
    with override(language):
        assert said(forms.DecimalField(**limits), typed) == [sentence]


@pytest.mark.parametrize(("language", "example"), [("en", "12.5"), ("fr", "12,5"), ("ar", "12,5")])
def test_example_of_a_number_is_written_as_the_language_writes_numbers(language, example):
    with override(language):
        assert example in said(forms.DecimalField(), "a few")[0]
