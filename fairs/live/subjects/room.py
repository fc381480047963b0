"""Coming into a room, going, catching up, and who is there."""

from typing import Any

from django.utils import timezone

from fairs.floor.rules import may_keep_booth
from fairs.live.commands import UNTOLD, Asked, command
from fairs.live.models import LiveRoom
from fairs.live.protocol import choice, whole
from fairs.live.queries import people_in
from fairs.live.shown import told_of
from fairs.live.stands.queries import keepers_of
from fairs.live.states import RoomKind


def facts_of(room: LiveRoom) -> dict[str, Any]:
    """What whoever comes in is told of a room."""
    return {
        "room": room.pk,
        "kind": room.kind,
        "open": room.is_open,
        "head": room.seq,
        "slow_seconds": room.slow_seconds,
    }


@command("room.join", since=whole(needed=False))
def join(asked: Asked) -> dict[str, Any]:
    """The facts of a room; the connection is put into it, and sent what came after ``since``."""
    return {**facts_of(asked.room), UNTOLD: asked.room.has_blocks}


@command("room.since", since=whole())
def since(asked: Asked) -> dict[str, Any]:
    """The facts of a room; another page of its log is sent."""
    return facts_of(asked.room)


@command("room.leave", light=True)
def leave(asked: Asked) -> dict[str, Any]:
    """The connection is taken out of the room."""
    return {"room": asked.room.pk}


@command("presence.beat", light=True, state=choice("here", "away", needed=False, otherwise="here"))
def beat(asked: Asked) -> dict[str, Any]:
    """Somebody is still in front of the window; away, they are counted among those in the room no more."""
    return {"room": asked.room.pk}


@command("presence.who")
def who(asked: Asked) -> dict[str, Any]:
    """Who is in the room, by name; at a stand, whom visitors come to and not who else visits it."""
    there = people_in(asked.room, timezone.now())
    if asked.room.kind == RoomKind.STAND and not may_keep_booth(asked.person, asked.room.exhibitor):
        keepers = set(keepers_of(asked.room.exhibitor).values_list("pk", flat=True))
        there = [one for one in there if one.pk in keepers or one.pk == asked.person.pk]
    return {"room": asked.room.pk, "people": [told_of(one) for one in there]}
