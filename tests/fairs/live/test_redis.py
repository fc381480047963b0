"""Two processes and a real Redis between them, which comes and goes."""

import asyncio
import json
import os
from uuid import uuid4

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from redis.asyncio import Redis

from fairs.live import bus, keeping
from fairs.live.actions import write
from fairs.live.hub import Hub
from fairs.live.outlet import Outlet
from tests.factories.live import guest_of, session_room

URL = os.environ.get("REDIS_URL", "")
PACK = bus.pack
pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not URL, reason="needs a real Redis"),
    pytest.mark.asyncio,
    pytest.mark.usefixtures("live_database"),
]


@pytest.fixture
def room(live_database):
    return session_room()


@pytest.fixture
def salma(room):
    return guest_of(room)


@pytest.fixture
def as_another_process(monkeypatch):
    """What is published comes back as if another process had sent it."""
    monkeypatch.setattr(bus, "pack", lambda hint: b"\0" * 16 + PACK(hint)[16:])
    monkeypatch.setattr(bus, "_left_alone_until", 0.0)


@pytest_asyncio.fixture
async def reader(room, salma, as_another_process):
    """A socket of a hub that hears of this test by Redis alone."""
    hub, outlet = Hub(), Outlet(salma.pk)
    hub.admit(outlet)
    json.loads(await hub.join(outlet, room.pk, head=0, since=0))
    tasks = [asyncio.create_task(keeping.listen(hub))]
    outlet.hub = hub
    await subscribed()
    yield outlet
    for task in (*tasks, *hub.tasks):
        task.cancel()
    await asyncio.gather(*tasks, *hub.tasks, return_exceptions=True)


async def subscribed(wanted=1):
    """Wait until so many listen."""
    async with Redis.from_url(URL) as client:
        while (await client.pubsub_numsub(bus.channel()))[0][1] != wanted:
            await asyncio.sleep(0.02)


async def numbers(reader, wanted):
    """What a socket was given, once it has so many entries."""
    got = []
    while len(got) < wanted:
        await reader.wait(5)
        got += [frame["seq"] for frame in map(json.loads, reader.take()) if "seq" in frame]
    return got


def say(room, author):
    return write(room, "chat", {"text": "Salam"}, author=author, client_uuid=uuid4())


async def test_what_is_said_in_one_process_is_heard_in_another(reader, room, salma):
    for _time in range(3):
        await sync_to_async(say)(room, salma)

    assert await numbers(reader, 3) == [1, 2, 3]


async def test_what_is_said_while_nobody_could_listen_is_heard_afterwards(reader, room, salma):
    async with Redis.from_url(URL) as client:
        clients = await client.client_list(_type="pubsub")
        for one in clients:
            await client.client_kill_filter(_id=one["id"])
        for _time in range(3):
            await sync_to_async(say)(room, salma)
        await subscribed()
        await sync_to_async(say)(room, salma)

    assert await numbers(reader, 4) == [1, 2, 3, 4]


async def test_hints_that_were_lost_are_found_by_the_next_look(reader, room, salma, monkeypatch):
    monkeypatch.setattr(bus, "_send_away", lambda packed: None)
    for _time in range(3):
        await sync_to_async(say)(room, salma)

    await keeping.Looks(reader.hub)()

    assert await numbers(reader, 3) == [1, 2, 3]


async def test_redis_that_is_away_holds_up_no_writer(room, salma, settings, monkeypatch, caplog):
    settings.LIVE_REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(bus, "_left_alone_until", 0.0)
    bus._redis.cache_clear()
    try:
        entries = [await sync_to_async(say)(room, salma) for _time in range(5)]
    finally:
        bus._redis.cache_clear()

    assert [one.seq for one in entries] == [1, 2, 3, 4, 5]
    assert len([line for line in caplog.messages if "takes no hints" in line]) == 1
