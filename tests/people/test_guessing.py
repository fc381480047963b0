import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.config.settings import base
from moussem.core.models import OutboxMessage
from moussem.people import guessing
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOME, CAFE = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def rate_limits(settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    yield
    cache.clear()


def sign_in(user, network, password=PASSWORD):
    client = Client(REMOTE_ADDR=network)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": password})
    return "_auth_user_id" in client.session, answer


def guess(user, network, times):
    for _attempt in range(times):
        sign_in(user, network, "wrong-passphrase")


def reset_link():
    body = OutboxMessage.objects.get().payload["body"]
    return re.search(r"/\S*account/password/reset/key/\S+", body).group()


def guess_from_everywhere(user):
    """As many networks guess as it takes to reach the ceiling."""
    for _attempt in range(guessing.MOST_WRONG):
        guessing.note_wrong_password(user.email)


def test_owner_comes_in_from_another_network_while_a_stranger_guesses():
    user = UserFactory()
    guess(user, "203.0.113.9", 8)

    assert sign_in(user, HOME)[0]


def test_stranger_with_one_network_is_stopped_even_with_the_right_password():
    user = UserFactory()
    guess(user, "203.0.113.9", 5)

    assert not sign_in(user, "203.0.113.9")[0]


def test_patient_stranger_with_one_network_is_stopped_for_the_day_far_below_the_ceiling():
    user, now = UserFactory(), timezone.now()
    for minutes in range(0, 48, 6):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            guess(user, "203.0.113.9", 5)

    with time_machine.travel(now + timedelta(hours=5)):
        assert not sign_in(user, "203.0.113.9")[0]
        assert sign_in(user, HOME)[0]


def test_addresses_of_one_household_in_ipv6_are_one_network():
    user = UserFactory()
    for number in range(5):
        guess(user, f"2001:db8::{number:x}", 1)

    assert not sign_in(user, "2001:db8::ffff")[0]


def test_guessing_from_everywhere_is_stopped_and_a_known_network_still_works():
    user = UserFactory()
    assert sign_in(user, HOME)[0]
    guess_from_everywhere(user)

    came_in, answer = sign_in(user, CAFE)

    assert not came_in
    assert "sign in where you have signed in before" in answer.content.decode()
    assert sign_in(user, HOME)[0]


def test_new_password_by_mail_opens_the_network_it_was_chosen_from():
    user = UserFactory()
    guess_from_everywhere(user)
    client = Client(REMOTE_ADDR=CAFE)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = reset_link()

    typed = {"password1": "another-passphrase-9", "password2": "another-passphrase-9"}
    client.post(client.get(link).url, typed)

    assert sign_in(user, CAFE, "another-passphrase-9")[0]


def test_ceiling_is_the_same_for_an_address_without_account():
    nobody = UserFactory.build(email="nobody@example.com")
    guess_from_everywhere(nobody)

    assert "sign in where you have signed in before" in sign_in(nobody, CAFE)[1].content.decode()


def test_ceiling_falls_after_a_day(settings):
    # Redis does not travel in time with us.
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    user = UserFactory()
    guess_from_everywhere(user)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert sign_in(user, CAFE)[0]
