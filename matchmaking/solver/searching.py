"""From a problem to a timetable: choose, hold, mend, close gaps, seat; the best so far at any moment."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matchmaking.problem import Bounds, Figures, Meeting, Mode, Problem, Status, Timetable
from matchmaking.solver import annealing, board as moves, layout as at
from matchmaking.solver.choice import Choice, relaxed_choice
from matchmaking.solver.flatten import Ints, Places, board_of, held_meetings, places_of
from matchmaking.solver.measuring import existing_published, figures_of, is_forced
from matchmaking.solver.pins import contradiction
from matchmaking.solver.seats import with_tables

# Points for one unit of value: room below it for idle slots, which must never outweigh a unit.
POINTS = 100
FINE_POINTS = 10_000


@dataclass(frozen=True)
class Budget:
    """How long to search, in tries; the same budget and seed give the same timetable."""

    value_tries: int
    idle_tries: int

    def scaled(self, factor: float) -> "Budget":
        """A budget so many times as large."""
        return Budget(int(self.value_tries * factor), int(self.idle_tries * factor))


def budget_for(problem: Problem) -> Budget:
    """What is usual for a problem of this size."""
    many = len(problem.requests)
    if problem.mode is Mode.REPAIR:
        return Budget(4_000 + many, 4_000 + many)
    return Budget(60_000 + 4 * many, 100_000 + 30 * many)


@dataclass(frozen=True)
class Progress:
    """Where a search stands: shares done in 0..1, seconds since it began, and the best so far."""

    phase: str
    done: float
    seconds: float
    meetings: int
    value: int
    shortfall: int
    idle: int
    bounds: Bounds


class Search:
    """One search on one board."""

    def __init__(
        self,
        problem: Problem,
        *,
        seed: int = 0,
        seconds: float | None = None,
        report: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self.problem, self.seed = problem, seed
        self.began = time.monotonic()
        self.seconds, self.report, self.stop = seconds, report, stop
        self.stopped = False
        self.places: Places = places_of(problem)
        self.conflict = contradiction(problem, self.places)
        self.board: Ints = np.zeros(at.HEADER, np.int64)
        self.choice: Choice | None = None

    def run(self, budget: Budget) -> Timetable:
        """The timetable."""
        if self.conflict:
            return Timetable(self.problem.name, Status.INFEASIBLE, conflict=self.conflict)
        self.board = board_of(self.problem, self.places, self.seed)
        self.choice = relaxed_choice(self.problem, self.places)
        self._weigh(POINTS, POINTS)
        self._hold_pinned()
        self._hold_published()
        self._fill()
        self._told("hold", 0.0)
        self._stretches("value", budget.value_tries, (3.0 * POINTS, 1.0 * POINTS), chains=50, gaps=30, steps=8)
        self._weigh(FINE_POINTS, 100)
        self._stretches("idle", budget.idle_tries, (100.0, 8.0), chains=5, gaps=60, steps=6)
        return self._timetable()

    # --- Steps.
    def _rows(self) -> Ints:
        first, many = int(self.board[at.REQUEST]), len(self.problem.requests)
        return self.board[first : first + many * at.REQUEST_ROW].reshape(many, at.REQUEST_ROW)

    def _weigh(self, per_value: int, per_idle: int) -> None:
        """Set the prices; a promise outweighs any chain's values, a published meeting any promise."""
        assert self.choice is not None
        dearest = max((request.value for request in self.problem.requests), default=1)
        board = self.board
        board[at.PER_VALUE], board[at.PER_IDLE] = per_value, per_idle
        board[at.PER_SHORTFALL] = 300 * dearest * per_value
        board[at.PER_DROP] = 300 * board[at.PER_SHORTFALL]
        board[at.PER_MOVE] = 30 * per_value
        hope = np.maximum(self.choice.hope, -1e6) * per_value
        self._rows()[:, at.R_HOPE] = np.where(self.choice.held > 0.5, 1, hope)

    def _hold(self, meeting: Meeting, kind: int) -> None:
        pool = -1 if meeting.pool is None else len(self.places.kinds) + meeting.pool
        slot, one, other = meeting.slot, meeting.person_a, meeting.person_b
        moves.hold(self.board, meeting.request, slot, one, other, kind, pool)
        self.board[at.LOGGED] = 0

    def _hold_pinned(self) -> None:
        rows = self._rows()
        for pin in dict.fromkeys(self.problem.pinned):
            self._hold(pin, self.places.kind_of_table(self.problem, pin.table))
            rows[pin.request, at.R_LOCKED] = 1

    def _hold_published(self) -> None:
        """Everybody keeps what it holds, as far as its place still exists."""
        if self.problem.mode is Mode.PLAN:
            return
        rows, opened = self._rows(), self.places.open
        published = existing_published(self.problem)
        self.board[at.DROPPED] = sum(rows[old.request, at.R_SLOT] < 0 for old in published)
        for old in published:
            row = rows[old.request]
            row[at.R_FORCED] = is_forced(self.problem, old, opened)
            row[at.R_PUBLISHED], row[at.R_PUBLISHED_A] = old.slot, old.person_a
            row[at.R_PUBLISHED_B] = old.person_b
        for old in published:
            if rows[old.request, at.R_SLOT] < 0:
                self._keep(old)

    def _keep(self, old: Meeting) -> None:
        one, other = self.places.sides[old.request]
        pools = self.places.pools_of[old.request]
        pool = -1 if old.pool is None else len(self.places.kinds) + old.pool
        if old.person_a not in one or old.person_b not in other:
            return
        if (pool >= 0) != (pools is not None) or (pools is not None and pool not in pools):
            return
        kinds = list(self.places.kinds_of[old.request])
        if 0 <= old.table < len(self.problem.tables):
            # Its own kind of table first.
            mine = self.places.kind_of_table(self.problem, old.table)
            kinds.sort(key=lambda kind: kind != mine)
        for kind in kinds:
            if annealing.fits(self.board, 0, old.slot, old.person_a, old.person_b, kind, pool):
                self._hold(old, kind)
                return

    def _fill(self) -> None:
        """Hold what the relaxed choice holds, the dearest first, then whatever else still fits."""
        assert self.choice is not None
        values = np.array([request.value for request in self.problem.requests], np.int64)
        chosen = self.choice.held > 0.5
        for those, tries in ((chosen, 4), (~chosen, 0)):
            order = np.flatnonzero(those)
            order = order[np.argsort(-values[order], kind="stable")].astype(np.int64)
            annealing.fill(self.board, order, tries, 8)

    def _stretches(
        self, phase: str, tries: int, heat: tuple[float, float], *, chains: int, gaps: int, steps: int
    ) -> None:
        """Spend a budget, looking at the clock between stretches; the board is left in its best state."""
        parts = max(10, min(200, tries // 2_000))
        best, least = self.board.copy(), moves.energy(self.board)
        hopeless = 5 * int(self.board[at.PER_VALUE])
        for part in range(parts):
            if self._should_stop():
                break
            hot, cold = (heat[0] * (heat[1] / heat[0]) ** (each / parts) for each in (part, part + 1))
            annealing.stretch(self.board, tries // parts, hot, cold, chains, gaps, steps, hopeless)
            now = moves.energy(self.board)
            if now < least:
                best, least = self.board.copy(), now
            self._told(phase, (part + 1) / parts)
        self.board = best

    def _should_stop(self) -> bool:
        late = self.seconds is not None and time.monotonic() - self.began > self.seconds
        self.stopped = self.stopped or late or (self.stop is not None and self.stop())
        return self.stopped

    def _told(self, phase: str, done: float) -> None:
        if self.report is None or self.choice is None:
            return
        board = self.board
        self.report(
            Progress(
                phase=phase,
                done=done,
                seconds=time.monotonic() - self.began,
                meetings=int(board[at.REQUESTS] - board[at.WAITERS]),
                value=int(board[at.VALUE]),
                shortfall=int(board[at.SHORTFALL]),
                idle=int(board[at.IDLE]),
                bounds=self.choice.bounds,
            )
        )

    def _timetable(self) -> Timetable:
        assert self.choice is not None
        meetings = with_tables(self.problem, self.places, held_meetings(self.board, self.places))
        figures: Figures = figures_of(self.problem, meetings, self.places.open)
        return Timetable(
            instance=self.problem.name,
            meetings=meetings,
            figures=figures,
            bounds=self.choice.bounds,
            stopped_early=self.stopped,
        )


def solve(problem: Problem, *, budget: Budget | None = None, **asked: Any) -> Timetable:
    """The timetable of a problem.

    `seed` chooses among equals; `seconds` ends the search early and says so in the answer; `report` is called
    with a `Progress` between stretches; `stop` is asked whether to end with the best so far.
    """
    return Search(problem, **asked).run(budget or budget_for(problem))
