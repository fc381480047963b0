import json

import pytest
from django import forms
from django.core.exceptions import ValidationError

from moussem.core.codes import CodesInOrder, TypedJSON

pytestmark = pytest.mark.unit
KEPT = ['["en", "fr"]', '{"a": 1.5}', '"[[[[[[[[[[[[[[[[[[[[[[[["', "[[[[]]]]", "5", '["\\u00e9"]']
REFUSED = {
    "a NUL": '["a\\u0000b"]',
    "half a letter": '["\\ud800"]',
    "no number": '{"a": NaN}',
    "no end": '["en", 1e999]',
    "brackets": "[" * 3000 + "]" * 3000,
    "brackets beside quotes": '["]]]]", ' * 30 + "1" + "]" * 30,
    "a long text": json.dumps("a" * 20_000),
    "no JSON": "[a",
}


@pytest.mark.parametrize("typed", KEPT)
def test_typed_json_is_read(typed):
    assert TypedJSON().clean(typed) == json.loads(typed)


@pytest.mark.parametrize("typed", REFUSED.values(), ids=REFUSED)
def test_typed_json_that_cannot_be_kept_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError) as refused:
        TypedJSON().clean(typed)

    assert len(refused.value.messages) == 1
    assert refused.value.messages[0].endswith((".", "only."))


def test_codes_are_read_in_the_order_in_which_they_were_typed():
    field = CodesInOrder(codes=["g", "kg", "L"])

    assert field.clean(" kg  g kg ") == ["kg", "g"]
    assert (field.has_changed(["kg", "g"], "kg g"), field.has_changed(["kg", "g"], "g kg")) == (False, True)


@pytest.mark.parametrize("typed", ['["kg"]', "kg pound", "5", "[[1]]", "k\0g"])
def test_code_that_is_not_known_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        CodesInOrder(codes=["g", "kg"]).clean(typed)
