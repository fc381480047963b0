"""A programme is released: visitors see it, and whoever keeps a session that changed is told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.sessions.actions.attending import seat_waiting
from fairs.sessions.actions.inviting import call_off, invite, mail_about
from fairs.sessions.changes import Kind
from fairs.sessions.errors import NothingToRelease
from fairs.sessions.models import TOLD, Attendance, Change, Release, Session, Showing
from fairs.sessions.queries import Pending, pending_of, programme_of, speaking_of
from fairs.sessions.rules import has_begun
from fairs.sessions.sentences import facts_of, said_of_change
from fairs.sessions.states import COMING, AttendanceState
from moussem.core.errors import require
from moussem.core.locks import lock_all
from moussem.core.log import record
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all


@transaction.atomic
def release_programme(edition: Edition, *, actor: Any, now: datetime | None = None) -> Release:
    """The draft as the next numbered version, with every change told in the feed and by mail."""
    now = now or timezone.now()
    edition = hold_own_edition(edition, actor)
    # Whoever takes a seat meanwhile waits, and is then told of the session as it is.
    list(lock_all(Session.objects.filter(edition=edition)))
    pending = pending_of(edition)
    require(pending, NothingToRelease)
    last = edition.releases.first()
    release = Release.objects.create(edition=edition, number=last.number + 1 if last else 1, at=now, by=actor)
    for one in pending:
        _show(one, release)
    changes = [
        Change(release=release, session=one.session, kind=kind, facts=_facts(one))
        for one in pending
        for kind in one.kinds
    ]
    Change.objects.bulk_create(changes)
    record("programme_released", edition, actor=actor, number=release.number, changes=len(changes))
    post_all(_told(pending, edition, now))
    for one in pending:
        # Seats given up while it was cancelled went to nobody.
        if Kind.RESTORED in one.kinds:
            seat_waiting(one.session, now=now)
    return release


def _facts(one: Pending) -> dict[str, Any]:
    return facts_of(one.kinds, one.showing, one.session)


def _show(one: Pending, release: Release) -> None:
    """What visitors see of a session from now on."""
    told = {name: getattr(one.session, name) for name in TOLD}
    told |= {"release": release, "speaking": speaking_of(one.session)}
    if one.showing is None:
        Showing.objects.create(session=one.session, edition=release.edition, **told)
        return
    # The row before is what the change is told from: it stays as it was.
    Showing.objects.filter(pk=one.showing.pk).update(sequence=one.showing.sequence + 1, **told)


def _told(pending: list[Pending], edition: Edition, now: datetime) -> Iterator[OutboxMessage]:
    """A mail to everybody who keeps a session that was shown before and has changed."""
    changed = {one.session.pk: one for one in pending if one.showing and one.kinds != (Kind.TEXT,)}
    showings = {one.session_id: one for one in programme_of(edition).filter(session__in=changed)}
    keeping = Attendance.objects.filter(session__in=changed, state__in=COMING).select_related("person")
    for attendance in keeping.order_by("pk"):
        one, showing = changed[attendance.session_id], showings[attendance.session_id]
        attendance.session = one.session
        one.session.edition, one.session.showing = showing.edition, showing
        if has_begun(showing, now):
            continue
        if attendance.state == AttendanceState.SEATED:
            yield _tell_seated(attendance, one, edition, now)
        elif showing.is_cancelled:
            key = f"session:{attendance.pk}:gone:{showing.sequence}"
            yield mail_about(attendance, "session_cancelled", key=key)


def _tell_seated(attendance: Attendance, one: Pending, edition: Edition, now: datetime) -> OutboxMessage:
    if one.kinds == (Kind.CANCELLED,):
        return call_off(attendance, "session_cancelled", now=now)
    with override(attendance.person.language):
        said = [said_of_change(kind, _facts(one), edition.time_zone) for kind in one.kinds]
    return invite(attendance, "session_changed", now=now, sentences=said)
