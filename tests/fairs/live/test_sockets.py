"""The socket of a person, from its handshake to its end."""

import asyncio
import logging
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairs.live import bus, commands, keeping, pacing
from fairs.live.actions import close_room, write
from fairs.live.database import ask, threads
from fairs.live.hub import MOST_WINDOWS, hub_here
from fairs.live.models import LiveEntry
from fairs.live.protocol import Close
from moussem.core.templatetags.pages import word_of_person
from tests.factories.live import guest_of, session_room
from tests.factories.people import PASSWORD, UserFactory
from tests.fairs.live.wires import Wire, cookie_of, opened, texts
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


@pytest.fixture
def room(live_database):
    return session_room()


@pytest.fixture
def salma(room):
    return guest_of(room)


@pytest.fixture
def brahim(room):
    return guest_of(room, first_name="Brahim", last_name="Ouali")


def written(room, author, *said):
    for text in said:
        write(room, "chat", {"text": text}, author=author, client_uuid=uuid4())


async def test_what_one_says_everybody_hears_and_it_is_kept(room, salma, brahim):
    async with opened(salma) as hers, opened(brahim) as his:
        assert (await hers.join(room))["entries"] == []
        await his.join(room)
        answer = await hers.chat(room, "Salam alaykum")
        heard = await his.hear("entry")

    entry = await LiveEntry.objects.select_related("author").aget()
    assert (answer["body"]["seq"], heard["seq"], entry.seq) == (1, 1, 1)
    assert heard["body"]["by"] == {"id": salma.pk, "name": "Salma Idrissi"}
    assert (texts([heard]), entry.data, entry.author) == (["Salam alaykum"], {"text": "Salam alaykum"}, salma)


async def test_speaker_hears_the_own_words_once_in_both_windows(room, salma):
    async with opened(salma) as one, opened(salma) as other:
        await one.join(room)
        await other.join(room)
        await one.chat(room, "first")
        await one.chat(room, "second", ref="2")
        heard = [await other.hear("entry"), await other.hear("entry")]

    assert texts(heard) == ["first", "second"]
    assert texts(frame for frame in one.told if frame["event"] == "entry") == ["first", "second"]


async def test_whoever_comes_back_is_sent_what_was_missed_and_nothing_twice(room, salma, brahim):
    await sync_to_async(written)(room, brahim, "one", "two", "three")
    async with opened(salma) as hers:
        page = await hers.join(room, since=1)
        await sync_to_async(written)(room, brahim, "four")
        live = await hers.hear("entry")

    assert ([one["seq"] for one in page["entries"]], page["head"], page["more"]) == ([2, 3], 3, False)
    assert live["seq"] == 4


async def test_whoever_was_long_away_catches_up_by_pages(room, salma, brahim):
    await sync_to_async(written)(room, brahim, *map(str, range(250)))
    async with opened(salma) as hers:
        page = await hers.join(room, since=0)
        seen = page["entries"]
        while page["more"]:
            await hers.say("room.since", "more", room=room.pk, since=seen[-1]["seq"])
            page = await hers.hear("page")
            seen += page["entries"]
        await sync_to_async(written)(room, brahim, "now")
        live = await hers.hear("entry")

    assert [one["seq"] for one in seen] == list(range(1, 251))
    assert live["seq"] == 251


async def test_whoever_comes_new_is_sent_the_last_entries(room, salma, brahim):
    await sync_to_async(written)(room, brahim, *map(str, range(120)))
    async with opened(salma) as hers:
        page = await hers.join(room)

    assert [one["seq"] for one in page["entries"]] == list(range(71, 121))


async def test_number_that_no_entry_has_yet_is_taken_for_the_last(room, salma):
    async with opened(salma) as hers:
        await hers.join(room, since=9_999)
        await hers.chat(room)

        assert [one["seq"] for one in hers.told if one["event"] == "entry"] == [1]


async def test_replayed_frame_is_one_entry(room, salma):
    key = uuid4()
    async with opened(salma) as hers:
        await hers.join(room)
        answers = [await hers.chat(room, key=key, ref=str(number)) for number in range(3)]

    assert [one["body"]["seq"] for one in answers] == [1, 1, 1]
    assert await LiveEntry.objects.acount() == 1


async def test_whoever_left_a_room_hears_nothing_more_of_it(room, salma, brahim):
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await hers.say("room.leave", room=room.pk)
        await his.chat(room)
        await hers.say("presence.who", "after", room=room.pk)

    assert [one["event"] for one in hers.told] == ["page"]


async def test_people_are_counted_and_named(room, salma, brahim, monkeypatch):
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.05)
    async with opened(salma) as hers:
        await hers.join(room)
        async with opened(brahim) as his:
            await his.join(room)
            while (await hers.hear("presence"))["body"] != {"people": 2}:
                pass
            who = await hers.say("presence.who", "who", room=room.pk)
            await his.say("presence.beat", room=room.pk, state="away")
            while (await hers.hear("presence"))["body"] != {"people": 1}:
                pass

    assert [one["name"] for one in who["body"]["people"]] == ["Brahim Ouali", "Salma Idrissi"]


async def test_room_that_closes_says_so_and_takes_nothing_more(room, salma):
    async with opened(salma) as hers:
        await hers.join(room)
        await sync_to_async(close_room)(room)
        await hers.hear("closed")
        refusal = await hers.chat(room)

    assert (refusal["no"], refusal["code"]) == ("1", "live_room_closed")
    assert await LiveEntry.objects.acount() == 0


async def test_refusal_is_a_sentence_in_the_language_of_the_page(room, salma):
    async with opened(salma, query="language=fr") as hers:
        await hers.send('{"v":1,"do":"chat.shout","ref":"9","body":{}}')
        refusal = await hers.answer("9")

    assert refusal["code"] == "live_command_unknown"
    assert "Rien n’a été fait" in refusal["message"]


@pytest.mark.parametrize(
    "origin", ["https://testserver.evil.example", "null", "", "http://localhost", "http://["]
)
async def test_socket_of_another_site_is_not_opened(salma, origin):
    wire = Wire(await sync_to_async(cookie_of)(salma), origin=origin)

    assert not await wire.connect()


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=nothing", "sessionid=\udcff; a=b", "=;=;,"])
async def test_whoever_is_not_signed_in_is_told_so(room, cookie):
    wire = Wire()
    wire.scope["headers"][2] = (b"cookie", cookie.encode("utf-8", "surrogateescape"))

    assert await wire.connect()
    assert await wire.closed() == Close.SIGNED_OUT


async def test_person_whose_account_was_closed_is_not_served(room, salma):
    cookie = await sync_to_async(cookie_of)(salma)
    salma.is_active = False
    await salma.asave()

    wire = Wire(cookie)
    await wire.connect()

    assert await wire.closed() == Close.SIGNED_OUT


async def test_signing_out_ends_the_socket(room, salma, monkeypatch):
    monkeypatch.setattr(keeping, "ADMISSION_SECONDS", 0.05)
    async with opened(salma) as hers:
        await hers.join(room)
        await Session.objects.all().adelete()

        assert await hers.closed() == Close.SIGNED_OUT


def signs_out(person, browser):
    return browser.post(reverse("account_logout"))


def has_another_password(person, browser):
    known = {"oldpassword": PASSWORD, "password1": "argan-2030-tafraout", "password2": "argan-2030-tafraout"}
    return browser.post(reverse("account_change_password"), known)


def is_let_in_no_more(person, _browser):
    officer = Client()
    officer.force_login(UserFactory(is_staff=True, is_superuser=True))
    address = reverse("admin:people_user_change", args=[person.pk])
    return officer.post(address, as_shown(officer.get(address), is_active=[]))


@pytest.mark.parametrize("happens", [signs_out, has_another_password, is_let_in_no_more])
async def test_nobody_writes_on_once_they_are_out(room, salma, brahim, monkeypatch, happens):
    monkeypatch.setattr(keeping, "ADMISSION_SECONDS", 600)
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        browser = Client(headers={"cookie": hers.scope["headers"][2][1].decode()})

        assert (await sync_to_async(happens)(salma, browser)).status_code == 302
        assert await hers.closed(timeout=5) == Close.SIGNED_OUT
        assert "ok" in await his.chat(room)


async def test_whoever_is_admitted_no_more_is_taken_out(room, salma, monkeypatch):
    monkeypatch.setattr(keeping, "ADMISSION_SECONDS", 0.05)
    async with opened(salma) as hers:
        await hers.join(room)
        await room.edition.guests.all().adelete()

        assert await hers.closed() == Close.NOT_YOURS


async def test_windows_of_one_person_are_bounded(room, salma):
    cookie = await sync_to_async(cookie_of)(salma)
    wires = [Wire(cookie) for _number in range(MOST_WINDOWS + 1)]
    for wire in wires:
        await wire.connect()

    assert await wires[-1].closed() == Close.TOO_MANY
    for wire in wires:
        await wire.disconnect()


async def test_process_that_serves_enough_sends_others_on(room, salma, brahim, settings):
    settings.LIVE_SOCKETS = 1
    async with opened(salma), opened(brahim) as his:
        assert await his.closed() == Close.TOO_MANY


async def test_flood_is_answered_bounded_and_then_ended(room, salma, caplog, monkeypatch):
    monkeypatch.setattr(pacing, "STRIKES", pacing.Pace(3, 0.001))
    caplog.set_level(logging.WARNING, "fairs.live")
    async with opened(salma) as hers:
        await hers.join(room)
        answers = [await hers.chat(room, str(number), ref=str(number)) for number in range(9)]
        await hers.send(b"")
        code = await hers.closed()

    codes = [one.get("code", "done") for one in answers]
    assert (codes[:5], set(codes[5:]), code) == (["done"] * 5, {"live_too_fast"}, Close.MISUSED)
    assert await LiveEntry.objects.acount() == 5
    assert [one for one in caplog.messages if "refused" in one] == [
        f"Person {salma.pk} goes on sending what is refused; the connection is closed"
    ]


@pytest.mark.parametrize(
    "frame", ["x" * 9_000, "{", '{"v":1,"do":"chat.say","body":{}}', "\u202e", "[" * 8_000]
)
async def test_frames_that_are_no_use_end_the_socket_when_they_go_on(room, salma, monkeypatch, frame):
    monkeypatch.setattr(pacing, "STRIKES", pacing.Pace(3, 0.001))
    async with opened(salma) as hers:
        for _time in range(4):
            await hers.send(frame)
        codes = [(await hers.hear()).get("no") for _time in range(4)]

        assert (codes, await hers.closed()) == ([""] * 4, Close.MISUSED)
    assert await LiveEntry.objects.acount() == 0


async def test_fault_of_a_command_is_answered_and_ends_nothing(room, salma, brahim, monkeypatch, caplog):
    monkeypatch.setitem(commands.ANSWERS, "presence.who", lambda asked: 1 // 0)
    async with opened(salma) as hers:
        await hers.join(room)
        refusal = await hers.say("presence.who", room=room.pk)
        answer = await hers.chat(room, ref="2")

    assert (refusal["code"], refusal["facts"], answer["ok"]) == ("live_full", {"seconds": "5"}, "2")
    assert [one for one in caplog.messages if "failed" in one] == ["A command of a live room failed"]


async def test_process_that_stops_sends_everybody_on(room, salma):
    async with opened(salma) as hers:
        await hers.join(room)
        await hub_here(keeping.keepers).drain(0.01)

        assert await hers.closed() == Close.GOING_AWAY


async def test_coming_back_asks_the_database_three_times(room, salma, brahim, settings, monkeypatch):
    """Whose session it is, who that is, whether they may enter: what was missed is at hand."""
    settings.LIVE_DATABASE_THREADS = 1
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 60)
    await sync_to_async(written)(room, brahim, *map(str, range(60)))
    hers = Wire(await sync_to_async(cookie_of)(salma))
    async with opened(brahim) as his:
        await his.join(room)
        counted = CaptureQueriesContext(connection)
        await ask(counted.__enter__)
        await hers.connect()
        page = await hers.join(room, since=20)
        await ask(counted.__exit__, None, None, None)
        statements = await ask(lambda: counted.captured_queries)
        await hers.disconnect()

    assert (len(page["entries"]), len(statements)) == (40, 3), statements


async def test_something_for_one_person_reaches_nobody_else(room, salma, brahim):
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        await sync_to_async(bus.tell)(room.pk, "signal", {"to": "her"}, to=salma)
        await sync_to_async(bus.tell)(room.pk, "signal", {"to": "all"})
        heard = [(await hers.hear("signal"))["body"]["to"] for _time in range(2)]

        assert (heard, (await his.hear("signal"))["body"]["to"]) == (["her", "all"], "all")


async def test_second_window_is_told_how_many_people_are_here():
    room = await sync_to_async(session_room)()
    salma = await sync_to_async(guest_of)(room)
    async with opened(salma) as first:
        await first.join(room)
        await first.hear("presence")
        async with opened(salma) as second:
            await second.join(room)

    assert [one["body"] for one in second.told if one["event"] == "presence"] == [{"people": 1}]


async def test_whoever_knocks_as_the_last_one_leaves_hears_what_is_said(room, salma, brahim, monkeypatch):
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 60)
    hers = Wire(await sync_to_async(cookie_of)(salma))
    async with AsyncExitStack() as door, opened(brahim) as his:
        await his.join(room)
        for _place in range(max(1, threads() // 2)):
            await door.enter_async_context(hub_here(keeping.keepers).doorway)
        knocking = asyncio.create_task(hers.connect())
        for _turn in range(20):
            await asyncio.sleep(0)
    assert await knocking
    await hers.join(room)

    await sync_to_async(written)(room, brahim, "one")

    assert texts([await hers.hear("entry")]) == ["one"]
    await hers.disconnect()


async def test_page_of_somebody_else_is_not_served_in_ones_name(room, salma, brahim):
    cookie = await sync_to_async(cookie_of)(salma)
    codes = []
    for word in (word_of_person(brahim), ""):
        theirs = Wire(cookie, query=f"language=en&person={word}")
        assert await theirs.connect()
        codes.append(await theirs.closed())
    async with opened(salma, query=f"language=en&person={word_of_person(salma)}") as hers:
        await hers.join(room)

    assert codes == [Close.SIGNED_OUT] * 2
