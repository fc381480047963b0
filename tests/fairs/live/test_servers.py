"""Real servers, as production runs them: one is told to stop, one is killed, and nothing is lost."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
import websockets
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from fairs.live import protocol
from fairs.live.models import LiveEntry
from tests.factories.live import guest_of, session_room
from tests.fairs.live.wires import cookie_of
from tests.races import on_postgresql

pytestmark = [*on_postgresql, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]
COMMAND = ("-m", "uvicorn", "moussem.config.asgi:application", "--lifespan", "off", "--log-level", "warning")
SOCKETS = ("--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "5")


def serve():
    """A server of the test database on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    told = {
        **os.environ,
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "moussem.config.settings.test",
        "LIVE_DRAIN_SECONDS": "1",
    }
    here = {"cwd": settings.BASE_DIR, "env": told}
    return subprocess.Popen([sys.executable, *COMMAND, *SOCKETS, "--port", str(port)], **here), port


@asynccontextmanager
async def servers(count):
    """Some servers that answer."""
    running = [serve() for _number in range(count)]
    try:
        for _process, port in running:
            await until_it_answers(port)
        yield running
    finally:
        for process, _port in running:
            process.kill()
            process.wait()


async def until_it_answers(port):
    for _look in range(600):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise AssertionError("the server does not answer")


async def come_in(port, cookie, room, since=0):
    """A socket in a room, and the numbers of the entries that it was sent."""
    here = f"127.0.0.1:{port}"
    wire = await websockets.connect(
        f"ws://{here}/live/", origin=f"http://{here}", additional_headers={"Cookie": cookie}, open_timeout=30
    )
    await wire.send(protocol.command("room.join", "join", room=room.pk, since=since).decode())
    await wire.recv()
    page = json.loads(await wire.recv())
    return wire, [entry["seq"] for entry in page["entries"]]


async def say(wire, room, key):
    """Say something, and wait until it is known to be kept; what is heard meanwhile."""
    heard = []
    await wire.send(protocol.command("chat.say", "1", room=room.pk, uuid=str(key), text="Salam").decode())
    while True:
        frame = json.loads(await wire.recv())
        if frame.get("no"):
            raise AssertionError(frame)
        if frame.get("ok") == "1":
            return heard
        heard += [frame["seq"]] if "seq" in frame else []


async def test_server_that_is_told_to_stop_sends_its_sockets_on_and_ends():
    room = await sync_to_async(session_room)()
    cookie = await sync_to_async(lambda: cookie_of(guest_of(room)))()
    async with servers(1) as [(process, port)]:
        wires = [(await come_in(port, cookie, room))[0] for _number in range(5)]
        process.send_signal(signal.SIGTERM)
        for wire in wires:
            await asyncio.wait_for(wire.wait_closed(), 15)

        assert {wire.close_code for wire in wires} == {1012}
        assert await asyncio.to_thread(process.wait, 20) in (0, -signal.SIGTERM)


async def test_what_a_killed_server_did_not_answer_is_sent_again_and_stands_once():
    room = await sync_to_async(session_room)()
    cookies = [await sync_to_async(lambda: cookie_of(guest_of(room)))() for _number in range(2)]
    keys = [uuid4() for _number in range(4)]
    async with servers(2) as [(first, port), (_second, other)]:
        speaker, _page = await come_in(port, cookies[0], room)
        reader, seen = await come_in(other, cookies[1], room)
        await say(speaker, room, keys[0])
        last = protocol.command("chat.say", "2", room=room.pk, uuid=str(keys[1]), text="Salam").decode()
        await speaker.send(last)
        first.kill()
        again, missed = await come_in(other, cookies[0], room)
        for key in keys:
            await say(again, room, key)
        while len(seen) < len(keys):
            frame = json.loads(await asyncio.wait_for(reader.recv(), 10))
            seen += [frame["seq"]] if "seq" in frame else []

    written = LiveEntry.objects.order_by("seq").values_list("client_uuid", flat=True)
    assert await sync_to_async(list)(written) == keys
    assert (seen, missed[:1]) == ([1, 2, 3, 4], [1])
