"""Credentials for relays, and to whom they are given."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.live.actions import close_room
from fairs.live.calling import fallback_of, relays_for, relays_for_test
from fairs.live.errors import CallNotNow
from fairs.live.turn import TEST_LASTS, Credential, credential, servers
from moussem.core.errors import NotYours
from tests.factories.live import call_room, guest_of, session_room

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
URLS = ["stun:relay.example:3478", "turn:relay.example:3478?transport=udp"]


@pytest.fixture
def relay(settings):
    settings.LIVE_TURN_URLS, settings.LIVE_TURN_SECRET = URLS, "not-told"


@pytest.fixture
def room():
    session = session_room()
    return call_room(guest_of(session), guest_of(session), edition=session.edition)


def test_relay_with_the_same_secret_signs_the_same():
    until = timezone.now()

    shown = credential("not-told", room=12, person=5, until=until)

    username = f"{int(until.timestamp())}:12:5"
    signed = hmac.new(b"not-told", username.encode(), hashlib.sha1).digest()
    assert shown == Credential(username, base64.b64encode(signed).decode())


def test_relays_are_told_with_a_credential_and_others_without():
    shown = Credential("name", "word")

    assert servers(URLS, shown) == [
        {"urls": URLS[:1]},
        {"urls": URLS[1:], "username": "name", "credential": "word"},
    ]
    assert servers(URLS, None) == [{"urls": URLS[:1]}]
    assert servers([], shown) == []


def test_credential_ends_with_the_call_and_names_its_person(relay, room):
    person = room.members.first().person

    (_plain, told) = relays_for(room, person)

    until = int((room.call.ends_at + timedelta(minutes=15)).timestamp())
    assert told["username"] == f"{until}:{room.pk}:{person.pk}"


@pytest.mark.parametrize("minutes", [-16, 45])
def test_no_credential_is_given_before_or_after_the_call(relay, room, refused, minutes):
    now = room.call.begins_at + timedelta(minutes=minutes)

    refused(CallNotNow, relays_for, room, room.members.first().person, now=now)


def test_no_credential_is_given_for_a_closed_call_or_another_room(relay, room, refused):
    person = room.members.first().person

    refused(NotYours, relays_for, session_room(), person)
    refused(CallNotNow, relays_for, close_room(room), person)


def test_credential_of_a_test_lasts_minutes(relay, room):
    now = timezone.now()

    (_plain, told) = relays_for_test(room.members.first().person, now=now)

    assert told["username"].split(":")[0] == str(int((now + TEST_LASTS).timestamp()))


def test_without_a_secret_no_relay_is_told(room, settings):
    settings.LIVE_TURN_URLS, settings.LIVE_TURN_SECRET = URLS, None

    assert relays_for(room, room.members.first().person) == [{"urls": URLS[:1]}]


def test_call_that_fails_goes_on_at_one_address_that_no_other_call_has(room, settings):
    settings.LIVE_FALLBACK_URL = "https://meet.example/m-{room}"
    other = call_room(edition=room.edition)

    assert fallback_of(room) == fallback_of(room) != fallback_of(other)
    assert str(room.pk) != fallback_of(room).removeprefix("https://meet.example/m-")
    settings.LIVE_FALLBACK_URL = None
    assert fallback_of(room) == ""
