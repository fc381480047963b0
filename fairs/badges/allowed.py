"""Whether a badge may pass a door. No Django in here, and no words: a code and what its sentence is about.

`static/fairs/js/door/allowed.js` decides the same for a door without a network, and
`tests/fairs/badges/cases.json` holds both to it. Moments are seconds since 1970.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Which way somebody passes."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """What a door answers."""

    IN = "in"
    AGAIN = "again"
    OUT = "out"
    REFUSED = "refused"


class Verdict(StrEnum):
    """What is known of the code that was shown, before anybody asks what it opens."""

    SIGNED = "signed"
    TYPED = "typed"
    FORGED = "forged"
    OLD_KEY = "old_key"
    OTHER_EDITION = "other_edition"
    UNREADABLE = "unreadable"


# A code of these kinds names nobody: nothing else about it is worth looking at.
NAMELESS = (Verdict.UNREADABLE, Verdict.OTHER_EDITION, Verdict.OLD_KEY, Verdict.FORGED)

# From one hall into another nobody walks in less: two people may share the badge.
WALK_SECONDS = 120
# How an entry is told that was from one place of the fair into another, and none from outside.
QUICK = "quick"
ACROSS = ("hall", QUICK)


@dataclass(frozen=True)
class Shown:
    """A code as it was shown: what its signature is worth, and what it says of itself."""

    verdict: str
    role: str = ""
    expires: int = 0


@dataclass(frozen=True)
class Listed:
    """What the list of badges says; a device that was away may not know the badge yet."""

    role: str
    revoked_at: int | None = None


@dataclass(frozen=True)
class DoorRules:
    """When a door is open and for whom: no role named means everybody.

    ``hall`` is the key of the hall that it leads into; 0 for an entrance of the whole edition.
    """

    openings: tuple[tuple[int, int], ...]
    expires: int
    roles: tuple[str, ...] = ()
    early_roles: tuple[str, ...] = ()
    early_seconds: int = 0
    hall: int = 0


@dataclass(frozen=True)
class Step:
    """A passage that counted: when, which way, through which door, and into which hall (0: the edition)."""

    at: int
    way: str
    door: str | dict[str, str]
    hall: int = 0


@dataclass(frozen=True)
class Answer:
    """What the door does, why, and what its sentence is about: a moment and a door."""

    outcome: str
    code: str
    about: dict[str, int | str | dict[str, str]] = field(default_factory=dict)


def decide(
    shown: Shown, listed: Listed | None, door: DoorRules, steps: Sequence[Step], way: str, at: int
) -> Answer:
    """What a door answers at a moment, given the badge's passages so far, in their order.

    Whoever is inside may always leave: nobody is kept in a hall by an hour, a role or a revoked badge.
    """
    if shown.verdict in NAMELESS:
        return _refused(shown.verdict)
    if listed is None and shown.verdict == Verdict.TYPED:
        return _refused("unknown")
    kept_out = _kept_out(shown, listed, door, at) if way == Direction.IN else None
    return kept_out or passage(door.openings, steps, way, at, door.hall)


def passage(
    openings: Iterable[tuple[int, int]], steps: Sequence[Step], way: str, at: int, hall: int = 0
) -> Answer:
    """What the passages so far say, whatever the door allows: nobody enters twice, or leaves from outside.

    Whoever is in one hall may come into another: that is a walk across the fair, and no second entry. One
    that is quicker than a walk is let in as well, and told: a wrong refusal would hold up a whole queue.
    """
    openings = tuple(openings)
    fair, room = (_still(step, openings, at) for step in whereabouts(steps))
    if way == Direction.OUT:
        # Out of a hall by the door of another one too: nobody is held to the door they came by.
        here = room if hall else room or fair
        return Answer(Outcome.OUT, "out") if here else _refused("not_inside")
    here = (room if room and room.hall == hall else None) if hall else room or fair
    if here is not None:
        return _refused("inside", since=here.at, door=here.door)
    if room and at - room.at < WALK_SECONDS:
        return Answer(Outcome.AGAIN, QUICK, {"since": room.at, "door": room.door})
    if room or fair:
        return Answer(Outcome.AGAIN, "hall")
    return Answer(Outcome.AGAIN, "again") if steps else Answer(Outcome.IN, "in")


def whereabouts(steps: Iterable[Step]) -> tuple[Step | None, Step | None]:
    """The entries by which a badge is in the edition and in one of its halls, after all of its passages."""
    fair = room = None
    for step in steps:
        if step.way == Direction.OUT:
            fair, room = (fair, None) if step.hall else (None, None)
        elif step.hall:
            room = step
        else:
            fair, room = step, None
    return fair, room


def _still(step: Step | None, openings: Sequence[tuple[int, int]], at: int) -> Step | None:
    """An entry that still counts; None when the doors have closed since."""
    closed = step is not None and any(step.at < closes <= at for _opens, closes in openings)
    return None if closed else step


def _kept_out(shown: Shown, listed: Listed | None, door: DoorRules, at: int) -> Answer | None:
    if listed is not None and listed.revoked_at is not None and listed.revoked_at <= at:
        return _refused("revoked")
    # A badge on the list lasts as long as the edition does, whatever its code was printed with.
    if at > (shown.expires if listed is None else door.expires):
        return _refused("expired")
    role = shown.role if listed is None else listed.role
    if door.roles and role not in door.roles:
        return _refused("role")
    return _closed(door, role, at)


def _closed(door: DoorRules, role: str, at: int) -> Answer | None:
    early = door.early_seconds if role in door.early_roles else 0
    if any(opens - early <= at < closes for opens, closes in door.openings):
        return None
    ahead = [opens - early for opens, _closes in door.openings if opens - early > at]
    return _refused("not_open", opens=min(ahead)) if ahead else _refused("closed")


def _refused(code: str, **about: int | str | dict[str, str]) -> Answer:
    return Answer(Outcome.REFUSED, str(code), about)
