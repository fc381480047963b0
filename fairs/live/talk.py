"""One person's talk with the rooms, by socket or by plain HTTP: the same commands, limits and refusals."""

import logging
import time
from collections.abc import Container
from typing import Any, NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import translation

from fairs.live import pacing, protocol
from fairs.live.commands import LIGHT, UNTOLD, answer, count
from fairs.live.database import ask
from fairs.live.errors import LiveFull, TooFast, refused
from fairs.live.hub import Hub, partings
from fairs.live.measures import measures
from fairs.live.outlet import Outlet
from fairs.live.protocol import Close, Command, Unreadable
from fairs.live.safety.queries import unseen_by
from fairs.live.states import RoomKind
from moussem.core.errors import NotYours, Refusal, require

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
MOST_ROOMS = 20
DONE = 200


class Outage:
    """Whether the database answers: that it is away is told once, however many ask meanwhile."""

    is_on = False

    def begins(self, error: Exception) -> None:
        """One command more that it did not answer."""
        if not self.is_on:
            logger.warning("The database answers no commands of live rooms, which are refused: %s", error)
        self.is_on = True

    def ends(self) -> None:
        """It answered."""
        self.is_on = False


outage = Outage()


class Said(NamedTuple):
    """What came of one frame: the answer, its status for HTTP, and what was done with its facts."""

    frame: bytes
    status: int
    done: Command | None = None
    facts: dict[str, Any] | None = None


def language_of(asked: str, own: str) -> str:
    """The language that somebody reads refusals in: that of the page they come from, else their own."""
    return asked if asked in dict(settings.LANGUAGES) else own


class Talk:
    """What one connection says, in turn, and what it is answered."""

    def __init__(self, person: Any, language: str) -> None:
        self.person, self.language = person, language
        self.told_of_misuse = False

    async def say(self, frame: str | bytes, *, only: int | None = None, inside: Container[int] = ()) -> Said:
        """What comes of one frame; ``only`` names the room that it must speak of, ``inside`` where one is."""
        ref = ""
        try:
            count(("frames", self.person.pk), pacing.FRAMES, TooFast)
            asked = protocol.parse(frame)
            ref = asked.ref
            require(only in (None, asked.room), NotYours)
            is_light = asked.name in LIGHT and asked.room in inside
            facts = {"room": asked.room} if is_light else await self.answered(asked)
            told = {name: fact for name, fact in facts.items() if name != UNTOLD}
            return Said(protocol.ack(ref, told), DONE, asked, facts)
        except Unreadable as unreadable:
            return self.refuse(unreadable.ref, refused(unreadable))
        except Refusal as refusal:
            return self.refuse(ref, refusal)
        except AWAY as error:
            outage.begins(error)
            return self.refuse(ref, LiveFull(seconds=5))
        except Exception:
            # The edge of a connection: a fault of one command ends no other.
            logger.exception("A command of a live room failed")
            return self.refuse(ref, LiveFull(seconds=5))

    async def answered(self, asked: Command) -> dict[str, Any]:
        """What the database answers a command."""
        facts = await ask(answer, self.person, asked)
        outage.ends()
        return facts

    def refuse(self, ref: str, refusal: Refusal) -> Said:
        """A refusal in the language of whoever reads it."""
        measures.refused[refusal.code] += 1
        with translation.override(self.language):
            return Said(protocol.refusal(ref, refusal.as_dict()), refusal.status)

    def goes_on(self) -> Close | None:
        """After a refusal: the code to close with when it was one of too many, told once in the log."""
        if not pacing.buckets.take(("strikes", self.person.pk), pacing.STRIKES, time.monotonic()):
            return None
        if not self.told_of_misuse:
            logger.warning(
                "Person %s goes on sending what is refused; the connection is closed", self.person.pk
            )
        self.told_of_misuse = True
        return Close.MISUSED


async def seated(hub: Hub, outlet: Outlet, done: Command, facts: dict[str, Any]) -> bytes | None:
    """What a command changes of a connection: the rooms it is in; the page that follows the ack, if any."""
    match done.name:
        case "room.join":
            require(len(outlet.at) < MOST_ROOMS or done.room in outlet.at, LiveFull, seconds=5)
            if facts[UNTOLD]:
                await hub.see(outlet, await ask(unseen_by, outlet.person))
            page = await hub.join(outlet, done.room, head=facts["head"], since=done.body["since"])
            if outlet.unseen and facts["kind"] == RoomKind.CALL:
                # Missed by who was away as it was told; no reason to end an answer that is waited for.
                for told in await ask(partings, (done.room,), outlet.person, outlet.unseen):
                    outlet.put(told, droppable=True)
            return page
        case "room.since" if done.room in outlet.at:
            return await hub.catch_up(outlet, done.room, since=done.body["since"], head=facts["head"])
        case "room.leave":
            hub.leave(outlet, done.room)
        case "presence.beat":
            hub.set_away(outlet, done.room, away=done.body["state"] == "away")
    return None
