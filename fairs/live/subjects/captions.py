"""Captions: what is said on stage, typed along by somebody who listens."""

from typing import Any

from fairs.live.commands import Asked, command
from fairs.live.protocol import choice, identifier, text
from fairs.live.stage.actions import LANGUAGES, caption

MOST = 300


@command("caption.write", writes=True, uuid=identifier(), text=text(MOST), language=choice(*LANGUAGES))
def write(asked: Asked) -> dict[str, Any]:
    """A line of captions, once however often it is sent."""
    told = asked.told
    entry = caption(
        asked.room,
        told["text"],
        language=told["language"],
        actor=asked.person,
        client_uuid=told["uuid"],
    )
    return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
