"""The places of a timetable in words, for pages and letters."""

from collections.abc import Collection, Iterable
from typing import Any

from fairs.editions.models import Edition
from fairs.sessions.clocks import differ
from matchmaking.meetings.queries import with_booths
from matchmaking.parties.models import Delegate, Interpreter, MeetingTable, Slot
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request
from matchmaking.timetables.comparing import Change, Place


class Told:
    """Places in words: slots, tables, people, interpreters and the other side, read in five queries."""

    def __init__(self, edition: Edition, places: Iterable[Place], chosen: Collection[int] = ()) -> None:
        places, self.chosen = list(places), chosen
        people = {key for one in places for key in one.people}
        self.slots = {one.pk: one for one in Slot.objects.filter(edition=edition)}
        tables = with_booths(MeetingTable.objects.filter(edition=edition))
        self.tables = {one.pk: one for one in tables}
        working = {one.interpreter for one in places if one.interpreter}
        self.interpreters = Interpreter.objects.in_bulk(working)
        found = Delegate.objects.filter(pk__in=people).select_related("person", "party__organisation")
        self.delegates = {one.pk: one for one in found}
        asked = Request.objects.filter(pk__in={one.request for one in places})
        sides = asked.select_related("buyer__organisation", "exporter__organisation")
        self.requests = {one.pk: one for one in sides}

    @property
    def screens(self) -> set[int]:
        """The tables at which people meet by video."""
        return {key for key, one in self.tables.items() if one.kind == TableKind.VIRTUAL}

    def row(self, place: Place, delegate: int | None = None) -> dict[str, Any]:
        """Where a meeting is, and whom it is with for one of the two."""
        request = self.requests[place.request]
        other = request.exporter if delegate == place.buyer else request.buyer
        return {
            "request": request,
            "slot": self.slots.get(place.slot),
            "table": self.tables.get(place.table),
            "interpreter": self.interpreters.get(place.interpreter),
            "other": other.organisation,
            "is_proposal": place.is_proposal,
            "was_chosen": place.request in self.chosen,
        }

    def rows_of(self, delegate: int, change: Change) -> dict[str, list[Any]]:
        """What changes for one person, each by its time."""
        return {
            "new": [self.row(one, delegate) for one in self.by_time(change.new)],
            "cancelled": [self.row(one, delegate) for one in self.by_time(change.cancelled)],
            "moved": [
                {"was": self.row(was, delegate), "now": self.row(now, delegate)}
                for was, now in sorted(change.moved, key=lambda pair: self.begins(pair[1]))
            ],
        }

    def has_own_clock(self, edition: Edition, delegate: Delegate, change: Change) -> bool:
        """Whether the clocks of a person show other hours than those of the fair at any of these moments."""
        zones = (edition.time_zone, delegate.time_zone)
        return any(differ(self.slots[one.slot].begins, *zones) for one in change.places)

    def by_time(self, places: Iterable[Place]) -> list[Place]:
        """Places in the order of their slots."""
        return sorted(places, key=self.begins)

    def begins(self, place: Place) -> Any:
        """The moment at which a place begins."""
        return (self.slots[place.slot].begins, place.request)
