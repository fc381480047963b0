"""What is told of people and entries of live rooms."""

from typing import Any

from fairs.live import protocol
from fairs.live.models import LiveEntry


def name_of(person: Any) -> str:
    """The name that others read; never an address."""
    return str(person.get_full_name()).strip()


def told_of(person: Any) -> dict[str, Any]:
    """Somebody as others in a room know them."""
    return {"id": person.pk, "name": name_of(person)}


def body_of(entry: LiveEntry) -> dict[str, Any]:
    """An entry as everybody in the room reads it; one that says it is anonymous names nobody."""
    hidden = entry.author is None or entry.data.get("anonymous")
    return {
        "kind": entry.kind,
        "uuid": str(entry.client_uuid) if entry.client_uuid and not hidden else None,
        "by": None if hidden else told_of(entry.author),
        "at": entry.at.isoformat(timespec="milliseconds"),
        "data": entry.data,
    }


def frame_of(entry: LiveEntry) -> bytes:
    """An entry encoded, once for everybody, or for its author alone."""
    if entry.is_veiled and not entry.author_id:
        # Its author, who alone read it, had it erased.
        return protocol.veiled(entry.room_id, entry.seq)
    frame = protocol.event("entry", entry.room_id, body_of(entry), entry.seq)
    return protocol.for_one(entry.author_id, frame) if entry.is_veiled else frame
