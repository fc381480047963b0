"""A solver for tests: holds requests one after the other where they fit, and says what it did."""

from matchmaking.problem import Bounds, Figures, Meeting, Mode, Status, Timetable
from tests.matchmaking.timetables.board import Board, meetings_of


def solve(problem, seed, seconds, mode, progress, should_stop):
    """What is pinned or published as far as it may stay, then the dearest requests first."""
    assert mode == problem.mode
    held = list(problem.pinned)
    board = Board(problem, held)
    for one in problem.published if mode == Mode.REPAIR else ():
        if _stays(board, one):
            board.sit(one)
            held.append(one)
    known = {one.request for one in held}
    for request in sorted(problem.requests, key=lambda one: (-one.value, one.id)):
        if should_stop():
            break
        meeting = None if request.id in known else _first(board, request)
        if meeting:
            board.sit(meeting)
            held.append(meeting)
            progress({"held": len(held), "value": 0, "done": 50})
    value = sum(problem.requests[one.request].value for one in held)
    figures = Figures(shortfall=0, value=value, idle=0, table_changes=0, meetings=len(held))
    return Timetable(problem.name, Status.OK, tuple(held), figures=figures, bounds=Bounds(value, value, 0))


def _stays(board, one):
    is_open = one.slot not in board.problem.tables[one.table].closed
    there = all(one.slot in board.open[person] for person in (one.person_a, one.person_b))
    has_interpreter = one.pool is None or board.pool_for([one.pool], one.slot) is not None
    return is_open and there and has_interpreter


def _first(board, request):
    pools = board.problem.pools_of(request)
    for slot, one, other in meetings_of(board.problem, board.open, request):
        table = board.table_for(request, slot)
        pool = None if pools is None else board.pool_for(pools, slot)
        fits = board.fits(one, slot) and board.fits(other, slot) and table is not None
        if fits and (pools is None or pool is not None):
            return Meeting(request.id, slot, table, one, other, pool)
    return None
