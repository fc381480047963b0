import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from moussem.people.models import User
from moussem.people.passwords import PasswordRules

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("12345", {"password_too_short", "password_too_common", "password_entirely_numeric"}),
        ("zahra@example", {"password_too_similar"}),
        ("quite-a-passphrase-9", set()),
    ],
)
def test_each_rule_still_says_what_is_wrong(password, codes):
    found = set()
    try:
        validate_password(password, User(email="zahra@example.com"))
    except ValidationError as refused:
        found = {error.code for error in refused.error_list}

    assert found == codes


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("password", ["12345", "zahra@example", "password"])
def test_no_sentence_of_a_refused_password_is_left_in_english(password, language):
    def refusals(language):
        with override(language), pytest.raises(ValidationError) as refused:
            validate_password(password, User(email="zahra@example.com"))
        return refused.value.messages

    assert set(refusals(language)) & set(refusals("en")) == set()


def test_length_is_told_in_the_plural_of_the_number():
    with override("en"), pytest.raises(ValidationError) as refused:
        PasswordRules(10).validate("Ab-3x", User(email="zahra@example.com"))

    assert refused.value.messages == ["It is too short: write at least 10 characters."]


def test_rules_are_asked_for_in_one_sentence_with_the_length_that_is_set():
    assert PasswordRules(12).get_help_text().startswith("At least 12 characters: ")
