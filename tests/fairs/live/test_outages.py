"""The database goes away for a while, and comes back."""

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from fairs.live import commands
from tests.factories.live import guest_of, session_room
from tests.fairs.live.wires import opened

pytestmark = [pytest.mark.integration, pytest.mark.asyncio, pytest.mark.usefixtures("live_database")]


async def test_database_that_is_away_is_told_once_for_each_outage(monkeypatch, caplog):
    room = await sync_to_async(session_room)()
    salma = await sync_to_async(guest_of)(room)

    def away(asked):
        raise OperationalError("the connection is lost")

    codes = []
    async with opened(salma) as hers:
        await hers.join(room)
        for outage in range(2):
            with monkeypatch.context() as patch:
                patch.setitem(commands.ANSWERS, "presence.who", away)
                for _time in range(3):
                    codes.append((await hers.say("presence.who", room=room.pk))["code"])
            assert "ok" in await hers.chat(room, ref=str(outage))

    told = [one for one in caplog.messages if "answers no commands" in one]
    assert (codes, len(told), any("failed" in one for one in caplog.messages)) == (
        ["live_full"] * 6,
        2,
        False,
    )
