"""What a timetable is worth, counted anew from its meetings and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from matchmaking.problem import Figures, Meeting, Mode, Problem


def figures_of(
    problem: Problem, meetings: Sequence[Meeting], opened: Sequence[frozenset[int]] | None = None
) -> Figures:
    """The figures of meetings that keep every rule; `opened` is the people's availability if known."""
    opened = problem.availability() if opened is None else opened
    held: Counter[int] = Counter()
    for meeting in meetings:
        request = problem.requests[meeting.request]
        held.update((request.a, request.b))
    idle, changes = _of_people(problem, meetings, opened)
    dropped, moved, unforced, retabled = _against_published(problem, meetings, opened)
    return Figures(
        shortfall=sum(max(0, each.min_meetings - held[each.id]) for each in problem.companies),
        value=sum(problem.requests[meeting.request].value for meeting in meetings),
        idle=idle,
        table_changes=changes + retabled,
        meetings=len(meetings),
        dropped=dropped,
        moved=moved,
        moved_unforced=unforced,
    )


def _of_people(
    problem: Problem, meetings: Sequence[Meeting], opened: Sequence[frozenset[int]]
) -> tuple[int, int]:
    days: dict[tuple[int, int], dict[int, Meeting]] = defaultdict(dict)
    for meeting in meetings:
        day = problem.slots[meeting.slot].day
        days[meeting.person_a, day][meeting.slot] = meeting
        days[meeting.person_b, day][meeting.slot] = meeting
    virtual = {table.id for table in problem.tables if problem.table_types[table.type].virtual}
    idle = changes = 0
    for (person, _), by_slot in days.items():
        slots = sorted(by_slot)
        between = range(slots[0] + 1, slots[-1])
        idle += sum(slot in opened[person] and slot not in by_slot for slot in between)
        for before, after in pairwise(slots):
            pair = {by_slot[before].table, by_slot[after].table}
            changes += len(pair) == 2 and not pair & virtual
    return idle, changes


def _against_published(
    problem: Problem, meetings: Sequence[Meeting], opened: Sequence[frozenset[int]]
) -> tuple[int, int, int, int]:
    """Dropped, moved, moved without need, and moved to another table only."""
    if problem.mode is Mode.PLAN:
        return 0, 0, 0, 0
    now = {meeting.request: meeting for meeting in meetings}
    dropped = moved = unforced = retabled = 0
    for old in existing_published(problem):
        new = now.get(old.request)
        if new is None:
            dropped += 1
        elif is_elsewhere(old, new):
            moved += 1
            unforced += not is_forced(problem, old, opened)
        else:
            retabled += new.table != old.table
    return dropped, moved, unforced, retabled


def existing_published(problem: Problem) -> list[Meeting]:
    """What people hold of requests that still exist, each once."""
    return list(
        {old.request: old for old in problem.published if old.request < len(problem.requests)}.values()
    )


def is_elsewhere(old: Meeting, new: Meeting) -> bool:
    """Whether a meeting has moved: to another slot or other people; another table only is no move."""
    return (old.slot, old.person_a, old.person_b) != (new.slot, new.person_a, new.person_b)


def is_forced(problem: Problem, old: Meeting, opened: Sequence[frozenset[int]]) -> bool:
    """Whether the place of a published meeting has become impossible."""
    one, other = problem.people_of(problem.requests[old.request])
    gone = not 0 <= old.table < len(problem.tables) or old.slot in problem.tables[old.table].closed
    away = old.slot not in opened[old.person_a] or old.slot not in opened[old.person_b]
    unfit = old.person_a not in one or old.person_b not in other
    unspoken = (
        old.pool is not None
        and 0 <= old.pool < len(problem.pools)
        and problem.pools[old.pool].capacity[old.slot] == 0
    )
    return gone or away or unfit or unspoken
