"""Who and what is taken in each slot, for the solver of tests."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from matchmaking.problem import Meeting, Problem, Request

# A slot, and who of either side.
Option = tuple[int, int, int]


class Board:
    """Who and what is taken in each slot."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]) -> None:
        self.problem = problem
        self.open = problem.availability()
        self.taken: dict[int, dict[int, Meeting]] = defaultdict(dict)
        self.at_table: set[tuple[int, int]] = set()
        self.in_pool: Counter[tuple[int, int]] = Counter()
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
        """A table that is free."""
        for kind in request.table_types:
            for owner in (None, request.a, request.b):
                for table in self.tables[kind, owner]:
                    if slot not in self.problem.tables[table].closed and (table, slot) not in self.at_table:
                        return table
        return None

    def pool_for(self, pools: Sequence[int], slot: int) -> int | None:
        """A pool with somebody to spare."""
        for pool in pools:
            if self.in_pool[pool, slot] < self.problem.pools[pool].capacity[slot]:
                return pool
        return None


def meetings_of(problem: Problem, free: list[frozenset[int]], request: Request) -> Iterator[Option]:
    ours, theirs = problem.people_of(request)
    for one in ours:
        for other in theirs:
            for slot in sorted(free[one] & free[other]):
                yield slot, one, other
