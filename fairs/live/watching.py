"""What organisers and operators read of live rooms: who is where, how much is said, how the processes do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncMinute

from fairs.editions.models import Edition
from fairs.live.measures import quantile, together
from fairs.live.models import LiveEntry, LivePresence, LiveProcess, LiveRoom
from fairs.live.rules import SILENT
from fairs.live.states import RoomKind

MINUTE = timedelta(minutes=1)
# Over how many minutes it is drawn how much is said, and how high at most.
DRAWN, HIGH = 30, 20
MOST_ROOMS = 200
SHARED = (RoomKind.SESSION, RoomKind.STAND)


@dataclass(frozen=True)
class Watched:
    """A room of an edition as its organiser watches it."""

    room: LiveRoom
    people: int
    said: int
    last_at: datetime | None
    slow: int
    # How much was said in each of the last minutes, the last one last.
    rhythm: tuple[int, ...]

    @property
    def recent(self) -> int:
        """How much was said in all of the minutes that are drawn."""
        return sum(self.rhythm)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to watch: nobody is here, nothing was said, and no session is on."""
        is_on = self.room.is_open and self.room.kind == RoomKind.SESSION
        return not (self.people or self.recent or is_on)

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """The minutes as bars of a drawing: where each begins, and its height."""
        most = max(self.rhythm, default=0)
        tall = [-(-HIGH * many // most) if most else 0 for many in self.rhythm]
        return [(3 * at, HIGH - high, high) for at, high in enumerate(tall) if high]


def processes_at(now: datetime) -> dict[str, Mapping[str, Any]]:
    """The figures of every process that serves live rooms, by its name."""
    alive = LiveProcess.objects.filter(at__gt=now - SILENT).order_by("process")
    return {one.process: one.figures for one in alive}


def rooms_watched(
    edition: Edition, processes: Mapping[str, Mapping[str, Any]], now: datetime
) -> list[Watched]:
    """The rooms of sessions and stands, open ones first, then those with most people and most that is said.

    Calls are their members' own: nobody else is told of them.
    """
    here = _counted(LivePresence.objects.filter(room=OuterRef("pk"), until__gt=now), "person")
    said = _counted(LiveEntry.objects.filter(room=OuterRef("pk"), at__gt=now - MINUTE), "pk")
    rooms = (
        LiveRoom.objects.filter(edition=edition, kind__in=SHARED)
        .select_related("session__showing", "exhibitor__organisation")
        .annotate(people=here, said=said, last_at=Max("entries__at"))
        .order_by("-state", "-last_at", "pk")
    )
    slow, rhythms = slow_by_room(processes), _rhythms(edition, now)
    watched = [
        Watched(
            room=one,
            people=one.people,
            said=one.said,
            last_at=one.last_at,
            slow=slow.get(str(one.pk), 0),
            rhythm=tuple(rhythms.get(one.pk, Counter())[at] for at in range(DRAWN - 1, -1, -1)),
        )
        for one in rooms[:MOST_ROOMS]
    ]
    return sorted(watched, key=lambda one: (one.room.is_closed, -one.people, -one.recent))


def _rhythms(edition: Edition, now: datetime) -> dict[int, Counter[int]]:
    """How much was said in each room so many minutes ago."""
    last = now.replace(second=0, microsecond=0)
    said = LiveEntry.objects.filter(
        room__edition=edition, room__kind__in=SHARED, at__gte=last - (DRAWN - 1) * MINUTE
    )
    counted = said.order_by().values("room", minute=TruncMinute("at", tzinfo=UTC)).annotate(many=Count("pk"))
    found: dict[int, Counter[int]] = {}
    for one in counted:
        found.setdefault(one["room"], Counter())[(last - one["minute"]) // MINUTE] = one["many"]
    return found


def _counted(rows: Any, what: str) -> Any:
    by_room = rows.order_by().values("room").annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(by_room, output_field=IntegerField()), 0)


def people_at(edition: Edition, now: datetime) -> int:
    """How many different people are in the sessions and at the stands of an edition."""
    here = LivePresence.objects.filter(room__edition=edition, room__kind__in=SHARED, until__gt=now)
    return here.aggregate(n=Count("person", distinct=True))["n"]


def slow_by_room(processes: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How many sockets are behind, by the number of their room."""
    found: dict[str, int] = {}
    for told in processes.values():
        for room, slow in told.get("slow_rooms", {}).items():
            found[room] = found.get(room, 0) + slow
    return found


def delivery_within(processes: Mapping[str, Mapping[str, Any]]) -> float | None:
    """Within how many seconds 95 of 100 deliveries were made, since the processes began."""
    return quantile(together(processes.values()), 0.95) if processes else None
