"""A programme as its organiser plans it, as visitors see it, and as somebody keeps it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, QuerySet

from fairs.editions.grid import moment
from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.sessions.changes import Kind, Seen, kinds_of_change
from fairs.sessions.conflicts import Conflict, Planned, Span, conflicts_in
from fairs.sessions.models import (
    Attendance,
    CalendarAddress,
    Change,
    Release,
    Room,
    Session,
    Showing,
    Speaker,
    Track,
)
from fairs.sessions.states import COMING, AttendanceState

LATEST_RELEASES = 20


@dataclass(frozen=True)
class Pending:
    """A session that visitors would see otherwise after the next release."""

    session: Session
    showing: Showing | None
    kinds: tuple[Kind, ...]


def sessions_of(edition: Edition) -> QuerySet[Session]:
    """The programme as it is planned, in its order."""
    return (
        Session.objects.filter(edition=edition)
        .select_related("track", "room", "showing")
        .prefetch_related("speakers")
        .order_by("begins_at", "track__position", "pk")
    )


def conflicts_among(editions: Iterable[Edition], now: datetime) -> dict[int, list[Conflict]]:
    """What cannot hold in what is still to come of several editions, by their keys, in one query."""
    known = {one.pk: one for one in editions}
    held = Session.objects.filter(edition__in=known, is_cancelled=False, ends_at__gt=now).order_by("pk")
    rows = held.values_list("edition", "pk", "begins_at", "ends_at", "room", "speakers") if known else ()
    # A row for each speaker of a session.
    planned: dict[int, dict[int, Planned]] = defaultdict(dict)
    for edition, pk, begins, ends, room, speaker in rows:
        before = planned[edition].get(pk)
        speakers = (before.speakers if before else frozenset()) | ({speaker} - {None})
        planned[edition][pk] = Planned(pk, Span(begins, ends), room, speakers)
    return {
        pk: conflicts_in([*sessions.values()], openings_of(known[pk]), breaks_of(known[pk]))
        for pk, sessions in planned.items()
    }


def tracks_of(edition: Edition) -> QuerySet[Track]:
    """The tracks of an edition with how many sessions each has."""
    return Track.objects.filter(edition=edition).annotate(used=Count("sessions"))


def rooms_of(edition: Edition) -> QuerySet[Room]:
    """The rooms of an edition with how many sessions each has."""
    return Room.objects.filter(edition=edition).annotate(used=Count("sessions"))


def speakers_of(edition: Edition) -> QuerySet[Speaker]:
    """The speakers of an edition with how many sessions each has."""
    return Speaker.objects.filter(edition=edition).annotate(used=Count("sessions"))


def openings_of(edition: Edition) -> list[Span]:
    """When the doors are open."""
    return [Span(day.opens_at, day.closes_at) for day in edition.days.all()]


def breaks_of(edition: Edition) -> list[Span]:
    """When nothing is held: each break on each of its days, as moments."""
    return [
        Span(moment(day.on, pause.begins, edition.time_zone), moment(day.on, pause.ends, edition.time_zone))
        for day in edition.days.all()
        for pause in edition.breaks.all()
        if pause.on in (None, day.on)
    ]


def conflicts_of(edition: Edition, sessions: Iterable[Session]) -> list[Conflict]:
    """What cannot hold among the planned sessions; those that were cancelled take up nothing."""
    planned = [
        Planned(one.pk, one.span, one.room_id, frozenset(who.pk for who in one.speakers.all()))
        for one in sessions
        if not one.is_cancelled
    ]
    return conflicts_in(planned, openings_of(edition), breaks_of(edition))


def speaking_of(session: Session) -> list[dict[str, str]]:
    """The speakers of a session as a release keeps them."""
    return [
        {
            **{name: getattr(one, name) for name in ("name", "name_ar", "organisation")},
            **{f"role_{code}": getattr(one, f"role_{code}") for code in ("en", "fr", "ar")},
            "picture": one.picture.name or "",
        }
        for one in session.speakers.all()
    ]


def _rest(told: Session | Showing, speaking: list[dict[str, str]]) -> str:
    names = [f"{part}_{code}" for part in ("name", "text") for code in ("en", "fr", "ar")]
    words = [getattr(told, name) for name in (*names, "mode", "languages", "interpretation", "track_id")]
    return hashlib.sha256(json.dumps([words, speaking], sort_keys=True).encode()).hexdigest()


def _seen(told: Session | Showing, speaking: list[dict[str, str]]) -> Seen:
    rest = _rest(told, speaking)
    return Seen(told.begins_at, told.ends_at, told.room_id, told.is_cancelled, rest)


def pending_of(edition: Edition, sessions: Iterable[Session] | None = None) -> list[Pending]:
    """What the next release would change for visitors, in the order of the programme.

    ``sessions`` are those of `sessions_of`, for who has them already.
    """
    found = []
    for session in sessions_of(edition) if sessions is None else sessions:
        showing = getattr(session, "showing", None)
        was = _seen(showing, showing.speaking) if showing else None
        if kinds := kinds_of_change(was, _seen(session, speaking_of(session))):
            found.append(Pending(session, showing, tuple(kinds)))
    return found


def programme_of(edition: Edition) -> QuerySet[Showing]:
    """The programme as visitors see it, in its order."""
    return (
        Showing.objects.filter(edition=edition)
        .select_related("track", "room", "session", "edition__series__organiser", "release")
        .order_by("begins_at", "track__position", "pk")
    )


def outline_of(edition: Edition) -> list[Showing]:
    """Every released session of an edition with no more of it than what a list is narrowed by."""
    told = (
        "begins_at",
        "ends_at",
        "session_id",
        "track_id",
        "room_id",
        "languages",
        "interpretation",
        "mode",
    )
    return list(Showing.objects.filter(edition=edition).only(*told).order_by("begins_at", "pk"))


def session_for(user: Any, slug: str, pk: int) -> Showing | None:
    """A released session of an edition that this person may look at."""
    edition = edition_for(user, slug)
    return programme_of(edition).filter(session__pk=pk).first() if edition else None


def public_programme(slug: str) -> Edition | None:
    """An edition that everybody sees, for its calendar."""
    return Edition.objects.public().select_related("series__organiser").filter(slug=slug).first()


def day_of(told: Session | Showing, edition: Edition) -> date:
    """The day of a session by the clocks of its edition."""
    return told.begins_at.astimezone(ZoneInfo(edition.time_zone)).date()


def by_day(edition: Edition, rows: Iterable[Any]) -> dict[date, list[Any]]:
    """Sessions under the day that the edition's clocks show."""
    days: dict[date, list[Any]] = {}
    for row in rows:
        days.setdefault(day_of(row, edition), []).append(row)
    return days


def releases_of(edition: Edition) -> QuerySet[Release]:
    """The latest versions of a programme with what each changed."""
    changes = Change.objects.select_related("session__showing").order_by("pk")
    return Release.objects.filter(edition=edition).prefetch_related(Prefetch("changes", changes))[
        :LATEST_RELEASES
    ]


def last_release(edition: Edition) -> Release | None:
    """The version that visitors see."""
    return Release.objects.filter(edition=edition).first()


def attendances_of(user: Any, edition: Edition | None = None) -> QuerySet[Attendance]:
    """What somebody keeps in their agenda, of one edition or of all, in its order."""
    if not user.is_authenticated:
        return Attendance.objects.none()
    kept = Attendance.objects.filter(person=user, state__in=COMING, session__showing__isnull=False)
    if edition:
        kept = kept.filter(session__edition=edition)
    return kept.select_related(
        "session__showing__track",
        "session__showing__room",
        "session__showing__release",
        "session__edition__series__organiser",
    ).order_by("session__showing__begins_at", "pk")


def coming_to(edition: Edition) -> QuerySet[Attendance]:
    """Whoever keeps a session of an edition that is not cancelled."""
    kept = Attendance.objects.filter(session__edition=edition, state__in=COMING)
    return (
        kept.filter(session__showing__is_cancelled=False)
        .select_related(
            "person",
            "session__edition__series__organiser",
            "session__showing__track",
            "session__showing__room",
            "session__showing__release",
        )
        .order_by("session__showing__begins_at", "pk")
    )


def attendance_of(user: Any, session_pk: int) -> Attendance | None:
    """What somebody keeps of one session."""
    return attendances_of(user).filter(session__pk=session_pk).first()


def seated_in(session: Session) -> QuerySet[Attendance]:
    """Who has a seat."""
    return session.attendances.filter(state=AttendanceState.SEATED).select_related("person").order_by("pk")


def first_waiting(session: Session, seats: int) -> list[Attendance]:
    """Who is seated next, at most as many as there are seats."""
    waiting = session.attendances.filter(state=AttendanceState.WAITING)
    return list(waiting.select_related("person").order_by("since", "pk")[: max(seats, 0)])


def calendar_of(person: Any) -> CalendarAddress | None:
    """The address of somebody's calendar, once they have asked for one."""
    return CalendarAddress.objects.filter(person=person).first()


def address_of_calendar(secret: str) -> CalendarAddress | None:
    """Whose calendar a secret opens."""
    found = CalendarAddress.objects.select_related("person").filter(secret=secret).first()
    return found if found and found.person.is_active else None


def soon(now: datetime, within: timedelta) -> QuerySet[Attendance]:
    """Seats in sessions that begin within a time from now."""
    return (
        Attendance.objects.filter(
            state=AttendanceState.SEATED,
            session__showing__is_cancelled=False,
            session__showing__begins_at__gt=now,
            session__showing__begins_at__lte=now + within,
            session__edition__in=Edition.objects.taking_place(),
        )
        .select_related("person", "session__edition__series__organiser", "session__showing__room")
        .order_by("pk")
    )
