import pytest
from django import forms
from django.core.exceptions import ValidationError

from moussem.core.forms import LineField, TextField

pytestmark = pytest.mark.unit


def test_line_is_kept_on_its_line():
    assert LineField(max_length=10).clean("Tizi\r\n\u202eSouss") == "Tizi Souss"


def test_text_ends_where_its_words_do():
    assert [field().clean("Tizi \u2060\r\nSouss \u200b") for field in (TextField, LineField)] == [
        "Tizi \nSouss",
        "Tizi Souss",
    ]


@pytest.mark.parametrize("typed", ["\u202e \u2066", "x" * 11])
def test_line_that_is_empty_or_too_long_is_refused(typed):
    with pytest.raises(ValidationError):
        LineField(max_length=10).clean(typed)


class Several(forms.FileInput):
    allow_multiple_selected = True


@pytest.mark.parametrize(("widget", "said"), [(forms.FileInput, "Choose a file"), (Several, "Choose files")])
def test_file_is_chosen_with_words_of_the_page(widget, said):
    shown = " ".join(widget().render("report", None).split())

    assert f"{said}</span> <output" in shown
    assert ("No file chosen" in shown, "data-upload" in shown, shown.count("<input")) == (True, True, 1)
