"""From a problem to a timetable: choose, hold, mend, close gaps, seat; the best so far at any moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from threading import get_ident
from typing import Any

import numpy as np

from matchmaking.problem import Bounds, Mode, Problem, Status, Timetable
from matchmaking.solver import annealing
from matchmaking.solver import board as moves
from matchmaking.solver import layout as at
from matchmaking.solver.choice import Choice, relaxed_choice
from matchmaking.solver.flatten import Ints, Places, held_meetings, in_reach, out_of_reach, places_of
from matchmaking.solver.measuring import figures_of
from matchmaking.solver.pins import contradiction
from matchmaking.solver.seats import with_tables
from matchmaking.solver.starting import charge, fill, rows_of, started_board, weigh

# Up to this many requests two searches run beside each other and the better one is kept.
TWICE_UP_TO = 4_500
# Above this many a second, longer search for value takes too long.
NEARER_UP_TO = 8_000
# A repair that is simple stays quick; one that lacks something is given so many times the tries.
MORE_WHERE_LACKING = 15
# So many pairs of people are looked at, at most, before the clock is: a second or two.
LOOKS_AT_ONCE = 4_500_000
# While it waits for the search beside it, a search looks so often whether both are to stop.
LOOKS_EVERY = 0.5


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
    # Beyond a few thousand requests the relaxed choice leaves less to mend for each of them.
    value_tries = min(60_000 + 120 * many, 1_350_000 + 13 * many)
    return Budget(value_tries, 250_000 + 60 * many)


@dataclass(frozen=True)
class Phase:
    """One part of a search: prices of a unit of value and of an idle slot in points, temperatures in points.

    `chains` of 100 tries bring in a waiting request by at most `steps`; of the others `gaps` in 100 aim at an
    idle slot of somebody.
    """

    name: str
    per_value: int
    per_idle: int
    hot: float
    cold: float
    chains: int
    gaps: int
    steps: int


# An idle slot is worth a tenth of a unit of value while values are sorted out, and less than any afterwards.
VALUES = Phase("value", per_value=100, per_idle=10, hot=300.0, cold=30.0, chains=8, gaps=30, steps=8)
GAPS = Phase("idle", per_value=10_000, per_idle=100, hot=200.0, cold=15.0, chains=5, gaps=75, steps=6)
# A board that misses more than this share of the bound is searched again, and longer.
NEARER, MISSED = replace(VALUES), 0.0008
# So is one of more idle slots a seat than the first; beyond the second it is people's limits that leave them.
CLOSER, GAPS_LEFT = replace(GAPS, hot=150.0), (0.112, 0.2)


@dataclass(frozen=True)
class Progress:
    """Where a search stands: the share of the phase done, seconds since it began, and what it holds."""

    phase: str
    done: float
    seconds: float
    meetings: int
    value: int
    shortfall: int
    idle: int
    bounds: Bounds


class Search:
    """A search for one problem; what it is asked with is said at `solve`."""

    def __init__(
        self,
        problem: Problem,
        *,
        seed: int = 0,
        seconds: float | None = None,
        report: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self.asked, self.seed = problem, seed
        self.dearest = max((request.value for request in problem.requests), default=0)
        self.problem = in_reach(problem, self.dearest)
        self.began = time.monotonic()
        self.seconds, self.report, self.stop = seconds, report, stop
        self.stopped, self.home = False, get_ident()
        self.places: Places = places_of(problem)
        # The pairs of people that one try may look at.
        self.pairs = max((len(one) * len(other) for one, other in self.places.sides), default=1)

    def run(self, budget: Budget) -> Timetable:
        """The timetable."""
        conflict = contradiction(self.problem, self.places)
        if conflict:
            return Timetable(self.problem.name, Status.INFEASIBLE, conflict=conflict)
        # Half of the time at most: what is chosen is to be held yet.
        until = None if self.seconds is None else (self.began + self.seconds + time.monotonic()) / 2
        self.choice: Choice = relaxed_choice(self.problem, self.places, until=until, stop=self._is_told)
        of_values = (self.choice.bounds.value, self.choice.bounds.value_at_least_shortfall)
        value, at_least = (out_of_reach(bound, self.dearest) for bound in of_values)
        self.bounds = replace(self.choice.bounds, value=value, value_at_least_shortfall=at_least)
        # Of two boards one is searched in a thread that asks nobody: what was said by now is known to both.
        self._should_stop()
        twice = self.problem.mode is Mode.PLAN and len(self.problem.requests) <= TWICE_UP_TO
        board = self._best_of(lambda each: self._board(each, budget), 2 if twice else 1)
        if self._is_worth_closing(board):
            found = board
            board = self._best_of(lambda each: self._closer(found, each, budget), 2)
        held = held_meetings(board, self.places)
        meetings = with_tables(self.problem, self.places, held, self._should_stop)
        return Timetable(
            instance=self.problem.name,
            meetings=meetings,
            figures=figures_of(self.asked, meetings, self.places.open),
            bounds=self.bounds,
            stopped_early=self.stopped,
        )

    def _best_of(self, searched: Callable[[int], Ints], many: int) -> Ints:
        """The best of boards that are searched beside each other, the first of them in this thread."""
        # Compiled code leaves Python's lock, so both run at once.
        with ThreadPoolExecutor(2) as pool:
            others = [pool.submit(searched, each) for each in range(1, many)]
            boards = [searched(0)]
            while wait(others, timeout=LOOKS_EVERY).not_done:
                self._should_stop()
            return min([*boards, *(one.result() for one in others)], key=_worth)

    def _board(self, which: int, budget: Budget) -> Ints:
        """One searched board; the first of several tells how far it is."""
        prices = VALUES.per_value, VALUES.per_idle
        seed = 2 * self.seed + which
        # Of two searches one begins afresh: it may be more worth than what people hold.
        board = started_board(
            self.problem, self.places, self.choice, seed, prices, self._should_stop, keeps=which == 0
        )
        if which == 0:
            self._tell(board, "hold", 1.0)
        if self.problem.mode is Mode.REPAIR and self._lacks(board):
            budget = budget.scaled(MORE_WHERE_LACKING)
        phases = [(VALUES, budget.value_tries), (GAPS, budget.idle_tries)]
        if self.problem.mode is Mode.PLAN:
            phases.insert(1, (NEARER, 5 * budget.value_tries // 2))
        for phase, tries in phases:
            if phase is NEARER and not self._is_far(board):
                continue
            weigh(board, self.problem, self.choice, phase.per_value, phase.per_idle)
            # Once values stand, any interpreter who closes a gap is welcome.
            charge(board, self.problem, self.choice, 0 if phase is GAPS else phase.per_value)
            board = self._searched(board, phase, tries, tells=which == 0)
        # Whatever still has room as the board stands.
        waiting = np.flatnonzero(rows_of(board)[:, at.R_SLOT] < 0)
        fill(board, self.places, waiting, 0, 1, self._should_stop)
        return board

    def _is_far(self, board: Ints) -> bool:
        """Whether so much of the bound is missed that a longer search is worth its time."""
        bound = self.choice.bounds.value_at_least_shortfall
        return len(self.problem.requests) <= NEARER_UP_TO and board[at.VALUE] < (1 - MISSED) * bound

    def _is_worth_closing(self, board: Ints) -> bool:
        """Whether more gaps are left than a longer search leaves, and no more than people's limits make."""
        few, many = (share * 2 * _held(board) for share in GAPS_LEFT)
        return self.problem.mode is Mode.PLAN and few < board[at.IDLE] <= many

    def _closer(self, board: Ints, which: int, budget: Budget) -> Ints:
        """The board after one long search against gaps: two that are half as long leave more."""
        mine = board.copy()
        mine[at.RANDOM] ^= which << 40
        return self._searched(mine, CLOSER, 18 * budget.idle_tries, tells=which == 0)

    def _searched(self, board: Ints, phase: Phase, tries: int, *, tells: bool) -> Ints:
        """The board in the best state of a phase, the clock looked at between stretches of it."""
        # Compiled draws need something to draw from.
        is_something = self.problem.requests and self.problem.slots
        parts = max(10, min(200, tries // 2_000), self._least_parts(tries)) if is_something else 0
        best, least = board.copy(), moves.energy(board)
        for part in range(parts):
            if self._should_stop():
                break
            cooling = phase.cold / phase.hot
            hot, cold = (phase.hot * cooling ** (each / parts) for each in (part, part + 1))
            hopeless = 5 * phase.per_value
            annealing.stretch(
                board, tries // parts, hot, cold, phase.chains, phase.gaps, phase.steps, hopeless
            )
            now = moves.energy(board)
            if now < least:
                best, least = board.copy(), now
            if tells:
                self._tell(best, phase.name, (part + 1) / parts)
        return best

    def _least_parts(self, tries: int) -> int:
        """In how many parts no part of so many tries takes long, where many people meet for each side."""
        return min(tries, tries * self.pairs // LOOKS_AT_ONCE)

    def _lacks(self, board: Ints) -> bool:
        """Whether something published is dropped or a promise unkept that might be kept."""
        return bool(board[at.DROPPED] > 0 or board[at.SHORTFALL] > self.choice.bounds.shortfall)

    def _should_stop(self) -> bool:
        late = self.seconds is not None and time.monotonic() - self.began > self.seconds
        self.stopped = self.stopped or late
        return self._is_told()

    def _is_told(self) -> bool:
        """Whether the search is to end, whoever waits for it asked."""
        # Whoever is asked may hold something of its thread, such as a connection to a database.
        if self.stop is not None and get_ident() == self.home:
            self.stopped = self.stopped or self.stop()
        return self.stopped

    def _tell(self, board: Ints, phase: str, done: float) -> None:
        if self.report is None:
            return
        held = np.flatnonzero(rows_of(board)[:, at.R_SLOT] >= 0)
        self.report(
            Progress(
                phase=phase,
                done=done,
                seconds=time.monotonic() - self.began,
                meetings=len(held),
                value=sum(self.asked.requests[request].value for request in held),
                shortfall=int(board[at.SHORTFALL]),
                idle=int(board[at.IDLE]),
                bounds=self.bounds,
            )
        )


def _held(board: Ints) -> int:
    """How many meetings stand on a board."""
    return int(board[at.REQUESTS] - board[at.WAITERS])


def _worth(board: Ints) -> tuple[int, ...]:
    """The order of timetables: the least is the best."""
    # A plan may drop what people hold: its value and its promises say whether it should.
    dropped = board[at.DROPPED] if board[at.PER_DROP] else 0
    figures = dropped, board[at.SHORTFALL], -board[at.VALUE], board[at.MOVED], board[at.IDLE]
    return tuple(map(int, figures))


def solve(problem: Problem, *, budget: Budget | None = None, **asked: Any) -> Timetable:
    """The timetable of a problem.

    `seed` chooses among equals; `seconds` ends the search early and says so in the answer; `report` is called
    with a `Progress` between stretches; `stop` is asked whether to end with the best so far. Both are called
    in the thread of the caller only.
    """
    return Search(problem, **asked).run(budget or budget_for(problem))
