"""The addresses of live rooms: pages for who was admitted, for who leads, and for who arranges."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fairs.live.actions import write
from fairs.live.rehearsal.actions import begin_rehearsal
from fairs.live.safety.actions import report_entry, take_measure
from fairs.live.safety.states import Measure
from fairs.live.stage.models import LiveDuty
from fairs.live.stage.states import Duty
from moussem.organisations.states import Kind, Role
from tests.factories.live import guest_of, session_room, stand_room, thread_at
from tests.factories.organisations import MembershipFactory
from tests.factories.regions import RegionFactory
from tests.factories.rehearsal import stand_with_goods
from tests.factories.sessions import attendee, organiser

PUBLIC = {
    "live_room": "as the socket: tests/fairs/live/test_entering.py says every command as everybody",
}
SAID = {"uuid": "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01", "text": "Ours now"}


def build(guest: Any) -> Any:
    """The room of a session that the guest moderates, a stand they asked, a report there, and a rehearsal."""
    room = session_room()
    attendee(room.edition, guest)
    stand = stand_room(room.edition)
    far = RegionFactory(code="MA-08")
    rehearses = MembershipFactory(organisation__province=None, organisation__region=far)
    # At an edition of its own: other bodies accompany nobody there.
    practice = stand_with_goods(membership=rehearses)
    rude, runs = guest_of(room), organiser(room.edition)
    write(room, "chat", {"text": "Bad words"}, author=rude)
    return SimpleNamespace(
        room=room,
        duty=LiveDuty.objects.create(session=room.session, person=guest, duty=Duty.MODERATOR),
        stand=stand,
        thread=thread_at(stand, guest),
        report=report_entry(room, actor=guest_of(room), seq=1, words="Rude"),
        measure=take_measure(room.edition, Measure.MUTE, actor=runs, person=rude, reason="Bad words"),
        organiser=SimpleNamespace(user=runs, organisation=room.edition.series.organiser),
        rehearsal=begin_rehearsal(practice, actor=rehearses.user),
        rehearses=rehearses,
        holds=practice.edition.series.organiser.memberships.get(),
        delegate=MembershipFactory(
            role=Role.VIEWER,
            organisation__kind=Kind.CHAMBER,
            organisation__province=None,
            organisation__region=far,
        ),
        keeper=stand.exhibitor.organisation.memberships.get(),
    )


def owned(live: Any, guest: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    slug, runs = {"slug": live.room.edition.slug}, live.organiser
    here = {**slug, "pk": live.room.session_id}
    yield "fairs:session_room", here, guest, False, SAID
    for name in ("moderate_live", "speak_live"):
        yield f"fairs:{name}", here, guest, False, {"do": "room.slow", "seconds": "10"}
    yield "fairs:live_rooms", slug, runs, False, {}
    yield "fairs:arrange_live", here, runs
    yield "fairs:set_live_stage", here, runs, False, {"kind": "none"}
    given = {"email": guest.user.email, "duty": "speaker"}
    yield "fairs:give_live_duty", here, runs, False, given
    yield "fairs:take_live_duty", {**here, "duty": live.duty.pk}, runs
    yield "fairs:keep_live_recording", here, runs, False, {"address": ""}
    asked = {"do": "stand.ask", **SAID}
    yield "fairs:stand", {**slug, "pk": live.stand.exhibitor_id}, guest, False, asked
    yield "fairs:stand_thread", {**slug, "pk": live.thread.pk}, guest, False, {"do": "chat.say", **SAID}
    yield "fairs:stand_desk", slug, live.keeper, False, {"do": "stand.attend", "where": "away"}
    yield (
        "fairs:live_safety",
        {**slug, "pk": live.room.pk},
        guest,
        False,
        {"do": "entry.report", "seq": 1, "words": "Rude"},
    )
    yield "fairs:moderators", slug, runs
    yield "fairs:report_done", {**slug, "pk": live.report.pk}, runs
    judged = {"do": "moderate.ban", "reason": "Ours now", "where": "edition"}
    yield "fairs:report_measure", {**slug, "pk": live.report.pk}, runs, False, judged
    yield "fairs:evidence", {**slug, "pk": live.report.pk, "form": "json"}, runs
    yield "fairs:lift_measure", {**slug, "pk": live.measure.pk}, runs
    yield from _of_rehearsals(live, {"slug": live.rehearsal.exhibitor.edition.slug})


def _of_rehearsals(live: Any, slug: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    who, talk = live.rehearses, {**slug, "pk": live.rehearsal.room_id}
    yield "fairs:rehearsal", slug, who
    yield "fairs:begin_rehearsal", slug, who
    yield "fairs:rehearsal_talk", talk, who, False, {"do": "chat.say", **SAID}
    yield "fairs:end_rehearsal", talk, who
    yield "fairs:stand_hours", slug, who
    yield "fairs:readiness", slug, live.holds
    yield "fairs:region_readiness", slug, live.delegate
