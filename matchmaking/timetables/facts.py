"""What a timetable is made from, read from an edition."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F

from fairs.editions.models import Edition
from matchmaking.meetings.models import Meeting, Seat
from matchmaking.meetings.openings import kinds_for
from matchmaking.parties.models import Delegate, Interpreter, Matching, MeetingTable, Party, Slot
from matchmaking.parties.queries import away_of, closures_of, interpreters_away
from matchmaking.parties.states import TableKind
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.models import Request, Wish
from matchmaking.requests.states import RequestState
from matchmaking.timetables.comparing import Place


@dataclass(frozen=True)
class Facts:
    """All that a timetable is made from, read in as many queries however large the edition is."""

    matching: Matching
    slots: list[Slot]
    parties: list[Party]
    delegates: list[Delegate]
    tables: list[MeetingTable]
    interpreters: list[Interpreter]
    requests: list[Request]
    meetings: list[Meeting]
    wishes: set[tuple[int, int]]
    away: dict[int, set[int]]
    closed: dict[int, set[int]]
    interpreters_away: dict[int, set[int]]

    @property
    def digest(self) -> str:
        """A mark of the meetings that stand: a draft that was made from others does not fit any more."""
        return digest_of(self.meetings)

    @cached_property
    def chosen(self) -> set[int]:
        """By request the meetings that their people booked or moved, or the organiser for them."""
        return {one.request_id for one in self.meetings if one.chosen_at is not None}

    @cached_property
    def calls(self) -> set[int]:
        """By request the meetings that their people chose to hold by video."""
        screens = {one.pk for one in self.tables if one.kind == TableKind.VIRTUAL}
        return {one.request_id for one in self.meetings if one.chosen_at and one.table_id in screens}

    def kinds_for(self, request: Request) -> tuple[str, ...]:
        """The kinds of table at which two can meet, the best first; what they chose as a call stays one."""
        return (TableKind.VIRTUAL,) if request.pk in self.calls else kinds_for(request)

    @cached_property
    def affinities(self) -> dict[int, float]:
        """By request how well its parties suit each other, from 0 to 1; read where a timetable is made."""
        edition = self.matching.edition
        # Joined, and not named one by one: SQLite refuses a list of a thousand keys in a prefetch.
        whole = Party.objects.filter(edition=edition).select_related("organisation")
        told = profiles_of(edition, whole)
        return {one.pk: told.between(one.buyer_id, one.exporter_id).score for one in self.requests}


def digest_of(meetings: Iterable[Meeting]) -> str:
    """A mark of meetings: where they stand, with whom, and whether they may move."""
    told = sorted(_mark(one) for one in meetings)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _mark(meeting: Meeting) -> list[Any]:
    return [meeting.pk, meeting.sequence, meeting.interpreter_id or 0, meeting.is_pinned]


def place_of(meeting: Meeting) -> Place:
    """Where a meeting stands."""
    return Place(
        request=meeting.request_id,
        slot=meeting.slot_id,
        table=meeting.table_id,
        buyer=meeting.buyer_id,
        exporter=meeting.exporter_id,
        interpreter=meeting.interpreter_id,
    )


def standing_meetings(edition: Edition) -> list[Meeting]:
    """Every meeting that is not cancelled."""
    return list(Meeting.objects.standing().filter(edition=edition).order_by("pk"))


def pace_of(slots: Sequence[Slot], taken: set[int]) -> tuple[int, int]:
    """How many meetings somebody has in the fullest day, and without a pause, who meets in these slots."""
    by_day = Counter(one.on for one in slots if one.pk in taken)
    longest = row = 0
    block = None
    for one in slots:
        row = row + 1 if one.pk in taken and (one.block == block or not row) else int(one.pk in taken)
        longest, block = max(longest, row), one.block
    return max(by_day.values(), default=0), longest


def read(edition: Edition, *, with_pending: bool = False, upset: dict[str, Any] | None = None) -> Facts:
    """Everything that a timetable of an edition is made from."""
    meetings = standing_meetings(edition)
    booked = {one.request_id for one in meetings}
    slots = list(Slot.objects.filter(edition=edition))
    parties = list(Party.objects.meeting().filter(edition=edition).order_by("pk"))
    delegates = list(Delegate.objects.there().filter(edition=edition).order_by("pk"))
    tables = list(MeetingTable.objects.filter(edition=edition, withdrawn_at=None).order_by("pk"))
    interpreters = list(Interpreter.objects.filter(edition=edition, left_at=None).order_by("pk"))
    states = [RequestState.ACCEPTED, *([RequestState.PENDING] if with_pending else [])]
    standing = Request.objects.filter(edition=edition, state__in=states).order_by("pk")
    wanted = {one.pk for one in parties}
    requests = []
    for one in standing:
        if one.pk in booked or {one.buyer_id, one.exporter_id} <= wanted:
            one.edition = edition
            requests.append(one)
    _complete(edition, meetings, parties, delegates, tables)
    by_key = {one.pk: one for one in parties}
    for one in requests:
        one.buyer, one.exporter = by_key[one.buyer_id], by_key[one.exporter_id]
    wishes = Wish.objects.filter(party__edition=edition, is_wanted=True).values_list("party", "other")
    away, closed = away_of(delegates, slots), closures_of(tables)
    gone = interpreters_away(interpreters)
    _prolong(edition, away, closed, gone)
    for held, name in ((away, "delegates"), (closed, "tables"), (gone, "interpreters")):
        for key, lost in (upset or {}).get(name, {}).items():
            held[int(key)] |= set(lost)
    return Facts(
        matching=Matching.objects.get(edition=edition),
        slots=slots,
        parties=parties,
        delegates=delegates,
        tables=tables,
        interpreters=interpreters,
        requests=requests,
        meetings=meetings,
        wishes=set(wishes),
        away=away,
        closed=closed,
        interpreters_away=gone,
    )


def _prolong(edition: Edition, *held: dict[int, set[int]]) -> None:
    """Whom and what a call that goes on longer takes up after its slot: people, tables, interpreters."""
    longer = Seat.objects.filter(slot__edition=edition).exclude(slot=F("meeting__slot")).order_by()
    for slot, *keys in longer.values_list("slot", "delegate", "table", "interpreter"):
        for lost, key in zip(held, keys, strict=True):
            if key is not None:
                lost[key].add(slot)


def _complete(
    edition: Edition,
    meetings: Iterable[Meeting],
    parties: list[Party],
    delegates: list[Delegate],
    tables: list[MeetingTable],
) -> None:
    """Whoever has left and whatever was put away, as long as a meeting stands with them."""
    known = {one.pk for one in delegates}
    lost = {key for one in meetings for key in (one.buyer_id, one.exporter_id)} - known
    delegates += Delegate.objects.filter(edition=edition, pk__in=lost).order_by("pk")
    present = {one.pk for one in parties}
    parties += Party.objects.filter(pk__in={one.party_id for one in delegates} - present).order_by("pk")
    laid = {one.pk for one in tables}
    tables += MeetingTable.objects.filter(pk__in={one.table_id for one in meetings} - laid).order_by("pk")
