"""Who is unheard, blocked, kept out or called, at open sockets."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from fairs.live.safety.actions import take_measure
from fairs.live.safety.models import LiveBlock
from fairs.live.safety.states import Measure
from tests.factories.live import call_room, guest_of, receiving_at, session_room, stand_room, thread_at
from tests.factories.sessions import organiser
from tests.fairs.live.wires import opened

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


def measured(kind, room, person):
    runs = organiser(room.edition)
    return take_measure(room.edition, kind, actor=runs, person=person, reason="Insults")


async def test_sockets_of_the_unheard_and_of_others_hold_the_same_numbers():
    room = await sync_to_async(session_room)()
    salma, brahim = [await sync_to_async(guest_of)(room) for _each in range(2)]
    await sync_to_async(measured)(Measure.MUTE, room, brahim)
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        await his.chat(room, "Buy now")
        veiled = await hers.hear("entry")
        again = [(await one.join(room, since=0))["entries"] for one in (his, hers)]
        (own,) = [one for one in his.told if one["event"] == "entry"]

    assert (own["seq"], own["body"]["data"]) == (1, {"text": "Buy now"})
    assert (veiled["seq"], veiled["body"]["kind"], veiled["body"]["data"]) == (1, "veiled", {})
    assert again == [[own], [veiled]]


async def test_block_holds_at_once_in_open_windows():
    room = await sync_to_async(session_room)()
    salma, brahim = [await sync_to_async(guest_of)(room) for _each in range(2)]
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        await his.chat(room, "Hey")
        first = await hers.hear("entry")
        await hers.say("person.block", "b", room=room.pk, person=brahim.pk)
        await his.say("presence.who", "w", room=room.pk)
        await his.chat(room, "Hey again", ref="2")
        second = await hers.hear("entry")

    assert (first["body"]["data"], second["body"]["kind"]) == ({"text": "Hey"}, "veiled")


async def test_ban_ends_open_windows_of_that_person_alone():
    room = await sync_to_async(session_room)()
    salma, brahim = [await sync_to_async(guest_of)(room) for _each in range(2)]
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        await sync_to_async(measured)(Measure.BAN, room, brahim)

        assert await his.closed() == 4003
        assert "ok" in await hers.chat(room)


async def test_who_is_called_hears_it_in_another_room():
    stand = await sync_to_async(stand_room)()
    talk = await sync_to_async(session_room)(stand.edition)
    amina, visitor = await sync_to_async(receiving_at)(stand), await sync_to_async(guest_of)(stand)
    thread = await sync_to_async(thread_at)(stand, visitor)
    async with opened(visitor) as hers, opened(amina) as his:
        await hers.join(talk)
        await his.join(stand)
        await his.say("stand.call", room=stand.pk)
        called = await hers.hear("called")

    name = await sync_to_async(lambda: stand.exhibitor.organisation.name)()
    assert (called["room"], called["body"]) == (thread.pk, {"stand": stand.exhibitor_id, "name": name})


async def test_people_who_blocked_each_other_do_not_call_each_other():
    session = await sync_to_async(session_room)()
    salma, brahim, third = [await sync_to_async(guest_of)(session) for _each in range(3)]
    room = await sync_to_async(call_room)(salma, brahim, third, edition=session.edition)
    await LiveBlock.objects.acreate(person=salma, other=brahim)
    window = str(uuid4())
    told = {"room": room.pk, "window": window, "for": window}
    async with opened(salma) as hers, opened(brahim) as his, opened(third) as theirs:
        for wire in (hers, his, theirs):
            await wire.join(room)
        for wire, to in ((hers, brahim), (his, salma)):
            ready = {"room": room.pk, "window": window, "microphone": True, "camera": False}
            assert "ok" in await wire.say("call.ready", **ready)
            assert "ok" in await wire.say("call.describe", **told, to=to.pk, kind="offer", sdp="v=0")
        await theirs.say("call.leave", room=room.pk, window=window)
        for wire in (hers, his):
            await wire.hear("call.leave")
        heard = [
            [one["body"]["by"]["id"] for one in wire.told if one["event"] in ("call.ready", "call.describe")]
            for wire in (hers, his, theirs)
        ]

    assert [set(one) for one in heard] == [{salma.pk}, {brahim.pk}, {salma.pk, brahim.pk}]
