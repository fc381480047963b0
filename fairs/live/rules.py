"""When a session has a live room, and when it is open."""

from datetime import datetime, timedelta
from typing import Any

from fairs.editions.states import Mode

OPENS_BEFORE = timedelta(minutes=15)
STAYS_AFTER = timedelta(minutes=30)
# A call without hours of its own; how long before and after its hours people come and part.
CALL_LASTS = timedelta(minutes=30)
CALL_OPENS_BEFORE = timedelta(minutes=15)
CALL_STAYS_AFTER = timedelta(minutes=15)
# A mesh of more would send more than a telephone's network takes.
MOST_IN_A_CALL = 3
# Somebody is here as long as their window said so less than this ago.
LEASE = timedelta(seconds=45)
# A process that serves live rooms tells of itself every ten seconds.
SILENT = timedelta(seconds=45)
ON_SCREENS = (Mode.DIGITAL, Mode.HYBRID)


def is_followed(showing: Any) -> bool:
    """Whether a released session is followed on screens at all."""
    return showing.mode in ON_SCREENS and not showing.is_cancelled


def is_live_at(showing: Any, now: datetime) -> bool:
    """Whether a released session is followed on screens at this moment, with time to arrive and to part."""
    return is_followed(showing) and showing.begins_at - OPENS_BEFORE <= now < showing.ends_at + STAYS_AFTER


def is_call_held_at(call: Any, now: datetime) -> bool:
    """Whether a call is held at this moment, with time to arrive and to part."""
    return bool(call.begins_at - CALL_OPENS_BEFORE <= now < call.ends_at + CALL_STAYS_AFTER)


def seconds_to_wait(room: Any, last_at: datetime | None, now: datetime) -> int:
    """How long somebody who wrote last at a moment waits in slow mode; nothing where they may write."""
    if not room.slow_seconds or last_at is None:
        return 0
    left = room.slow_seconds - (now - last_at).total_seconds()
    return max(0, -int(-left // 1))
