"""The addresses of live rooms: the page of a session that somebody was admitted to."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fairs.live.actions import write
from fairs.live.safety.actions import report_entry, take_measure
from fairs.live.safety.states import Measure
from tests.factories.live import guest_of, session_room, stand_room, thread_at
from tests.factories.sessions import attendee, organiser

PUBLIC = {
    "live_room": "as the socket: tests/fairs/live/test_entering.py says every command as everybody",
}
SAID = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Ours now"}


def build(guest: Any) -> Any:
    """The open room of a session to which the guest was admitted, a stand they asked, and a report there."""
    room = session_room()
    attendee(room.edition, guest)
    stand = stand_room(room.edition)
    rude, runs = guest_of(room), organiser(room.edition)
    write(room, "chat", {"text": "Bad words"}, author=rude)
    return SimpleNamespace(
        session=room,
        stand=stand,
        thread=thread_at(stand, guest),
        report=report_entry(room, actor=guest_of(room), seq=1),
        measure=take_measure(room.edition, Measure.MUTE, actor=runs, person=rude, reason="Bad words"),
        organiser=SimpleNamespace(user=runs, organisation=room.edition.series.organiser),
        keeper=stand.exhibitor.organisation.memberships.get(),
    )


def owned(room: Any, guest: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    slug, runs = {"slug": room.session.edition.slug}, room.organiser
    asked = {"do": "ask", **SAID}
    yield "fairs:session_room", {**slug, "pk": room.session.session_id}, guest, False, SAID
    yield "fairs:stand", {**slug, "pk": room.stand.exhibitor_id}, guest, False, asked
    yield "fairs:stand_thread", {**slug, "pk": room.thread.pk}, guest, False, {"do": "say", **SAID}
    yield "fairs:stand_desk", slug, room.keeper, False, {"do": "attend", "where": "away"}
    yield "fairs:live_safety", {**slug, "pk": room.session.pk}, guest, False, {"do": "report", "seq": 1}
    yield "fairs:moderators", slug, runs
    yield "fairs:report_done", {**slug, "pk": room.report.pk}, runs
    judged = {"do": "ban", "reason": "Ours now", "where": "edition"}
    yield "fairs:report_measure", {**slug, "pk": room.report.pk}, runs, False, judged
    yield "fairs:evidence", {**slug, "pk": room.report.pk, "form": "json"}, runs
    yield "fairs:lift_measure", {**slug, "pk": room.measure.pk}, runs
