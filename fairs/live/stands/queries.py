"""Who is at a stand now, who waits there, and what was asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from fairs.editions.models import Day, Edition
from fairs.editions.states import ENDED, EditionState
from fairs.floor.models import BoothStaff
from fairs.floor.queries import today_at
from fairs.live.models import LiveEntry, LivePresence, LiveRoom
from fairs.live.safety.queries import blocks_between, unseen_by
from fairs.live.stands.models import StandHours, StandThread
from fairs.live.stands.states import ThreadState
from fairs.selection.models import Exhibitor
from moussem.organisations.models import Membership
from moussem.people.models import User


@dataclass(frozen=True)
class Receives:
    """Somebody of the stand who is in front of its desk now, and what they speak."""

    person: Any
    languages: list[str]


def keepers_of(exhibitor: Exhibitor, reader: Any = None) -> QuerySet[User]:
    """Everybody who may receive visitors for an exhibitor; or a reader, whom no block keeps from them."""
    held = Membership.objects.selling().filter(organisation=exhibitor.organisation_id)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    return found.exclude(pk__in=unseen_by(reader.pk)) if reader else found


def here_now(person: Any, now: datetime | None = None) -> bool:
    """Whether somebody is connected to any live room."""
    return LivePresence.objects.filter(person=person, until__gt=now or timezone.now()).exists()


def staff_at(exhibitor: Exhibitor, now: datetime | None = None, reader: Any = None) -> list[Receives]:
    """Who of the stand is in its live room now and did not say that they are away.

    To a reader, nobody whom a block keeps from them.
    """
    now = now or timezone.now()
    here = LivePresence.objects.filter(room__exhibitor=exhibitor, person=OuterRef("pk"), until__gt=now)
    people = list(keepers_of(exhibitor, reader).filter(Exists(here)))
    rows = {one.person_id: one for one in BoothStaff.objects.filter(exhibitor=exhibitor, person__in=people)}
    found = []
    for person in people:
        row = rows.get(person.pk)
        if row is None:
            found.append(Receives(person, [person.language]))
        elif is_there_today(row, exhibitor.edition, now):
            found.append(Receives(person, row.languages or [person.language]))
    return found


def is_there_today(row: BoothStaff, edition: Edition, now: datetime | None = None) -> bool:
    """Whether somebody said today that they are at the stand, and not since that they are away."""
    return bool(row.there_since) and today_at(edition, row.there_since) == today_at(edition, now)


def attended_at(edition: Edition, reader: Any, now: datetime | None = None) -> set[int]:
    """The exhibitors of an edition at whose stand somebody is now, as `staff_at` has it, in one query."""
    if not is_held_now(edition):
        return set()
    now = now or timezone.now()
    zone = ZoneInfo(edition.time_zone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    exhibitor, person = OuterRef("room__exhibitor"), OuterRef("person")
    receives = Membership.objects.selling().filter(
        user=person, organisation=OuterRef("room__exhibitor__organisation")
    )
    away = BoothStaff.objects.filter(Q(there_since=None) | Q(there_since__lt=today))
    here = LivePresence.objects.filter(
        Exists(receives),
        ~Exists(away.filter(exhibitor=exhibitor, person=person)),
        room__edition=edition,
        room__exhibitor__left_at=None,
        person__is_active=True,
        until__gt=now,
    )
    if reader.is_authenticated:
        here = here.filter(~Exists(blocks_between(reader.pk, OuterRef("person"))))
    return set(here.filter(room__exhibitor__isnull=False).values_list("room__exhibitor", flat=True))


def own_row(exhibitor: Exhibitor, person: Any) -> BoothStaff | None:
    """Somebody in the list of those who receive at a booth."""
    return BoothStaff.objects.filter(exhibitor=exhibitor, person=person).first()


def stand_of(edition: Edition, pk: int) -> Exhibitor | None:
    """An exhibitor of the edition whose stand can be visited."""
    found = Exhibitor.objects.filter(edition=edition, left_at=None, pk=pk)
    return found.select_related("organisation", "edition__series").first()


def hours_at(exhibitor: Exhibitor) -> QuerySet[StandHours]:
    """When somebody is at a live stand, on the days that the edition is open."""
    days = Day.objects.filter(edition=exhibitor.edition_id)
    return StandHours.objects.filter(exhibitor=exhibitor, on__in=days.values("on"))


def is_held_now(edition: Edition) -> bool:
    """Whether stands of an edition receive: it is announced and not over."""
    return edition.state not in (*ENDED, EditionState.DRAFT)


def room_of_stand(exhibitor: Exhibitor) -> LiveRoom | None:
    """The live room of a stand, once it was opened."""
    return LiveRoom.objects.filter(exhibitor=exhibitor).first()


def _threads() -> QuerySet[StandThread]:
    return StandThread.objects.select_related(
        "room__edition__series", "exhibitor__organisation", "exhibitor__edition", "visitor", "holder"
    )


def threads_for(user: Any) -> QuerySet[StandThread]:
    """The conversations that somebody is a side of: those they asked for, and those of their stand."""
    receives = Membership.objects.selling().filter(user=user).values("organisation")
    return _threads().filter(
        Q(visitor=user) | Q(exhibitor__organisation__in=receives), exhibitor__left_at=None
    )


def asked_by(visitor: Any, edition: Edition) -> QuerySet[StandThread]:
    """What somebody asked at the stands of an edition, open conversations first, then the latest."""
    mine = threads_for(visitor).filter(visitor=visitor, exhibitor__edition=edition)
    return mine.annotate(over=Q(state=ThreadState.OVER)).order_by("over", "-asked_at", "-pk")


def thread_for(user: Any, room: int) -> StandThread | None:
    """A conversation by its room, for whoever is a side of it."""
    # `room__pk`, since a number that no database keeps finds nothing so; `room` would overflow.
    return threads_for(user).filter(room__pk=room).first()


def open_thread(exhibitor: Exhibitor, visitor: Any) -> StandThread | None:
    """What somebody asks at a stand at the moment."""
    return _threads().open().filter(exhibitor=exhibitor, visitor=visitor).first()


def begun_since(exhibitor: Exhibitor, visitor: Any, moment: datetime) -> int:
    """How many conversations somebody began at a stand since a moment."""
    return StandThread.objects.filter(exhibitor=exhibitor, visitor=visitor, asked_at__gt=moment).count()


def heard_in(room: Any) -> QuerySet[LiveEntry]:
    """What was asked or said in a conversation for others to read too."""
    return LiveEntry.objects.filter(room=room, kind="chat", is_veiled=False)


def threads_at(exhibitor: Exhibitor, reader: Any = None) -> QuerySet[StandThread]:
    """What is open at a stand, the first to ask first; without what was said unheard alone, or blocked."""
    found = _threads().open().filter(Exists(heard_in(OuterRef("room"))), exhibitor=exhibitor)
    return found.exclude(visitor__in=unseen_by(reader.pk)) if reader else found


def queue_at(exhibitor: Exhibitor, reader: Any = None) -> QuerySet[StandThread]:
    """Who waits at a stand to be called, the first to ask first."""
    return threads_at(exhibitor, reader).filter(state=ThreadState.WAITING)


def waiting_as_read_by(exhibitor: Exhibitor, visitor: Any) -> int:
    """How many wait at a stand as a visitor counts them: whoever is unheard counts themselves too."""
    own = open_thread(exhibitor, visitor)
    is_left_out = own is not None and own.is_waiting and not heard_in(own.room_id).exists()
    return queue_at(exhibitor).count() + is_left_out


def ahead_of(thread: StandThread) -> int:
    """How many wait at the stand who asked earlier."""
    earlier = Q(asked_at__lt=thread.asked_at) | Q(asked_at=thread.asked_at, pk__lt=thread.pk)
    return queue_at(thread.exhibitor).filter(earlier).count() if thread.is_waiting else 0


def written_at_stand(exhibitor: Exhibitor, person: Any, client_uuid: Any) -> LiveEntry | None:
    """What somebody asked at a stand under a UUID of theirs, in whichever conversation."""
    own = LiveEntry.objects.filter(author=person, client_uuid=client_uuid, room__thread__exhibitor=exhibitor)
    return own.select_related("room__thread").first()


def last_words(threads: list[StandThread]) -> dict[int, LiveEntry]:
    """What was said last in each of some conversations, by its room."""
    said = LiveEntry.objects.filter(kind="chat", is_veiled=False)
    last = said.filter(room=OuterRef("room")).order_by("-seq").values("seq")[:1]
    rooms = [one.room_id for one in threads]
    return {one.room_id: one for one in said.filter(room__in=rooms, seq=Subquery(last))}


def left_waiting(asked_before: datetime) -> QuerySet[StandThread]:
    """Who has waited since a moment."""
    return _threads().filter(state=ThreadState.WAITING, asked_at__lt=asked_before)
