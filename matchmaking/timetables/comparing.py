"""Two timetables compared: what is new, moved and cancelled, and for whom. No Django in here."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where a request is held, by the keys of our rows."""

    request: int
    slot: int
    table: int
    buyer: int
    exporter: int
    interpreter: int | None = None
    # The request waits for an answer: the place is proposed to both and taken from nobody.
    is_proposal: bool = False

    def as_row(self) -> dict[str, Any]:
        """What is kept of it."""
        return asdict(self)

    @property
    def people(self) -> tuple[int, int]:
        """The two who meet."""
        return self.buyer, self.exporter

    @property
    def seats(self) -> set[tuple[str, int, int]]:
        """What it takes up, each only once in a slot."""
        taken = {("delegate", self.slot, one) for one in self.people} | {("table", self.slot, self.table)}
        return taken | ({("interpreter", self.slot, self.interpreter)} if self.interpreter else set())


@dataclass
class Change:
    """What one person reads of a new timetable."""

    new: list[Place] = field(default_factory=list)
    moved: list[tuple[Place, Place]] = field(default_factory=list)
    cancelled: list[Place] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.new or self.moved or self.cancelled)

    @property
    def is_of_one_kind(self) -> bool:
        """Whether all that changes is new, all is moved, or all is cancelled."""
        return sum(bool(some) for some in (self.new, self.moved, self.cancelled)) == 1

    @property
    def places(self) -> list[Place]:
        """Every place that it speaks of."""
        return [*self.new, *self.cancelled, *(place for pair in self.moved for place in pair)]


@dataclass
class Difference(Change):
    """All that changes from one timetable to another; ``quiet`` are those of which nobody need be told."""

    same: list[Place] = field(default_factory=list)
    quiet: list[tuple[Place, Place]] = field(default_factory=list)

    def reseated(self, screens: Collection[int] = ()) -> int:
        """How many of those that move only change their table; ``screens`` are those of calls by video."""
        return sum(
            was.slot == now.slot
            and was.people == now.people
            and (was.table in screens) == (now.table in screens)
            for was, now in self.moved
        )

    @property
    def kept(self) -> int:
        """How many meetings stay as they are for those who meet."""
        return len(self.same) + len(self.quiet)

    @property
    def kept_requests(self) -> set[int]:
        """The requests of the meetings that stay as they are."""
        return {one.request for one in (*self.same, *(now for _was, now in self.quiet))}

    def by_person(self) -> dict[int, Change]:
        """For each delegate who has to be told, what changes for them."""
        told: dict[int, Change] = {}
        for place in self.new:
            for one in place.people:
                told.setdefault(one, Change()).new.append(place)
        for place in self.cancelled:
            for one in place.people:
                told.setdefault(one, Change()).cancelled.append(place)
        for was, now in self.moved:
            for one in {*was.people, *now.people}:
                change = told.setdefault(one, Change())
                # Somebody of the same delegation may take over: one loses the meeting, the other gets it.
                if one in was.people and one in now.people:
                    change.moved.append((was, now))
                elif one in now.people:
                    change.new.append(now)
                else:
                    change.cancelled.append(was)
        return told


def compare(standing: Iterable[Place], wanted: Iterable[Place]) -> Difference:
    """What it takes to come from one timetable to the other."""
    before = {one.request: one for one in standing}
    found = Difference()
    for now in wanted:
        was = before.pop(now.request, None)
        if was is None:
            found.new.append(now)
        elif was == now:
            found.same.append(now)
        elif (was.slot, was.table, was.people) == (now.slot, now.table, now.people):
            # Another interpreter comes to the same table: neither side has to do anything.
            found.quiet.append((was, now))
        else:
            found.moved.append((was, now))
    found.cancelled = list(before.values())
    return found


def places_from(rows: Iterable[dict[str, Any]]) -> list[Place]:
    """Places as they were kept."""
    return [Place(**row) for row in rows]
