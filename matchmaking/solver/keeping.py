"""Which published meetings a repair keeps, and where: an integer programme over the places that are left.

What people hold stands in its place, or, where that has gone, in any other; few of the rest may move. Those
that stand undisturbed have one column or a few, so the programme is about what is in dispute.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product

import numpy as np

from matchmaking.problem import Meeting, Problem
from matchmaking.solver.flatten import Places
from matchmaking.solver.highs import quiet_highs, seldom
from matchmaking.solver.measuring import existing_published, is_elsewhere, is_forced

Key = tuple[object, ...]
# Among more places the programme takes longer than the search behind it: then not everybody may move in it.
MOST_COLUMNS = 15_000
# A meeting that moves counts for a little less than one that stays, a thousand of them for less than one.
MOVES = 1e-4
# The count is whole: within less than one of the bound nothing is left to find.
NEAR = 0.85
# More branches than a dispute among people's limits ever took; an end that does not depend on the clock.
MOST_NODES = 2_000


class Dispute:
    """The places of what is published, as columns; what they take of people, tables, interpreters, as rows.

    A place is a `Meeting` whose table is the number of its kind and whose pool is one among all resources, or
    None.
    """

    def __init__(self, problem: Problem, places: Places) -> None:
        self.problem, self.places = problem, places
        self.runs = _starts_of_runs(problem)
        self.columns: list[Meeting] = []
        self.costs: list[float] = []
        self.rows: dict[Key, list[int]] = defaultdict(list)
        self.moves = 10**9 if problem.max_moves is None else problem.max_moves
        pins = {pin.request: pin for pin in problem.pinned}
        self.published = [old for old in existing_published(problem) if old.request not in pins]
        self.pins = len(pins)
        for pin in pins.values():
            kind = places.kind_of_table(problem, pin.table)
            pool = None if pin.pool is None else len(places.kinds) + pin.pool
            self._column(Meeting(pin.request, pin.slot, kind, pin.person_a, pin.person_b, pool), 0.0)
        for old in existing_published(problem):
            now = pins.get(old.request)
            if now and is_elsewhere(old, now) and not is_forced(problem, old, places.open):
                self.moves -= 1
        self._gather()

    def _gather(self) -> None:
        for old in self.published:
            for place in self._places(old, [old.slot], [old.person_a], [old.person_b]):
                self._column(place, -1.0)
        disputed = self._disputed()
        homeless = [old for old in self.published if is_forced(self.problem, old, self.places.open)]
        for place in self._elsewhere(homeless):
            self._column(place, MOVES - 1.0)
        if self.moves <= 0:
            return
        free = [old for old in self.published if old not in homeless]
        room = max(0, MOST_COLUMNS - len(self.columns))
        # Whoever moves may also make room for others; first of all for themselves.
        free.sort(key=lambda old: old.request not in disputed)
        first = len(self.columns)
        for place in islice(self._elsewhere(free), room):
            self._column(place, MOVES - 1.0)
        self.rows["moves",] = list(range(first, len(self.columns)))

    def _elsewhere(self, those: Iterable[Meeting]) -> Iterator[Meeting]:
        """Every place that these could move to."""
        everywhere = range(len(self.problem.slots))
        for old in those:
            for place in self._places(old, everywhere, *self.places.sides[old.request]):
                if is_elsewhere(old, place):
                    yield place

    def _places(
        self, old: Meeting, slots: Iterable[int], one: Iterable[int], other: Iterable[int]
    ) -> Iterator[Meeting]:
        opened, rooms = self.places.open, self.places.rooms
        sides, known = self.places.sides[old.request], self.places.pools_of[old.request]
        pools = [None] if known is None else list(known)
        for slot, a, b in product(slots, one, other):
            if a == b or a not in sides[0] or b not in sides[1]:
                continue
            if slot not in opened[a] or slot not in opened[b]:
                continue
            for pool, kind in product(pools, self.places.kinds_of[old.request]):
                if rooms[kind, slot] > 0 and (pool is None or rooms[pool, slot] > 0):
                    yield Meeting(old.request, slot, kind, a, b, pool)

    def _column(self, place: Meeting, cost: float) -> None:
        column = len(self.columns)
        self.columns.append(place)
        self.costs.append(cost)
        for key in self._taken_by(place):
            self.rows[key].append(column)

    def _taken_by(self, place: Meeting) -> Iterator[Key]:
        """Everything of which a place takes one."""
        slot = place.slot
        yield ("request", place.request)
        yield ("resource", place.table, slot)
        if place.pool is not None:
            yield ("resource", place.pool, slot)
        for person in (place.person_a, place.person_b):
            yield ("seat", person, slot)
            yield ("day", person, self.problem.slots[slot].day)
            longest = self.problem.people[person].max_run
            for first in range(max(0, slot - longest), slot + 1):
                if self.runs[first] > longest:
                    yield ("run", person, first)

    def limit(self, key: Key) -> int:
        """How much there is of something."""
        match key:
            case ("resource", int(resource), int(slot)):
                return int(self.places.rooms[resource, slot])
            case ("day", int(person), _):
                return self.problem.people[person].max_per_day
            case ("run", int(person), _):
                return self.problem.people[person].max_run
            case ("moves",):
                return max(0, self.moves)
        return 1

    def _disputed(self) -> set[int]:
        """The requests of what has more meetings at their own place than there is room for."""
        found: set[int] = set()
        for key, columns in self.rows.items():
            # One request may take a thing by several of its columns: of kinds of tables it takes one.
            asked = {self.columns[column].request for column in columns}
            if len(asked) > self.limit(key):
                found |= asked
        return found

    def binding(self) -> dict[Key, list[int]]:
        """The rows that can bind at all."""
        return {key: columns for key, columns in self.rows.items() if len(columns) > self.limit(key)}


def _starts_of_runs(problem: Problem) -> list[int]:
    """For each slot how many slots of its block follow each other from it on, itself included."""
    slots = problem.slots
    found = [1] * len(slots)
    for slot in range(len(slots) - 2, -1, -1):
        if slots[slot].block == slots[slot + 1].block:
            found[slot] = found[slot + 1] + 1
    return found


def most_kept(
    problem: Problem, places: Places, until: float | None = None, stop: Callable[[], bool] | None = None
) -> list[Meeting]:
    """Where as many published meetings as possible are held; the table is its kind, the pool a resource.

    Ended early, by the clock of this process or by ``stop``, it is the best that was found, perhaps nothing.
    """
    dispute = Dispute(problem, places)
    binding, many = dispute.binding(), len(dispute.columns)
    if not dispute.published or not many:
        return []
    lower, upper = np.zeros(many), np.ones(many)
    lower[: dispute.pins] = 1.0
    limits = np.array([dispute.limit(key) for key in binding], np.float64)
    starts = np.cumsum([0, *map(len, binding.values())], dtype=np.int32)
    taken = np.array([column for columns in binding.values() for column in columns], np.int32)
    solver = quiet_highs(
        np.array(dispute.costs),
        (lower, upper),
        (np.full(len(limits), -np.inf), limits),
        (starts, taken),
        whole=True,
        mip_abs_gap=NEAR,
        mip_rel_gap=0.0,
        mip_max_nodes=MOST_NODES,
    )
    if until is not None:
        solver.setOptionValue("time_limit", max(0.0, until - time.monotonic()))
    if stop is not None:
        is_told = seldom(stop)
        solver.cbMipInterrupt.subscribe(lambda event: event.interrupt() if is_told() else None)
    solver.run()
    found = np.array(solver.getSolution().col_value or np.zeros(many))
    return [dispute.columns[column] for column in np.flatnonzero(found > 0.5) if column >= dispute.pins]
