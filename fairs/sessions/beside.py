"""What stands in somebody's own calendar beside the sessions they keep, such as meetings of a higher room.

Rooms register in their `receivers.py`, which every process opens at its start.
"""

from collections.abc import Callable, Iterable
from typing import Any

from fairs.sessions.calendars import Entry

Gatherer = Callable[[Any], Iterable[Entry]]
_GATHERERS: list[Gatherer] = []


def stands_in_calendar(gatherer: Gatherer) -> Gatherer:
    """Register a function of a person that tells what stands in their calendar, in their language."""
    _GATHERERS.append(gatherer)
    return gatherer


def entries_beside(person: Any) -> list[Entry]:
    """What all rooms add to somebody's calendar."""
    return [entry for gatherer in _GATHERERS for entry in gatherer(person)]
