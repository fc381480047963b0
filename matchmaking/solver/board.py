"""Holding a meeting and letting it go on the board, every mask and sum kept up to date. Compiled.

All functions take the board, a flat array of int64 (shape `(n,)`, see `layout`); requests, people, slots and
resources are positions. Nothing here raises: who calls has asked `room` or `direct` first.
"""

from typing import Any

from matchmaking.solver import layout as at
from matchmaking.solver.jit import kernel

Board = Any


@kernel
def draw(board: Board, below: int) -> int:
    """A number from 0 to below it; xorshift, the state stands on the board."""
    state = board[at.RANDOM]
    state ^= state << 13
    state ^= (state >> 7) & 0x01FFFFFFFFFFFFFF
    state ^= state << 17
    board[at.RANDOM] = state
    return (((state >> 24) & 0x7FFFFFFF) * below) >> 31


@kernel
def bits(mask: int) -> int:
    """How many bits are set, of at most 62."""
    mask = mask - ((mask >> 1) & 0x5555555555555555)
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    return ((mask * 0x0101010101010101) >> 56) & 127


@kernel
def place_of(bit: int) -> int:
    """Which place a single bit has."""
    return bits(bit - 1)


@kernel
def request_row(board: Board, request: int) -> int:
    """Where the fields of a request begin."""
    return board[at.REQUEST] + request * at.REQUEST_ROW


@kernel
def mask_row(board: Board, person: int, segment: int) -> int:
    """Where the masks of a person in a segment begin."""
    return board[at.MASK] + (person * board[at.SEGMENTS] + segment) * at.MASK_ROW


@kernel
def use_row(board: Board, resource: int, slot: int) -> int:
    """Where the use of a resource in a slot begins."""
    return board[at.USE] + (resource * board[at.SLOTS] + slot) * at.USE_ROW


@kernel
def up_to_last(taken: int) -> int:
    """Every place up to the last taken one."""
    taken |= taken >> 1
    taken |= taken >> 2
    taken |= taken >> 4
    taken |= taken >> 8
    taken |= taken >> 16
    return taken | (taken >> 32)


@kernel
def idle_in(opened: int, taken: int) -> int:
    """Open, meeting-free slots strictly between the first and the last taken one."""
    if taken == 0:
        return 0
    return bits(up_to_last(taken) & ~((taken & -taken) - 1) & opened & ~taken)


@kernel
def idle_bits(board: Board, person: int, segment: int, other: int, bit: int) -> int:
    """The idle slots of a segment with one more slot taken in it or another of the day; no bit: as it stands.

    A person idles from the first meeting of a day to its last, through all its segments.
    """
    row = board[at.DAY] + board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_DAY] * at.DAY_ROW
    earlier = later = False
    for each in range(board[row + at.D_FIRST], board[row + at.D_END]):
        if board[mask_row(board, person, each) + at.M_TAKEN] or (each == other and bit):
            earlier |= each < segment
            later |= each > segment
    masks = mask_row(board, person, segment)
    taken = board[masks + at.M_TAKEN]
    if segment == other:
        taken |= bit
    between = board[masks + at.M_OPEN] & ~taken
    if not later:
        between &= up_to_last(taken)
    if not earlier:
        between &= ~((taken & -taken) - 1)
    return between


@kernel
def run_through(taken: int, linked: int, place: int) -> int:
    """How long the run would be that holds this place."""
    length = 1
    up = place
    while (linked >> up) & 1 and (taken >> (up + 1)) & 1:
        up += 1
        length += 1
    down = place - 1
    while down >= 0 and (linked >> down) & 1 and (taken >> down) & 1:
        down -= 1
        length += 1
    return length


@kernel
def run_around(board: Board, person: int, slot: int, without: int) -> int:
    """The same for a slot, through all segments of its block, as if one slot were given back (-1: none)."""
    seats = board[at.SEAT] + person * board[at.SLOTS]
    follows = board[at.SLOT] + at.S_FOLLOWS
    length = 1
    up = slot + 1
    while up < board[at.SLOTS] and board[follows + up * at.SLOT_ROW]:
        if up == without or board[seats + up] < 0:
            break
        up += 1
        length += 1
    down = slot
    while board[follows + down * at.SLOT_ROW]:
        if down - 1 == without or board[seats + down - 1] < 0:
            break
        down -= 1
        length += 1
    return length


@kernel
def refresh(board: Board, person: int, segment: int) -> None:
    """Reckon anew in which slots a person could take one more meeting, and how long it idles."""
    masks = mask_row(board, person, segment)
    opened, taken = board[masks + at.M_OPEN], board[masks + at.M_TAKEN]
    idle = bits(idle_bits(board, person, segment, -1, 0)) if board[at.SPLIT] else idle_in(opened, taken)
    board[at.IDLE] += idle - board[masks + at.M_IDLE]
    board[masks + at.M_IDLE] = idle
    row = board[at.PERSON] + person * at.PERSON_ROW
    day = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_DAY]
    longest = board[row + at.P_RUN]
    held = board[board[at.HELD] + person * board[at.DAYS] + day]
    if longest < 1 or held >= board[row + at.P_DAY]:
        board[masks + at.M_FREE] = 0
        return
    free = opened & ~taken
    if board[at.JOINED]:
        first = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_FIRST]
        beside = free
        while beside:
            bit = beside & -beside
            beside ^= bit
            if run_around(board, person, first + place_of(bit), -1) > longest:
                free &= ~bit
    elif held >= longest:
        linked = board[board[at.SEGMENT] + segment * at.SEGMENT_ROW + at.G_LINKED]
        beside = free & ((taken << 1) | (taken >> 1))
        while beside:
            bit = beside & -beside
            beside ^= bit
            if run_through(taken, linked, place_of(bit)) > longest:
                free &= ~bit
    board[masks + at.M_FREE] = free


@kernel
def seat(board: Board, person: int, slot: int, request: int) -> None:
    """Give a person's slot to a request, or back where it is -1."""
    row = board[at.SLOT] + slot * at.SLOT_ROW
    segment, day = board[row + at.S_SEGMENT], board[row + at.S_DAY]
    board[board[at.SEAT] + person * board[at.SLOTS] + slot] = request
    masks = mask_row(board, person, segment)
    board[masks + at.M_TAKEN] ^= board[row + at.S_BIT]
    held = board[at.HELD] + person * board[at.DAYS] + day
    board[held] += 1 if request >= 0 else -1
    days = board[at.DAY] + day * at.DAY_ROW
    first, end = board[days + at.D_FIRST], board[days + at.D_END]
    if board[at.JOINED]:
        first, end = 0, board[at.SEGMENTS]
    for each in range(first, end):
        refresh(board, person, each)


@kernel
def take(board: Board, resource: int, slot: int, request: int, field: int) -> None:
    """One unit of a resource for a request, which remembers in a field where it stands in the list."""
    use = use_row(board, resource, slot)
    taken = board[use + at.U_TAKEN]
    board[board[at.LIST] + board[use + at.U_LIST] + taken] = request
    board[request_row(board, request) + field] = taken
    board[use + at.U_TAKEN] = taken + 1
    if taken + 1 >= board[use + at.U_THERE]:
        row = board[at.SLOT] + slot * at.SLOT_ROW
        room = board[at.ROOM] + resource * board[at.SEGMENTS] + board[row + at.S_SEGMENT]
        board[room] &= ~board[row + at.S_BIT]


@kernel
def give_back(board: Board, resource: int, slot: int, request: int, field: int) -> None:
    """The unit that a request holds is there again; the last of the list takes its place."""
    use = use_row(board, resource, slot)
    taken = board[use + at.U_TAKEN] - 1
    listed = board[at.LIST] + board[use + at.U_LIST]
    place = board[request_row(board, request) + field]
    last = board[listed + taken]
    board[listed + place] = last
    board[request_row(board, last) + field] = place
    board[use + at.U_TAKEN] = taken
    if taken < board[use + at.U_THERE]:
        row = board[at.SLOT] + slot * at.SLOT_ROW
        room = board[at.ROOM] + resource * board[at.SEGMENTS] + board[row + at.S_SEGMENT]
        board[room] |= board[row + at.S_BIT]


@kernel
def log(board: Board, held: int, request: int) -> None:
    """Remember what was done to a request, with where it is held."""
    line = board[at.LOG] + board[at.LOGGED] * at.LOG_ROW
    row = request_row(board, request)
    board[line] = held
    board[line + 1] = request
    for each in range(5):
        board[line + 2 + each] = board[row + at.R_SLOT + each]
    board[at.LOGGED] += 1


@kernel
def count_company(board: Board, company: int, more: int) -> None:
    """One meeting more or less for a company, and for the shortfall."""
    row = board[at.COMPANY] + company * at.COMPANY_ROW
    before = max(0, board[row + at.C_PROMISED] - board[row + at.C_HELD])
    board[row + at.C_HELD] += more
    board[at.SHORTFALL] += max(0, board[row + at.C_PROMISED] - board[row + at.C_HELD]) - before


@kernel
def is_moved(board: Board, row: int, slot: int, person_a: int, person_b: int) -> int:
    """1 where a published request would move though its place is still possible."""
    published = board[row + at.R_PUBLISHED]
    if published < 0 or board[row + at.R_FORCED]:
        return 0
    same = slot == published and person_a == board[row + at.R_PUBLISHED_A]
    return 0 if same and person_b == board[row + at.R_PUBLISHED_B] else 1


@kernel
def count_request(board: Board, row: int, more: int) -> None:
    """What holding a request, or letting it go, does to the sums."""
    count_company(board, board[row + at.R_A], more)
    count_company(board, board[row + at.R_B], more)
    board[at.VALUE] += more * board[row + at.R_VALUE]
    if board[row + at.R_PUBLISHED] >= 0:
        board[at.DROPPED] -= more
        slot, one, other = board[row + at.R_SLOT], board[row + at.R_PERSON_A], board[row + at.R_PERSON_B]
        board[at.MOVED] += more * is_moved(board, row, slot, one, other)


@kernel
def hold(board: Board, request: int, slot: int, one: int, other: int, table: int, pool: int) -> None:
    """Hold a request that is not held, where there is room for it."""
    row = request_row(board, request)
    board[row + at.R_SLOT] = slot
    board[row + at.R_PERSON_A] = one
    board[row + at.R_PERSON_B] = other
    board[row + at.R_TABLE] = table
    board[row + at.R_POOL] = pool
    seat(board, one, slot, request)
    seat(board, other, slot, request)
    take(board, table, slot, request, at.R_TABLE_AT)
    if pool >= 0:
        take(board, pool, slot, request, at.R_POOL_AT)
    count_request(board, row, 1)
    log(board, 1, request)
    # The last of those that wait takes its place among them.
    waiters = board[at.WAITERS] - 1
    place = board[row + at.R_WAITING_AT]
    last = board[board[at.WAITING] + waiters]
    board[board[at.WAITING] + place] = last
    board[request_row(board, last) + at.R_WAITING_AT] = place
    board[row + at.R_WAITING_AT] = -1
    board[at.WAITERS] = waiters


@kernel
def let_go(board: Board, request: int) -> None:
    """Hold a request no longer."""
    row = request_row(board, request)
    slot = board[row + at.R_SLOT]
    seat(board, board[row + at.R_PERSON_A], slot, -1)
    seat(board, board[row + at.R_PERSON_B], slot, -1)
    give_back(board, board[row + at.R_TABLE], slot, request, at.R_TABLE_AT)
    if board[row + at.R_POOL] >= 0:
        give_back(board, board[row + at.R_POOL], slot, request, at.R_POOL_AT)
    count_request(board, row, -1)
    log(board, 0, request)
    board[row + at.R_SLOT] = -1
    waiters = board[at.WAITERS]
    board[board[at.WAITING] + waiters] = request
    board[row + at.R_WAITING_AT] = waiters
    board[at.WAITERS] = waiters + 1


@kernel
def undo(board: Board, mark: int) -> None:
    """Take back what was done since the log had this length."""
    while board[at.LOGGED] > mark:
        line = board[at.LOG] + (board[at.LOGGED] - 1) * at.LOG_ROW
        request = board[line + 1]
        if board[line]:
            let_go(board, request)
        else:
            slot, one, other = board[line + 2], board[line + 3], board[line + 4]
            hold(board, request, slot, one, other, board[line + 5], board[line + 6])
        board[at.LOGGED] -= 2


@kernel
def energy(board: Board) -> int:
    """What the timetable costs, in points; the less the better."""
    return (
        board[at.PER_DROP] * board[at.DROPPED]
        + board[at.PER_SHORTFALL] * board[at.SHORTFALL]
        - board[at.PER_VALUE] * board[at.VALUE]
        + board[at.PER_MOVE] * board[at.MOVED]
        + board[at.PER_IDLE] * board[at.IDLE]
    )
