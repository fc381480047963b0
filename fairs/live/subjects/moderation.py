"""What a moderator does to a room: messages taken away, slow mode."""

from typing import Any

from fairs.live.commands import Asked, command
from fairs.live.protocol import whole
from fairs.live.stage.actions import set_slow_mode, take_away
from fairs.live.subjects import chat

SLOWEST = 600


@command("chat.remove", seq=whole(least=1))
def remove(asked: Asked) -> dict[str, Any]:
    """A message shown as taken away; it stays in the log."""
    entry = take_away(asked.room, asked.told["seq"], chat.KIND, actor=asked.person)
    return {"room": entry.room_id, "seq": entry.seq}


@command("room.slow", seconds=whole(SLOWEST))
def slow(asked: Asked) -> dict[str, Any]:
    """How often everybody writes; 0 ends slow mode."""
    room = set_slow_mode(asked.room, asked.told["seconds"], actor=asked.person)
    return {"room": room.pk, "seconds": room.slow_seconds}
