"""The rooms over plain HTTP: the same frames for networks that break sockets."""

import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from fairs.live import keeping, views
from fairs.live.actions import close_room, write
from fairs.live.bus import Hint
from fairs.live.database import ask
from fairs.live.hub import MOST_WINDOWS, hub_here, visit
from fairs.live.keeping import keepers
from fairs.live.models import LiveEntry
from fairs.live.outlet import Outlet
from fairs.live.protocol import command, event
from moussem.core.templatetags.pages import word_of_person
from tests.factories.live import guest_of, session_room
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


@pytest.fixture
def room(live_database):
    return session_room()


@pytest.fixture
def salma(room):
    return guest_of(room)


async def browser(person, **told):
    client = AsyncClient(**told)
    await client.aforce_login(person)
    return client


async def frames(client, room, **asked):
    answer = await client.get(f"/en/live/rooms/{room.pk}/", asked)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def said(room, text="Salam", key=None):
    return command("chat.say", "7", room=room.pk, uuid=str(key or uuid4()), text=text)


async def send(client, room, frame, **headers):
    answer = await client.post(
        f"/en/live/rooms/{room.pk}/", frame, content_type="application/json", headers=headers or None
    )
    return answer.status_code, json.loads(answer.content)


def numbers(told):
    (page,) = [one for one in told if one.get("event") == "page"]
    live = [one["seq"] for one in told if one.get("event") == "entry"]
    return [entry["seq"] for entry in page["entries"]] + live


async def test_what_was_missed_is_answered_at_once(room, salma):
    await sync_to_async(write)(room, "chat", {"text": "one"}, author=salma)
    client = await browser(salma)

    told = await frames(client, room, since=0)

    assert (told[0]["body"]["head"], numbers(told)) == (1, [1])


async def test_question_waits_until_something_is_said(room, salma):
    client = await browser(salma)
    waiting = asyncio.create_task(frames(client, room, since=0))
    while not hub_here(keepers).feeds:
        await asyncio.sleep(0.01)

    # Requests of a test share a thread, and the first one still waits in it.
    await ask(write, room, "chat", {"text": "one"}, author=salma)

    assert numbers(await waiting) == [1]


async def test_question_ends_with_nothing_after_a_while(room, salma, monkeypatch):
    monkeypatch.setattr(views, "POLL_SECONDS", 0.05)

    told = await frames(await browser(salma), room, since=0)

    assert (numbers(told), hub_here(keepers).polls) == ([], 0)


async def test_closed_room_is_waited_in_like_any_other(room, salma, monkeypatch):
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.01)
    await sync_to_async(close_room)(room)
    client = await browser(salma)
    waiting = asyncio.create_task(frames(client, room, since=0))
    hub = hub_here(keepers)
    while not waiting.done() and ((feed := hub.feeds.get(room.pk)) is None or feed.is_open):
        await asyncio.sleep(0.01)
    for _turn in range(20):
        await asyncio.sleep(0)
    waits = not waiting.done()
    hub.hear(Hint(room.pk, 0, event("slow", room.pk, {"seconds": 1})))

    told = [one["event"] for one in await waiting if "event" in one]
    assert (waits, told) == (True, ["page", "presence", "closed", "slow"])


async def test_command_is_answered_as_by_the_socket(room, salma):
    status, answer = await send(await browser(salma), room, said(room))

    assert (status, answer["ok"], answer["body"]["seq"]) == (200, "7", 1)


async def test_number_of_waiting_questions_is_bounded(room, salma, settings):
    settings.LIVE_POLLS = 0

    answer = await (await browser(salma)).get(f"/en/live/rooms/{room.pk}/?since=0")

    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (503, "5", "live_full")


async def test_one_person_takes_few_of_the_places(room, salma):
    other = await sync_to_async(guest_of)(room)
    asking = [await browser(one) for one in (salma, other)]
    async with visit(keepers) as hub:
        for _number in range(MOST_WINDOWS):
            hub.admit(Outlet(salma.pk, patient=True))
        asked = {"since": 0, "wait": 0}
        answers = [await one.get(f"/en/live/rooms/{room.pk}/", asked) for one in asking]

    assert [one.status_code for one in answers] == [503, 200]
    assert answers[0].json()["code"] == "live_full"


async def test_message_that_is_sent_again_is_one_entry(room, salma):
    client, frame = await browser(salma), said(room)

    answers = [await send(client, room, frame) for _time in range(2)]

    assert answers[0] == answers[1]
    assert await LiveEntry.objects.acount() == 1


@pytest.mark.parametrize(
    ("frame", "status", "code"),
    [
        (b"", 400, "live_frame_malformed"),
        (b"x" * 9_000, 413, "live_frame_too_long"),
        (b'{"v":1,"do":"chat.shout"}', 400, "live_command_unknown"),
        (b'{"v":1,"do":"chat.say","body":{"room":1}}', 400, "live_field_wrong"),
    ],
)
async def test_frame_that_says_nothing_is_refused(room, salma, frame, status, code):
    answered, refusal = await send(await browser(salma), room, frame)

    assert (answered, refusal["code"]) == (status, code)
    assert await LiveEntry.objects.acount() == 0


async def test_command_speaks_of_the_room_of_its_address(room, salma):
    other = await sync_to_async(session_room)(room.edition)

    assert (await send(await browser(salma), other, said(room)))[1]["code"] == "not_yours"
    assert await LiveEntry.objects.acount() == 0


@pytest.mark.parametrize("since", ["-1", "x", "1e3", "٣", str(2**60), "9" * 5_000])
async def test_number_that_is_none_is_refused(room, salma, since):
    answer = await (await browser(salma)).get(f"/en/live/rooms/{room.pk}/", {"since": since})

    assert (answer.status_code, answer.json()["code"]) == (400, "live_field_wrong")


async def test_room_is_not_there_for_a_stranger(room):
    client = await browser(await sync_to_async(UserFactory)())

    assert (await client.get(f"/en/live/rooms/{room.pk}/?since=0")).status_code == 404
    assert (await send(client, room, said(room)))[0] == 404
    assert await LiveEntry.objects.acount() == 0


async def test_whoever_is_not_signed_in_is_asked_to(room):
    client = AsyncClient()

    assert (await client.get(f"/en/live/rooms/{room.pk}/?since=0")).status_code == 401
    assert (await send(client, room, said(room)))[1]["code"] == "live_sign_in_first"
    assert await LiveEntry.objects.acount() == 0


async def test_command_without_its_token_is_refused(room, salma):
    client = await browser(salma, enforce_csrf_checks=True)

    answer = await client.post(f"/en/live/rooms/{room.pk}/", said(room), content_type="application/json")

    assert answer.status_code == 403
    assert await LiveEntry.objects.acount() == 0


async def test_what_somebody_else_wrote_on_the_device_is_not_said_in_ones_own_name(room, salma):
    client = await browser(salma)

    other = await send(client, room, said(room), **{"x-person": word_of_person(UserFactory.build(pk=1))})
    own = await send(client, room, said(room), **{"x-person": word_of_person(salma)})

    assert (other[0], other[1]["code"], own[0]) == (401, "sent_by_another", 200)
    assert await ask(LiveEntry.objects.count) == 1


async def test_page_of_somebody_else_reads_nothing_in_ones_name(room, salma):
    client = await browser(salma)
    address = f"/en/live/rooms/{room.pk}/?since=0&wait=0"

    other = await client.get(address, headers={"x-person": word_of_person(UserFactory.build(pk=1))})
    own = await client.get(address, headers={"x-person": word_of_person(salma)})

    assert (other.status_code, other.json()["code"], own.status_code) == (401, "sent_by_another", 200)
