import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

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


def test_rules_are_asked_for_in_one_sentence_with_the_length_that_is_set():
    assert PasswordRules(12).get_help_text().startswith("At least 12 characters: ")
