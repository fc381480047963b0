"""What people say to everybody in a room."""

from typing import Any

from fairs.live.actions import write
from fairs.live.commands import Asked, command
from fairs.live.protocol import identifier, text
from fairs.live.rehearsal.actions import answer_practice_buyer
from fairs.live.rehearsal.queries import rehearsal_for
from fairs.live.stands.actions import say_in_thread
from fairs.live.stands.queries import thread_for
from fairs.live.states import RoomKind
from moussem.core.errors import NotYours, require

KIND = "chat"
MOST = 1_000


@command("chat.say", writes=True, uuid=identifier(), text=text(MOST))
def say(asked: Asked) -> dict[str, Any]:
    """A message in the log of the room, once however often it is sent."""
    told = asked.told
    if asked.room.kind == RoomKind.THREAD:
        thread = thread_for(asked.person, asked.room.pk)
        require(thread is not None, NotYours)
        entry = say_in_thread(thread, actor=asked.person, text=told["text"], client_uuid=told["uuid"])
        return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
    if asked.room.kind == RoomKind.PRACTICE:
        rehearsal = rehearsal_for(asked.person, asked.room.pk)
        require(rehearsal is not None, NotYours)
        entry = answer_practice_buyer(
            rehearsal, actor=asked.person, text=told["text"], client_uuid=told["uuid"]
        )
        return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
    # Questions to a stand are conversations of their own; its room is where its people are.
    require(asked.room.kind != RoomKind.STAND, NotYours)
    entry = write(
        asked.room, KIND, {"text": told["text"]}, author=asked.person, client_uuid=told["uuid"], paced=(KIND,)
    )
    return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
