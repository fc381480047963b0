"""A second step at sign-in: an authenticator app with its recovery codes, and a passkey."""

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode

import pytest

from tests.e2e.acts import press

pytestmark = pytest.mark.e2e

PASSWORD = "moussem-demo"


def code_of(secret, step=0):
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def confirm_password(page):
    """Say the password again where the site asks for it before a change."""
    if "/reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        press(page)


def start_to_sign_in(person, email):
    """Give address and password; the second step follows."""
    page = person.go("account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    press(page)
    return page


def test_authenticator_app_is_asked_for_until_it_is_taken_off(visitor):
    email = "purchaser@demo.example"
    owner = visitor(language="fr", width=360)
    owner.sign_in_by_the_form(email)
    page = owner.go("account/2fa/totp/activate/")
    confirm_password(page)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())[0]
    page.locator("input[name=code]").fill(code_of(secret))
    press(page)
    page = owner.go("account/2fa/recovery-codes/")
    recovery = page.locator("#recovery_codes").input_value().split()[0]

    again = visitor(language="fr")
    page = start_to_sign_in(again, email)
    page.locator("input[name=code]").fill("000000")
    press(page)
    refused = page.url
    page.locator("input[name=code]").fill(recovery)
    press(page)
    assert "/2fa/authenticate" in refused
    assert "/2fa/authenticate" not in page.url

    page = again.go("account/2fa/totp/deactivate/")
    confirm_password(page)
    press(page)
    plain = visitor(language="fr")
    plain.sign_in_by_the_form(email)
    assert "/2fa/authenticate" not in plain.page.url


CHIP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_passkey_is_added_used_and_removed(visitor):
    owner = visitor()
    # Browsers keep passkeys for names only.
    owner.site = owner.site.replace("127.0.0.1", "localhost")
    owner.sign_in_by_the_form("delegate@demo.example")
    chip = owner.context.new_cdp_session(owner.page)
    chip.send("WebAuthn.enable")
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": CHIP})
    page = owner.go("account/2fa/webauthn/add/")
    confirm_password(page)
    page.locator("input[name=name]").fill("Telephone")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/add/" not in url)
    owner.context.clear_cookies()

    page = start_to_sign_in(owner, "delegate@demo.example")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(lambda url: "/2fa/authenticate" not in url)
    page = owner.go("account/2fa/webauthn/")
    confirm_password(page)

    press(page, "a[href$='/remove/']")
    confirm_password(page)
    press(page)
    owner.context.clear_cookies()
    owner.sign_in_by_the_form("delegate@demo.example")
    assert "/2fa/authenticate" not in owner.page.url
