"""Who stands where, worked out: categories together, neighbours of the last time beside each other.

No Django in here. The same question has the same answer: booths are looked at as one walks past them,
exhibitors by the number that they came with. Nobody who has a booth is moved. The dilemma is between the
category that a booth is meant for and the neighbours it would bring together: the category wins, since buyers
look for a category, and pairs are kept inside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why somebody stands where they do, or nowhere."""

    MEANT = "meant"
    BESIDE_CATEGORY = "beside_category"
    BESIDE_AS_BEFORE = "beside_as_before"
    NEAREST = "nearest"
    FULL = "full"


@dataclass(frozen=True)
class Spot:
    """A free booth: its neighbours by number, and the category that it is meant for."""

    number: str
    neighbours: tuple[str, ...]
    category: int | None = None


@dataclass(frozen=True)
class Guest:
    """An exhibitor without a booth."""

    key: int
    category: int | None = None


@dataclass(frozen=True)
class Seat:
    """A booth for a guest, and why."""

    guest: int
    number: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Seating:
    """What was found: booths for guests, pairs that could not be kept, and guests without a booth."""

    seats: tuple[Seat, ...]
    parted: tuple[tuple[int, int], ...] = ()
    left_over: tuple[int, ...] = ()


@dataclass
class _Floor:
    """The floor while it fills: what is free, and who stands where."""

    # In walking order.
    free: dict[str, Spot]
    neighbours: dict[str, tuple[str, ...]]
    holders: dict[str, int | None]
    order: dict[str, int]
    wanted: set[int | None] = field(default_factory=set)
    ends: dict[int | None, str] = field(default_factory=dict)

    def beside(self, number: str, category: int | None) -> int:
        """How many neighbours of a booth are held by a category."""
        return sum(1 for one in self.neighbours.get(number, ()) if self.holders.get(one, -1) == category)

    def mismatch(self, spot: Spot, category: int | None) -> int:
        """0 for a booth meant for the category, 1 for one meant for nobody, 2 for one that others want."""
        if spot.category == category and category is not None:
            return 0
        return 2 if spot.category in self.wanted and spot.category is not None else 1


def seat(
    spots: Sequence[Spot],
    guests: Iterable[Guest],
    *,
    held: Mapping[str, int | None],
    pairs: Iterable[tuple[int, int]] = (),
    around: Mapping[str, tuple[str, ...]] | None = None,
) -> Seating:
    """Booths for all guests as far as there are booths.

    ``spots`` are the free booths in walking order; ``held`` are the booths that somebody has, with the
    category of who stands there; ``around`` tells the neighbours of those; ``pairs`` stood side by side last
    time.
    """
    guests = sorted(guests, key=lambda one: one.key)
    floor = _Floor(
        free={spot.number: spot for spot in spots},
        neighbours={**(around or {}), **{spot.number: spot.neighbours for spot in spots}},
        holders=dict(held),
        order={spot.number: at for at, spot in enumerate(spots)},
        wanted={guest.category for guest in guests},
    )
    pairs = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    seats: list[Seat] = []
    left_over: list[int] = []
    for category, members in _by_category(guests):
        for chain in _chains(members, pairs):
            _seat_chain(chain, category, floor, seats, left_over)
    parted = _parted(seats, pairs, floor)
    return Seating(tuple(_with_pairs(seats, pairs, parted)), parted, tuple(left_over))


def _by_category(guests: Sequence[Guest]) -> list[tuple[int | None, list[int]]]:
    """The guests of each category, the largest first: it needs the longest stretch of booths."""
    groups: dict[int | None, list[int]] = defaultdict(list)
    for guest in guests:
        groups[guest.category].append(guest.key)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0] is None, group[0] or 0))


def _chains(members: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Those who stood beside each other last time in one chain, the longest chain first, then the rest."""
    known = set(members)
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        if one in known and other in known:
            beside[one].append(other)
            beside[other].append(one)
    chains, seen = [], set()
    # From an end of a chain, so that it is walked as it stood.
    for start in sorted(members, key=lambda key: (len(beside[key]) != 1, key)):
        chain: list[int] = []
        following: int | None = start
        while following is not None and following not in seen:
            seen.add(following)
            chain.append(following)
            following = next((key for key in sorted(beside[following]) if key not in seen), None)
        if chain:
            chains.append(chain)
    return sorted(chains, key=lambda chain: (-len(chain), chain[0]))


def _seat_chain(
    chain: Sequence[int], category: int | None, floor: _Floor, seats: list[Seat], left_over: list[int]
) -> None:
    rest = list(chain)
    while rest:
        if not floor.free:
            left_over.extend(rest)
            return
        path = _best_path(len(rest), category, floor)
        for number in path:
            spot = floor.free.pop(number)
            reasons = tuple(_reasons(spot, category, floor))
            floor.holders[number] = category
            floor.ends[category] = number
            seats.append(Seat(rest.pop(0), number, reasons))


def _reasons(spot: Spot, category: int | None, floor: _Floor) -> Iterable[Reason]:
    if spot.category is not None and spot.category == category:
        yield Reason.MEANT
    if category is not None and floor.beside(spot.number, category):
        yield Reason.BESIDE_CATEGORY
    elif spot.category is None or spot.category != category:
        yield Reason.NEAREST


def _best_path(length: int, category: int | None, floor: _Floor) -> list[str]:
    """The best free booths in a line: long enough first, then meant for the category, then beside it."""
    least = min(floor.mismatch(spot, category) for spot in floor.free.values())
    meant = [number for number, spot in floor.free.items() if floor.mismatch(spot, category) == least]
    # Where the category stands already, when it can grow there.
    starts = [number for number in meant if floor.beside(number, category)] or meant
    best: tuple[tuple[int, ...], list[str]] | None = None
    for start in starts:
        path = _walk(start, length, category, floor)
        rank = _rank(path, category, floor)
        if best is None or rank < best[0]:
            best = rank, path
    return best[1] if best else []


def _rank(path: Sequence[str], category: int | None, floor: _Floor) -> tuple[int, ...]:
    last = floor.ends.get(category)
    away = abs(floor.order[path[0]] - floor.order.get(last, 0)) if last else 0
    mismatch = sum(floor.mismatch(floor.free[number], category) for number in path)
    touching = sum(floor.beside(number, category) for number in path)
    return -len(path), mismatch, -touching, away, floor.order[path[0]]


def _walk(start: str, length: int, category: int | None, floor: _Floor) -> list[str]:
    """Free booths from a start, each beside the one before, those meant for the category first."""
    path = [start]
    while len(path) < length:
        open_ones = [one for one in floor.neighbours[path[-1]] if one in floor.free and one not in path]
        if not open_ones:
            break
        path.append(min(open_ones, key=lambda one: floor.mismatch(floor.free[one], category)))
    return path


def _parted(
    seats: Sequence[Seat], pairs: Sequence[tuple[int, int]], floor: _Floor
) -> tuple[tuple[int, int], ...]:
    """The pairs of which both got a booth now, but not side by side."""
    at = {one.guest: one.number for one in seats}
    return tuple(
        pair
        for pair in pairs
        if pair[0] in at and pair[1] in at and at[pair[1]] not in floor.neighbours.get(at[pair[0]], ())
    )


def _with_pairs(
    seats: Sequence[Seat], pairs: Sequence[tuple[int, int]], parted: Sequence[tuple[int, int]]
) -> Iterable[Seat]:
    seated = {one.guest for one in seats}
    kept = {key for pair in pairs if pair not in parted and seated >= set(pair) for key in pair}
    for one in seats:
        reasons = (*one.reasons, Reason.BESIDE_AS_BEFORE) if one.guest in kept else one.reasons
        yield Seat(one.guest, one.number, reasons)
