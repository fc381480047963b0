"""The addresses of live rooms: pages for who was admitted, for who leads, and for who arranges."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fairs.live.stage.models import LiveDuty
from fairs.live.stage.states import Duty
from tests.factories.live import session_room
from tests.factories.sessions import attendee

PUBLIC = {
    "live_room": "as the socket: tests/fairs/live/test_entering.py says every command as everybody",
}
SAID = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Ours now"}


def build(guest: Any) -> Any:
    """The open room of a session to which the guest was admitted, who moderates it."""
    room = session_room()
    attendee(room.edition, guest)
    duty = LiveDuty.objects.create(session=room.session, person=guest, duty=Duty.MODERATOR)
    runs = room.edition.series.organiser.memberships.get()
    return SimpleNamespace(room=room, duty=duty, organiser=runs)


def owned(live: Any, guest: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    here = {"slug": live.room.edition.slug, "pk": live.room.session_id}
    yield "fairs:session_room", here, guest, False, SAID
    for name in ("moderate_live", "speak_live"):
        yield f"fairs:{name}", here, guest, False, {"do": "room.slow", "seconds": "10"}
    runs = live.organiser
    yield "fairs:live_rooms", {"slug": live.room.edition.slug}, runs, False, {}
    yield "fairs:arrange_live", here, runs
    yield "fairs:set_live_stage", here, runs, False, {"kind": "none"}
    given = {"email": guest.user.email, "duty": "speaker"}
    yield "fairs:give_live_duty", here, runs, False, given
    yield "fairs:take_live_duty", {**here, "duty": live.duty.pk}, runs
    yield "fairs:keep_live_recording", here, runs, False, {"address": ""}
