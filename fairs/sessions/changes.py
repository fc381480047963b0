"""What a release changes for those who read the last one. No Django in here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a visitor is told of."""

    NEW = "new"
    MOVED = "moved"
    ROOM = "room"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    TEXT = "text"


@dataclass(frozen=True)
class Seen:
    """A session as visitors see it, or would: what they plan by, and everything else in one word."""

    begins: datetime
    ends: datetime
    room: int | None
    is_cancelled: bool
    rest: str


def kinds_of_change(was: Seen | None, now: Seen) -> list[Kind]:
    """What differs; nothing where a session was never shown and is cancelled already.

    Whoever reads that a session is cancelled needs no news of its room. A corrected text is told to calendars
    but is no news by itself beside a move.
    """
    if was is None:
        return [] if now.is_cancelled else [Kind.NEW]
    if now.is_cancelled:
        return [] if was.is_cancelled else [Kind.CANCELLED]
    found = [Kind.RESTORED] if was.is_cancelled else []
    if (was.begins, was.ends) != (now.begins, now.ends):
        found.append(Kind.MOVED)
    if was.room != now.room:
        found.append(Kind.ROOM)
    if was.rest != now.rest and not found:
        found.append(Kind.TEXT)
    return found
