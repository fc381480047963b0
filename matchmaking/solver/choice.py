"""Which meetings to hold, when they are held left open: a linear programme, its choice and what it proves.

Slots are merged into classes, which drops the question of when and keeps that of how many. The optimum of
what is left bounds every timetable; its duals prove the bound whatever the state of the programme that found
them.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matchmaking.problem import Bounds, Problem
from matchmaking.solver.flatten import Places
from matchmaking.solver.highs import Floats, quiet_highs, seldom

Key = tuple[Any, ...]
# Above this many columns the slots are all merged: the bound is looser, and still there in seconds.
MOST_COLUMNS = 60_000


@dataclass(frozen=True)
class Choice:
    """The relaxed choice.

    `held[r]` in 0..1 is how much of request r is held, `hope[r]` what holding it would cost the optimum (at
    most 0), `surplus[r]` what holding it brings beyond the prices of what it takes, `prices` what one more
    unit of each scarce thing would bring, `guarantees` the same for the promises that no timetable keeps:
    shares of the proof; `limits` is how much there is of each thing.
    """

    held: Floats
    hope: Floats
    surplus: Floats
    bounds: Bounds
    prices: dict[Key, float] = field(default_factory=dict)
    guarantees: dict[Key, float] = field(default_factory=dict)
    limits: dict[Key, int] = field(default_factory=dict)


def most_in(slots: Iterable[int], longest: int, problem: Problem) -> int:
    """How many of these sorted slots one person can meet in, with at most so many in a row."""
    count, run, before = 0, 0, None
    for slot in slots:
        follows = before is not None and slot == before + 1
        if follows and problem.slots[slot].block == problem.slots[slot - 1].block:
            run += 1
        else:
            count += run - run // (longest + 1)
            run = 1
        before = slot
    return count + run - run // (longest + 1)


def classes_of(problem: Problem) -> list[tuple[int, ...]]:
    """Slots that the same calendars hold, as far as anybody uses these."""
    everywhere = [problem.slots_inside(calendar) for calendar in problem.calendars]
    used = sorted({person.calendar for person in problem.people})
    found: dict[Key, list[int]] = defaultdict(list)
    for slot in problem.slots:
        found[tuple(slot.id in everywhere[calendar] for calendar in used)].append(slot.id)
    return [tuple(slots) for slots in found.values()]


class Programme:
    """Columns (request, class of slots, pool) and rows (what they use), before they become a matrix."""

    def __init__(self, problem: Problem, places: Places, classes: list[tuple[int, ...]]) -> None:
        self.problem, self.places, self.classes = problem, places, classes
        self.rows: dict[Key, list[int]] = defaultdict(list)
        self.requests: list[int] = []
        self.merged = len(classes) == 1
        self._people_limits: dict[Key, int] = {}
        self._gather()

    def _gather(self) -> None:
        places, problem = self.places, self.problem
        opened = [sum(1 << slot for slot in slots) for slots in places.open]
        masks = [sum(1 << slot for slot in slots) for slots in self.classes]
        room = [
            [any(row[slot] > 0 for slot in slots) for slots in self.classes] for row in places.rooms.tolist()
        ]
        pinned = {pin.request: pin for pin in problem.pinned}
        for request in problem.requests:
            pools, pin = places.pools_of[request.id], pinned.get(request.id)
            if pin and pin.pool is not None:
                pools = (len(places.kinds) + pin.pool,)
            one, other = places.sides[request.id]
            kinds = places.kinds_of[request.id]
            if set(one) & set(other):
                continue
            both = _union(opened, one) & _union(opened, other)
            for index, mask in enumerate(masks):
                if not both & mask or not any(room[kind][index] for kind in kinds):
                    continue
                # What is pinned stays in its slot, with its interpreter, however much others would pay.
                if pin and pin.slot not in self.classes[index]:
                    continue
                for pool in (None,) if pools is None else pools:
                    if pool is None or room[pool][index]:
                        self._column(request.id, index, pool)

    def _column(self, request: int, index: int, pool: int | None) -> None:
        asked, column, rows = self.problem.requests[request], len(self.requests), self.rows
        self.requests.append(request)
        rows["request", request].append(column)
        for company in (asked.a, asked.b):
            rows["promise", company].append(column)
            rows["company", company, index].append(column)
            if not self.merged:
                rows["total", company].append(column)
        for people in (asked.people_a, asked.people_b):
            if people:
                rows["people", people, index].append(column)
        kinds = self.places.kinds_of[request]
        rows["tables", kinds, index].append(column)
        if len(asked.table_types) == 1:
            rows["type", asked.table_types[0], index].append(column)
        if pool is not None:
            rows["pool", pool - len(self.places.kinds), index].append(column)

    def limit(self, key: Key) -> int:
        """The right-hand side of a row: how many meetings it can hold."""
        match key:
            case ("request", _):
                return 1
            case ("company", company, index):
                return self._most(self.problem.companies[company].people, self.classes[index])
            case ("total", company):
                everything = tuple(range(len(self.problem.slots)))
                return self._most(self.problem.companies[company].people, everything)
            case ("people", people, index):
                return self._most(tuple(dict.fromkeys(people)), self.classes[index])
            case ("tables", kinds, index):
                return int(self.places.rooms[list(kinds)][:, list(self.classes[index])].sum())
            case ("type", kind, index):
                kinds = [place for place, (type_, _) in enumerate(self.places.kinds) if type_ == kind]
                return int(self.places.rooms[kinds][:, list(self.classes[index])].sum())
            case ("pool", pool, index):
                row = self.places.rooms[len(self.places.kinds) + pool]
                return int(row[list(self.classes[index])].sum())
        raise KeyError(key)

    def _most(self, people: tuple[int, ...], slots: tuple[int, ...]) -> int:
        return sum(self._most_of_one(person, slots) for person in people)

    def _most_of_one(self, person: int, slots: tuple[int, ...]) -> int:
        key = person, slots
        if key not in self._people_limits:
            who = self.problem.people[person]
            days: dict[int, list[int]] = defaultdict(list)
            for slot in slots:
                if slot in self.places.open[person]:
                    days[self.problem.slots[slot].day].append(slot)
            self._people_limits[key] = sum(
                min(who.max_per_day, most_in(each, who.max_run, self.problem)) for each in days.values()
            )
        return self._people_limits[key]

    def binding_rows(self) -> dict[Key, tuple[list[int], int]]:
        """The rows that can bind at all, with their limits."""
        found = {}
        for key, columns in self.rows.items():
            if key[0] == "promise" or (key[0] == "request" and len(columns) == 1):
                continue
            limit = self.limit(key)
            if len(columns) > limit:
                found[key] = columns, limit
        return found


def _union(masks: list[int], people: tuple[int, ...]) -> int:
    mask = 0
    for person in people:
        mask |= masks[person]
    return mask


class Highs:
    """The programme in HiGHS: minimise costs over 0 <= x <= upper, each row at most or at least a number."""

    def __init__(
        self, programme: Programme, until: float | None = None, stop: Callable[[], bool] | None = None
    ) -> None:
        """``until`` is when the clock of this process ends every run, with what was proved by then.

        ``stop`` is asked now and then, and ends them sooner.
        """
        self.programme, self.until = programme, until
        self.is_told = stop and seldom(stop)
        problem = programme.problem
        binding = programme.binding_rows()
        self.promises = [
            company.id
            for company in problem.companies
            if company.min_meetings > 0 and programme.rows.get(("promise", company.id))
        ]
        self.columns = len(programme.requests)
        self.total = self.columns + len(self.promises)
        self.keys: list[Key] = [
            *binding,
            *(("promise", company) for company in self.promises),
            ("shortfall",),
        ]
        indices: list[int] = []
        lengths: list[int] = []
        for columns, _ in binding.values():
            indices += columns
            lengths.append(len(columns))
        for place, company in enumerate(self.promises):
            columns = programme.rows["promise", company]
            indices += [*columns, self.columns + place]
            lengths.append(len(columns) + 1)
        indices += range(self.columns, self.total)
        lengths.append(len(self.promises))
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        self.indices = np.array(indices, np.int32)
        # The row of each entry: all entries are one.
        self.entries = np.repeat(np.arange(len(lengths)), lengths)
        promised = [float(problem.companies[company].min_meetings) for company in self.promises]
        low = [-np.inf] * len(binding), promised, [-np.inf]
        self.low = np.concatenate([np.array(part) for part in low])
        limits = [float(limit) for _, limit in binding.values()]
        self.high = np.concatenate([limits, np.full(len(self.promises) + 1, np.inf)])
        self.lower, self.upper = np.zeros(self.total), np.ones(self.total)
        self.upper[self.columns :] = promised
        self._pin()
        self.solver = self._load()

    def _pin(self) -> None:
        """Pinned requests are held, in the one column that is left of each."""
        for meeting in self.programme.problem.pinned:
            self.lower[self.programme.rows.get(("request", meeting.request), [])] = 1.0

    def _load(self) -> Any:
        solver = quiet_highs(
            np.zeros(self.total),
            (self.lower, self.upper),
            (self.low, self.high),
            (self.starts, self.indices),
            solver="simplex",
        )
        if self.is_told is not None:
            solver.cbSimplexInterrupt.subscribe(self._end_when_told)
        return solver

    def _end_when_told(self, event: Any) -> None:
        """End this run, and those to come before their first step, once whoever waits says so."""
        if self.is_told is not None and self.is_told():
            self.until = time.monotonic()
            event.interrupt()

    def minimise(self, costs: Floats) -> tuple[Floats, Floats, float]:
        """The columns, the row duals and a proved lower bound of the cost."""
        self.solver.changeColsCost(self.total, np.arange(self.total, dtype=np.int32), costs)
        if self.until is not None:
            # Its own clock runs on from one run to the next.
            left = max(0.0, self.until - time.monotonic())
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + left)
        self.solver.run()
        solution = self.solver.getSolution()
        # Ended before its first step it knows of nothing: no price is a proof too, if a weak one.
        duals = np.array(solution.row_dual or np.zeros(len(self.keys)))
        columns = np.array(solution.col_value or np.zeros(self.total))
        duals = np.where(np.isinf(self.high), np.maximum(duals, 0), duals)
        duals = np.where(np.isinf(self.low), np.minimum(duals, 0), duals)
        reduced = costs - self.weighed(duals)
        sides = np.where(duals > 0, self.low, self.high)
        proved = float(np.where(duals != 0, duals * np.where(np.isinf(sides), 0, sides), 0).sum())
        proved += float(np.where(reduced > 0, reduced * self.lower, reduced * self.upper).sum())
        return columns, duals, proved

    def weighed(self, duals: Floats) -> Floats:
        """For each column the sum of the duals of its rows."""
        return np.bincount(self.indices, duals[self.entries], self.total).astype(np.float64)

    def named(self, of_rows: Floats) -> list[tuple[Key, float]]:
        """What each row has of something, by its key."""
        return list(zip(self.keys, of_rows.tolist(), strict=True))

    def limit_shortfall(self, most: int) -> None:
        """From now on the promises of the programme fall short by at most so much in all."""
        self.high[-1] = float(most)
        self.solver.changeRowBounds(len(self.keys) - 1, -math.inf, float(most))


def relaxed_choice(
    problem: Problem,
    places: Places,
    classes: list[tuple[int, ...]] | None = None,
    *,
    until: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> Choice:
    """The choice of meetings that is worth most among those that keep most promises, and both bounds.

    Ended by the clock, or by ``stop``, it is what was found by then, and its bounds are less near.
    """
    if classes is None:
        classes = classes_of(problem)
        if len(classes) * len(problem.requests) > MOST_COLUMNS:
            classes = [tuple(range(len(problem.slots)))]
    programme = Programme(problem, places, classes)
    hopeless = sum(
        company.min_meetings
        for company in problem.companies
        if not programme.rows.get(("promise", company.id))
    )
    many = len(problem.requests)
    if not programme.requests:
        return Choice(
            np.zeros(many), np.full(many, -1e6), np.zeros(many), Bounds(0, 0, hopeless, "none fits")
        )
    highs = Highs(programme, until, stop)
    values = np.array([-float(problem.requests[each].value) for each in programme.requests])
    worth = np.concatenate([values, np.zeros(len(highs.promises))])
    lacks = np.concatenate([np.zeros(highs.columns), np.ones(len(highs.promises))])
    _, guarantees, least = highs.minimise(lacks)
    short = max(0, math.ceil(least - 1e-3))
    _, _, proved = highs.minimise(worth)
    most = math.floor(-proved * (1 + 1e-7) + 1e-6)
    highs.limit_shortfall(short)
    columns, duals, proved = highs.minimise(worth)
    most_kept = math.floor(-proved * (1 + 1e-7) + 1e-6)
    reduced = (worth - highs.weighed(duals))[: highs.columns]
    held, hope = np.zeros(many), np.full(many, -1e6)
    np.add.at(held, programme.requests, columns[: highs.columns])
    surplus = np.full(many, -1e6)
    np.maximum.at(surplus, programme.requests, -reduced)
    np.maximum.at(hope, programme.requests, -np.maximum(reduced, 0))
    method = "linear programme, " + ("all slots merged" if programme.merged else "slots of a kind merged")
    return Choice(
        held=held,
        hope=hope,
        surplus=surplus,
        bounds=Bounds(most, most_kept, hopeless + short, method),
        prices={key: -dual for key, dual in zip(highs.keys, duals, strict=True) if dual < -1e-9},
        guarantees={key: dual for key, dual in zip(highs.keys, guarantees, strict=True) if abs(dual) > 1e-9},
        limits={
            key: int(high) for key, high in zip(highs.keys, highs.high, strict=True) if np.isfinite(high)
        },
    )
