"""The addresses of live rooms: the page of a session that somebody was admitted to."""

from collections.abc import Iterator
from typing import Any

from tests.factories.live import session_room
from tests.factories.sessions import attendee

PUBLIC = {
    "live_room": "as the socket: tests/fairs/live/test_entering.py says every command as everybody",
}
SAID = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Ours now"}


def build(guest: Any) -> Any:
    """The open room of a session to which the guest was admitted."""
    room = session_room()
    attendee(room.edition, guest)
    return room


def owned(room: Any, guest: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    here = {"slug": room.edition.slug, "pk": room.session_id}
    yield "fairs:session_room", here, guest, False, SAID
