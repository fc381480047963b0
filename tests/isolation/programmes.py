"""The addresses of a programme: what everybody reads, what its organiser plans, what somebody keeps."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fairs.sessions.actions import take_seat
from tests.factories.sessions import BEFORE, SessionFactory, attendee, shown_session

PUBLIC = {
    "fairs:agenda": "shows what the reader keeps; the argument names an edition that everybody sees",
    "fairs:own_calendar": "the secret in the address opens one person’s calendar, and can be renewed",
    "fairs:programme": "a released programme is for everybody; drafts are below",
    "fairs:programme_calendar": "as the programme",
    "fairs:programme_changes": "as the programme",
    "fairs:renew_calendar": "renews the address of whoever presses it",
    "fairs:session": "as the programme",
    "fairs:take_seat": "whoever is admitted keeps a released session of an announced edition",
}


def build(guest: Any) -> SimpleNamespace:
    """A programme with a session that the guest keeps, and one that nobody has seen."""
    shown = shown_session()
    attendee(shown.edition, guest)
    take_seat(shown.showing, actor=guest, now=BEFORE)
    draft = SessionFactory(edition=shown.edition, room=shown.room)
    runs = shown.edition.series.organiser.memberships.get()
    return SimpleNamespace(shown=shown, draft=draft, organiser=runs)


def owned(programme: Any, guest: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Name, arguments and keeper of each address that is not for everybody."""
    slug, runs = {"slug": programme.shown.edition.slug}, programme.organiser
    yield "fairs:give_up_seat", {**slug, "pk": programme.shown.pk}, guest
    for name in ("plan", "add_session", "release", "parts"):
        yield f"fairs:{name}", slug, runs
    for name in ("plan_session", "call_off_session", "restore_session", "delete_session"):
        yield f"fairs:{name}", {**slug, "pk": programme.draft.pk}, runs
    part = {**slug, "kind": "rooms"}
    yield "fairs:add_part", part, runs
    for name in ("part", "delete_part"):
        yield f"fairs:{name}", {**part, "pk": programme.shown.room.pk}, runs
