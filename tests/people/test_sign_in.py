import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from moussem.config.settings import base
from moussem.core.models import OutboxMessage
from moussem.people.models import User
from tests.factories.people import PASSWORD, UserFactory, signed_in_lately

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
TYPED = {"email": "Zahra@Example.com", "password1": "quite-a-passphrase-9", "language": "ar"}


@pytest.fixture
def rate_limits(settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    yield
    cache.clear()


def sign_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def code_now():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def with_codes(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def test_sign_up_keeps_language_and_time_zone_and_asks_to_confirm(client):
    answer = client.post("/fr/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo"})

    user = User.objects.get()
    assert answer.url == "/fr/account/confirm-email/"
    assert (user.email, user.language, user.time_zone) == ("zahra@example.com", "ar", "Asia/Tokyo")
    assert not is_signed_in(client)
    letter = OutboxMessage.objects.get().payload
    assert letter["to"] == "zahra@example.com"
    assert "/ar/account/confirm-email/" in letter["body"]
    assert "example.com" not in letter["subject"]


def test_confirmation_link_opens_the_account(client):
    client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo"})
    link = re.search(r"/ar/account/confirm-email/\S+/", OutboxMessage.objects.get().payload["body"]).group()

    client.post(link)

    sign_in(client, User.objects.get(), TYPED["password1"])
    assert is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_confirmation_link_says_that_the_address_is_confirmed(client, method):
    client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo"})
    body = OutboxMessage.objects.get().payload["body"]
    link = re.search(r"/ar/account/confirm-email/\S+/", body).group().replace("/ar/", "/en/")
    client.post(link)

    page = getattr(client, method)(link)

    assert page.status_code == 200
    assert "This address is confirmed already" in page.content.decode()
    assert f'href="{reverse("account_login")}"' in page.content.decode()


def test_confirmation_link_that_is_none_of_ours_tells_nothing(client):
    UserFactory()

    page = client.get("/en/account/confirm-email/MQ:1abcde:forged/").content.decode()

    assert "is confirmed" not in page
    assert "expired or is invalid" in page


@pytest.mark.parametrize(
    ("asked", "language"), [("", "ar"), ("?next=/fr/families/", "fr"), ("?next=https://evil.example/", "ar")]
)
def test_message_of_a_sign_in_is_in_the_language_of_the_page_it_leads_to(client, asked, language):
    user = UserFactory(language="ar")
    typed = {"login": user.email, "password": PASSWORD}

    page = client.post(f"/en/account/login/{asked}", typed, follow=True)

    with override(language):
        said = [gettext("Successfully signed in as %(name)s.") % {"name": user}]
    assert page.redirect_chain[0][0].split("/")[1] == language
    assert [str(message) for message in page.context["messages"]] == said


def test_signing_out_leads_home_in_the_language_of_the_page(client):
    client.force_login(UserFactory(language="ar"))

    assert client.post("/fr/account/logout/").url == "/fr/"


def test_codes_switched_off_lead_back_to_the_security_page():
    user = UserFactory()
    client = signed_in_lately(user)
    with_codes(user)

    answer = client.post(reverse("mfa_deactivate_totp"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("people:security")
    assert Authenticator.objects.count() == 0


def test_confirmed_address_leads_to_the_page_that_says_what_comes_next(client):
    client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo"})
    link = re.search(r"/ar/account/confirm-email/\S+", OutboxMessage.objects.get().payload["body"]).group()

    answer = Client().post(link)

    assert answer.url == "/ar/account/login/?next=%2Far%2Forganisations%2Fmine%2F"


def test_confirmed_address_leads_on_to_where_the_person_was_going(client):
    client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo", "next": "/en/basket/?a=1"})
    link = re.search(r"/ar/account/confirm-email/\S+", OutboxMessage.objects.get().payload["body"]).group()
    other_device = Client()

    there = other_device.post(link).url

    assert there == "/en/account/login/?next=%2Fen%2Fbasket%2F%3Fa%3D1"
    typed = {"login": TYPED["email"], "password": TYPED["password1"], "next": "/en/basket/?a=1"}
    assert other_device.post(there, typed).url == "/en/basket/?a=1"


def test_confirmation_link_never_leads_to_another_site(client):
    client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo", "next": "https://evil.example/"})

    assert "next=" not in OutboxMessage.objects.get().payload["body"]


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Olympus"}, {"language": "xx"}, {"password1": "short"}, {"email": "no"}]
)
def test_wrong_sign_up_is_refused_by_its_field(client, wrong):
    answer = client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo", **wrong})

    assert list(answer.context["form"].errors) == list(wrong)
    assert User.objects.count() == OutboxMessage.objects.count() == 0


def test_sign_up_with_a_known_address_tells_its_owner_only(client):
    known = UserFactory(email="zahra@example.com", language="fr")

    answer = client.post("/en/account/signup/", {**TYPED, "time_zone": "Asia/Tokyo"})

    assert answer.url == "/en/account/confirm-email/"
    assert list(User.objects.all()) == [known]
    assert OutboxMessage.objects.get().payload["to"] == known.email


def test_language_of_the_page_is_the_one_offered(client):
    page = client.get("/ar/account/signup/")

    assert page.context["form"]["language"].value() == "ar"
    assert "data-time-zone" in page.content.decode()


def test_password_mail_is_in_the_language_of_its_reader(client):
    user = UserFactory(language="fr")

    client.post("/en/account/password/reset/", {"email": user.email})

    assert "/fr/account/password/reset/key/" in OutboxMessage.objects.get().payload["body"]


def test_unknown_address_cannot_be_told_from_a_known_one(client):
    known, unknown = (
        client.post("/en/account/password/reset/", {"email": email})
        for email in (UserFactory().email, "nobody@example.com")
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_session_key_changes_at_sign_in(client):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "kept"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in(client, UserFactory())

    assert is_signed_in(client)
    assert client.session.session_key != before


def test_sign_in_is_limited_and_the_account_opens_again_later(client, rate_limits):
    user = UserFactory()
    for _attempt in range(5):
        sign_in(client, user, "wrong-passphrase")

    sign_in(client, user)
    assert not is_signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        sign_in(client, user)
        assert is_signed_in(client)


def test_one_address_of_the_network_is_limited_over_many_accounts(client, rate_limits):
    for number in range(10):
        sign_in(client, UserFactory.build(email=f"guess{number}@example.com"), "wrong-passphrase")

    user = UserFactory()
    sign_in(client, user)

    assert not is_signed_in(client)


def test_codes_are_asked_after_the_password(client):
    user = with_codes(UserFactory())

    assert sign_in(client, user).url.startswith("/en/account/2fa/authenticate/")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)


def test_recovery_code_works_once():
    user = with_codes(UserFactory())
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]

    for expected in (True, False):
        client = Client()
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is expected


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_email"]
)
def test_security_pages_ask_for_a_recent_sign_in(client, name):
    user = UserFactory()
    client.force_login(user)

    answer = client.post(reverse(name), {"action_add": "", "email": "thief@example.com"})

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert list(user.emailaddress_set.values_list("email", flat=True)) == [user.email]


def test_codes_are_switched_on_and_the_person_is_told(django_capture_on_commit_callbacks):
    user = UserFactory(language="fr")
    client = signed_in_lately(user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})

    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert {letter.payload["to"] for letter in OutboxMessage.objects.all()} == {user.email}


def test_passkey_pages_load():
    client = signed_in_lately(UserFactory())

    for name in ("mfa_add_webauthn", "mfa_list_webauthn"):
        assert client.get(reverse(name)).status_code == 200
    challenge = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "publicKey" in str(challenge.json())
