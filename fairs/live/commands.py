"""The commands of live rooms: each subject registers its own, and a room is found for the person who asks."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from fairs.live import pacing, protocol, subjects
from fairs.live.errors import RoomBusy, TooFast
from fairs.live.models import LiveRoom
from fairs.live.protocol import Command, Field
from fairs.live.queries import room_for
from moussem.core.errors import NotYours, Refusal, require


@dataclass(frozen=True)
class Asked:
    """A command that was understood, of a person who may enter its room."""

    person: Any
    room: LiveRoom
    told: Mapping[str, Any]


# A fact of an answer that is for the connection alone, and not told to the client.
UNTOLD = "has_blocks"
Answers = Callable[[Asked], dict[str, Any]]
ANSWERS: dict[str, Answers] = {}
# Those that write what others read: they are counted against the person and the room.
WRITES: set[str] = set()
# Those that leave a line in the log, and are counted against the person.
DEEDS: set[str] = set()
# Those that tell of a connection alone. In a room that it is in they ask nothing of the database: who may
# stay is looked at every half minute anyway, and thousands of windows say every 20 seconds so.
LIGHT: set[str] = set()


def command(
    name: str, *, writes: bool = False, records: bool = False, light: bool = False, **fields: Field
) -> Callable[[Answers], Answers]:
    """Register what answers a command, and what the command must be told; the answer goes into the ack.

    It is called with the database at hand and without a loop; what it refuses is a `Refusal`.
    """

    def register(answer: Answers) -> Answers:
        protocol.declare(name, **fields)
        ANSWERS[name] = answer
        if writes:
            WRITES.add(name)
        if records:
            DEEDS.add(name)
        if light:
            LIGHT.add(name)
        return answer

    return register


def answer(person: Any, asked: Command) -> dict[str, Any]:
    """What a command of a person comes to; to who may not enter its room, the room does not exist."""
    room = entered(person, asked.room)
    if asked.name in WRITES:
        count(("words", person.pk), pacing.WORDS, TooFast)
        count(("room", room.pk), pacing.ROOM_WORDS, RoomBusy)
    if asked.name in DEEDS:
        count(("deeds", person.pk), pacing.DEEDS, TooFast)
    return ANSWERS[asked.name](Asked(person, room, asked.body))


def count(whose: tuple[str, int], pace: pacing.Pace, refusal: type[Refusal]) -> None:
    """One thing more of somebody or somewhere; refused when it comes too fast."""
    seconds = pacing.buckets.take(whose, pace, time.monotonic())
    require(not seconds, refusal, seconds=seconds)


def entered(person: Any, room: int) -> LiveRoom:
    """A room for somebody who may enter it."""
    found = room_for(person, room)
    if found is None:
        raise NotYours
    return found


def load_subjects() -> None:
    """Let every subject register its commands."""
    for module in iter_modules(subjects.__path__):
        import_module(f"{subjects.__name__}.{module.name}")
