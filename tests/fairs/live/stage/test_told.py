"""What those who are in a room are told as it happens, by real connections."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from fairs.live.stage.states import Duty
from tests.factories.live import guest_of, session_room
from tests.factories.stage import waiting, with_duty
from tests.fairs.live.wires import opened

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


def scene():
    room = session_room()
    return room, with_duty(room), guest_of(room)


async def test_queue_is_told_to_moderators_alone_and_what_is_shown_to_everybody(live_database):
    room, nadia, salma = await sync_to_async(scene)()
    async with opened(nadia) as leads, opened(salma) as listens:
        await leads.join(room)
        await listens.join(room)
        question = await sync_to_async(waiting)(room, salma, is_anonymous=True)
        assert (await leads.hear("queue"))["body"] == {"waiting": 1}

        shown = await leads.say("question.lead", "2", room=room.pk, question=question.pk, act="show")
        entry = await listens.hear("entry")

    assert shown["body"]["state"] == "shown"
    assert (entry["body"]["by"], entry["body"]["data"]["asker"]) == (None, None)
    assert entry["body"]["data"]["text"] == "By hand?"
    assert "queue" not in {one["event"] for one in listens.told}


async def test_votes_are_told_together_to_everybody(live_database):
    room, _nadia, salma = await sync_to_async(scene)()
    async with opened(salma) as wire:
        await wire.join(room)
        asked = await wire.say("question.ask", "2", room=room.pk, uuid=str(uuid4()), text="By hand?")
        question = asked["body"]["question"]
        for number, wants in enumerate((True, False, True), start=3):
            await wire.say("question.vote", str(number), room=room.pk, question=question, on=wants)
        told = await wire.hear("votes")

    assert told["body"] == {"counts": {str(question): 1}}
    assert [one["event"] for one in wire.told].count("votes") == 1


async def test_captions_stand_in_the_log_and_slow_mode_is_told(live_database):
    room, nadia, salma = await sync_to_async(scene)()
    typist = await sync_to_async(with_duty)(room, Duty.CAPTIONER)
    async with opened(typist) as types, opened(nadia) as leads, opened(salma) as listens:
        await listens.join(room)
        line = {"room": room.pk, "uuid": str(uuid4()), "text": "Salam", "language": "fr"}
        assert "ok" in await types.say("caption.write", "2", **line)
        entry = await listens.hear("entry")
        await leads.say("room.slow", "3", room=room.pk, seconds=10)
        slow = await listens.hear("slow")

    assert entry["body"]["data"] == {"text": "Salam", "language": "fr"}
    assert slow["body"] == {"seconds": 10}
