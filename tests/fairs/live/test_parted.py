"""A block during a call, and blocks that no hint tells of."""

from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from fairs.live.calling import relays_for
from fairs.live.hub import hubs
from fairs.live.keeping import ADMISSION_SECONDS, check_admissions
from fairs.live.rules import LEASE
from fairs.live.safety.errors import Blocked
from fairs.live.safety.models import LiveBlock
from tests.factories.live import call_room, guest_of, session_room
from tests.fairs.live.wires import opened

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


async def called(many):
    """Some people, the room of a session and of their call."""
    session = await sync_to_async(session_room)()
    people = [await sync_to_async(guest_of)(session) for _each in range(many)]
    return people, await sync_to_async(call_room)(*people, edition=session.edition)


def partings(wire):
    return [one["body"] for one in wire.told if one["event"] == "call.parted"]


async def test_block_in_a_call_parts_both_at_once():
    (salma, brahim), room = await called(2)
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        await his.say("presence.who", room=room.pk)
        await his.chat(room)
        assert "ok" in await hers.say("person.block", room=room.pk, person=brahim.pk)
        told = [(await wire.hear("call.parted"))["body"] for wire in (hers, his)]
        refused = await his.say("call.relay", room=room.pk)

    assert [(one["by"]["id"], one["alone"]) for one in told] == [(brahim.pk, True), (salma.pk, True)]
    assert refused["code"] == "live_blocked"


async def test_third_in_a_call_goes_on_with_each():
    (salma, brahim, third), room = await called(3)
    async with opened(salma) as hers, opened(brahim) as his, opened(third) as theirs:
        for wire in (hers, his, theirs):
            await wire.join(room)
        await his.chat(room)
        await hers.say("person.block", room=room.pk, person=brahim.pk)
        told = [(await wire.hear("call.parted"))["body"] for wire in (hers, his)]
        assert "ok" in await theirs.say("call.relay", room=room.pk)
        assert "ok" in await his.say("call.relay", room=room.pk)

    assert [(one["by"]["id"], one["alone"]) for one in told] == [(brahim.pk, False), (salma.pk, False)]
    assert partings(theirs) == []


async def test_block_of_which_no_hint_tells_is_known_within_the_lease():
    (salma, brahim), room = await called(2)
    assert timedelta(seconds=ADMISSION_SECONDS) < LEASE
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        # As another process writes it while Redis is away.
        await LiveBlock.objects.acreate(person=salma, other=brahim)
        await his.chat(room, "Hey")
        before = await hers.hear("entry")
        (hub,) = hubs()
        await check_admissions(hub)
        told = [(await wire.hear("call.parted"))["body"]["by"]["id"] for wire in (hers, his)]
        await his.chat(room, "Hey again", ref="2")
        after = await hers.hear("entry")
        await LiveBlock.objects.all().adelete()
        await check_admissions(hub)
        await his.chat(room, "Salam", ref="3")
        last = await hers.hear("entry")

    assert told == [brahim.pk, salma.pk]
    assert [one["body"]["kind"] for one in (before, after, last)] == ["chat", "veiled", "chat"]


async def test_who_was_away_as_they_were_parted_hears_it_as_they_come_back():
    (salma, brahim), room = await called(2)
    await LiveBlock.objects.acreate(person=brahim, other=salma)
    async with opened(salma) as hers:
        await hers.join(room)
        ready = {"room": room.pk, "window": str(uuid4()), "microphone": True, "camera": False}
        await hers.say("call.ready", **ready)

    assert [(one["by"]["id"], one["alone"]) for one in partings(hers)] == [(brahim.pk, True)]


async def test_nobody_gets_a_relay_for_whom_they_blocked():
    (salma, brahim), room = await called(2)
    await LiveBlock.objects.acreate(person=brahim, other=salma)

    with pytest.raises(Blocked):
        await sync_to_async(relays_for)(room, salma)
