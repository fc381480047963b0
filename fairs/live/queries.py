"""Live rooms as a person may enter them, and what was said in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from fairs.editions.models import Edition
from fairs.editions.queries import bodies_of
from fairs.editions.rules import ORGANISERS
from fairs.editions.states import ORGANISING
from fairs.guests.models import Guest
from fairs.live.models import LiveEntry, LiveMember, LivePresence, LiveProcess, LiveRoom
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rules import CALL_STAYS_AFTER, ON_SCREENS, OPENS_BEFORE, SILENT, STAYS_AFTER
from fairs.live.safety.models import LiveBlock, LiveMeasure
from fairs.live.safety.queries import blocks_between
from fairs.live.safety.states import Measure
from fairs.live.shown import frame_of
from fairs.live.stands.models import StandThread
from fairs.live.states import RoomKind, RoomState
from fairs.selection.models import Exhibitor
from fairs.sessions.models import Showing
from fairs.sessions.rules import organisations_of
from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Membership
from moussem.people.models import User

PAGE = 100
PAGE_BYTES = 256 * 1024
LATEST = 50
NAMED = 60


@dataclass(frozen=True)
class Page:
    """Entries of a room as frames with their numbers, oldest first, and whether others follow."""

    entries: list[tuple[int, bytes]]
    more: bool


def rooms_for(user: Any) -> QuerySet[LiveRoom]:
    """The live rooms that this person may enter, in one query.

    Sessions and stands: whoever comes to the edition (as `fairs.sessions.rules.may_keep` has it); calls:
    their members alone; a conversation at a stand: who asked and who receives there; a rehearsal: who sells
    for its exhibitor. Nobody who is kept out.
    """
    if not user.is_authenticated or not user.is_active:
        return LiveRoom.objects.none()
    own = organisations_of(user)
    exhibits = Exhibitor.objects.filter(edition=OuterRef("edition"), left_at=None, organisation__in=own)
    runs = Q(edition__series__organiser__in=bodies_of(user).order_by().values("pk"))
    return _rooms_of(user.pk, or_else=Exists(exhibits) | runs)


def _rooms_of(person: Any, or_else: Any = None) -> QuerySet[LiveRoom]:
    """The rooms of a guest, of a member of calls, of who asks at stands; ``or_else`` says who comes besides.

    Their ``has_blocks`` says whether a block stands between this person and anybody.
    """
    admitted = Exists(Guest.objects.admitted().filter(edition=OuterRef("edition"), person=person))
    comes = admitted if or_else is None else admitted | or_else
    shown = Q(session__showing__is_cancelled=False) | Q(exhibitor__isnull=False, exhibitor__left_at=None)
    invited = LiveMember.objects.filter(room=OuterRef("pk"), person=person)
    receives = Membership.objects.selling().filter(user=person).values("organisation")
    own_thread = StandThread.objects.filter(
        Q(visitor=person) | Q(exhibitor__organisation__in=receives),
        room=OuterRef("pk"),
        exhibitor__left_at=None,
    )
    own_rehearsal = Rehearsal.objects.filter(
        exhibitor__organisation__in=receives, room=OuterRef("pk"), exhibitor__left_at=None
    )
    # By the clock of the database: the question is put together once.
    bans = LiveMeasure.objects.in_force(Now()).on(person, OuterRef("edition"), OuterRef("pk"))
    blocks = LiveBlock.objects.filter(Q(person=person) | Q(other=person))
    held = LiveRoom.objects.filter(edition__in=Edition.objects.taking_place())
    return held.filter(
        Q(kind=RoomKind.CALL) & Exists(invited)
        | Q(kind__in=(RoomKind.SESSION, RoomKind.STAND)) & shown & Q(comes)
        | Q(kind=RoomKind.THREAD) & Exists(own_thread) & Q(comes)
        | Q(kind=RoomKind.PRACTICE) & Exists(own_rehearsal),
        ~Exists(bans.filter(kind=Measure.BAN)),
    ).annotate(has_blocks=Exists(blocks))


def room_for(user: Any, pk: int) -> LiveRoom | None:
    """One live room for this person; None where there is none for them.

    Nearly everybody comes as a guest: that is asked first, as a question which is put together only once.
    """
    if not user.is_authenticated or not user.is_active:
        return None
    return _as_guest().first(person=user.pk, room=pk) or rooms_for(user).filter(pk=pk).first()


@cache
def _as_guest() -> Prepared[LiveRoom]:
    return Prepared(_rooms_of(told("person")).filter(pk=told("room"))[:1])


def room_of_session(user: Any, showing: Showing) -> LiveRoom | None:
    """The live room of a session, once it was opened, for somebody who may enter it."""
    return rooms_for(user).filter(session=showing.session_id).first()


def room_held_for(showing: Showing) -> LiveRoom | None:
    """The live room of a session, whoever asks."""
    return LiveRoom.objects.filter(session=showing.session_id).first()


def is_read_back(showing: Showing) -> bool:
    """Whether something was said in the live room of a session, for whoever may enter it to read."""
    return LiveRoom.objects.filter(session=showing.session_id, seq__gt=0).exists()


def entries_since(room: int, since: int, most: int = PAGE) -> Page:
    """What was written into a room after an entry: at most a page of it."""
    rows = LiveEntry.objects.filter(room=room, seq__gt=since).select_related("author").order_by("seq")
    found: list[tuple[int, bytes]] = []
    size = 0
    for entry in rows[: most + 1]:
        frame = frame_of(entry)
        size += len(frame)
        if len(found) == most or (found and size > PAGE_BYTES):
            return Page(found, more=True)
        found.append((entry.seq, frame))
    return Page(found, more=False)


def latest_entries(room: int, most: int = LATEST) -> tuple[list[tuple[int, bytes]], int]:
    """The last entries of a room as frames with their numbers, oldest first; and its erasures until then."""
    rows = LiveEntry.objects.filter(room=room).select_related("author", "room").order_by("-seq")[:most]
    return [(one.seq, frame_of(one)) for one in reversed(rows)], rows[0].room.erasures if rows else 0


def latest_of_kind(
    room: LiveRoom, *kinds: str, reader: Any, before: int | None = None, most: int = LATEST
) -> list[LiveEntry]:
    """The last entries of some kinds that somebody reads, oldest first, for a page; or those before one."""
    apart = Exists(blocks_between(reader.pk, OuterRef("author")))
    read = Q(is_veiled=False) | Q(author=reader)
    # To leave out what was asked without a name would tell who asked it.
    rows = LiveEntry.objects.filter(Q(data__anonymous=True) | ~apart, read, room=room, kind__in=kinds)
    rows = rows if before is None else rows.filter(seq__lt=before)
    return list(reversed(rows.select_related("author").order_by("-seq")[:most]))


def first_under(room: LiveRoom, author: Any, client_uuid: UUID | None) -> LiveEntry | None:
    """What somebody wrote into a room under a UUID of theirs."""
    if client_uuid is None:
        return None
    return LiveEntry.objects.filter(room=room, author=author, client_uuid=client_uuid).first()


def last_written_at(room: LiveRoom, author: Any, kinds: Iterable[str]) -> datetime | None:
    """When somebody last wrote one of some kinds of entries into a room."""
    own = LiveEntry.objects.filter(room=room, author=author, kind__in=list(kinds)).order_by("-seq")
    return own.values_list("at", flat=True).first()


def heads_of(rooms: Iterable[int], now: datetime) -> dict[int, tuple[int, int, bool, int]]:
    """Of several rooms: the last entry, how many people are there, whether it is open, and its erasures."""
    here = LivePresence.objects.filter(room=OuterRef("pk"), until__gt=now).order_by().values("room")
    people = Subquery(here.annotate(n=Count("person", distinct=True)).values("n"))
    rows = LiveRoom.objects.filter(pk__in=list(rooms)).annotate(people=Coalesce(people, 0))
    return {one.pk: (one.seq, one.people, one.is_open, one.erasures) for one in rows}


def people_in(room: LiveRoom, now: datetime) -> list[Any]:
    """Who is in a room, each once, by name; at most so many as a page names."""
    here = LivePresence.objects.filter(room=room, until__gt=now).select_related("person")
    people = {one.person_id: one.person for one in here.order_by("pk")[: NAMED * 4]}
    return sorted(people.values(), key=lambda one: (one.get_full_name(), one.pk))[:NAMED]


def sessions_to_open(now: datetime) -> QuerySet[Showing]:
    """Released sessions that are followed on screens now and whose live room is not open."""
    live = Showing.objects.filter(
        mode__in=ON_SCREENS,
        is_cancelled=False,
        begins_at__lte=now + OPENS_BEFORE,
        ends_at__gt=now - STAYS_AFTER,
        edition__in=Edition.objects.taking_place(),
    )
    opened = LiveRoom.objects.filter(session=OuterRef("session"), state=RoomState.OPEN)
    return live.filter(~Exists(opened)).select_related("session__edition").order_by("session")


def rooms_to_close(now: datetime) -> QuerySet[LiveRoom]:
    """Open rooms of sessions that are over, were put off, cancelled, or are followed on screens no more."""
    held = Showing.objects.filter(
        session=OuterRef("session"),
        mode__in=ON_SCREENS,
        is_cancelled=False,
        begins_at__lte=now + OPENS_BEFORE,
        ends_at__gt=now - STAYS_AFTER,
        edition__in=Edition.objects.taking_place(),
    )
    rooms = LiveRoom.objects.filter(kind=RoomKind.SESSION, state=RoomState.OPEN)
    return rooms.filter(~Exists(held)).order_by("pk")


def silent_processes(now: datetime) -> QuerySet[LiveProcess]:
    """Processes that have told nothing of themselves for a while: they ended, or serve nobody."""
    return LiveProcess.objects.filter(at__lte=now - SILENT)


def calls_to_close(now: datetime) -> QuerySet[LiveRoom]:
    """Open rooms of calls that are over."""
    over = LiveRoom.objects.filter(kind=RoomKind.CALL, state=RoomState.OPEN)
    return over.filter(call__ends_at__lte=now - CALL_STAYS_AFTER).order_by("pk")


def lapsed_presences(now: datetime) -> QuerySet[LivePresence]:
    """What processes that are gone left behind."""
    return LivePresence.objects.filter(until__lt=now - STAYS_AFTER)


def who_may_stay(room: int, people: Iterable[int]) -> set[int]:
    """Which of these people may still be in a room, as `rooms_for` has it, in one query for all of them."""
    found = LiveRoom.objects.filter(pk=room, edition__in=Edition.objects.taking_place())
    one = found.select_related("edition__series", "session__showing", "exhibitor").first()
    if one is None:
        return set()
    kept_out = LiveMeasure.objects.in_force().on(OuterRef("pk"), one.edition_id, one).filter(kind=Measure.BAN)
    known = User.objects.filter(~Exists(kept_out), pk__in=list(people), is_active=True)
    if one.kind == RoomKind.CALL:
        return set(known.filter(live_calls__room=one).values_list("pk", flat=True))
    if one.kind == RoomKind.PRACTICE:
        exhibitors = Rehearsal.objects.filter(room=one, exhibitor__left_at=None).values("exhibitor")
        return set(known.filter(Exists(_receives_for(exhibitors))).values_list("pk", flat=True))
    showing = getattr(one.session, "showing", None)
    if (one.session and (showing is None or showing.is_cancelled)) or (
        one.exhibitor and one.exhibitor.left_at
    ):
        return set()
    person = OuterRef("pk")
    exhibiting = Exhibitor.objects.filter(edition=one.edition_id, left_at=None).values("organisation")
    held = Membership.objects.active().filter(user=person)
    runs = held.filter(
        role__in=ORGANISERS, organisation=one.edition.series.organiser_id, organisation__kind__in=ORGANISING
    )
    comes = (
        Exists(Guest.objects.admitted().filter(edition=one.edition_id, person=person))
        | Exists(held.filter(organisation__in=exhibiting))
        | Exists(runs)
    )
    found = known.filter(comes)
    if one.kind == RoomKind.THREAD:
        thread = StandThread.objects.filter(room=one, exhibitor__left_at=None)
        receives = _receives_for(thread.values("exhibitor"))
        found = found.filter(Exists(thread.filter(visitor=person)) | Exists(receives))
    return set(found.values_list("pk", flat=True))


def _receives_for(exhibitors: QuerySet) -> QuerySet[Membership]:
    """What lets a person of the outer query sell for one of these exhibitors."""
    sellers = Exhibitor.objects.filter(pk__in=exhibitors).values("organisation")
    return Membership.objects.selling().filter(user=OuterRef("pk"), organisation__in=sellers)
