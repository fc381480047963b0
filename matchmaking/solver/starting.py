"""What stands on a board before the search: prices, what is pinned, what people hold, the relaxed choice."""

from collections.abc import Callable

import numpy as np

from matchmaking.problem import Meeting, Mode, Problem
from matchmaking.solver import annealing
from matchmaking.solver import board as moves
from matchmaking.solver import layout as at
from matchmaking.solver.choice import Choice
from matchmaking.solver.flatten import Ints, Places, board_of
from matchmaking.solver.keeping import most_kept
from matchmaking.solver.measuring import existing_published, is_forced

# What a plan pays, in points, for each meeting that people hold and that moves: half an idle slot.
STAYS = 50
# So many pairs of people are tried before somebody looks at the clock: a few tenths of a second.
PAIRS_AT_ONCE = 100_000


def rows_of(board: Ints) -> Ints:
    """The requests on a board: a view of shape (requests, fields)."""
    first, many = int(board[at.REQUEST]), int(board[at.REQUESTS])
    return board[first : first + many * at.REQUEST_ROW].reshape(many, at.REQUEST_ROW)


def weigh(board: Ints, problem: Problem, choice: Choice, per_value: int, per_idle: int) -> None:
    """Set the prices in points.

    A promise outweighs the values of any chain, a published meeting any promise. A published meeting is moved
    to keep another or a promise, never for value: who holds a paper is left in peace. A plan made anew moves
    and drops them for anything that is better, and for nothing else.
    """
    dearest = max((request.value for request in problem.requests), default=1)
    board[at.PER_VALUE], board[at.PER_IDLE] = per_value, per_idle
    board[at.PER_SHORTFALL] = 300 * dearest * per_value
    is_repair = problem.mode is Mode.REPAIR
    board[at.PER_DROP] = 300 * board[at.PER_SHORTFALL] if is_repair else 0
    board[at.PER_MOVE] = 2 * dearest * per_value if is_repair else STAYS
    values = np.array([request.value for request in problem.requests], np.float64)
    # Who is pushed out leaves people and interpreters to others: gone is what only it brought, and a part of
    # the rest, since not all of that finds its way to somebody else.
    worth = np.maximum(0.05 * values, choice.surplus + 0.4 * values)
    rows_of(board)[:, at.R_WORTH] = worth * per_value
    hope = np.maximum(choice.hope, -1e6) * per_value
    rows_of(board)[:, at.R_HOPE] = np.where(choice.held > 0.5, 1, hope)


def charge(board: Ints, problem: Problem, choice: Choice, per_value: int) -> None:
    """Set the tolls of interpreters, who are left to those that no cheaper pool serves."""
    first = int(board[at.TOLL] + board[at.RESOURCES]) - len(problem.pools)
    board[first : first + len(problem.pools)] = 0
    for key, price in choice.prices.items():
        if key[0] == "pool":
            pool = first + int(key[1])
            board[pool] = max(int(board[pool]), int(price * per_value))


def started_board(
    problem: Problem,
    places: Places,
    choice: Choice,
    seed: int,
    prices: tuple[int, int],
    stop: Callable[[], bool],
    keeps: bool = True,
) -> Ints:
    """A board with what is pinned and published, then what the relaxed choice holds and else still fits.

    One that `keeps` nothing begins as if nobody held anything, and only counts who moves. Once `stop` says
    so it holds what it has.
    """
    board = board_of(problem, places, seed)
    weigh(board, problem, choice, *prices)
    charge(board, problem, choice, prices[0])
    _hold_pinned(board, problem, places)
    _tell_published(board, problem, places)
    if keeps:
        _hold_published(board, problem, places, stop)
    _fill(board, problem, places, choice, stop)
    return board


def _hold(board: Ints, places: Places, meeting: Meeting, kind: int) -> None:
    pool = -1 if meeting.pool is None else len(places.kinds) + meeting.pool
    slot, one, other = meeting.slot, meeting.person_a, meeting.person_b
    moves.hold(board, meeting.request, slot, one, other, kind, pool)
    board[at.LOGGED] = 0


def _hold_pinned(board: Ints, problem: Problem, places: Places) -> None:
    for pin in dict.fromkeys(problem.pinned):
        _hold(board, places, pin, places.kind_of_table(problem, pin.table))
        rows_of(board)[pin.request, at.R_LOCKED] = 1


def _tell_published(board: Ints, problem: Problem, places: Places) -> None:
    """What everybody holds, so that it is counted who moves."""
    rows = rows_of(board)
    published = existing_published(problem)
    board[at.DROPPED] = sum(rows[old.request, at.R_SLOT] < 0 for old in published)
    for old in published:
        row, first = rows[old.request], int(board[at.REQUEST]) + old.request * at.REQUEST_ROW
        row[at.R_FORCED] = is_forced(problem, old, places.open)
        row[at.R_PUBLISHED], row[at.R_PUBLISHED_A] = old.slot, old.person_a
        row[at.R_PUBLISHED_B] = old.person_b
        if row[at.R_SLOT] >= 0:
            # Pinned, perhaps to another place than people hold: that is a move too.
            now = row[at.R_SLOT], row[at.R_PERSON_A], row[at.R_PERSON_B]
            board[at.MOVED] += moves.is_moved(board, first, *now)


def _hold_published(board: Ints, problem: Problem, places: Places, stop: Callable[[], bool]) -> None:
    """Everybody keeps what it holds, as far as its place still exists; in a repair, as many as can."""
    rows = rows_of(board)
    published = existing_published(problem)
    before = board.copy() if problem.mode is Mode.REPAIR else None
    for old in published:
        if rows[old.request, at.R_SLOT] < 0:
            _keep(board, problem, places, old)
    if before is None or not board[at.DROPPED]:
        return
    kept = most_kept(problem, places, stop=stop)
    pinned = {pin.request for pin in problem.pinned}
    held = sum(rows[old.request, at.R_SLOT] >= 0 for old in published if old.request not in pinned)
    if len(kept) > held:
        board[:] = before
        for place in kept:
            slot, one, other, kind = place.slot, place.person_a, place.person_b, place.table
            pool = -1 if place.pool is None else place.pool
            if annealing.fits(board, slot, one, other, kind, pool):
                moves.hold(board, place.request, slot, one, other, kind, pool)
                board[at.LOGGED] = 0


def _keep(board: Ints, problem: Problem, places: Places, old: Meeting) -> None:
    """Hold a published meeting where it was, with its interpreters and kind of table first; else it waits."""
    one, other = places.sides[old.request]
    if old.person_a not in one or old.person_b not in other:
        return
    known = places.pools_of[old.request]
    pools = [-1] if known is None else list(known)
    if old.pool is not None:
        own = len(places.kinds) + old.pool
        pools.sort(key=lambda pool: pool != own)
    kinds = list(places.kinds_of[old.request])
    if 0 <= old.table < len(problem.tables):
        mine = places.kind_of_table(problem, old.table)
        kinds.sort(key=lambda kind: kind != mine)
    for pool in pools:
        for kind in kinds:
            if annealing.fits(board, old.slot, old.person_a, old.person_b, kind, pool):
                moves.hold(board, old.request, old.slot, old.person_a, old.person_b, kind, pool)
                board[at.LOGGED] = 0
                return


def _fill(board: Ints, problem: Problem, places: Places, choice: Choice, stop: Callable[[], bool]) -> None:
    """Hold what the relaxed choice holds, the dearest first, then whatever else still fits."""
    values = np.array([request.value for request in problem.requests], np.int64)
    chosen = choice.held > 0.5
    for those, tries in ((chosen, 4), (~chosen, 0)):
        order = np.flatnonzero(those)
        fill(board, places, order[np.argsort(-values[order], kind="stable")], tries, 8, stop)


def fill(board: Ints, places: Places, order: Ints, tries: int, steps: int, stop: Callable[[], bool]) -> None:
    """Hold the requests of an order as `annealing.fill` does, and ask `stop` between some of them."""
    pairs = [len(one) * len(other) for one, other in (places.sides[request] for request in order)]
    part = np.cumsum(pairs, dtype=np.int64) // PAIRS_AT_ONCE
    parts = np.split(order.astype(np.int64), np.flatnonzero(np.diff(part)) + 1)
    for some in parts:
        annealing.fill(board, some, tries, steps)
        if some is not parts[-1] and stop():
            break
