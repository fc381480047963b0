"""The search: chains, exchanges of two slots and shifts, kept or undone by what they cost and how late it is.

Compiled. A search is cut into stretches of so many tries; between two of them the caller may look at the
clock, report, or stop. The same board and the same tries give the same timetable.
"""

import math

from matchmaking.solver import layout as at
from matchmaking.solver.board import (
    Board,
    bits,
    draw,
    energy,
    hold,
    idle_bits,
    let_go,
    mask_row,
    place_of,
    request_row,
    undo,
)
from matchmaking.solver.chains import chain, hold_in_free_place
from matchmaking.solver.jit import kernel


@kernel
def fits(board: Board, slot: int, one: int, other: int, table: int, pool: int) -> bool:
    """Whether there is room for a request in exactly this place."""
    line = board[at.SLOT] + slot * at.SLOT_ROW
    segment, bit = board[line + at.S_SEGMENT], board[line + at.S_BIT]
    free = board[mask_row(board, one, segment) + at.M_FREE]
    free &= board[mask_row(board, other, segment) + at.M_FREE]
    free &= board[board[at.ROOM] + table * board[at.SEGMENTS] + segment]
    if pool >= 0:
        free &= board[board[at.ROOM] + pool * board[at.SEGMENTS] + segment]
    return free & bit != 0


@kernel
def is_open(board: Board, person: int, slot: int) -> bool:
    """Whether a person may meet in a slot at all."""
    line = board[at.SLOT] + slot * at.SLOT_ROW
    opened = board[mask_row(board, person, board[line + at.S_SEGMENT]) + at.M_OPEN]
    return opened & board[line + at.S_BIT] != 0


@kernel
def follow(board: Board, person: int, here: int, there: int, count: int, most: int) -> int:
    """Gather those who must change slots too when this person's meeting goes from here to there.

    Returns how many are gathered then, or -1 where somebody cannot change or they are too many.
    """
    seats = board[at.SEAT]
    slots = board[at.SLOTS]
    while True:
        request = board[seats + person * slots + there]
        if request < 0:
            return count
        row = request_row(board, request)
        if board[row + at.R_STAMP] == board[at.STAMP]:
            # The path has closed to a ring.
            return count
        if count >= most or board[row + at.R_LOCKED]:
            return -1
        one, other = board[row + at.R_PERSON_A], board[row + at.R_PERSON_B]
        if not is_open(board, one, here) or not is_open(board, other, here):
            return -1
        board[row + at.R_STAMP] = board[at.STAMP]
        board[board[at.PENDING] + count] = request
        count += 1
        person = other if one == person else one
        here, there = there, here


@kernel
def exchange(board: Board, request: int, there: int, most: int) -> bool:
    """Move a held request to another slot, and everybody in its way from there to its own slot and so on."""
    row = request_row(board, request)
    here = board[row + at.R_SLOT]
    one, other = board[row + at.R_PERSON_A], board[row + at.R_PERSON_B]
    if here == there or not is_open(board, one, there) or not is_open(board, other, there):
        return False
    board[at.STAMP] += 1
    board[row + at.R_STAMP] = board[at.STAMP]
    board[board[at.PENDING]] = request
    count = follow(board, one, here, there, 1, most)
    if count > 0:
        count = follow(board, other, here, there, count, most)
    if count < 0:
        return False
    mark = board[at.LOGGED]
    for each in range(count):
        let_go(board, board[board[at.PENDING] + each])
    for each in range(count):
        moved = board[board[at.PENDING] + each]
        # Where it stood is in the log.
        line = board[at.LOG] + (mark + each) * at.LOG_ROW
        slot = here if board[line + 2] == there else there
        one, other, table, pool = board[line + 3], board[line + 4], board[line + 5], board[line + 6]
        if not fits(board, slot, one, other, table, pool):
            undo(board, mark)
            return False
        hold(board, moved, slot, one, other, table, pool)
    return True


@kernel
def shift(board: Board, request: int) -> None:
    """Hold a request where it makes people idle least, be it where it was."""
    let_go(board, request)
    hold_in_free_place(board, request)


@kernel
def some_held(board: Board) -> int:
    """A held request at random that is not pinned; -1 where a few draws find none."""
    for _ in range(20):
        request = draw(board, board[at.REQUESTS])
        row = request_row(board, request)
        if board[row + at.R_SLOT] >= 0 and not board[row + at.R_LOCKED]:
            return request
    return -1


@kernel
def some_waiting(board: Board, hopeless: int) -> int:
    """A request that waits, the hopeful ones sooner; -1 where none waits or luck says so."""
    waiters = board[at.WAITERS]
    for _ in range(20):
        if waiters == 0:
            return -1
        request = board[board[at.WAITING] + draw(board, waiters)]
        hope = board[request_row(board, request) + at.R_HOPE]
        if hope >= 0 or draw(board, 1 << 30) < (1 << 30) * math.exp(hope / hopeless):
            return request
    return -1


@kernel
def nth_bit(mask: int, which: int) -> int:
    """The bit of a mask that stands after so many others."""
    for _ in range(which):
        mask &= mask - 1
    return mask & -mask


@kernel
def first_slot(board: Board, segment: int) -> int:
    """The slot that the first bit of a segment stands for."""
    return board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_FIRST]


@kernel
def segment_to_leave(board: Board, person: int, segment: int, dice: int) -> int:
    """Where the first meeting of the day is (dice 0, 1), the last (2, 3), or any, near a segment."""
    row = board[at.DAY] + board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_DAY] * at.DAY_ROW
    if dice >= 4 and board[mask_row(board, person, segment) + at.M_TAKEN]:
        return segment
    first, end = board[row + at.D_FIRST], board[row + at.D_END]
    found = segment
    for each in range(first, end):
        if board[mask_row(board, person, each) + at.M_TAKEN]:
            found = each
            if dice < 2:
                return found
    return found


@kernel
def gap_and_guest(board: Board) -> tuple[int, int]:
    """A slot in which somebody idles, and a meeting of that day to put there; (-1, -1) where luck finds none.

    The first or the last meeting of the day, which then begins later or ends sooner; now and then any other.
    """
    segments = board[at.SEGMENTS]
    for _ in range(24):
        person, segment = draw(board, board[at.PEOPLE]), draw(board, segments)
        masks = mask_row(board, person, segment)
        idle, taken = board[masks + at.M_IDLE], board[masks + at.M_TAKEN]
        if idle == 0:
            continue
        inside = board[masks + at.M_OPEN] & ~taken & ~((taken & -taken) - 1)
        if board[at.SPLIT]:
            inside = idle_bits(board, person, segment, -1, 0)
        gap = first_slot(board, segment) + place_of(nth_bit(inside, draw(board, idle)))
        dice = draw(board, 5)
        if board[at.SPLIT]:
            segment = segment_to_leave(board, person, segment, dice)
            taken = board[mask_row(board, person, segment) + at.M_TAKEN]
        many = bits(taken)
        which = 0 if dice < 2 else many - 1 if dice < 4 else draw(board, many)
        seats = board[at.SEAT] + person * board[at.SLOTS] + first_slot(board, segment)
        return gap, board[seats + place_of(nth_bit(taken, which))]
    return -1, -1


@kernel
def some_move(board: Board, gaps: int) -> tuple[int, int]:
    """A held request that is not pinned and a slot for it: with this many chances in 100 into a gap."""
    if draw(board, 100) < gaps:
        slot, request = gap_and_guest(board)
        if request >= 0 and not board[request_row(board, request) + at.R_LOCKED]:
            return request, slot
    return some_held(board), draw(board, board[at.SLOTS])


@kernel
def attempt(board: Board, chains: int, gaps: int, steps: int, noise: int, hopeless: int) -> bool:
    """Change the board in one of four ways; False where there was nothing to change."""
    if draw(board, 100) < chains:
        request = some_waiting(board, hopeless)
        if request < 0:
            return False
        chain(board, request, steps, noise, -1)
        return True
    request, slot = some_move(board, gaps)
    if request < 0:
        return False
    dice = draw(board, 100)
    if dice < 60:
        return exchange(board, request, slot, 40)
    if dice < 75:
        shift(board, request)
        return True
    row = request_row(board, request)
    if slot == board[row + at.R_SLOT] or not is_open(board, board[row + at.R_PERSON_A], slot):
        return False
    let_go(board, request)
    chain(board, request, steps, noise, slot)
    return True


@kernel
def moves_too_many(board: Board, before: int) -> bool:
    """Whether more published meetings are moved than may be, and than were before."""
    return board[at.MOVED] > board[at.MOST_MOVES] and board[at.MOVED] > before


@kernel
def stretch(
    board: Board, tries: int, hot: float, cold: float, chains: int, gaps: int, steps: int, hopeless: int
) -> None:
    """So many tries, the temperature (in points) falling from hot to cold by equal factors.

    `chains` of 100 tries bring a waiting request in; of the others `gaps` in 100 aim at an idle slot.
    """
    factor = (cold / hot) ** (1.0 / max(1, tries))
    heat = hot
    board[at.LOGGED] = 0
    before = energy(board)
    for _ in range(tries):
        heat *= factor
        board[at.TRIED] += 1
        moved = board[at.MOVED]
        attempt(board, chains, gaps, steps, max(1, int(heat)), hopeless)
        if board[at.LOGGED] == 0:
            continue
        after = energy(board)
        worse = after - before
        kept = worse <= 0 or draw(board, 1 << 30) < (1 << 30) * math.exp(-worse / heat)
        kept = kept and not moves_too_many(board, moved)
        if kept:
            before = after
            board[at.ACCEPTED] += 1
        else:
            undo(board, 0)
        board[at.LOGGED] = 0


@kernel
def fill(board: Board, order: Board, tries: int, steps: int) -> int:
    """Hold the requests of an order one by one: in a free place, else by a chain that does not cost.

    `order` holds requests, shape `(n,)`. Returns how many of them are held.
    """
    count = 0
    for request in order:
        row = request_row(board, request)
        if board[row + at.R_SLOT] >= 0:
            count += 1
            continue
        board[at.LOGGED] = 0
        if hold_in_free_place(board, request):
            count += 1
            continue
        for _ in range(tries):
            before, moved = energy(board), board[at.MOVED]
            board[at.LOGGED] = 0
            chain(board, request, steps, 1, -1)
            if energy(board) <= before and not moves_too_many(board, moved):
                break
            undo(board, 0)
        count += board[row + at.R_SLOT] >= 0
    board[at.LOGGED] = 0
    return count
