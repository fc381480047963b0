"""Putting one more meeting on the board: in a free place, else by pushing others out and on. Compiled."""

from matchmaking.solver import layout as at
from matchmaking.solver.board import (
    Board,
    bits,
    draw,
    energy,
    hold,
    idle_bits,
    idle_in,
    is_moved,
    let_go,
    mask_row,
    place_of,
    request_row,
    run_around,
    run_through,
    undo,
    use_row,
)
from matchmaking.solver.jit import kernel

NEVER = 1 << 60


@kernel
def has_room(board: Board, request: int) -> bool:
    """Whether a request that is not held would fit somewhere as the board stands."""
    row = request_row(board, request)
    options, segments, rooms = board[at.OPTION], board[at.SEGMENTS], board[at.ROOM]
    kinds = max(1, board[row + at.R_POOL_KINDS])
    if board[row + at.R_NEEDS_POOL] and board[row + at.R_POOL_KINDS] == 0:
        return False
    for i in range(board[row + at.R_COUNT_A]):
        one = board[options + board[row + at.R_PEOPLE_A] + i]
        for j in range(board[row + at.R_COUNT_B]):
            other = board[options + board[row + at.R_PEOPLE_B] + j]
            for segment in range(segments):
                free = board[mask_row(board, one, segment) + at.M_FREE]
                free &= board[mask_row(board, other, segment) + at.M_FREE]
                if free == 0:
                    continue
                for k in range(board[row + at.R_TABLE_KINDS]):
                    table = board[options + board[row + at.R_TABLES] + k]
                    left = free & board[rooms + table * segments + segment]
                    if left == 0:
                        continue
                    if not board[row + at.R_NEEDS_POOL]:
                        return True
                    for each in range(kinds):
                        pool = board[options + board[row + at.R_POOLS] + each]
                        if left & board[rooms + pool * segments + segment]:
                            return True
    return False


@kernel
def idle_more(board: Board, person: int, segment: int, bit: int) -> int:
    """By how many slots a person would idle more with this slot taken."""
    if board[at.SPLIT]:
        row = board[at.DAY] + board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_DAY] * at.DAY_ROW
        more = 0
        for each in range(board[row + at.D_FIRST], board[row + at.D_END]):
            more += bits(idle_bits(board, person, each, segment, bit))
            more -= board[mask_row(board, person, each) + at.M_IDLE]
        return more
    masks = mask_row(board, person, segment)
    taken = board[masks + at.M_TAKEN] | bit
    return idle_in(board[masks + at.M_OPEN], taken) - board[masks + at.M_IDLE]


@kernel
def may_not_move(board: Board, row: int, slot: int, one: int, other: int) -> bool:
    """Whether a request that is not held would be moved here, beyond those that may be."""
    return board[at.MOVED] >= board[at.MOST_MOVES] and is_moved(board, row, slot, one, other) > 0


@kernel
def best_bit(board: Board, row: int, segment: int, one: int, other: int, free: int) -> tuple[int, int]:
    """The cheapest free slot of a segment for two people: what it costs, with some noise, and its bit.

    (NEVER, 0) where each would move a meeting that may not.
    """
    best, found = NEVER, 0
    first = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_FIRST]
    published = board[row + at.R_PUBLISHED] >= 0
    while free:
        bit = free & -free
        free ^= bit
        idle = idle_more(board, one, segment, bit) + idle_more(board, other, segment, bit)
        cost = 16 * max(1, board[at.PER_IDLE]) * idle + draw(board, 16)
        if published:
            slot = first + place_of(bit)
            if may_not_move(board, row, slot, one, other):
                continue
            cost += 16 * board[at.PER_MOVE] * is_moved(board, row, slot, one, other)
        if cost < best:
            best, found = cost, bit
    return best, found


@kernel
def hold_in_free_place(board: Board, request: int) -> bool:
    """Hold a request where there is room and it makes people idle least; False where there is none."""
    row = request_row(board, request)
    options, segments, rooms = board[at.OPTION], board[at.SEGMENTS], board[at.ROOM]
    needs = board[row + at.R_NEEDS_POOL]
    best, where = NEVER, (-1, -1, -1, -1, -1)
    for i in range(board[row + at.R_COUNT_A]):
        one = board[options + board[row + at.R_PEOPLE_A] + i]
        for j in range(board[row + at.R_COUNT_B]):
            other = board[options + board[row + at.R_PEOPLE_B] + j]
            for segment in range(segments):
                both = board[mask_row(board, one, segment) + at.M_FREE]
                both &= board[mask_row(board, other, segment) + at.M_FREE]
                if both == 0:
                    continue
                for k in range(board[row + at.R_TABLE_KINDS]):
                    table = board[options + board[row + at.R_TABLES] + k]
                    for each in range(board[row + at.R_POOL_KINDS] if needs else 1):
                        free = both & board[rooms + table * segments + segment]
                        pool = -1
                        if needs:
                            pool = board[options + board[row + at.R_POOLS] + each]
                            free &= board[rooms + pool * segments + segment]
                        if free == 0:
                            continue
                        cost, bit = best_bit(board, row, segment, one, other, free)
                        if pool >= 0:
                            cost += 16 * board[board[at.TOLL] + pool]
                        if cost < best:
                            first = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_FIRST]
                            best, where = cost, (first + place_of(bit), one, other, table, pool)
    if best == NEVER:
        return False
    hold(board, request, where[0], where[1], where[2], where[3], where[4])
    return True


@kernel
def loss(board: Board, request: int) -> int:
    """What it costs to hold this request no longer, in points."""
    row = request_row(board, request)
    points = board[row + at.R_WORTH]
    for side in range(2):
        company = board[at.COMPANY] + board[row + at.R_A + side] * at.COMPANY_ROW
        if board[company + at.C_HELD] <= board[company + at.C_PROMISED]:
            points += board[at.PER_SHORTFALL]
    if board[row + at.R_PUBLISHED] >= 0:
        points += board[at.PER_DROP]
    return points


@kernel
def price(board: Board, request: int) -> int:
    """What pushing a held request out is likely to cost; never what is pinned or was touched just now."""
    row = request_row(board, request)
    if board[row + at.R_LOCKED] or board[row + at.R_STAMP] == board[at.STAMP]:
        return NEVER
    if board[row + at.R_PUBLISHED] >= 0 and board[at.MOVED] >= board[at.MOST_MOVES]:
        slot, one, other = board[row + at.R_SLOT], board[row + at.R_PERSON_A], board[row + at.R_PERSON_B]
        if not board[row + at.R_FORCED] and not is_moved(board, row, slot, one, other):
            # Pushed out of the place that people know it has nowhere to go.
            return loss(board, request)
    if has_room(board, request):
        points = board[at.PER_IDLE] + 1
        if board[row + at.R_PUBLISHED] >= 0:
            points += board[at.PER_MOVE] * (1 - board[row + at.R_FORCED])
        return points
    return loss(board, request)


@kernel
def blocker(board: Board, person: int, slot: int) -> tuple[int, int]:
    """Which held request must go for a person to take a slot that is open to it, and its price.

    (-1, 0) where none must; (-1, NEVER) where no single one helps.
    """
    row = board[at.SLOT] + slot * at.SLOT_ROW
    segment, bit, place = board[row + at.S_SEGMENT], board[row + at.S_BIT], board[row + at.S_PLACE]
    masks = mask_row(board, person, segment)
    if board[masks + at.M_FREE] & bit:
        return -1, 0
    seats = board[at.SEAT] + person * board[at.SLOTS]
    sitting = board[seats + slot]
    if sitting >= 0:
        return sitting, price(board, sitting)
    limits = board[at.PERSON] + person * at.PERSON_ROW
    if board[limits + at.P_RUN] < 1 or board[limits + at.P_DAY] < 1:
        return -1, NEVER
    segments = board[at.SEGMENT] + segment * at.SEGMENT_ROW
    linked, first = board[segments + at.G_LINKED], board[segments + at.G_FIRST]
    left = board[masks + at.M_TAKEN]
    taken = left | bit
    best, found = NEVER, -1
    while left:
        each = left & -left
        left ^= each
        pushed = first + place_of(each)
        run = run_through(taken ^ each, linked, place)
        if board[at.JOINED]:
            run = run_around(board, person, slot, pushed)
        if run > board[limits + at.P_RUN]:
            continue
        request = board[seats + pushed]
        cost = price(board, request)
        # Among equals any one.
        if cost < best or (cost == best and draw(board, 2)):
            best, found = cost, request
    held = board[at.HELD] + person * board[at.DAYS] + board[row + at.S_DAY]
    full = board[held] >= board[limits + at.P_DAY]
    run = run_through(taken, linked, place)
    if board[at.JOINED]:
        run = run_around(board, person, slot, -1)
    if not full and run <= board[limits + at.P_RUN]:
        return -1, 0
    return found, best


@kernel
def user_to_push(board: Board, resource: int, slot: int) -> tuple[int, int]:
    """Which of the requests that use a resource in a slot goes cheapest, of four at random, and its price."""
    use = use_row(board, resource, slot)
    taken = board[use + at.U_TAKEN]
    if taken < board[use + at.U_THERE]:
        return -1, 0
    if board[use + at.U_THERE] < 1:
        return -1, NEVER
    best, found = NEVER, -1
    listed = board[at.LIST] + board[use + at.U_LIST]
    start = draw(board, taken)
    for each in range(min(taken, 4)):
        request = board[listed + (start + each) % taken]
        cost = price(board, request)
        if cost < best:
            best, found = cost, request
    return found, best


@kernel
def uses(board: Board, request: int, resource: int, slot: int) -> bool:
    """Whether a request holds a unit of a resource in a slot."""
    if request < 0:
        return False
    row = request_row(board, request)
    if board[row + at.R_SLOT] != slot:
        return False
    return board[row + at.R_TABLE] == resource or board[row + at.R_POOL] == resource


@kernel
def cheapest_kind(
    board: Board, first: int, kinds: int, slot: int, out_one: int, out_other: int
) -> tuple[int, int, int]:
    """Of the resources in a list, the one that is cheapest to get in a slot: it, who must go, the price.

    Two requests are on their way out already.
    """
    best, found, pushed = NEVER, -1, -1
    for each in range(kinds):
        resource = board[board[at.OPTION] + first + each]
        if uses(board, out_one, resource, slot) or uses(board, out_other, resource, slot):
            return resource, -1, 0
        request, cost = user_to_push(board, resource, slot)
        cost += board[board[at.TOLL] + resource]
        if cost < best:
            best, found, pushed = cost, resource, request
    return found, pushed, best


@kernel
def cost_of_place(board: Board, row: int, slot: int, one: int, other: int, most: int) -> tuple[int, ...]:
    """What it takes to put a request in a slot for two people: price, four to push out, table and pool."""
    out_one, cost = blocker(board, one, slot)
    if cost >= most:
        return NEVER, -1, -1, -1, -1, -1, -1
    out_other, more = blocker(board, other, slot)
    if out_one >= 0 and out_other == out_one:
        more = 0
    cost += more
    if cost >= most:
        return NEVER, -1, -1, -1, -1, -1, -1
    table, out_table, more = cheapest_kind(
        board, board[row + at.R_TABLES], board[row + at.R_TABLE_KINDS], slot, out_one, out_other
    )
    cost += more
    pool, out_pool = -1, -1
    if board[row + at.R_NEEDS_POOL] and cost < most:
        pool, out_pool, more = cheapest_kind(
            board, board[row + at.R_POOLS], board[row + at.R_POOL_KINDS], slot, out_one, out_other
        )
        # Who gives the table up gives the pool up as well.
        if pool >= 0 and uses(board, out_table, pool, slot):
            out_pool, more = -1, 0
        cost += more
    if table < 0 or cost >= most:
        return NEVER, -1, -1, -1, -1, -1, -1
    if board[row + at.R_PUBLISHED] >= 0:
        if may_not_move(board, row, slot, one, other):
            return NEVER, -1, -1, -1, -1, -1, -1
        cost += board[at.PER_MOVE] * is_moved(board, row, slot, one, other)
    return cost, out_one, out_other, out_table, out_pool, table, pool


@kernel
def push_in(board: Board, request: int, noise: int, only: int, waiting: int) -> int:
    """Hold a request where that pushes out least; who was pushed out is added to those waiting to be placed.

    With `only` at least 0 in that slot alone. Returns how many wait then, or -1 where no place can be had.
    """
    row = request_row(board, request)
    options = board[at.OPTION]
    best = NEVER
    where, who = (-1, -1, -1, -1, -1), (-1, -1, -1, -1)
    for i in range(board[row + at.R_COUNT_A]):
        one = board[options + board[row + at.R_PEOPLE_A] + i]
        for j in range(board[row + at.R_COUNT_B]):
            other = board[options + board[row + at.R_PEOPLE_B] + j]
            for segment in range(board[at.SEGMENTS]):
                first = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_FIRST]
                both = board[mask_row(board, one, segment) + at.M_OPEN]
                both &= board[mask_row(board, other, segment) + at.M_OPEN]
                while both:
                    bit = both & -both
                    both ^= bit
                    slot = first + place_of(bit)
                    if only >= 0 and slot != only:
                        continue
                    cost, out1, out2, out3, out4, table, pool = cost_of_place(
                        board, row, slot, one, other, best
                    )
                    cost += draw(board, noise)
                    if cost < best:
                        best, where = cost, (slot, one, other, table, pool)
                        who = (out1, out2, out3, out4)
    if best >= NEVER:
        return -1
    for out in who:
        if out >= 0 and board[request_row(board, out) + at.R_SLOT] >= 0:
            let_go(board, out)
            board[board[at.PENDING] + waiting] = out
            waiting += 1
    hold(board, request, where[0], where[1], where[2], where[3], where[4])
    return waiting


@kernel
def chain(board: Board, request: int, steps: int, noise: int, only: int) -> None:
    """Bring a waiting request in, and whom it pushes out elsewhere, and so on: the best of the states passed.

    Each state between two steps is a timetable; the board is left in the one that costs least, which may
    cost more than the one before the chain. Who decides whether to keep it undoes it by the log.
    """
    board[at.STAMP] += 1
    board[board[at.PENDING]] = request
    waiting, best, best_mark = 1, NEVER, -1
    first = True
    while waiting > 0 and steps > 0 and waiting < at.PENDING_SIZE - 8:
        steps -= 1
        waiting -= 1
        each = board[board[at.PENDING] + waiting]
        board[request_row(board, each) + at.R_STAMP] = board[at.STAMP]
        if (first and only >= 0) or not hold_in_free_place(board, each):
            pushed = push_in(board, each, noise, only if first else -1, waiting)
            if pushed < 0:
                if first:
                    return
                continue
            waiting = pushed
        first = False
        now = energy(board)
        if now < best:
            best, best_mark = now, board[at.LOGGED]
    if best_mark >= 0:
        undo(board, best_mark)
