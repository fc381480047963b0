"""Why a request is not held, why a promise is not kept, what would help: codes and numbers, no sentences."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from matchmaking.problem import Meeting, Problem, Timetable
from matchmaking.solver.choice import Choice, Key, Programme, classes_of, most_in, relaxed_choice
from matchmaking.solver.flatten import Places, places_of


class Why(StrEnum):
    """Why a request is not held; the first that is true of every slot both could meet in."""

    NOBODY = "nobody"  # nobody may sit on one of its sides
    NO_COMMON_SLOT = "no_common_slot"
    NO_INTERPRETER = "no_interpreter"  # no pool connects them, or it is empty whenever both can
    NO_TABLE = "no_table"  # no table of its kind is open whenever both can
    PERSON_FULL = "person_full"  # whoever may sit there is busy or has met enough
    TABLES_FULL = "tables_full"
    INTERPRETERS_FULL = "interpreters_full"
    OUTRANKED = "outranked"  # one thing in one slot, another in the next: others stand there
    ROOM_LEFT = "room_left"  # it could be held as it is: the search ended early


@dataclass(frozen=True)
class Unheld:
    """A request that is not held: why, which company or resource is in the way, and who was given its places.

    `by` holds requests that stand where it could have stood, the least worth first.
    """

    request: int
    why: Why
    company: int | None = None
    pools: tuple[int, ...] = ()
    by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proof:
    """Why a company's promise cannot be kept.

    Alone, no timetable gives it more than `most` meetings, its `requests` that can be held at all and the
    `seats` of its people considered. Where that would do, it shares scarce things with others: `shares` name
    each with its limit and weight, and add up to the least shortfall of all, `together`.
    """

    company: int
    promised: int
    held: int
    most: int
    requests: int
    seats: int
    together: int = 0
    shares: tuple[tuple[Key, int, float], ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether the proof needs no other company."""
        return self.most <= self.held


@dataclass(frozen=True)
class Help:
    """More units of something on a day, and by how much that raises the bound: at most so many meetings."""

    kind: str
    id: int
    day: int
    units: int
    value: int
    meetings: int


class Hall:
    """What stands where in a timetable, to ask why something else does not."""

    def __init__(self, problem: Problem, places: Places, timetable: Timetable) -> None:
        self.problem, self.places = problem, places
        self.seats: dict[tuple[int, int], Meeting] = {}
        self.used: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
        self.days: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
        for meeting in timetable.meetings:
            kind = places.kind_of_table(problem, meeting.table)
            self.used[kind, meeting.slot].append(meeting)
            if meeting.pool is not None:
                self.used[len(places.kinds) + meeting.pool, meeting.slot].append(meeting)
            for person in (meeting.person_a, meeting.person_b):
                self.seats[person, meeting.slot] = meeting
                self.days[person, problem.slots[meeting.slot].day].append(meeting)

    def is_free(self, person: int, slot: int) -> bool:
        """Whether a person could take one more meeting in a slot."""
        limits, day = self.problem.people[person], self.problem.slots[slot].day
        if slot not in self.places.open[person] or (person, slot) in self.seats:
            return False
        if len(self.days[person, day]) >= limits.max_per_day:
            return False
        return self._run(person, slot, 1) + self._run(person, slot, -1) + 1 <= limits.max_run

    def _run(self, person: int, slot: int, step: int) -> int:
        length, here = 0, slot + step
        while (person, here) in self.seats and self.problem.slots[here].block == self.problem.slots[
            slot
        ].block:
            length, here = length + 1, here + step
        return length

    def has_room(self, resource: int, slot: int) -> bool:
        """Whether a unit of a resource is left in a slot."""
        return len(self.used[resource, slot]) < int(self.places.rooms[resource, slot])

    def in_the_way(self, people: tuple[int, ...], slot: int) -> list[Meeting]:
        """The meetings that keep people from one more in a slot: there, else on the same day."""
        found = [self.seats[person, slot] for person in people if (person, slot) in self.seats]
        if found:
            return found
        day = self.problem.slots[slot].day
        return [meeting for person in people for meeting in self.days[person, day]]


def unheld_requests(problem: Problem, timetable: Timetable, places: Places | None = None) -> list[Unheld]:
    """Each request that is not held, and why."""
    places = places or places_of(problem)
    hall = Hall(problem, places, timetable)
    held = {meeting.request for meeting in timetable.meetings}
    return [_why_not(hall, request.id) for request in problem.requests if request.id not in held]


def _why_not(hall: Hall, request: int) -> Unheld:
    places = hall.places
    one, other = places.sides[request]
    if not one or not other or set(one) & set(other):
        return Unheld(request, Why.NOBODY)
    common = set(_opened(places, one) & _opened(places, other))
    if not common:
        return Unheld(request, Why.NO_COMMON_SLOT)
    pools = places.pools_of[request]
    if pools is not None:
        named = tuple(pool - len(places.kinds) for pool in pools)
        common = {slot for slot in common if any(places.rooms[pool, slot] > 0 for pool in pools)}
        if not common:
            return Unheld(request, Why.NO_INTERPRETER, pools=named)
    common = {
        slot for slot in common if any(places.rooms[kind, slot] > 0 for kind in places.kinds_of[request])
    }
    if not common:
        return Unheld(request, Why.NO_TABLE)
    return _who_stands_there(hall, request, sorted(common))


def _opened(places: Places, people: tuple[int, ...]) -> frozenset[int]:
    return frozenset().union(*(places.open[person] for person in people))


def _who_stands_there(hall: Hall, request: int, slots: list[int]) -> Unheld:
    """What is in the way in each slot; the reason where it is the same in all of them."""
    asked, places = hall.problem.requests[request], hall.places
    pools = places.pools_of[request]
    reasons: set[tuple[Why, int | None]] | None = None
    ranked: set[int] = set()
    for slot in slots:
        here: set[tuple[Why, int | None]] = set()
        for company, people in zip((asked.a, asked.b), places.sides[request], strict=True):
            if not any(hall.is_free(person, slot) for person in people):
                here.add((Why.PERSON_FULL, company))
                ranked.update(meeting.request for meeting in hall.in_the_way(people, slot))
        for why, resources in ((Why.TABLES_FULL, places.kinds_of[request]), (Why.INTERPRETERS_FULL, pools)):
            if resources is not None and not any(hall.has_room(resource, slot) for resource in resources):
                here.add((why, None))
                ranked.update(m.request for resource in resources for m in hall.used[resource, slot])
        reasons = here if reasons is None else reasons & here
        if not here:
            return Unheld(request, Why.ROOM_LEFT)
    requests = hall.problem.requests
    by = tuple(sorted(ranked, key=lambda each: (requests[each].value, each))[:3])
    named = tuple(pool - len(places.kinds) for pool in pools or ())
    if not reasons:
        return Unheld(request, Why.OUTRANKED, by=by)
    order = list(Why)
    why, who = min(reasons, key=lambda reason: (order.index(reason[0]), reason[1] or 0))
    return Unheld(request, why, who, named if why is Why.INTERPRETERS_FULL else (), by)


def broken_promises(problem: Problem, timetable: Timetable, choice: Choice | None = None) -> list[Proof]:
    """For each company that holds less than it was promised, why that cannot be helped."""
    places = places_of(problem)
    choice = choice or relaxed_choice(problem, places)
    programme = Programme(problem, places, classes_of(problem))
    holdable = set(programme.requests)
    held: Counter[int] = Counter()
    asked: Counter[int] = Counter()
    for meeting in timetable.meetings:
        held.update((problem.requests[meeting.request].a, problem.requests[meeting.request].b))
    for request in holdable:
        asked.update((problem.requests[request].a, problem.requests[request].b))
    shares = tuple((key, choice.limits.get(key, 0), weight) for key, weight in choice.guarantees.items())
    found = []
    for company in problem.companies:
        if held[company.id] >= company.min_meetings:
            continue
        seats = _seats(problem, places, company.people)
        proof = Proof(
            company=company.id,
            promised=company.min_meetings,
            held=held[company.id],
            most=min(asked[company.id], seats),
            requests=asked[company.id],
            seats=seats,
        )
        found.append(
            proof if proof.is_alone else replace(proof, together=choice.bounds.shortfall, shares=shares)
        )
    return found


def _seats(problem: Problem, places: Places, people: tuple[int, ...]) -> int:
    """How many meetings the people of a company can hold at most, day by day."""
    total = 0
    for person in people:
        days: dict[int, list[int]] = defaultdict(list)
        for slot in sorted(places.open[person]):
            days[problem.slots[slot].day].append(slot)
        limits = problem.people[person]
        for slots in days.values():
            total += min(limits.max_per_day, most_in(slots, limits.max_run, problem))
    return total


def what_would_help(
    problem: Problem, choice: Choice, unheld: Iterable[Unheld] = (), *, most: int = 5
) -> list[Help]:
    """Interpreters and tables of which more would raise the bound, day by day, the most helpful first.

    Only the `most` dearest are tried, each by solving the relaxed choice again: those first that `unheld`
    requests lack altogether, which have no price where nothing of them is sold. On the day on which one more
    helps most two are tried as well, and told where they make room for more meetings than the one.
    """
    places = places_of(problem)
    kinds = places.kinds
    prices: dict[tuple[str, int], float] = defaultdict(float, _lacking(problem, kinds, unheld))
    for key, price in choice.prices.items():
        if key[0] in ("pool", "type"):
            prices[key[0], key[1]] += price
        elif key[0] == "tables":
            for type_ in {kinds[kind][0] for kind in key[1]}:
                prices["type", type_] += price
    dearest = sorted(prices, key=lambda key: (-prices[key], key))[:most]
    # The bound merges the slots of a kind: it would credit a day that is over like any other.
    days = sorted({problem.slots[slot].day for slots in places.open for slot in slots})
    found: list[Help] = []
    for kind, each in dearest:
        ones = [_help(problem, choice, kind, each, day, 1) for day in days]
        best = min(ones, key=_order, default=None)
        if best and best.value > 0:
            two = _help(problem, choice, kind, each, best.day, 2)
            found += [one for one in ones if one.value > 0] + [two] * (two.meetings > best.meetings)
    return sorted(found, key=_order)


def _order(help_: Help) -> tuple[int, str, int, int]:
    """The most helpful first."""
    return -help_.value, help_.kind, help_.id, help_.day


def _help(problem: Problem, choice: Choice, kind: str, each: int, day: int, units: int) -> Help:
    """By how much so many more of one thing on one day raise the bound."""
    more = relaxed_choice(*_with_more(problem, kind, each, day, units))
    value = more.bounds.value_at_least_shortfall - choice.bounds.value_at_least_shortfall
    return Help(kind, each, day, units, value, round(more.held.sum() - choice.held.sum()))


def _lacking(
    problem: Problem, kinds: list[tuple[int, int | None]], unheld: Iterable[Unheld]
) -> dict[tuple[str, int], float]:
    """What requests have nothing of when both could meet, by what these are worth."""
    there = {type_ for type_, _owner in kinds}
    lacking: dict[tuple[str, int], float] = defaultdict(float)
    for one in unheld:
        asked = problem.requests[one.request]
        if one.why is Why.NO_INTERPRETER:
            needed = [("pool", pool) for pool in one.pools]
        elif one.why is Why.NO_TABLE:
            needed = [("type", type_) for type_ in asked.table_types if type_ in there]
        else:
            continue
        for key in needed:
            lacking[key] += asked.value
    return lacking


def _with_more(problem: Problem, kind: str, each: int, day: int, units: int) -> tuple[Problem, Places]:
    """The problem with more of one thing on one day, and its places."""
    places = places_of(problem)
    rooms = places.rooms.copy()
    slots = [slot.id for slot in problem.slots if slot.day == day]
    if kind == "pool":
        rooms[len(places.kinds) + each, slots] += units
    else:
        index = next(i for i, (type_, _) in enumerate(places.kinds) if type_ == each)
        shared = (each, None)
        rooms[places.kinds.index(shared) if shared in places.kinds else index, slots] += units
    return problem, replace(places, rooms=rooms)
