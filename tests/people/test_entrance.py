import pytest
from django.urls import reverse

from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def errors(client):
    """What the fields of a form answer to what was sent."""

    def told(name, **sent):
        form = client.post(reverse(name), sent).context["form"]
        return {field: list(words) for field, words in form.errors.items()}

    return told


def test_each_empty_field_of_a_new_password_says_what_it_wants(client, errors):
    client.force_login(UserFactory())

    assert errors("account_change_password") == {
        "oldpassword": ["Write the password you have now."],
        "password1": ["Write the new password."],
        "password2": ["Write the new password once more."],
    }


def test_refused_sign_in_says_what_to_do_and_not_which_half_was_wrong(errors):
    user = UserFactory()
    sentence = "The address or the password is not right. Check both, or choose a new password by e-mail."

    for email, password in ((user.email, "wrong-passphrase"), ("nobody@example.com", PASSWORD)):
        assert errors("account_login", login=email, password=password) == {"__all__": [sentence]}
