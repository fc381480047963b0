"""Why a request has no place, which promise cannot be kept, and what would help. No Django in here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from matchmaking.problem import Meeting, Pool, Problem, Request

# So many of each more, to see what they would do.
MORE_INTERPRETERS, MORE_TABLES = 2, 3
NAMED = 3
# A slot, and who of either side.
Option = tuple[int, int, int]


@dataclass(frozen=True)
class Unheld:
    """A request without a place: the reason as a code, and whose meetings were worth more."""

    request: int
    reason: str
    outranked_by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Short:
    """A company that gets fewer meetings than it was promised, and why more cannot be."""

    company: int
    promised: int
    held: int
    reason: str
    # What the reason counts: requests, or slots.
    most: int = 0


@dataclass(frozen=True)
class Help:
    """What would give more meetings a place: which thing, how many more of it, on which day, how many."""

    what: str
    key: int
    more: int
    day: int | None
    meetings: int


@dataclass
class Explained:
    """What there is to say about a timetable."""

    unheld: list[Unheld] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    help: list[Help] = field(default_factory=list)


class Board:
    """Who and what is taken in each slot."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]) -> None:
        self.problem = problem
        self.open = problem.availability()
        self.worth = {one.id: one.value for one in problem.requests}
        self.taken: dict[int, dict[int, Meeting]] = defaultdict(dict)
        self.at_table: set[tuple[int, int]] = set()
        self.in_pool: Counter[tuple[int, int]] = Counter()
        self.more_tables: Counter[tuple[int, int]] = Counter()
        self.more_in_pool: Counter[tuple[int, int]] = Counter()
        self.tables: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for table in problem.tables:
            self.tables[table.type, table.owner].append(table.id)
        for one in meetings:
            self.sit(one)

    def sit(self, meeting: Meeting) -> None:
        """A meeting takes its seats."""
        for person in (meeting.person_a, meeting.person_b):
            self.taken[person][meeting.slot] = meeting
        self.at_table.add((meeting.table, meeting.slot))
        if meeting.pool is not None:
            self.in_pool[meeting.pool, meeting.slot] += 1

    def fits(self, person: int, slot: int) -> bool:
        """Whether somebody can have one more meeting in a slot."""
        own, told = self.taken[person], self.problem.people[person]
        if slot in own:
            return False
        slots = self.problem.slots
        day = slots[slot].day
        if sum(1 for each in own if slots[each].day == day) >= told.max_per_day:
            return False
        row = 1
        for step in (-1, 1):
            each = slot + step
            while each in own and slots[each].block == slots[slot].block and slots[each].day == day:
                row, each = row + 1, each + step
        return row <= told.max_run

    def table_for(self, request: Request, slot: int) -> int | None:
        """A table that is free; -1 for one that stands there only to see what it would do."""
        for kind in request.table_types:
            for owner in (None, request.a, request.b):
                for table in self.tables[kind, owner]:
                    if slot not in self.problem.tables[table].closed and (table, slot) not in self.at_table:
                        return table
            if self.more_tables[kind, slot] > 0:
                return -1 - kind
        return None

    def pool_for(self, pools: Sequence[int], slot: int) -> int | None:
        """A pool with somebody to spare."""
        for pool in pools:
            spare = self.problem.pools[pool].capacity[slot] + self.more_in_pool[pool, slot]
            if self.in_pool[pool, slot] < spare:
                return pool
        return None

    def rise(self, meeting: Meeting) -> None:
        """A meeting gives its seats up again."""
        for person in (meeting.person_a, meeting.person_b):
            del self.taken[person][meeting.slot]
        self.at_table.discard((meeting.table, meeting.slot))
        if meeting.pool is not None:
            self.in_pool[meeting.pool, meeting.slot] -= 1

    def insert(self, request: Request, options: Iterable[Option]) -> Meeting | None:
        """Hold a request at the first of these that fits as things are."""
        pools = self.problem.pools_of(request)
        for slot, one, other in options:
            pool = None if pools is None else self.pool_for(pools, slot)
            if pools is not None and pool is None:
                continue
            if not (self.fits(one, slot) and self.fits(other, slot)):
                continue
            table = self.table_for(request, slot)
            if table is None:
                continue
            meeting = Meeting(request.id, slot, table, one, other, pool)
            self.sit(meeting)
            if table < 0:
                self.more_tables[-1 - table, slot] -= 1
            return meeting
        return None


def meetings_of(problem: Problem, free: list[frozenset[int]], request: Request) -> Iterator[Option]:
    ours, theirs = problem.people_of(request)
    for one in ours:
        for other in theirs:
            for slot in sorted(free[one] & free[other]):
                yield slot, one, other


def explain(
    problem: Problem, meetings: Sequence[Meeting], *, shortfall_least: int | None = None
) -> Explained:
    """Why what is not held is not held; ``shortfall_least`` is what no timetable can go below."""
    board = Board(problem, meetings)
    held = {one.request for one in meetings}
    waiting = [one for one in problem.requests if one.id not in held]
    found = Explained(unheld=[_why(board, one) for one in waiting])
    found.short = _short(board, meetings, found.unheld, shortfall_least)
    found.help = _helps(problem, meetings, waiting, found.unheld)
    return found


def _why(board: Board, request: Request) -> Unheld:
    problem = board.problem
    common = list(meetings_of(problem, board.open, request))
    if not common:
        return Unheld(request.id, "no_common_slot")
    slots = {slot for slot, _one, _other in common}
    pools = problem.pools_of(request)
    if pools is not None:
        slots = {slot for slot in slots if any(problem.pools[pool].capacity[slot] for pool in pools)}
        if not slots:
            return Unheld(request.id, "no_interpreter")
    owners = (None, request.a, request.b)
    kinds = [board.tables[kind, owner] for kind in request.table_types for owner in owners]
    slots = {
        slot
        for slot in slots
        if any(slot not in problem.tables[one].closed for some in kinds for one in some)
    }
    if not slots:
        return Unheld(request.id, "no_table")
    return _why_not_there(board, request, [each for each in common if each[0] in slots], pools)


def _why_not_there(
    board: Board, request: Request, common: list[Option], pools: tuple[int, ...] | None
) -> Unheld:
    """It could have been held, were it not for others."""
    free_a = [each for each in common if board.fits(each[1], each[0])]
    free_b = [each for each in common if board.fits(each[2], each[0])]
    both = [each for each in free_a if board.fits(each[2], each[0])]
    if both:
        if pools is not None and all(board.pool_for(pools, slot) is None for slot, *_rest in both):
            return Unheld(request.id, "interpreters_busy")
        if all(board.table_for(request, slot) is None for slot, *_rest in both):
            return Unheld(request.id, "tables_busy")
        return Unheld(request.id, "left_over")
    worth = board.worth
    rivals = {
        meeting.request
        for slot, one, other in common
        for meeting in (board.taken[one].get(slot), board.taken[other].get(slot))
        if meeting is not None and worth[meeting.request] >= request.value
    }
    named = tuple(sorted(rivals, key=lambda each: (worth[each], each))[:NAMED])
    if not free_a:
        return Unheld(request.id, "buyer_full", named)
    return Unheld(request.id, "exporter_full" if not free_b else "outranked", named)


IMPOSSIBLE = ("no_common_slot", "no_interpreter", "no_table")


def _short(
    board: Board, meetings: Sequence[Meeting], unheld: Sequence[Unheld], least: int | None
) -> list[Short]:
    problem, held = board.problem, Counter[int]()
    asked, possible = Counter[int](), Counter[int]()
    impossible = {one.request for one in unheld if one.reason in IMPOSSIBLE}
    for request in problem.requests:
        for side in (request.a, request.b):
            asked[side] += 1
            possible[side] += request.id not in impossible
    for one in meetings:
        request = problem.requests[one.request]
        held.update((request.a, request.b))
    missing = sum(max(0, each.min_meetings - held[each.id]) for each in problem.companies)
    found = []
    for company in problem.companies:
        promised, has = company.min_meetings, held[company.id]
        if has >= promised:
            continue
        seats = sum(len(board.open[person]) for person in company.people)
        if asked[company.id] < promised:
            found.append(Short(company.id, promised, has, "too_few_requests", asked[company.id]))
        elif seats < promised:
            found.append(Short(company.id, promised, has, "too_few_slots", seats))
        elif possible[company.id] < promised:
            found.append(Short(company.id, promised, has, "partners_cannot", possible[company.id]))
        else:
            proved = least is not None and missing <= least
            found.append(Short(company.id, promised, has, "proved" if proved else "not_found"))
    return found


def _helps(
    problem: Problem, meetings: Sequence[Meeting], waiting: Sequence[Request], unheld: Sequence[Unheld]
) -> list[Help]:
    """What a few more interpreters or tables would add at once, without moving anybody; the most first."""
    reasons = {one.request: one.reason for one in unheld}
    worth = sorted(waiting, key=lambda one: (-one.value, one.id))
    tongues = [one for one in worth if reasons[one.id] in ("no_interpreter", "interpreters_busy")]
    seats = [one for one in worth if reasons[one.id] in ("no_table", "tables_busy")]
    board = Board(problem, meetings)
    options = {one.id: _free_for_both(board, one) for one in (*tongues, *seats)}
    found = [_help_of_interpreters(board, pool, tongues, options) for pool in problem.pools if tongues]
    for kind in problem.table_types if seats else ():
        own = [(one, options[one.id]) for one in seats if kind.id in one.table_types]
        board.more_tables.update({(kind.id, slot.id): MORE_TABLES for slot in problem.slots})
        found.append(Help("tables", kind.id, MORE_TABLES, None, _would_add(board, own)))
        board.more_tables.clear()
    helpful = [one for one in found if one.meetings]
    return sorted(helpful, key=lambda one: -one.meetings)[:6]


def _free_for_both(board: Board, request: Request) -> list[Option]:
    return [
        (slot, one, other)
        for slot, one, other in meetings_of(board.problem, board.open, request)
        if board.fits(one, slot) and board.fits(other, slot)
    ]


def _help_of_interpreters(
    board: Board, pool: Pool, tongues: Sequence[Request], options: dict[int, list[Option]]
) -> Help:
    """On which day more of a pool would do most: they are hired for that one."""
    problem = board.problem
    by_day = []
    bridged = [one for one in tongues if pool.id in (problem.pools_of(one) or ())]
    for day in sorted({slot.day for slot in problem.slots}):
        slots = {slot.id for slot in problem.slots if slot.day == day}
        board.more_in_pool.update({(pool.id, slot): MORE_INTERPRETERS for slot in slots})
        own = [(one, [each for each in options[one.id] if each[0] in slots]) for one in bridged]
        many = _would_add(board, own)
        by_day.append(Help("interpreters", pool.id, MORE_INTERPRETERS, day, many))
        board.more_in_pool.clear()
    return max(by_day, key=lambda one: one.meetings)


def _would_add(board: Board, asked: Iterable[tuple[Request, list[Option]]]) -> int:
    """How many requests find a place, one after the other; the board is left as it was."""
    placed = [found for one, options in asked if (found := board.insert(one, options))]
    for one in placed:
        board.rise(one)
    return len(placed)
