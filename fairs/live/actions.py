"""Live rooms are opened and closed, and what happens in them is written into their log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.live import bus
from fairs.live.errors import FieldWrong, RoomClosed, SlowMode
from fairs.live.models import LiveCall, LiveEntry, LiveMember, LivePresence, LiveProcess, LiveRoom
from fairs.live.queries import (
    calls_to_close,
    first_under,
    lapsed_presences,
    last_written_at,
    rooms_to_close,
    sessions_to_open,
    silent_processes,
)
from fairs.live.rules import CALL_LASTS, LEASE, is_live_at, seconds_to_wait
from fairs.live.safety.errors import Blocked
from fairs.live.safety.queries import is_any_blocked, is_unheard
from fairs.live.shown import frame_of
from fairs.live.states import SPOKEN, RoomKind, RoomState
from fairs.selection.models import Exhibitor
from fairs.sessions.models import Session
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.core.rounds import try_each


def write(
    room: LiveRoom,
    kind: str,
    data: Mapping[str, Any],
    *,
    author: Any,
    client_uuid: UUID | None = None,
    paced: Iterable[str] = (),
    now: datetime | None = None,
    is_veiled: bool | None = None,
) -> LiveEntry:
    """An entry at the end of a room's log, announced on commit; under a UUID again it is the first one.

    The room comes from `room_for`, which knows who may enter it. ``paced`` names the kinds of entries that
    slow mode counts together; where it is empty, slow mode holds nobody up. ``author`` is None where the
    clock or a rule writes. Whether its author alone reads it, ``is_veiled`` says where that was decided
    before; else they do what the unheard say.
    """
    entry = LiveEntry(kind=kind, author=author, client_uuid=client_uuid, data=dict(data))
    try:
        return _append(room, entry, paced, now or timezone.now(), is_veiled)
    except (IntegrityError, RoomClosed, SlowMode):
        # Sent again: hardly ever, so nobody else waits for the database to look.
        if known := first_under(room, author, client_uuid):
            require(known.kind == kind, FieldWrong, field="uuid")
            return known
        raise


@transaction.atomic
def _append(
    room: LiveRoom, entry: LiveEntry, paced: Iterable[str], now: datetime, is_veiled: bool | None
) -> LiveEntry:
    room = lock(room)
    require(room.is_open, RoomClosed)
    if paced and room.slow_seconds:
        seconds = seconds_to_wait(room, last_written_at(room, entry.author, paced), now)
        require(not seconds, SlowMode, every=room.slow_seconds, seconds=seconds)
    room.seq += 1
    room.save(update_fields=["seq"])
    entry.room, entry.seq, entry.at = room, room.seq, now
    if is_veiled is None:
        is_veiled = entry.kind in SPOKEN and is_unheard(entry.author, room, now)
    entry.is_veiled = is_veiled
    entry.save(force_insert=True)
    announce(entry)
    return entry


def announce(entry: LiveEntry) -> None:
    """Tell the hubs of an entry once it is committed; what they miss they find in the log."""
    frame = frame_of(entry)
    transaction.on_commit(lambda: bus.publish(entry.room_id, entry.seq, frame))


@transaction.atomic
def open_session_room(session: Session, *, actor: Any = None, now: datetime | None = None) -> LiveRoom:
    """The live room of a released session, open while it is followed on screens; opened twice, it is one."""
    session, now = lock(session), now or timezone.now()
    showing = getattr(session, "showing", None)
    require(showing is not None and is_live_at(showing, now), RoomClosed)
    room, created = LiveRoom.objects.get_or_create(
        session=session, defaults={"edition": session.edition, "kind": RoomKind.SESSION}
    )
    if created:
        record("live_room_opened", room, actor=actor)
    elif room.is_closed:
        move(lock(room), RoomState.OPEN, actor=actor)
    return room


@transaction.atomic
def open_stand_room(exhibitor: Exhibitor, *, actor: Any = None) -> LiveRoom:
    """The live room of an exhibitor's stand; opened twice, it is one, and looked at it locks nothing."""
    opened = LiveRoom.objects.filter(exhibitor=exhibitor, exhibitor__left_at=None).first()
    if opened is not None:
        return opened
    exhibitor = lock(exhibitor)
    require(exhibitor.left_at is None, NotYours)
    room, created = LiveRoom.objects.get_or_create(
        exhibitor=exhibitor, defaults={"edition": exhibitor.edition, "kind": RoomKind.STAND}
    )
    if created:
        record("live_room_opened", room, actor=actor)
    return room


@transaction.atomic
def open_call(
    edition: Edition,
    people: Iterable[Any],
    *,
    actor: Any = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> LiveRoom:
    """A room of their own for some people at an edition: nobody else enters it. Who calls keeps its key.

    Without hours it is held now, for half an hour.
    """
    people = list(people)
    require(not is_any_blocked(people), Blocked)
    room = LiveRoom.objects.create(edition=edition, kind=RoomKind.CALL)
    begins_at = begins_at or timezone.now()
    LiveCall.objects.create(room=room, begins_at=begins_at, ends_at=ends_at or begins_at + CALL_LASTS)
    LiveMember.objects.bulk_create(LiveMember(room=room, person=one) for one in people)
    record("live_room_opened", room, actor=actor)
    return room


@transaction.atomic
def invite_into_call(room: LiveRoom, person: Any, *, actor: Any = None) -> LiveMember:
    """One more member of a call, such as an interpreter; invited twice, it is one."""
    room = lock(room)
    require(room.kind == RoomKind.CALL, NotYours)
    require(room.is_open, RoomClosed)
    require(not is_any_blocked([person, *(one.person for one in room.members.all())]), Blocked)
    member, created = LiveMember.objects.get_or_create(room=room, person=person)
    if created:
        record("live_member_invited", room, actor=actor, person=person.pk)
    return member


@transaction.atomic
def close_room(room: LiveRoom, *, actor: Any = None) -> LiveRoom:
    """A room in which nothing more is written; its log stays."""
    room = lock(room)
    if room.is_open:
        move(room, RoomState.CLOSED, actor=actor)
        transaction.on_commit(lambda: bus.look_at(room.pk))
    return room


def tend_rooms(now: datetime | None = None) -> None:
    """Open the rooms of sessions that are about to begin, close those that are over, forget who is gone."""
    now = now or timezone.now()
    sessions = [one.session for one in sessions_to_open(now)]
    for _room in try_each(sessions, lambda one: open_session_room(one, now=now)):
        pass
    for _room in try_each([*rooms_to_close(now), *calls_to_close(now)], close_room):
        pass
    lapsed_presences(now).delete()
    silent_processes(now).delete()


def renew_presences(here: Iterable[tuple[int, int]], *, process: str, now: datetime | None = None) -> None:
    """Everybody who is here by this process, as (room, person), stays for a lease more: one statement."""
    until = (now or timezone.now()) + LEASE
    rows = [
        LivePresence(room_id=room, person_id=person, process=process, until=until) for room, person in here
    ]
    LivePresence.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["room", "person", "process"],
        update_fields=["until"],
    )


def end_presences(gone: Iterable[tuple[int, int]], *, process: str) -> None:
    """Those who left a room by this process are there no more, unless another one still serves them."""
    rooms: dict[int, list[int]] = {}
    for room, person in gone:
        rooms.setdefault(room, []).append(person)
    for room, people in rooms.items():
        LivePresence.objects.filter(room=room, person__in=people, process=process).delete()


def tell_of_process(process: str, figures: Mapping[str, Any], *, now: datetime | None = None) -> None:
    """What a process counts, for whoever watches all of them: one statement."""
    LiveProcess.objects.bulk_create(
        [LiveProcess(process=process, at=now or timezone.now(), figures=dict(figures))],
        update_conflicts=True,
        unique_fields=["process"],
        update_fields=["at", "figures"],
    )
