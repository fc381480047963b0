"""A programme in three tracks over the days of the fair that runs; everybody in it is invented."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairs.editions.grid import moment
from fairs.editions.models import Edition
from fairs.sessions.changes import Kind
from fairs.sessions.models import TOLD, Attendance, Change, Release, Room, Session, Showing, Speaker, Track
from fairs.sessions.programme_shown import ROOMS, SESSIONS, SPEAKERS, TRACKS, Shown
from fairs.sessions.queries import speaking_of
from fairs.sessions.sentences import facts_of
from fairs.sessions.states import AttendanceState
from moussem.core.demonstration import demonstrates
from moussem.people.models import User

TOLD_HERE = Path(__file__).parent / "programme_shown.py"
SLUG = "demo-made-in-africa"
VISITOR = "buyer@demo.example"
# What the visitor keeps: two of them meet, so that the agenda has something to say.
KEPT = ("saffron-lots", "air-or-sea", "argan-proof")
# One was moved, one cancelled after the first version, so that there is news.
MOVED, CANCELLED, ADDED = "air-or-sea", "rugs", "closing"


@demonstrates(order=91, label="Programme of the running fair", reads=[TOLD_HERE], daily=True)
@transaction.atomic
def bring_in_the_programme() -> None:
    """Rooms, tracks, speakers and twelve sessions, released in two versions."""
    edition = Edition.objects.filter(slug=SLUG).first()
    if edition is None:
        return
    _clear(edition)
    rooms = [_named(Room, edition, number, names, seats=seats) for number, (names, seats) in enumerate(ROOMS)]
    tracks = [_named(Track, edition, number, names) for number, names in enumerate(TRACKS)]
    speakers = [
        Speaker.objects.create(
            edition=edition,
            name=name,
            name_ar=name_ar,
            organisation=organisation,
            **dict(zip(("role_en", "role_fr", "role_ar"), role, strict=True)),
        )
        for name, name_ar, organisation, role in SPEAKERS
    ]
    sessions = {one.key: _session(edition, one, rooms, tracks, speakers) for one in SESSIONS}
    _release(edition, sessions)
    _keep(sessions)


def _clear(edition: Edition) -> None:
    Showing.objects.filter(edition=edition).delete()
    for part in (edition.releases, edition.sessions, edition.rooms, edition.tracks, edition.speakers):
        part.all().delete()


def _named(model: Any, edition: Edition, position: int, names: tuple[str, str, str], **told: Any) -> Any:
    named = dict(zip(("name_en", "name_fr", "name_ar"), names, strict=True))
    return model.objects.create(edition=edition, position=position, **named, **told)


def _session(
    edition: Edition, shown: Shown, rooms: list[Room], tracks: list[Track], speakers: list[Speaker]
) -> Session:
    on = edition.starts_on + timedelta(days=shown.day)
    begins = moment(on, shown.begins, edition.time_zone)
    session = Session.objects.create(
        edition=edition,
        track=None if shown.track is None else tracks[shown.track],
        room=rooms[shown.room],
        mode=shown.mode,
        begins_at=begins,
        ends_at=begins + timedelta(minutes=shown.minutes),
        languages=list(shown.languages),
        interpretation=list(shown.interpretation),
        capacity=shown.capacity,
        **dict(zip(("name_en", "name_fr", "name_ar"), shown.names, strict=True)),
        **dict(zip(("text_en", "text_fr", "text_ar"), shown.texts, strict=True)),
    )
    session.speakers.set([speakers[number] for number in shown.speakers])
    return session


def _release(edition: Edition, sessions: dict[str, Session]) -> None:
    """Two versions, the second of yesterday evening; the draft is what visitors see."""
    now = timezone.now()
    first = Release.objects.create(edition=edition, number=1, at=now - timedelta(days=20))
    second = Release.objects.create(edition=edition, number=2, at=now - timedelta(hours=14))
    Session.objects.filter(pk=sessions[CANCELLED].pk).update(is_cancelled=True)
    sessions[CANCELLED].is_cancelled = True
    for key, session in sessions.items():
        changed = key in (MOVED, CANCELLED, ADDED)
        told = {name: getattr(session, name) for name in TOLD}
        Showing.objects.create(
            session=session,
            edition=edition,
            release=second if changed else first,
            sequence=int(changed and key != ADDED),
            speaking=speaking_of(session),
            **told,
        )
    Change.objects.bulk_create(_changes(first, second, sessions))


def _changes(first: Release, second: Release, sessions: dict[str, Session]) -> Iterator[Change]:
    for key, session in sessions.items():
        if key != ADDED:
            facts = facts_of((Kind.NEW,), None, session)
            yield Change(release=first, session=session, kind=Kind.NEW, facts=facts)
    earlier = sessions[MOVED].begins_at - timedelta(hours=1)
    for key, kind in ((MOVED, Kind.MOVED), (CANCELLED, Kind.CANCELLED), (ADDED, Kind.NEW)):
        facts = facts_of((kind,), None, sessions[key])
        if kind == Kind.MOVED:
            facts["was_begins"] = earlier.isoformat()
        yield Change(release=second, session=sessions[key], kind=kind, facts=facts)


def _keep(sessions: dict[str, Session]) -> None:
    visitor = User.objects.filter(email=VISITOR).first()
    for key in KEPT if visitor else ():
        session = sessions[key]
        Attendance.objects.create(session=session, person=visitor, state=AttendanceState.SEATED, turn=1)
        session.taken = 1
        session.save(update_fields=["taken"])
