"""Whether pinned meetings can stand together, and if not, the fewest that cannot."""

from collections import defaultdict
from collections.abc import Iterator

from matchmaking.problem import Meeting, Problem
from matchmaking.solver.flatten import Places


def contradiction(problem: Problem, places: Places) -> tuple[int, ...]:
    """The fewest pinned requests that cannot stand together, sorted; empty where all can.

    Leaving out any one of them resolves what is wrong with them.
    """
    found = [tuple(sorted({pin.request for pin in pins})) for pins in _conflicts(problem, places)]
    return min(found, key=lambda requests: (len(requests), requests), default=())


def _conflicts(problem: Problem, places: Places) -> Iterator[list[Meeting]]:
    pins = list(dict.fromkeys(problem.pinned))
    yield from ([pin] for pin in pins if _stands_alone(problem, places, pin) is False)
    yield from _more_than(pins, lambda pin: [("request", pin.request)], lambda key: 1)
    seats = lambda pin: [("person", pin.person_a, pin.slot), ("person", pin.person_b, pin.slot)]  # noqa: E731
    yield from _more_than(pins, seats, lambda key: 1)
    yield from _more_than(pins, lambda pin: [("table", pin.table, pin.slot)], lambda key: 1)
    interpreted = [pin for pin in pins if pin.pool is not None and 0 <= pin.pool < len(problem.pools)]
    yield from _more_than(
        interpreted,
        lambda pin: [(pin.pool, pin.slot)],
        lambda key: problem.pools[key[0]].capacity[key[1]],
    )
    yield from _more_than(
        pins,
        lambda pin: [(each, problem.slots[pin.slot].day) for each in (pin.person_a, pin.person_b)],
        lambda key: problem.people[key[0]].max_per_day,
    )
    yield from _long_runs(problem, pins)


def _stands_alone(problem: Problem, places: Places, pin: Meeting) -> bool:
    """Whether a pinned meeting breaks no rule by itself."""
    request, table = problem.requests[pin.request], problem.tables[pin.table]
    one, other = places.sides[pin.request]
    pools = problem.pools_of(request)
    return (
        pin.person_a in one
        and pin.person_b in other
        and pin.person_a != pin.person_b
        and pin.slot in places.open[pin.person_a]
        and pin.slot in places.open[pin.person_b]
        and table.type in request.table_types
        and table.owner in (None, request.a, request.b)
        and pin.slot not in table.closed
        and (pin.pool is None if pools is None else pin.pool in pools)
    )


def _more_than(pins, keys_of, limit_of) -> Iterator[list[Meeting]]:  # type: ignore[no-untyped-def]
    """For each key that more pins share than its limit allows, one more of them than that."""
    sharing = defaultdict(list)
    for pin in pins:
        for key in keys_of(pin):
            sharing[key].append(pin)
    for key, those in sharing.items():
        limit = max(0, limit_of(key))
        if len(those) > limit:
            yield those[: limit + 1]


def _long_runs(problem: Problem, pins: list[Meeting]) -> Iterator[list[Meeting]]:
    """Pins that follow each other without a pause for longer than their person may meet."""
    mine: dict[int, dict[int, Meeting]] = defaultdict(dict)
    for pin in pins:
        mine[pin.person_a][pin.slot] = pin
        mine[pin.person_b][pin.slot] = pin
    for person, by_slot in mine.items():
        longest = problem.people[person].max_run
        run: list[Meeting] = []
        for slot in sorted(by_slot):
            follows = run and run[-1].slot == slot - 1
            if not (follows and problem.slots[slot - 1].block == problem.slots[slot].block):
                run = []
            run.append(by_slot[slot])
            if len(run) > longest:
                yield run[-longest - 1 :]
                break
