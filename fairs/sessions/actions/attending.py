"""Sessions are kept and given up; whoever waits gets the seat that comes free."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairs.editions.actions import hold_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_put_away
from fairs.selection.models import Exhibitor
from fairs.sessions.actions.inviting import call_off, invite
from fairs.sessions.errors import RegistrationNeeded, SessionBegun, SessionGone
from fairs.sessions.models import Attendance, CalendarAddress, Session, Showing, new_secret
from fairs.sessions.queries import first_waiting, programme_of
from fairs.sessions.rules import has_begun, may_keep
from fairs.sessions.states import COMING, AttendanceState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.core.outbox import post_all
from moussem.core.rounds import try_each


@transaction.atomic
def take_seat(showing: Showing, *, actor: Any, now: datetime | None = None) -> Attendance:
    """The session in somebody's agenda: with a seat, or waiting for one when all are taken.

    Pressed twice, it is one seat.
    """
    now = now or timezone.now()
    require(actor.is_authenticated and showing.edition.is_public, NotYours)
    hold_edition(showing.edition)
    require(may_keep(actor, showing.edition), RegistrationNeeded)
    session = lock(showing.session)
    # It may have moved or been cancelled while we waited for the lock.
    showing = programme_of(showing.edition).get(session=session)
    require(not showing.is_cancelled, SessionGone)
    require(not has_begun(showing, now), SessionBegun)
    attendance, _new = Attendance.objects.get_or_create(
        session=session, person=actor, defaults={"state": AttendanceState.GONE, "since": now}
    )
    if attendance.state in COMING:
        return attendance
    _hold(attendance, session, showing)
    if session.is_full:
        return _move(attendance, AttendanceState.WAITING, actor, now)
    _seat(attendance, actor, now)
    post_all([invite(attendance, "session_kept", now=now)])
    return attendance


@transaction.atomic
def give_up_seat(attendance: Attendance, *, actor: Any, now: datetime | None = None) -> Attendance:
    """The session out of somebody's agenda, and its seat to who waits longest."""
    now = now or timezone.now()
    require(attendance.person_id == actor.pk, NotYours)
    hold_edition(attendance.session.edition, refuse_once_put_away)
    return _give_up(attendance, actor, now)


def leave_programme(person: Any, edition: Edition, *, now: datetime | None = None) -> int:
    """The seats of somebody who does not come to an edition go to who waits longest; how many were left."""
    now = now or timezone.now()
    kept = Attendance.objects.filter(person=person, session__edition=edition, state__in=COMING)
    # What is over stays as it was.
    coming = kept.filter(session__showing__begins_at__gt=now).select_related("session__edition")
    return sum(1 for _one in try_each(list(coming.order_by("session")), _left(now)))


@transaction.atomic
def leave_with_exhibitor(exhibitor: Exhibitor, *, now: datetime | None = None) -> int:
    """The seats of an exhibitor's people, but of those who come otherwise too; how many were left.

    A part of the write that gives the place back. Safe to run twice.
    """
    now = now or timezone.now()
    people = exhibitor.organisation.memberships.active().values("user")
    kept = Attendance.objects.filter(
        person__in=people, session__edition=exhibitor.edition_id, state__in=COMING
    ).filter(session__showing__begins_at__gt=now)
    # By session, as everybody takes their locks.
    left = list(
        kept.select_related("session__edition__series__organiser", "person").order_by("session", "pk")
    )
    stays = {one.person for one in left if may_keep(one.person, exhibitor.edition)}
    return len([_give_up(one, None, now) for one in left if one.person not in stays])


def _left(now: datetime) -> Callable[[Attendance], Attendance]:
    @transaction.atomic
    def leave(attendance: Attendance) -> Attendance:
        return _give_up(attendance, None, now)

    return leave


def _give_up(attendance: Attendance, actor: Any, now: datetime) -> Attendance:
    edition = attendance.session.edition
    session = lock(attendance.session)
    attendance = lock(attendance)
    if attendance.state not in COMING:
        return attendance
    had_seat = attendance.state == AttendanceState.SEATED
    showing = programme_of(edition).get(session=session)
    _hold(attendance, session, showing)
    _move(attendance, AttendanceState.GONE, actor, now)
    if had_seat:
        session.taken -= 1
        session.save(update_fields=["taken"])
        if not has_begun(showing, now) and not showing.is_cancelled:
            post_all([call_off(attendance, "session_given_up", now=now)])
            seat_waiting(session, now=now)
    return attendance


def seat_waiting(session: Session, *, now: datetime | None = None) -> list[Attendance]:
    """Seats of a locked session for those who wait longest, as many as are free; they are written to."""
    now = now or timezone.now()
    waiting = session.attendances.filter(state=AttendanceState.WAITING).count()
    showing = programme_of(session.edition).filter(session=session).first()
    if not waiting or showing is None or showing.is_cancelled or has_begun(showing, now):
        return []
    free = waiting if session.capacity is None else session.capacity - session.taken
    seated = first_waiting(session, free)
    for attendance in seated:
        _hold(attendance, session, showing)
        _seat(attendance, None, now)
    post_all(invite(attendance, "session_seat", now=now) for attendance in seated)
    return seated


def _hold(attendance: Attendance, session: Session, showing: Showing) -> None:
    """The rows as they were just read, so that what is written tells of them and asks for none again."""
    session.edition, session.showing = showing.edition, showing
    attendance.session = session


def _seat(attendance: Attendance, actor: Any, now: datetime) -> None:
    session = attendance.session
    session.taken += 1
    session.save(update_fields=["taken"])
    _move(attendance, AttendanceState.SEATED, actor, now)


def _move(attendance: Attendance, to: AttendanceState, actor: Any, now: datetime) -> Attendance:
    attendance.since = now
    attendance.turn += 1
    move(attendance, to, actor=actor, also=("since", "turn"))
    return attendance


@transaction.atomic
def open_calendar(*, actor: Any) -> CalendarAddress:
    """The address of somebody's calendar; asked for twice, it is one."""
    address, created = CalendarAddress.objects.get_or_create(person=actor)
    if created:
        record("calendar_opened", address, actor=actor)
    return address


@transaction.atomic
def renew_calendar(*, actor: Any) -> CalendarAddress:
    """Another address for somebody's calendar; the one before opens nothing from now on."""
    address = lock(open_calendar(actor=actor))
    address.secret, address.renewed_at = new_secret(), timezone.now()
    address.save(update_fields=["secret", "renewed_at"])
    # The log keeps no secret.
    record("calendar_renewed", address, actor=actor)
    return address
