"""Small fairs, the rules said a second time, and the best timetable by trying everything."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from matchmaking.problem import (
    Calendar,
    Company,
    Meeting,
    Person,
    Pool,
    Problem,
    Request,
    Slot,
    Table,
    TableType,
)
from matchmaking.solver.searching import Budget

BEGINS = datetime(2027, 3, 9, 8, tzinfo=UTC)
QUICK = Budget(3_000, 3_000)


def slots(*blocks, day_of=lambda block: 0):
    """Slots of twenty minutes, so many in each block."""
    made = []
    for block, many in enumerate(blocks):
        for place in range(many):
            day = day_of(block)
            start = BEGINS + timedelta(days=day, hours=4 * block, minutes=20 * place)
            made.append(Slot(len(made), day, block, start, 20))
    return tuple(made)


def person(number, company=None, **told):
    """Somebody with nothing else to do."""
    own = {"calendar": 0, "busy": frozenset(), "sessions": (), "max_per_day": 9, "max_run": 9}
    return Person(number, number if company is None else company, **own | told)


def fair(pairs, *, grid=None, tables=9, people=None, langs=None, promised=(), value=100, **told):
    """A fair where these pairs of companies ask to meet, one person each unless said otherwise."""
    many = 1 + max((max(pair) for pair in pairs), default=1)
    people = people or tuple(person(each) for each in range(many))
    langs, promised = langs or {}, dict(promised)
    companies = tuple(
        Company(
            each,
            frozenset(langs.get(each, {"en"})),
            promised.get(each, 0),
            tuple(one.id for one in people if one.company == each),
        )
        for each in range(many)
    )
    always = Calendar(0, "UTC", ((BEGINS - timedelta(days=9), BEGINS + timedelta(days=9)),))
    values = value if callable(value) else lambda place: value
    return Problem(
        name="small",
        slots=grid or slots(3),
        calendars=(always,),
        sessions=(),
        table_types=(TableType(0, "table", False), TableType(1, "screen", True)),
        tables=tuple(Table(each, 0, None, frozenset()) for each in range(tables)),
        pools=told.pop("pools", ()),
        companies=companies,
        people=people,
        requests=tuple(Request(n, a, b, True, values(n), (0,)) for n, (a, b) in enumerate(pairs)),
        **told,
    )


def broken_rules(problem, meetings):
    """The codes of the rules that meetings break, H1 to H10, each once."""
    opened = problem.availability()
    seats = Counter((who, m.slot) for m in meetings for who in (m.person_a, m.person_b))
    days = Counter((who, problem.slots[slot].day) for who, slot in seats)
    tables = Counter((m.table, m.slot) for m in meetings)
    pools = Counter((m.pool, m.slot) for m in meetings if m.pool is not None)
    broken = {
        "H1": max(Counter(m.request for m in meetings).values(), default=0) > 1,
        "H2": any(
            who not in side
            for m in meetings
            for who, side in zip(
                (m.person_a, m.person_b), problem.people_of(problem.requests[m.request]), strict=True
            )
        ),
        "H3": max(seats.values(), default=0) > 1,
        "H4": any(slot not in opened[who] for who, slot in seats),
        "H5": max(tables.values(), default=0) > 1 or any(not _fits_table(problem, m) for m in meetings),
        "H6": any(not _is_understood(problem, m) for m in meetings)
        or any(many > problem.pools[pool].capacity[slot] for (pool, slot), many in pools.items()),
        "H7": any(many > problem.people[who].max_per_day for (who, _), many in days.items()),
        "H8": any(_runs_too_long(problem, each.id, seats) for each in problem.people),
        "H9": any(pin not in meetings for pin in problem.pinned),
        "H10": problem.max_moves is not None and _moved(problem, meetings, opened) > problem.max_moves,
    }
    return [code for code, is_broken in broken.items() if is_broken]


def _fits_table(problem, meeting):
    table, request = problem.tables[meeting.table], problem.requests[meeting.request]
    owners = {None, request.a, request.b}
    return table.type in request.table_types and table.owner in owners and meeting.slot not in table.closed


def _is_understood(problem, meeting):
    pools = problem.pools_of(problem.requests[meeting.request])
    return meeting.pool is None if pools is None else meeting.pool in pools


def _moved(problem, meetings, opened):
    """How many published meetings are at another hour or with other people though their place is there."""
    now, moved = {m.request: m for m in meetings}, 0
    for old in problem.published:
        new = now.get(old.request)
        if new is None or (old.slot, old.person_a, old.person_b) == (new.slot, new.person_a, new.person_b):
            continue
        sides = problem.people_of(problem.requests[old.request])
        moved += (
            old.slot in opened[old.person_a] & opened[old.person_b]
            and old.table < len(problem.tables)
            and old.slot not in problem.tables[old.table].closed
            and old.person_a in sides[0]
            and old.person_b in sides[1]
            and (old.pool is None or problem.pools[old.pool].capacity[old.slot] > 0)
        )
    return moved


def _runs_too_long(problem, who, seats):
    run, before = 0, None
    for slot in problem.slots:
        follows = before is not None and before.block == slot.block
        run = (run if follows else 0) + 1 if (who, slot.id) in seats else 0
        before = slot
        if run > problem.people[who].max_run:
            return True
    return False


def best_by_force(problem):
    """The least shortfall and then minus the highest value, by trying everything; one person a company."""
    opened = problem.availability()
    choices = []
    for request in problem.requests:
        one, other = (people[0] for people in problem.people_of(request))
        both = opened[one] & opened[other]
        pools = problem.pools_of(request)
        ways = [None] if pools is None else pools
        choices.append([None, *((slot, one, other, pool) for slot in sorted(both) for pool in ways)])
    best = None
    for chosen in product(*choices):
        worth = _worth(problem, chosen)
        if worth is not None and (best is None or worth < best):
            best = worth
    return best


def _worth(problem, chosen):
    placed = [(n, *place) for n, place in enumerate(chosen) if place]
    used = Counter()
    meetings = []
    for request, slot, one, other, pool in placed:
        free = [t.id for t in problem.tables if slot not in t.closed]
        if used[slot] >= len(free):
            return None
        meetings.append(Meeting(request, slot, free[used[slot]], one, other, pool))
        used[slot] += 1
    if broken_rules(replace(problem, pinned=()), meetings):
        return None
    held = Counter(each for m in meetings for each in (m.person_a, m.person_b))
    short = sum(max(0, c.min_meetings - held[c.id]) for c in problem.companies)
    return short, -sum(problem.requests[m.request].value for m in meetings)


@st.composite
def small_fairs(draw, most_slots=4, most_companies=5, delegations=True):
    """Fairs of a few companies with every rule in play."""
    grid = slots(*draw(st.lists(st.integers(1, most_slots), min_size=1, max_size=2)), day_of=lambda b: b)
    many = draw(st.integers(2, most_companies))
    buyers = draw(st.integers(1, many - 1))
    pairs = [(a, b) for a in range(buyers) for b in range(buyers, many) if draw(st.booleans())]
    languages = {each: draw(st.sampled_from([{"en"}, {"fr"}, {"en", "fr"}])) for each in range(many)}
    people = []
    for company in range(many):
        for _ in range(draw(st.integers(1, 2)) if delegations else 1):
            busy = frozenset(draw(st.sets(st.integers(0, len(grid) - 1), max_size=2)))
            limits = {"max_per_day": draw(st.integers(0, 3)), "max_run": draw(st.integers(1, 3))}
            people.append(person(len(people), company, busy=busy, **limits))
    numbers = st.lists(st.integers(0, 1), min_size=len(grid), max_size=len(grid))
    pools = (Pool(0, ("en", "fr"), tuple(draw(numbers))),)
    values = [draw(st.integers(1, 200)) for _ in pairs]
    return fair(
        pairs or [(0, many - 1)],
        grid=grid,
        tables=draw(st.integers(0, 2)),
        people=tuple(people),
        langs=languages,
        promised=[(each, draw(st.integers(0, 2))) for each in range(many)],
        value=lambda place: values[place] if values else 1,
        pools=pools,
    )
