"""An edition as a problem of the solver, and the solver's answer as places of ours."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from matchmaking import problem as pure
from matchmaking.meetings.openings import languages_to_bridge
from matchmaking.parties.models import Delegate, Interpreter, Matching, MeetingTable, Party
from matchmaking.parties.states import Side, TableKind
from matchmaking.requests.models import Request
from matchmaking.requests.states import Priority, RequestState
from matchmaking.timetables.comparing import Place
from matchmaking.timetables.facts import Facts, pace_of, place_of
from matchmaking.timetables.fitting import Seating
from matchmaking.timetables.queries import pair_to_hire
from matchmaking.timetables.states import RunMode

KINDS = tuple(TableKind.values)
# What a meeting is worth: more where both want it, and where it is a must for one or both.
MUTUAL, ONE_SIDED = 100, 20
ASKED_MUST, ANSWERED_MUST, WISHED = 60, 40, 20
# How well two suit each other decides between equals: with a wish it stays below the least must.
SUITED = 19
# A draft is made, read and published before the first of its meetings begins.
NOTICE = timedelta(minutes=10)
# Whoever has said no language could speak any.
ANY_LANGUAGE = "und"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Posed:
    """A problem, and what its numbers stand for."""

    problem: pure.Problem
    facts: Facts
    requests: list[Request]
    pairs: list[Pair]
    # What keeps its place whatever the solver does.
    fixed: list[Place]

    def places(self, timetable: pure.Timetable) -> list[Place]:
        """The places of an answer, each with one of the interpreters of its pair."""
        facts = self.facts
        stays = {one.request for one in self.fixed}
        rows = []
        for one in timetable.meetings:
            request = self.requests[one.request]
            place = Place(
                request=request.pk,
                slot=facts.slots[one.slot].pk,
                table=facts.tables[one.table].pk,
                buyer=facts.delegates[one.person_a].pk,
                exporter=facts.delegates[one.person_b].pk,
                is_proposal=request.state == RequestState.PENDING,
            )
            if request.pk not in stays:
                rows.append((place, None if one.pool is None else self.pairs[one.pool]))
        return [*self.fixed, *self._with_interpreters(rows)]

    def _with_interpreters(self, rows: Sequence[tuple[Place, Pair | None]]) -> list[Place]:
        """Whoever interpreted there already stays; the others are given out in the order of their keys."""
        held = {one.request_id: place_of(one) for one in self.facts.meetings}
        of_pair: dict[Pair, list[Interpreter]] = defaultdict(list)
        for one in self.facts.interpreters:
            of_pair[one.language, one.other_language].append(one)
        taken = {(one.interpreter, one.slot) for one in self.fixed}
        found: dict[int, int] = {}
        for place, pair in rows:
            was = held.get(place.request)
            if was is None or was.slot != place.slot or pair is None:
                continue
            lost = self.facts.interpreters_away[was.interpreter or 0]
            if any(one.pk == was.interpreter and place.slot not in lost for one in of_pair[pair]):
                found[place.request] = was.interpreter or 0
                taken.add((was.interpreter, place.slot))
        for place, pair in rows:
            if pair is None or place.request in found:
                continue
            free = (
                one.pk
                for one in of_pair[pair]
                if place.slot not in self.facts.interpreters_away[one.pk]
                and (one.pk, place.slot) not in taken
            )
            if (key := next(free, None)) is not None:
                found[place.request] = key
                taken.add((key, place.slot))
        return [replace(place, interpreter=found.get(place.request)) for place, _pair in rows]


def pose(facts: Facts, mode: str, *, most_moves: int = 10, now: datetime | None = None) -> Posed:
    """The problem of what is accepted: what stands fast is pinned, what people hold published in a repair."""
    accepted = [one for one in facts.requests if one.state == RequestState.ACCEPTED]
    return _Posing(facts, mode, now or timezone.now(), accepted).pose(most_moves)


def pose_waiting(
    facts: Facts, mode: str, held: Sequence[Place], *, now: datetime | None = None
) -> Posed | None:
    """The requests that nobody has answered, around all that is held; None where there are none.

    Nothing is promised to whoever waits, and nobody gives way to them.
    """
    stays = {one.request for one in held}
    posed = [one for one in facts.requests if one.pk in stays or one.state == RequestState.PENDING]
    if len(posed) == len(stays):
        return None
    return _Posing(facts, mode, now or timezone.now(), posed, held).pose(0)


class _Posing:
    """Keys of ours as positions of the problem, step by step."""

    def __init__(
        self,
        facts: Facts,
        mode: str,
        now: datetime,
        requests: list[Request],
        held: Sequence[Place] | None = None,
    ) -> None:
        self.facts, self.requests, self.held = facts, requests, held
        self.is_repair = mode == RunMode.REPAIR and held is None
        self.slot = {one.pk: n for n, one in enumerate(facts.slots)}
        self.person = {one.pk: n for n, one in enumerate(facts.delegates)}
        self.company = {one.pk: n for n, one in enumerate(facts.parties)}
        self.table = {one.pk: n for n, one in enumerate(facts.tables)}
        self.request = {one.pk: n for n, one in enumerate(requests)}
        self.kind = {kind: n for n, kind in enumerate(KINDS)}
        self.agreed = Counter(key for one in requests for key in (one.buyer_id, one.exporter_id))
        pairs = {(one.language, one.other_language) for one in facts.interpreters}
        # A pair that nobody knows is a pool of nobody: so it can be said what one who does would add.
        self.needed = [languages_to_bridge(one) for one in requests]
        pairs |= {pair_to_hire(some) for some in self.needed if some and not some & pairs}
        self.pairs = sorted(pairs)
        self.spoken = {one.pk: (one.language, one.other_language) for one in facts.interpreters}
        # A repair may use what is left of the morning; who is only now told where to go needs to get there.
        ready = now if mode == RunMode.REPAIR else now + NOTICE
        self.past = {one.pk for one in facts.slots if one.begins <= ready}
        # What has begun is over, and what is booked stays where only the rest is placed.
        self.fixed = list(held) if held is not None else self.standing(mode == RunMode.UNBOOKED)
        if held is None and mode == RunMode.PLAN:
            self.fixed += self.chosen()
        keys = {one.request for one in self.fixed}
        free = [one for one in facts.meetings if one.request_id in self.request.keys() - keys]
        self.pinned = [place_of(one) for one in free if one.is_pinned]
        # A repair keeps what people hold; a whole timetable prefers it among equals.
        self.published = [place_of(one) for one in free if not one.is_pinned] if held is None else []
        # For each person and table the slots in which they are taken by what stays.
        self.kept: dict[tuple[str, int], set[int]] = defaultdict(set)
        for one in self.fixed:
            for what, slot, key in one.seats:
                self.kept[what, key].add(slot)
        # What was agreed stays with whoever interprets there, or nobody, whatever is spoken by now.
        self.as_it_is = [*self.fixed, *(one for one in self.pinned if not self.is_bridged(one))]
        self.at_work = {(one.interpreter, one.slot) for one in self.as_it_is}
        self.lent = Counter((self.pair_of(one), one.slot) for one in self.as_it_is)
        # What stays does so at its table, wherever the two would meet by now.
        self.fixed_table = {
            one.request: self.kind[facts.tables[self.table[one.table]].kind]
            for one in (*self.fixed, *self.pinned)
        }

    def standing(self, all_that_is_booked: bool) -> list[Place]:
        """The meetings that have begun, or all of them."""
        known = [one for one in self.facts.meetings if one.request_id in self.request]
        return [place_of(one) for one in known if all_that_is_booked or one.slot_id in self.past]

    def chosen(self) -> list[Place]:
        """What its people booked or moved themselves, as far as it can stand beside what is fixed."""
        known = [one for one in self.facts.meetings if one.request_id in self.request]
        begun = {one.request for one in self.fixed}
        free = [one for one in known if one.request_id not in begun and not one.is_pinned]
        seating = Seating(self.facts, (place_of(one) for one in known if one not in free))
        return [place_of(one) for one in free if one.chosen_at and seating.takes(place_of(one))]

    def is_bridged(self, place: Place) -> bool:
        """Whether the two understand each other as it stands."""
        needed = self.needed[self.request[place.request]]
        return self.spoken.get(place.interpreter) in needed if needed else place.interpreter is None

    def pair_of(self, place: Place) -> Pair | None:
        """The languages between which somebody interprets at a place; None where nobody has to."""
        needed = self.needed[self.request[place.request]]
        if not needed:
            return None
        own = self.spoken.get(place.interpreter)
        return own if own in needed else pair_to_hire(needed & set(self.pairs))

    def pose(self, most_moves: int) -> Posed:
        """The whole problem."""
        facts = self.facts
        made = pure.Problem(
            name=f"edition-{facts.matching.edition_id}",
            slots=self.slots(),
            calendars=self.calendars(),
            sessions=(),
            table_types=tuple(pure.TableType(n, k, k == TableKind.VIRTUAL) for n, k in enumerate(KINDS)),
            tables=tuple(self.one_table(n, one) for n, one in enumerate(facts.tables)),
            pools=tuple(self.pool(n, pair) for n, pair in enumerate(self.pairs)),
            companies=self.companies(),
            people=tuple(self.one_person(n, one) for n, one in enumerate(facts.delegates)),
            requests=tuple(self.one_request(n, one) for n, one in enumerate(self.requests)),
            mode=pure.Mode.REPAIR if self.is_repair else pure.Mode.PLAN,
            pinned=tuple(self.meeting(one) for one in (*self.fixed, *self.pinned)),
            published=tuple(self.meeting(one) for one in self.published),
            max_moves=most_moves if self.is_repair else None,
        )
        return Posed(made, facts, self.requests, self.pairs, self.as_it_is)

    def slots(self) -> tuple[pure.Slot, ...]:
        """The slots with their days numbered."""
        days = {on: n for n, on in enumerate(sorted({one.on for one in self.facts.slots}))}
        return tuple(
            pure.Slot(
                n, days[one.on], one.block, one.begins, int((one.ends - one.begins).total_seconds() // 60)
            )
            for n, one in enumerate(self.facts.slots)
        )

    def calendars(self) -> tuple[pure.Calendar, ...]:
        """One for each time zone, open all the while.

        When a delegate sleeps, is away or attends a talk is among their busy slots: so the timetable and a
        booking at once ask the very same function.
        """
        slots = self.facts.slots
        windows = ((slots[0].begins, max(one.ends for one in slots)),) if slots else ()
        return tuple(pure.Calendar(n, zone, windows) for n, zone in enumerate(self.zones))

    @cached_property
    def zones(self) -> list[str]:
        """By whose clocks people meet."""
        return sorted({one.time_zone for one in self.facts.delegates})

    def one_table(self, number: int, table: MeetingTable) -> pure.Table:
        """A table; one that has an owner is for its meetings alone."""
        owner = None if table.owner_id is None else self.company.get(table.owner_id)
        closed = {self.slot[key] for key in self.facts.closed[table.pk] if key in self.slot}
        if table.withdrawn_at or (table.owner_id and owner is None):
            closed = set(range(len(self.slot)))
        closed -= {self.slot[key] for key in self.kept["table", table.pk]}
        return pure.Table(number, self.kind[table.kind], owner, frozenset(closed))

    def pool(self, number: int, pair: Pair) -> pure.Pool:
        """How many interpreters of a pair are free in each slot, and as many more as what stays has."""
        there = [self.lent[pair, key] for key in self.slot]
        for one in self.facts.interpreters:
            if self.spoken[one.pk] == pair:
                away = self.facts.interpreters_away[one.pk]
                for key, n in self.slot.items():
                    there[n] += key not in away and (one.pk, key) not in self.at_work
        return pure.Pool(number, pair, tuple(there))

    def companies(self) -> tuple[pure.Company, ...]:
        """The parties with what is kept for them."""
        people: dict[int, list[int]] = defaultdict(list)
        for n, one in enumerate(self.facts.delegates):
            people[one.party_id].append(n)
        spoken = frozenset({ANY_LANGUAGE}.union(*(one.languages for one in self.facts.parties)))
        return tuple(
            pure.Company(n, frozenset(one.languages) or spoken, self.kept_for(one), tuple(people[one.pk]))
            for n, one in enumerate(self.facts.parties)
        )

    def kept_for(self, party: Party) -> int:
        """How many meetings are kept for a party: never more than were agreed to."""
        if party.left_at is not None or self.held is not None:
            return 0
        return min(guarantee_of(party, self.facts.matching), self.agreed[party.pk])

    def one_person(self, number: int, delegate: Delegate) -> pure.Person:
        """A delegate: not available in the past, nor where they are away, but for what stays."""
        own = self.kept["delegate", delegate.pk]
        lost = (self.facts.away[delegate.pk] | self.past) - own
        if delegate.left_at is not None:
            lost = set(self.slot) - own
        matching = self.facts.matching
        most_a_day = delegate.most_a_day or matching.most_a_day
        most_in_a_row = delegate.most_in_a_row or matching.most_in_a_row
        if own:
            # What stays may have been agreed to before somebody asked for less.
            a_day, in_a_row = pace_of(self.facts.slots, own)
            most_a_day, most_in_a_row = max(most_a_day, a_day), max(most_in_a_row, in_a_row)
        return pure.Person(
            id=number,
            company=self.company[delegate.party_id],
            calendar=self.zones.index(delegate.time_zone),
            busy=frozenset(self.slot[key] for key in lost if key in self.slot),
            sessions=(),
            max_per_day=most_a_day,
            max_run=most_in_a_row,
        )

    def one_request(self, number: int, request: Request) -> pure.Request:
        """A request with what its meeting is worth and where it can be held."""
        kinds = {self.kind[kind] for kind in self.facts.kinds_for(request)}
        if request.pk in self.fixed_table:
            kinds.add(self.fixed_table[request.pk])
        return pure.Request(
            id=number,
            a=self.company[request.buyer_id],
            b=self.company[request.exporter_id],
            mutual=request.state == RequestState.ACCEPTED,
            value=value_of(request, self.facts.wishes, self.facts.affinities.get(request.pk, 0.0)),
            table_types=tuple(sorted(kinds)),
        )

    def meeting(self, place: Place) -> pure.Meeting:
        """A place as the problem writes it."""
        pair = self.pair_of(place)
        return pure.Meeting(
            request=self.request[place.request],
            slot=self.slot[place.slot],
            table=self.table[place.table],
            person_a=self.person[place.buyer],
            person_b=self.person[place.exporter],
            pool=None if pair is None else self.pairs.index(pair),
        )


def guarantee_of(party: Party, matching: Matching) -> int:
    """How many meetings are kept for a party: its own number, or that of its side."""
    usual = matching.guarantee_buyer if party.side == Side.BUYER else matching.guarantee_exporter
    return usual if party.guarantee is None else party.guarantee


def value_of(request: Request, wishes: set[tuple[int, int]], affinity: float) -> int:
    """What a meeting is worth: who wants it, how much, whether it is on a list, how well they suit."""
    is_mutual = request.state == RequestState.ACCEPTED
    worth = MUTUAL if is_mutual else ONE_SIDED
    worth += ASKED_MUST * (request.priority == Priority.MUST)
    worth += ANSWERED_MUST * (is_mutual and request.answer_priority == Priority.MUST)
    pairs = ((request.buyer_id, request.exporter_id), (request.exporter_id, request.buyer_id))
    return worth + WISHED * any(pair in wishes for pair in pairs) + int(SUITED * affinity)
