"""The draft of a programme: rooms, tracks, speakers and sessions, and their copy for the next edition."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.sessions.actions.attending import seat_waiting
from fairs.sessions.clocks import moved_by
from fairs.sessions.errors import PartInUse, SeatsGiven, ShownAlready
from fairs.sessions.models import TOLD, Room, Session, Showing, Speaker, Track
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import record

P = TypeVar("P", Room, Track, Speaker)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {name: str(getattr(value, "pk", value)) for name, value in told.items()}


@transaction.atomic
def keep_track(edition: Edition, *, actor: Any, track: Track | None = None, **told: Any) -> Track:
    """A track, new or under other names; names are right for everybody at once."""
    edition = hold_own_edition(edition, actor)
    track = track or Track(edition=edition, position=edition.tracks.count())
    return _keep(edition, track, actor, told)


@transaction.atomic
def keep_room(edition: Edition, *, actor: Any, room: Room | None = None, **told: Any) -> Room:
    """A room, new or changed; names are right for everybody at once."""
    edition = hold_own_edition(edition, actor)
    room = room or Room(edition=edition, position=edition.rooms.count())
    return _keep(edition, room, actor, told)


@transaction.atomic
def keep_speaker(
    edition: Edition,
    *,
    actor: Any,
    speaker: Speaker | None = None,
    new_picture: ContentFile[bytes] | None = None,
    **told: Any,
) -> Speaker:
    """Somebody who speaks; visitors see a change with the next release."""
    edition = hold_own_edition(edition, actor)
    speaker = speaker or Speaker(edition=edition)
    if new_picture:
        # A released programme may still show the picture before.
        speaker.picture.save(new_picture.name, new_picture, save=False)
    return _keep(edition, speaker, actor, told)


def _keep(edition: Edition, part: Any, actor: Any, told: dict[str, Any]) -> Any:
    for name, value in told.items():
        setattr(part, name, value)
    part.save()
    kind = part._meta.model_name
    record(f"{kind}_kept", edition, actor=actor, **{kind: part.pk}, **_plain(told))
    return part


@transaction.atomic
def delete_part(edition: Edition, *, actor: Any, part: Room | Track | Speaker) -> None:
    """A room, track or speaker that no session has, gone."""
    edition = hold_own_edition(edition, actor)
    used = part.sessions.count()
    if not used and not isinstance(part, Speaker):
        # A session may have another room in the draft, and be shown in this one.
        used = Showing.objects.filter(**{part._meta.model_name: part}).count()
    require(not used, PartInUse, name=part.label, count=used)
    kind = part._meta.model_name
    record(f"{kind}_deleted", edition, actor=actor, **{kind: part.pk}, name=part.label)
    part.delete()


@transaction.atomic
def plan_session(
    edition: Edition,
    *,
    actor: Any,
    speakers: Iterable[Speaker],
    session: Session | None = None,
    **told: Any,
) -> Session:
    """A session of the draft, new or changed. The number of seats alone holds at once."""
    edition = hold_own_edition(edition, actor)
    session = lock(session) if session else Session(edition=edition)
    capacity = told.get("capacity", session.capacity)
    fits = capacity is None or capacity >= session.taken
    require(fits, SeatsGiven, taken=session.taken, capacity=capacity)
    for name, value in told.items():
        setattr(session, name, value)
    session.save()
    session.speakers.set(speakers)
    record("session_planned", edition, actor=actor, session=session.pk, **_plain(told))
    seat_waiting(session)
    return session


@transaction.atomic
def call_off_session(session: Session, *, actor: Any) -> Session:
    """Cancelled in the draft; whoever keeps it is told when that is released."""
    return _set_cancelled(session, actor, True)


@transaction.atomic
def restore_session(session: Session, *, actor: Any) -> Session:
    """Not cancelled after all."""
    return _set_cancelled(session, actor, False)


def _set_cancelled(session: Session, actor: Any, is_cancelled: bool) -> Session:
    edition = hold_own_edition(session.edition, actor)
    session = lock(session)
    if session.is_cancelled != is_cancelled:
        session.is_cancelled = is_cancelled
        session.save(update_fields=["is_cancelled"])
        verb = "session_called_off" if is_cancelled else "session_restored"
        record(verb, edition, actor=actor, session=session.pk)
    return session


@transaction.atomic
def delete_session(session: Session, *, actor: Any) -> None:
    """A session that no visitor has seen, gone."""
    edition = hold_own_edition(session.edition, actor)
    require(not Showing.objects.filter(session=session).exists(), ShownAlready)
    record("session_deleted", edition, actor=actor, session=session.pk, name=session.name_en)
    session.delete()


def copy_programme(old: Edition, new: Edition) -> None:
    """Rooms, tracks and speakers of an edition for its clone; its sessions as drafts on their new days."""
    rooms, tracks = _copies(old.rooms.all(), new), _copies(old.tracks.all(), new)
    speakers = _copies(old.speakers.all(), new)
    days = new.starts_on - old.starts_on
    held = list(old.sessions.filter(is_cancelled=False).prefetch_related("speakers"))
    copies = []
    for one in held:
        # By its key: the part itself would be asked for once for each session.
        told = {name: getattr(one, name) for name in TOLD if name not in ("room", "track")}
        told |= {"room": rooms.get(one.room_id), "track": tracks.get(one.track_id)}
        for end in ("begins_at", "ends_at"):
            told[end] = moved_by(told[end], days, was=old.time_zone, now=new.time_zone)
        copies.append(Session(edition=new, capacity=one.capacity, **told))
    Session.objects.bulk_create(copies)
    speaks = Session.speakers.through
    speaks.objects.bulk_create(
        speaks(session=copy, speaker=speakers[who.pk])
        for one, copy in zip(held, copies, strict=True)
        for who in one.speakers.all()
    )


def _copies(parts: QuerySet[P], edition: Edition) -> dict[int, P]:
    """The same parts for another edition, each under the key of the one that it was copied from."""
    copies = {}
    for part in parts:
        copies[part.pk] = part
        part.pk, part._state.adding, part.edition = None, True, edition
    parts.model._default_manager.bulk_create(copies.values())
    return copies
