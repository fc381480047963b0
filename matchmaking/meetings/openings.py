"""When and where two can meet: what is free for both, the tables and interpreters of each slot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from itertools import islice
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fairs.editions.states import Mode
from matchmaking.meetings.agenda import spent_of
from matchmaking.meetings.models import Meeting, Seat
from matchmaking.meetings.pacing import Pace, fits
from matchmaking.parties.models import Closure, Delegate, Interpreter, Matching, MeetingTable, Party, Slot
from matchmaking.parties.queries import (
    away_of,
    interpreters_at,
    interpreters_away,
    meeting_for,
)
from matchmaking.parties.states import Side, TableKind
from matchmaking.requests.models import Request
from matchmaking.requests.queries import held_slot_of
from moussem.core.prepared import Prepared, told

ON_SITE = (TableKind.STANDARD, TableKind.BOOTH, TableKind.PRIVATE)
KINDS = {
    Mode.DIGITAL: (TableKind.VIRTUAL,),
    Mode.IN_PERSON: ON_SITE,
    Mode.HYBRID: (*ON_SITE, TableKind.VIRTUAL),
}
ALTERNATIVES = 3


@dataclass(frozen=True)
class Opening:
    """Where one meeting fits: the slot, who meets, at which table and with which interpreter."""

    slot: Slot
    buyer: Delegate
    exporter: Delegate
    table: MeetingTable
    interpreter: Interpreter | None


def usual_kinds(mode: str) -> tuple[str, ...]:
    """Where a party meets that has not said it: by video only where there are no halls."""
    return tuple(kind for kind in KINDS[mode] if kind in ON_SITE) or KINDS[mode]


def kinds_for(request: Request) -> tuple[str, ...]:
    """The kinds of table at which a buyer and an exporter can meet, the best first.

    Whoever is not there in person meets by video, and so does whoever meets them.
    """
    mode = request.edition.mode
    sides = (request.buyer, request.exporter)
    buyer, exporter = (set(party.table_kinds or usual_kinds(mode)) for party in sides)
    return tuple(kind for kind in KINDS[mode] if kind in buyer & exporter) or (TableKind.VIRTUAL,)


def languages_to_bridge(request: Request) -> set[tuple[str, str]]:
    """The pairs of languages of which an interpreter must know one; none where both speak a common one."""
    ours, theirs = set(request.buyer.languages), set(request.exporter.languages)
    if ours & theirs or not ours or not theirs:
        return set()
    return {(min(one, other), max(one, other)) for one in ours for other in theirs}


class Room:
    """What is free for one request, read in a fixed number of queries however many slots there are.

    Read again under locks before anything is booked: what a page was shown may be gone.
    """

    def __init__(
        self,
        request: Request,
        matching: Matching,
        slots: Sequence[Slot] | None = None,
        *,
        moving: Meeting | None = None,
        meeting: Iterable[Delegate] | None = None,
        paces: dict[int, Pace] | None = None,
    ) -> None:
        """``moving`` names a meeting that leaves its place for another one, and so takes none up.

        ``meeting`` are those who meet for the two, where they were just read under the locks on both;
        ``paces`` what `paces_of` told of the edition before.
        """
        self.request, self.matching, self.moving = request, matching, moving
        # Whoever was to come still does, where they can.
        self.known = {moving.buyer_id, moving.exporter_id} if moving else set()
        self.is_whole = slots is None
        self._paces = paces
        self.slots = _slots_of().ask(edition=request.edition_id) if slots is None else list(slots)
        if meeting is None:
            meeting = meeting_for(request.buyer_id, request.exporter_id)
        self.sides = self._sides(meeting)
        self.away = away_of([one for side in self.sides for one in side], self.slots)

    def _sides(self, meeting: Iterable[Delegate]) -> tuple[list[Delegate], list[Delegate]]:
        """Who meets for the buyer, and who for the exporter."""
        parties = {party.pk: party for party in (self.request.buyer, self.request.exporter)}
        found: dict[int, list[Delegate]] = defaultdict(list)
        for one in meeting:
            one.party = parties[one.party_id]
            found[one.party_id].append(one)
        return found[self.request.buyer_id], found[self.request.exporter_id]

    @property
    def is_single(self) -> bool:
        """Whether one slot is looked at: tables that are closed then are not even read."""
        return len(self.slots) == 1

    def has(self, person: Any) -> bool:
        """Whether a person meets for one of the two."""
        return any(one.person_id == person.pk for side in self.sides for one in side)

    @cached_property
    def paces(self) -> dict[int, Pace]:
        """Every slot of the edition by its key, as the pace of a day sees it."""
        if self.is_whole:
            return {slot.pk: Pace(n, slot.on, slot.block) for n, slot in enumerate(self.slots)}
        return self._paces or paces_of(self.request.edition_id)

    @cached_property
    def by_position(self) -> dict[int, Pace]:
        """The same by their place in the order of all."""
        return {pace.position: pace for pace in self.paces.values()}

    @cached_property
    def seated(self) -> list[tuple[int, int | None, int | None, int | None]]:
        """The seats of these people, and those of every table and interpreter in these slots."""
        asked = {"one": self.request.buyer_id, "other": self.request.exporter_id}
        asked["moving"] = self.moving.pk if self.moving else 0
        if self.is_single:
            return _seats_in_one().ask(**asked, slot=self.slots[0].pk)
        return _seats().ask(**asked, edition=self.request.edition_id)

    @cached_property
    def taken(self) -> dict[int, set[int]]:
        """For each delegate the slots in which they meet already."""
        found: dict[int, set[int]] = defaultdict(set)
        for slot, delegate, _table, _interpreter in self.seated:
            if delegate:
                found[delegate].add(slot)
        return found

    @cached_property
    def tables(self) -> list[MeetingTable]:
        """The tables at which these two may sit, the best first."""
        kinds = kinds_for(self.request)
        asked = {"edition": self.request.edition_id, "one": self.request.buyer_id}
        asked["other"] = self.request.exporter_id
        found = (
            _open_tables_for(kinds).ask(**asked, slot=self.slots[0].pk)
            if self.is_single
            else _tables_for(kinds).ask(**asked)
        )
        return sorted(found, key=lambda one: (kinds.index(one.kind), one.number))

    @cached_property
    def closed(self) -> dict[int, set[int]]:
        """For each table the slots in which nobody can sit down: closed, or a meeting is there."""
        found: dict[int, set[int]] = defaultdict(set)
        if not self.is_single:
            for table, slot in _closures().ask(edition=self.request.edition_id):
                found[table].add(slot)
        for slot, _delegate, table, _interpreter in self.seated:
            if table:
                found[table].add(slot)
        return found

    @cached_property
    def interpreters(self) -> list[Interpreter] | None:
        """Who could interpret; None where nobody is needed."""
        pairs = languages_to_bridge(self.request)
        if not pairs:
            return None
        known = interpreters_at(self.request.edition)
        return [one for one in known if (one.language, one.other_language) in pairs]

    @cached_property
    def interpreting(self) -> dict[int, set[int]]:
        """For each interpreter the slots in which they are away or at work."""
        found = interpreters_away(self.interpreters or ())
        for slot, _delegate, _table, interpreter in self.seated:
            if interpreter:
                found[interpreter].add(slot)
        return found

    def _free(self, side: Iterable[Delegate], slot: Slot) -> Delegate | None:
        """Who of a party can meet then; of several, whoever meets least that day."""
        free = []
        for one in side:
            taken = [self.paces[key] for key in self.taken[one.pk]]
            is_free = slot.pk not in self.away[one.pk] and fits(
                self.paces[slot.pk],
                taken,
                paces=self.by_position,
                most_a_day=one.most_a_day or self.matching.most_a_day,
                most_in_a_row=one.most_in_a_row or self.matching.most_in_a_row,
            )
            if is_free:
                meets = sum(1 for pace in taken if pace.day == slot.on)
                free.append((one.pk not in self.known, meets, one.pk, one))
        return min(free)[-1] if free else None

    def stand_in(self, party: Party, slot: Slot) -> Delegate | None:
        """Who could meet for a party then."""
        return self._free(self.sides[party.side == Side.EXPORTER], slot)

    def opening(self, slot: Slot) -> Opening | None:
        """Where the meeting fits in a slot; None where it does not."""
        buyer, exporter = (self._free(side, slot) for side in self.sides)
        table = next((one for one in self.tables if slot.pk not in self.closed[one.pk]), None)
        if not (buyer and exporter and table):
            return None
        if table.owner_id:
            table.owner = buyer.party if table.owner_id == buyer.party_id else exporter.party
        if self.interpreters is None:
            return Opening(slot, buyer, exporter, table, None)
        free = (one for one in self.interpreters if slot.pk not in self.interpreting[one.pk])
        interpreter = next(free, None)
        return Opening(slot, buyer, exporter, table, interpreter) if interpreter else None


def paces_of(edition: int) -> dict[int, Pace]:
    """Every slot of an edition by its key, as the pace of a day sees it."""
    every = _days_of().ask(edition=edition)
    return {key: Pace(n, on, block) for n, (key, on, block) in enumerate(every)}


@cache
def _days_of() -> Prepared[tuple[int, date, int]]:
    return Prepared(Slot.objects.filter(edition=told("edition")).values_list("pk", "on", "block"))


@cache
def _slots_of() -> Prepared[Slot]:
    return Prepared(Slot.objects.filter(edition=told("edition")))


@cache
def _closures() -> Prepared[tuple[int, int]]:
    """Which tables of an edition are closed in which slots."""
    return Prepared(Closure.objects.filter(table__edition=told("edition")).values_list("table", "slot"))


def _seats_with(there: Q) -> Prepared[tuple[int, int | None, int | None, int | None]]:
    people = Q(delegate__party=told("one")) | Q(delegate__party=told("other"))
    seats = Seat.objects.exclude(meeting=told("moving")).filter(people | there & Q(delegate=None))
    return Prepared(seats.order_by().values_list("slot", "delegate", "table", "interpreter"))


@cache
def _seats() -> Prepared[tuple[int, int | None, int | None, int | None]]:
    return _seats_with(Q(slot__edition=told("edition")))


@cache
def _seats_in_one() -> Prepared[tuple[int, int | None, int | None, int | None]]:
    return _seats_with(Q(slot=told("slot")))


def _tables_of(kinds: tuple[str, ...]) -> QuerySet[MeetingTable]:
    owners = Q(owner=None) | Q(owner=told("one")) | Q(owner=told("other"))
    there = MeetingTable.objects.filter(owners, edition=told("edition"), withdrawn_at=None, kind__in=kinds)
    return there.order_by()


@cache
def _tables_for(kinds: tuple[str, ...]) -> Prepared[MeetingTable]:
    return Prepared(_tables_of(kinds))


@cache
def _open_tables_for(kinds: tuple[str, ...]) -> Prepared[MeetingTable]:
    closed = Closure.objects.filter(table=OuterRef("pk"), slot=told("slot"))
    return Prepared(_tables_of(kinds).exclude(Exists(closed)))


def free_in(parties: Sequence[Party], slots: Sequence[Slot], matching: Matching) -> dict[int, set[int]]:
    """For each slot the parties of which somebody could be booked then, within the limits of their day.

    In as many queries however many they are.
    """
    people = list(Delegate.objects.there().filter(party__in=[one.pk for one in parties]))
    away = away_of(people, slots)
    taken: dict[int, set[int]] = defaultdict(set)
    for slot, key in Seat.objects.filter(delegate__in=people).order_by().values_list("slot", "delegate"):
        taken[key].add(slot)
    every = list(Slot.objects.filter(edition=matching.edition_id))
    for one in people:
        if taken[one.pk]:
            away[one.pk] |= spent_of(one, matching, every, taken[one.pk]).keys()
    return {slot.pk: {one.party_id for one in people if slot.pk not in away[one.pk]} for slot in slots}


def openings_for(
    request: Request,
    matching: Matching,
    *,
    most: int | None = ALTERNATIVES,
    now: datetime | None = None,
    moving: Meeting | None = None,
) -> list[Opening]:
    """The next slots that suit both, a table and an interpreter; what was proposed and preferred comes first.

    ``moving`` names a meeting that would leave its own slot for one of them.
    """
    return openings_in(Room(request, matching, moving=moving), most=most, now=now)


def openings_in(room: Room, *, most: int | None = ALTERNATIVES, now: datetime | None = None) -> list[Opening]:
    """The same, of a room that was read already."""
    now = now or timezone.now()
    preferred = {slot.pk for slot in room.request.slots.all()}
    proposed = held_slot_of(room.request, now)
    left = room.moving.slot_id if room.moving else None
    to_come = [slot for slot in room.slots if slot.begins > now and slot.pk != left]
    ordered = sorted(to_come, key=lambda slot: (slot != proposed, slot.pk not in preferred, slot.begins))
    return list(islice(filter(None, map(room.opening, ordered)), most))


def both_are_free(request: Request, slot: Slot) -> bool:
    """Whether somebody of either party sits in no other meeting then, as far as one look tells."""
    sides = (request.buyer_id, request.exporter_id)
    return len(_free_at().ask(one=sides[0], other=sides[1], slot=slot.pk, now=timezone.now())) == len(sides)


@cache
def _free_at() -> Prepared[int]:
    taken = Seat.objects.filter(slot=told("slot"), person__isnull=False)
    there = Delegate.objects.there(told("now", DateTimeField())).exclude(person__in=taken.values("person"))
    of_two = there.filter(Q(party=told("one")) | Q(party=told("other"))).order_by()
    return Prepared(of_two.values_list("party", flat=True).distinct())
