"""What people say to everybody in a room."""

from typing import Any

from fairs.live.actions import write
from fairs.live.commands import Asked, command
from fairs.live.protocol import identifier, text

KIND = "chat"
MOST = 1_000


@command("chat.say", writes=True, uuid=identifier(), text=text(MOST))
def say(asked: Asked) -> dict[str, Any]:
    """A message in the log of the room, once however often it is sent."""
    told = asked.told
    entry = write(
        asked.room, KIND, {"text": told["text"]}, author=asked.person, client_uuid=told["uuid"], paced=(KIND,)
    )
    return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
