"""A hub gives out what a room holds: each entry once, in order, to everybody who keeps up."""

import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from fairs.live import hub, keeping, outlet, protocol
from fairs.live.actions import write
from fairs.live.bus import Hint
from fairs.live.hub import Hub
from fairs.live.outlet import Outlet
from fairs.live.protocol import Close
from fairs.live.queries import entries_since
from fairs.live.safety.personal import erase
from tests.factories.live import guest_of, session_room

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


@pytest.fixture
def room(live_database):
    return session_room()


@pytest.fixture
def salma(room):
    return guest_of(room)


@pytest.fixture
def written(room, salma):
    """Writes entries that no hub is told of; their hints."""

    def write_down(count):
        for number in range(count):
            write(room, "chat", {"text": str(number)}, author=salma, client_uuid=uuid4())
        return [Hint(room.pk, seq, frame) for seq, frame in entries_since(room.pk, 0, 1_000).entries]

    return sync_to_async(write_down)


async def joined(one, room, person=1, since=0):
    reader = Outlet(person)
    one.admit(reader)
    page = json.loads(await one.join(reader, room.pk, head=0, since=since))
    return reader, page


def numbers(reader):
    return [frame["seq"] for frame in map(json.loads, reader.take()) if "seq" in frame]


async def test_hints_in_any_order_come_out_in_theirs(room, written):
    one = Hub()
    reader, _page = await joined(one, room)
    first, second, third = await written(3)

    for hint in (third, first, third, second, first):
        one.hear(hint)

    assert numbers(reader) == [1, 2, 3]
    await asyncio.gather(*one.tasks)
    assert numbers(reader) == []


async def test_hole_is_filled_from_the_log(room, written):
    one = Hub()
    reader, _page = await joined(one, room)
    hints = await written(5)

    one.hear(hints[3])
    await asyncio.gather(*one.tasks)

    assert numbers(reader) == [1, 2, 3, 4, 5]


async def test_whoever_comes_amid_the_hints_misses_nothing(room, written):
    one = Hub()
    hints = await written(150)
    reader, page = await joined(one, room, since=0)
    seen = [entry["seq"] for entry in page["entries"]]
    one.hear(hints[149])
    while page["more"]:
        page = json.loads(await one.catch_up(reader, room.pk, since=seen[-1]))
        seen += [entry["seq"] for entry in page["entries"]]

    assert seen + numbers(reader) == list(range(1, 151))


async def test_last_hint_that_was_lost_is_found_by_the_next_look(room, salma, written):
    one = Hub()
    reader, _page = await joined(one, room, person=salma.pk)
    await written(2)

    await keeping.Looks(one)()
    await asyncio.gather(*one.tasks)

    assert numbers(reader) == [1, 2]


async def test_a_look_at_many_rooms_is_a_few_statements(room, salma, monkeypatch):
    one = Hub()
    rooms = [room, *[await sync_to_async(session_room)() for _number in range(3)]]
    for each in rooms:
        await joined(one, each, person=salma.pk)
    asked = []

    async def ask(question, *args, **told):
        asked.append(question.__name__)
        return await real(question, *args, **told)

    real = keeping.ask
    monkeypatch.setattr(keeping, "ask", ask)
    look = keeping.Looks(one)
    await look()
    await look()

    assert asked == ["renew_presences", "heads_of", "heads_of"]


async def test_whoever_does_not_read_is_sent_away_and_nobody_waits(room, written, monkeypatch):
    monkeypatch.setattr(outlet, "MOST_BYTES", 2_000)
    one = Hub()
    slow, _page = await joined(one, room, person=1)
    quick, _page = await joined(one, room, person=2)
    got = []
    for hint in await written(30):
        one.hear(hint)
        got += numbers(quick)

    assert got == list(range(1, 31))
    assert (slow.closing, slow.size, slow.take()) == (Close.RESYNC, 0, [])


async def test_presence_goes_before_entries_do(room, written, monkeypatch):
    monkeypatch.setattr(outlet, "MOST_FRAMES", 10)
    one = Hub()
    reader, _page = await joined(one, room)
    presence = protocol.event("presence", room.pk, {"people": 1})
    hints = await written(8)
    for number, hint in enumerate(hints):
        one.hear(Hint(room.pk, 0, presence, 0, droppable=True))
        one.hear(hint)
        assert reader.closing is None, number

    assert (numbers(reader), reader.dropped) == (list(range(1, 9)), 6)


async def test_queue_of_one_socket_is_bounded():
    reader = Outlet(1)
    big = outlet.packet(b"x" * 8_000)
    for _time in range(1_000):
        reader.put(big)

    assert (reader.closing, reader.size) == (Close.RESYNC, 0)


async def test_entry_is_decoded_once_for_everybody(room, written, monkeypatch):
    one, decoded = Hub(), []
    readers = [(await joined(one, room, person=number))[0] for number in range(20)]
    (hint,) = await written(1)
    monkeypatch.setattr(hub, "packet", lambda *told: decoded.append(told) or outlet.packet(*told))

    one.hear(hint)

    assert (len(decoded), [numbers(reader) for reader in readers]) == (1, [[1]] * 20)


async def test_room_that_nobody_is_in_is_forgotten(room, written):
    one = Hub()
    reader, _page = await joined(one, room)
    one.dismiss(reader)

    assert (one.feeds, one.outlets, dict(one.here)) == ({}, set(), {})


async def test_many_who_come_back_ask_the_log_once(room, written, monkeypatch):
    one, asked = Hub(), []
    await written(60)

    async def ask(question, *args):
        asked.append(question.__name__)
        return await real(question, *args)

    real = hub.ask
    monkeypatch.setattr(hub, "ask", ask)
    pages = await asyncio.gather(*[joined(one, room, person=number, since=40) for number in range(50)])

    assert asked == ["latest_entries"]
    assert {tuple(entry["seq"] for entry in page["entries"]) for _reader, page in pages} == {
        tuple(range(41, 61))
    }


async def test_words_whose_erasure_was_missed_are_not_given_out_after_the_next_look(room, salma, written):
    one = Hub()
    await written(2)
    _reader, page = await joined(one, room, person=salma.pk)
    before = [entry["body"]["data"]["text"] for entry in page["entries"]]
    await sync_to_async(erase)(salma)

    await keeping.Looks(one)()

    _reader, page = await joined(one, room, person=salma.pk)
    assert before == ["0", "1"]
    assert [entry["body"]["data"]["text"] for entry in page["entries"]] == ["", ""]
    assert one.feeds[room.pk].erasures == 1
