"""A problem as the board that the search works on, and what stands on a board as meetings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaking.problem import Meeting, Problem
from matchmaking.solver import layout as at

Ints = NDArray[np.int64]
# Tables of one kind and owner are as good as each other until they are numbered.
Kind = tuple[int, int | None]
# Dearer values would not fit the sums of a search once each has its price in points.
DEAREST = 100_000


def in_reach(problem: Problem, dearest: int) -> Problem:
    """The problem with values that a search can reckon with: a dearest of `DEAREST`, each rounded up."""
    if dearest <= DEAREST:
        return problem
    requests = tuple(replace(each, value=-(-each.value * DEAREST // dearest)) for each in problem.requests)
    return replace(problem, requests=requests)


def out_of_reach(bound: int, dearest: int) -> int:
    """What a bound of values `in_reach`, which were rounded up, proves of the values themselves."""
    return bound * max(dearest, DEAREST) // DEAREST


@dataclass(frozen=True)
class Places:
    """What a problem offers, worked out once: availability, kinds of tables, and what each request may use.

    `rooms[k][t]` is how many units of resource k there are in slot t: kinds of tables first, then pools.
    """

    open: list[frozenset[int]]
    kinds: list[Kind]
    tables_of: dict[Kind, list[int]]
    rooms: Ints
    sides: list[tuple[tuple[int, ...], tuple[int, ...]]]
    kinds_of: list[tuple[int, ...]]
    # None where no interpreter is needed.
    pools_of: list[tuple[int, ...] | None]

    def kind_of_table(self, problem: Problem, table: int) -> int:
        """The resource that a table belongs to."""
        found = problem.tables[table]
        return self.kinds.index((found.type, found.owner))


def places_of(problem: Problem) -> Places:
    """The places of a problem."""
    tables_of: dict[Kind, list[int]] = defaultdict(list)
    for each in problem.tables:
        tables_of[each.type, each.owner].append(each.id)
    kinds = list(tables_of)
    position = {kind: index for index, kind in enumerate(kinds)}
    rooms = np.zeros((len(kinds) + len(problem.pools), len(problem.slots)), np.int64)
    for index, kind in enumerate(kinds):
        rooms[index] = len(tables_of[kind])
        for table in tables_of[kind]:
            for slot in problem.tables[table].closed:
                if 0 <= slot < len(problem.slots):
                    rooms[index, slot] -= 1
    for pool in problem.pools:
        # More than there are requests nobody can use.
        there = np.asarray(pool.capacity, np.int64)
        rooms[len(kinds) + pool.id] = np.clip(there, 0, len(problem.requests))
    kinds_of = []
    for request in problem.requests:
        wanted = dict.fromkeys(
            (kind, owner) for kind in request.table_types for owner in (None, request.a, request.b)
        )
        kinds_of.append(tuple(position[each] for each in wanted if each in position))
    pools = _pools_of_requests(problem, len(kinds))
    people = map(problem.people_of, problem.requests)
    sides = [(_unique(one), _unique(other)) for one, other in people]
    return Places(problem.availability(), kinds, dict(tables_of), rooms, sides, kinds_of, pools)


def _unique(people: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(people))


def _pools_of_requests(problem: Problem, first: int) -> list[tuple[int, ...] | None]:
    found = []
    known: dict[tuple[frozenset[str], frozenset[str]], tuple[int, ...] | None] = {}
    for request in problem.requests:
        key = problem.companies[request.a].langs, problem.companies[request.b].langs
        if key not in known:
            pools = problem.pools_of(request)
            known[key] = None if pools is None else tuple(first + pool for pool in pools)
        found.append(known[key])
    return found


@dataclass(frozen=True)
class Segment:
    """Slots that share a mask: a day, or part of it."""

    day: int
    slots: tuple[int, ...]


def segments_of(problem: Problem) -> list[Segment]:
    """The days in segments of at most as many slots as a mask has bits."""
    days: dict[int, list[int]] = {}
    for each in problem.slots:
        days.setdefault(each.day, []).append(each.id)
    found = []
    for day, slots in days.items():
        part: list[int] = []
        for slot in slots:
            if len(part) == at.MASK_BITS or (part and slot != part[-1] + 1):
                found.append(Segment(day, tuple(part)))
                part = []
            part.append(slot)
        found.append(Segment(day, tuple(part)))
    return found


def _by_block(problem: Problem, slots: Sequence[int]) -> list[tuple[int, list[int]]]:
    blocks: list[tuple[int, list[int]]] = []
    for slot in slots:
        if not blocks or blocks[-1][0] != problem.slots[slot].block:
            blocks.append((problem.slots[slot].block, []))
        blocks[-1][1].append(slot)
    return blocks


class Drawing:
    """Lays the families of rows one after the other and remembers where each begins."""

    def __init__(self) -> None:
        self.head = np.zeros(at.HEADER, np.int64)
        self.parts: list[Ints] = [self.head]
        self.size = at.HEADER

    def add(self, family: int, rows: Any) -> None:
        """Lay one family, given as an array of any shape."""
        flat = np.ascontiguousarray(rows, np.int64).ravel()
        self.head[family] = self.size
        self.parts.append(flat)
        self.size += len(flat)

    def board(self) -> Ints:
        """All of it as one array."""
        return np.concatenate(self.parts)


def board_of(problem: Problem, places: Places, seed: int) -> Ints:
    """The empty board of a problem: an array of int64, shape `(n,)`, laid out as `layout` says."""
    drawing = Drawing()
    segments = segments_of(problem)
    days = list(dict.fromkeys(segment.day for segment in segments))
    counts = {
        at.REQUESTS: len(problem.requests),
        at.PEOPLE: len(problem.people),
        at.COMPANIES: len(problem.companies),
        at.SLOTS: len(problem.slots),
        at.SEGMENTS: len(segments),
        at.DAYS: len(days),
        at.RESOURCES: len(places.rooms),
    }
    for place, count in counts.items():
        drawing.head[place] = count
    _lay_time(drawing, problem, segments, days)
    _lay_people(drawing, problem, places, segments, days)
    _lay_resources(drawing, places, segments)
    _lay_requests(drawing, problem, places)
    drawing.add(at.WAITING, np.arange(len(problem.requests)))
    drawing.add(at.LOG, np.zeros((at.LOG_SIZE + 1) * at.LOG_ROW))
    drawing.add(at.PENDING, np.zeros(at.PENDING_SIZE))
    drawing.head[at.JOINED] = _is_joined(problem, segments)
    drawing.head[at.SPLIT] = len(segments) > len(days)
    drawing.head[at.WAITERS] = len(problem.requests)
    drawing.head[at.SHORTFALL] = sum(company.min_meetings for company in problem.companies)
    drawing.head[at.MOST_MOVES] = 1 << 40 if problem.max_moves is None else problem.max_moves
    # Any state but zero; neighbouring seeds are torn apart.
    drawing.head[at.RANDOM] = (seed * 0x9E3779B97F4A7C1 + 0x5851F42D4C957F2D) % (1 << 62) | 1
    return drawing.board()


def _lay_time(drawing: Drawing, problem: Problem, segments: list[Segment], days: list[int]) -> None:
    slots = np.zeros((len(problem.slots), at.SLOT_ROW), np.int64)
    rows = np.zeros((len(segments), at.SEGMENT_ROW), np.int64)
    spans = np.zeros((len(days), at.DAY_ROW), np.int64)
    spans[:, at.D_FIRST] = len(segments)
    for index, segment in enumerate(segments):
        day = days.index(segment.day)
        linked = 0
        for place, slot in enumerate(segment.slots):
            follows = slot > 0 and problem.slots[slot - 1].block == problem.slots[slot].block
            slots[slot] = index, 1 << place, day, place, follows
            same = [problem.slots[each].block for each in segment.slots[place : place + 2]]
            linked |= (len(same) == 2 and same[0] == same[1]) << place
        rows[index] = segment.slots[0], len(segment.slots), day, linked
        spans[day] = min(spans[day, at.D_FIRST], index), index + 1
    drawing.add(at.SLOT, slots)
    drawing.add(at.SEGMENT, rows)
    drawing.add(at.DAY, spans)


def _lay_people(
    drawing: Drawing, problem: Problem, places: Places, segments: list[Segment], days: list[int]
) -> None:
    many = len(problem.people)
    limits = [[each.company, each.max_run, each.max_per_day] for each in problem.people]
    masks = np.zeros((many, len(segments), at.MASK_ROW), np.int64)
    for person, opened in enumerate(places.open):
        for index, segment in enumerate(segments):
            mask = sum(1 << place for place, slot in enumerate(segment.slots) if slot in opened)
            masks[person, index, at.M_OPEN] = mask
            if problem.people[person].max_run > 0 and problem.people[person].max_per_day > 0:
                masks[person, index, at.M_FREE] = mask
    drawing.add(at.PERSON, np.asarray(limits).reshape(many, at.PERSON_ROW))
    drawing.add(at.HELD, np.zeros((many, len(days))))
    drawing.add(at.MASK, masks)
    drawing.add(at.SEAT, np.full((many, len(problem.slots)), -1))
    drawing.add(at.COMPANY, [[0, company.min_meetings] for company in problem.companies])


def _is_joined(problem: Problem, segments: list[Segment]) -> bool:
    """Whether somebody could meet too long in a row across segments: past midnight, or in a long block."""
    of = {slot: index for index, segment in enumerate(segments) for slot in segment.slots}
    shortest = min((each.max_run for each in problem.people), default=0)
    for _, block in _by_block(problem, range(len(problem.slots))):
        if len(block) > shortest and len({of[slot] for slot in block}) > 1:
            return True
    return False


def _lay_resources(drawing: Drawing, places: Places, segments: list[Segment]) -> None:
    resources, slots = places.rooms.shape
    use = np.zeros((resources, slots, at.USE_ROW), np.int64)
    use[:, :, at.U_THERE] = places.rooms
    use[:, :, at.U_LIST] = (np.cumsum(places.rooms) - places.rooms.ravel()).reshape(resources, slots)
    room = np.zeros((resources, len(segments)), np.int64)
    for index, segment in enumerate(segments):
        for place, slot in enumerate(segment.slots):
            room[:, index] |= (places.rooms[:, slot] > 0).astype(np.int64) << place
    drawing.add(at.USE, use)
    drawing.add(at.ROOM, room)
    drawing.add(at.TOLL, np.zeros(resources))
    drawing.add(at.LIST, np.full(int(places.rooms.sum()) + 1, -1))


def _lay_requests(drawing: Drawing, problem: Problem, places: Places) -> None:
    rows = np.full((len(problem.requests), at.REQUEST_ROW), -1, np.int64)
    options: list[int] = []
    known: dict[tuple[int, ...], int] = {}

    def listed(ids: tuple[int, ...]) -> tuple[int, int]:
        if ids not in known:
            known[ids] = len(options)
            options.extend(ids)
        return known[ids], len(ids)

    for request in problem.requests:
        row = rows[request.id]
        one, other = places.sides[request.id]
        pools = places.pools_of[request.id]
        row[at.R_A], row[at.R_B], row[at.R_VALUE] = request.a, request.b, request.value
        row[at.R_PEOPLE_A], row[at.R_COUNT_A] = listed(one)
        row[at.R_PEOPLE_B], row[at.R_COUNT_B] = listed(other)
        row[at.R_TABLES], row[at.R_TABLE_KINDS] = listed(places.kinds_of[request.id])
        row[at.R_POOLS], row[at.R_POOL_KINDS] = listed(pools or ())
        row[at.R_NEEDS_POOL] = pools is not None
        if set(one) & set(other):
            # Nobody meets oneself.
            row[at.R_COUNT_A] = 0
        row[at.R_LOCKED] = row[at.R_FORCED] = row[at.R_STAMP] = row[at.R_HOPE] = row[at.R_WORTH] = 0
        row[at.R_WAITING_AT] = request.id
    drawing.add(at.REQUEST, rows)
    drawing.add(at.OPTION, [*options, -1])


def held_meetings(board: Ints, places: Places) -> list[Meeting]:
    """The meetings that stand on a board; the table is still the number of its kind."""
    first, count = int(board[at.REQUEST]), int(board[at.REQUESTS])
    rows = board[first : first + count * at.REQUEST_ROW].reshape(count, at.REQUEST_ROW)
    tables = len(places.kinds)
    found = []
    for request in np.flatnonzero(rows[:, at.R_SLOT] >= 0):
        row = rows[request]
        pool = int(row[at.R_POOL])
        found.append(
            Meeting(
                request=int(request),
                slot=int(row[at.R_SLOT]),
                table=int(row[at.R_TABLE]),
                person_a=int(row[at.R_PERSON_A]),
                person_b=int(row[at.R_PERSON_B]),
                pool=pool - tables if pool >= 0 else None,
            )
        )
    return found
