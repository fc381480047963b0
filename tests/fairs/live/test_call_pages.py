"""The page of a call and the test of devices: whose they are, and what they tell."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from fairs.live.calling import keep_check
from fairs.live.models import LiveCheck
from fairs.live.safety.models import LiveBlock
from tests.factories.live import call_room, guest_of, session_room
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def room(settings):
    """A call of two guests of an edition, with a relay."""
    settings.LIVE_TURN_URLS, settings.LIVE_TURN_SECRET = ["turn:relay.example:3478"], "not-told"
    session = session_room()
    return call_room(guest_of(session), guest_of(session), edition=session.edition)


def page_of(room):
    return reverse("fairs:call", args=[room.edition.slug, room.pk])


def test_call_is_shown_to_its_people_alone(client, room):
    found = {}
    people = {"member": room.members.first().person, "guest": guest_of(room), "stranger": UserFactory()}
    for who, person in people.items():
        client.force_login(person)
        found[who] = client.get(page_of(room)).status_code

    assert found == {"member": 200, "guest": 404, "stranger": 404}


def test_room_of_a_session_is_no_call(client, room):
    session = session_room(room.edition)
    client.force_login(guest_of(session))

    assert client.get(page_of(session)).status_code == 404


def test_something_is_written_in_a_call_without_script(client, room):
    client.force_login(room.members.first().person)
    said = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Salam"}

    answer = client.post(page_of(room), said)

    assert answer.status_code == 302
    assert [entry.data for entry in room.entries.all()] == [{"text": "Salam"}]


def test_relay_is_tested_by_who_comes_and_by_nobody_else(client, room):
    there = reverse("fairs:call_test", args=[room.edition.slug])
    guest, stranger = guest_of(room), UserFactory()
    shown = {}
    for person in (guest, stranger):
        client.force_login(person)
        answer = client.get(there)
        shown[person] = json.loads(answer.context["servers"])
        assert escape(answer.context["servers"]) in answer.content.decode()

    assert shown[guest][0]["username"].split(":")[1:] == ["test", str(guest.pk)]
    assert shown[stranger] == []


def test_relay_is_tested_only_where_there_is_one(client, room, settings):
    there = reverse("fairs:call_test", args=[room.edition.slug])
    client.force_login(guest_of(room))
    shown = []
    for urls in (["turn:relay.example:3478"], []):
        settings.LIVE_TURN_URLS = urls
        shown.append('data-result="relay"' in client.get(there).content.decode())

    assert shown == [True, False]


def test_nobody_is_asked_into_a_call_that_is_over(client, room):
    client.force_login(room.members.first().person)
    offered = []
    for minutes in (0, 16):
        room.call.begins_at = timezone.now() - timedelta(minutes=30 + minutes)
        room.call.ends_at = timezone.now() - timedelta(minutes=minutes)
        room.call.save()
        page = client.get(page_of(room)).content.decode()
        offered.append(" data-over>" not in page)

    assert offered == [True, False]


def test_call_that_is_over_says_so_alone_before_its_room_is_closed(client, room):
    client.force_login(room.members.first().person)
    found = []
    for minutes in (0, 16):
        room.call.begins_at = timezone.now() - timedelta(minutes=30 + minutes)
        room.call.ends_at = timezone.now() - timedelta(minutes=minutes)
        room.call.save()
        page = client.get(page_of(room)).content.decode()
        parts = (
            " data-over>",
            "data-live-form hidden",
            "data-live-closed hidden",
            "data-call-when></p>",
        )
        found.append([one in page for one in parts])

    assert found == [[False, False, True, True], [True, True, False, False]]
    assert room.is_open


def test_door_of_a_call_shows_who_is_met_and_what_the_last_test_came_to(client, room):
    person, other = (one.person for one in room.members.order_by("pk"))
    other.first_name, other.last_name = "Fatima", "Aït Taleb"
    other.save()
    client.force_login(person)
    told = []
    for microphone in (None, False, True):
        if microphone is not None:
            keep_check(person, microphone=microphone, direct=True)
        page = client.get(page_of(room)).content.decode()
        told.append([f'data-is="{one}"' in page for one in ("missing", "fine")])

    assert told == [[False, False], [True, False], [False, True]]
    assert f'data-other="{other.pk}"' in page
    assert '<span class="call__face" aria-hidden="true">FA</span>' in page


def test_result_of_a_test_is_kept_for_who_made_it(client, room):
    guest = guest_of(room)
    client.force_login(guest)

    client.post(
        reverse("fairs:call_test", args=[room.edition.slug]),
        {"microphone": "yes", "camera": "no", "direct": "perhaps", "relay": "yes"},
    )

    kept = LiveCheck.objects.get()
    assert (kept.person, kept.microphone, kept.camera, kept.direct, kept.relay) == (
        guest, True, False, False, True,
    )  # fmt: skip


def test_nobody_is_shown_where_to_meet_somebody_whom_a_block_keeps_apart(client, room, settings):
    settings.LIVE_FALLBACK_URL = "https://meet.example/{room}"
    people = [one.person for one in room.members.all()]
    LiveBlock.objects.create(person=people[0], other=people[1])

    for person in people:
        client.force_login(person)
        assert "meet.example" not in client.get(page_of(room)).content.decode()

    LiveBlock.objects.all().delete()
    assert "meet.example" in client.get(page_of(room)).content.decode()


def test_without_scripts_no_button_is_shown_that_does_nothing(client, room):
    client.force_login(room.members.first().person)
    page = client.get(page_of(room)).content.decode()
    test = client.get(reverse("fairs:call_test", args=[room.edition.slug])).content.decode()

    buttons = ("data-call-join hidden>", "data-call-look hidden>", 'data-call-late="5" hidden>')
    assert [one in page for one in buttons] == [True] * 3
    assert "data-begin hidden>" in test


def test_call_tells_its_hour_by_the_clocks_of_its_reader_too(client, room):
    person = room.members.first().person
    client.force_login(person)
    told = []
    for zone in (room.edition.time_zone, "Asia/Tokyo"):
        person.time_zone = zone
        person.save()
        told.append("in Tokyo" in client.get(page_of(room)).content.decode())

    assert told == [False, True]
