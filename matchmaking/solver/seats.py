"""Which table each meeting has: slot by slot, an assignment that lets people stay where they sat."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matchmaking.problem import Meeting, Problem
from matchmaking.solver.assigning import heaviest
from matchmaking.solver.flatten import Places
from matchmaking.solver.measuring import existing_published, is_elsewhere

# So many meetings at once take longer to seat at best than the largest fair that was tried.
HURRIED_FROM = 1_500


class Hall:
    """Where everybody sat last on a day, while slots go by."""

    def __init__(self, problem: Problem, places: Places, is_late: Callable[[], bool]) -> None:
        self.problem, self.places, self.is_late = problem, places, is_late
        self.fixed = {pin.request: pin.table for pin in problem.pinned}
        self.published = {old.request: old for old in existing_published(problem)}
        # (person, day) -> table
        self.sat: dict[tuple[int, int], int] = {}

    def as_they_sat(self, slot: int, meetings: list[Meeting]) -> list[Meeting]:
        """The meetings of a slot, what people hold at a table of the kind they hold, if all find room."""
        kinds: dict[int, int] = {}
        for meeting in meetings:
            if meeting.request in self.fixed:
                kinds[meeting.request] = meeting.table
            elif (kind := self.held_kind(meeting)) is not None:
                kinds[meeting.request] = kind
        if all(kinds.get(each.request, each.table) == each.table for each in meetings):
            return meetings
        room = Counter({kind: int(self.places.rooms[kind][slot]) for kind in range(len(self.places.kinds))})
        room.subtract(kinds.values())
        for meeting in meetings:
            if meeting.request not in kinds:
                others = self.places.kinds_of[meeting.request]
                free = (kind for kind in (meeting.table, *others) if room[kind] > 0)
                if (kind := next(free, None)) is None:
                    return meetings
                kinds[meeting.request] = kind
                room[kind] -= 1
        if min(room.values()) < 0:
            return meetings
        return [replace(meeting, table=kinds[meeting.request]) for meeting in meetings]

    def held_kind(self, meeting: Meeting) -> int | None:
        """The kind of the table that people hold for a meeting that stays, if it can still be had."""
        old = self.published.get(meeting.request)
        if old is None or is_elsewhere(old, meeting) or not 0 <= old.table < len(self.problem.tables):
            return None
        kind = self.places.kind_of_table(self.problem, old.table)
        is_open = meeting.slot not in self.problem.tables[old.table].closed
        return kind if is_open and kind in self.places.kinds_of[meeting.request] else None

    def wishes(self, meeting: Meeting) -> dict[int, int]:
        """The tables at which a meeting disturbs less, with by how much."""
        found: dict[int, int] = defaultdict(int)
        day = self.problem.slots[meeting.slot].day
        for person in (meeting.person_a, meeting.person_b):
            if (person, day) in self.sat:
                found[self.sat[person, day]] += 1
        old = self.published.get(meeting.request)
        if old and not is_elsewhere(old, meeting):
            # To move to another table is told to two people who hold a paper; a change is walked by one.
            found[old.table] += 3
        return found

    def seat(self, meeting: Meeting, table: int) -> Meeting:
        """The meeting at its table, remembered for what comes after."""
        day = self.problem.slots[meeting.slot].day
        self.sat[meeting.person_a, day] = self.sat[meeting.person_b, day] = table
        return replace(meeting, table=table)

    def assign(self, kind: int, slot: int, meetings: list[Meeting]) -> list[int]:
        """Tables of one kind in one slot, in the order of the meetings."""
        tables = self.places.tables_of[self.places.kinds[kind]]
        taken = {self.fixed[meeting.request] for meeting in meetings if meeting.request in self.fixed}
        free = [t for t in tables if slot not in self.problem.tables[t].closed and t not in taken]
        free_set = set(free)
        wishes = [
            {} if meeting.request in self.fixed else _within(self.wishes(meeting), free_set)
            for meeting in meetings
        ]
        is_hurried = len(meetings) > HURRIED_FROM and self.is_late()
        chosen = first_wishes(wishes) if is_hurried else best_wishes(wishes)
        given = set(chosen.values())
        left = iter([table for table in free if table not in given])
        return [
            self.fixed[meeting.request]
            if meeting.request in self.fixed
            else chosen[place]
            if place in chosen
            else next(left)
            for place, meeting in enumerate(meetings)
        ]


def _within(wishes: dict[int, int], free: set[int]) -> dict[int, int]:
    return {table: weight for table, weight in wishes.items() if table in free}


def best_wishes(wishes: Sequence[dict[int, int]]) -> dict[int, int]:
    """The heaviest way to fulfil wishes, each table once: place in the list -> table."""
    askers = [place for place, wished in enumerate(wishes) if wished]
    tables = sorted({table for wished in wishes for table in wished})
    column = {table: place for place, table in enumerate(tables)}
    # A column of its own lets each asker do without.
    weights = np.zeros((len(askers), len(tables) + len(askers)))
    for row, place in enumerate(askers):
        for table, weight in wishes[place].items():
            weights[row, column[table]] = weight
    owners = heaviest(weights)[: len(tables)]
    return {
        askers[row]: tables[place] for place, row in enumerate(owners) if row >= 0 and weights[row, place] > 0
    }


def first_wishes(wishes: Sequence[dict[int, int]]) -> dict[int, int]:
    """The same in a hurry: whoever comes first sits where they like best of what is left."""
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for place, wished in enumerate(wishes):
        left = [(-weight, table) for table, weight in wished.items() if table not in taken]
        if left:
            chosen[place] = min(left)[1]
            taken.add(chosen[place])
    return chosen


def with_tables(
    problem: Problem,
    places: Places,
    meetings: Sequence[Meeting],
    is_late: Callable[[], bool] = lambda: False,
) -> tuple[Meeting, ...]:
    """The meetings, whose tables are numbers of kinds, at tables; sorted by request.

    Once it ``is_late``, a very large hall is seated as people come in.
    """
    hall = Hall(problem, places, is_late)
    by_slot: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        by_slot[meeting.slot].append(meeting)
    seated: list[Meeting] = []
    for slot in sorted(by_slot):
        of_kinds: dict[int, list[Meeting]] = defaultdict(list)
        for meeting in hall.as_they_sat(slot, by_slot[slot]):
            of_kinds[meeting.table].append(meeting)
        # Each person is at one table a slot, so whose turn it is first does not matter.
        for kind, those in of_kinds.items():
            tables = hall.assign(kind, slot, those)
            seated += [hall.seat(meeting, table) for meeting, table in zip(those, tables, strict=True)]
    return tuple(sorted(seated, key=lambda meeting: meeting.request))
