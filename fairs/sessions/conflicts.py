"""What cannot hold in a programme: two sessions in one place, one person in two. No Django in here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import combinations


class Trouble(StrEnum):
    """Why a session cannot be held as it is planned."""

    ROOM = "room"
    SPEAKER = "speaker"
    CLOSED = "closed"
    BREAK = "break"


@dataclass(frozen=True)
class Span:
    """A part of time, its end not included."""

    begins: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        """Whether the two share a moment: one that ends as another begins does not meet it."""
        return self.begins < other.ends and other.begins < self.ends

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly within."""
        return self.begins <= other.begins and other.ends <= self.ends


@dataclass(frozen=True)
class Planned:
    """A session as a conflict sees it, by the keys of what it takes up."""

    key: int
    span: Span
    room: int | None = None
    speakers: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Conflict:
    """One trouble of a session: with which other session, about which room or speaker."""

    trouble: Trouble
    session: int
    other: int | None = None
    subject: int | None = None


def conflicts_in(
    sessions: Sequence[Planned], openings: Iterable[Span], breaks: Iterable[Span]
) -> list[Conflict]:
    """Every conflict of a programme, told once; the earlier session of a pair names the later one."""
    ordered = sorted(sessions, key=lambda one: (one.span.begins, one.span.ends, one.key))
    opened, paused = list(openings), list(breaks)
    found = [conflict for pair in combinations(ordered, 2) for conflict in _between(*pair)]
    for one in ordered:
        if not any(opening.holds(one.span) for opening in opened):
            found.append(Conflict(Trouble.CLOSED, one.key))
        elif any(one.span.meets(pause) for pause in paused):
            found.append(Conflict(Trouble.BREAK, one.key))
    return found


def _between(one: Planned, other: Planned) -> Iterator[Conflict]:
    if not one.span.meets(other.span):
        return
    if one.room is not None and one.room == other.room:
        yield Conflict(Trouble.ROOM, one.key, other.key, one.room)
    for speaker in sorted(one.speakers & other.speakers):
        yield Conflict(Trouble.SPEAKER, one.key, other.key, speaker)
