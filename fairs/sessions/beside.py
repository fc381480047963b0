"""What stands beside the sessions that somebody keeps, in their calendar and their agenda, such as meetings.

Rooms above register in their `receivers.py` and `panels.py`, which every process opens at its start.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fairs.editions.models import Edition
from fairs.sessions.agenda import Line
from fairs.sessions.calendars import Entry


@dataclass(frozen=True)
class Beside:
    """What a room adds to an agenda: lines, by whose clocks the person lives, HTML above and beside.

    ``call`` is where to go while nothing stands there yet, with what the button says.
    """

    lines: Sequence[Line]
    zone: str = ""
    head: str = ""
    aside: str = ""
    call: tuple[str, Any] | None = None


Gatherer = Callable[[Any], Iterable[Entry]]
# Of a request, an edition and the lines that stand there already; None for who has no part in the room.
Teller = Callable[[Any, Edition, Sequence[Line]], Beside | None]
_GATHERERS: list[Gatherer] = []
_TELLERS: list[Teller] = []


def stands_in_calendar(gatherer: Gatherer) -> Gatherer:
    """Register a function of a person that tells what stands in their calendar, in their language."""
    _GATHERERS.append(gatherer)
    return gatherer


def stands_in_agenda(teller: Teller) -> Teller:
    """Register a function that tells what a room adds to somebody's agenda at an edition."""
    _TELLERS.append(teller)
    return teller


def entries_beside(person: Any) -> list[Entry]:
    """What all rooms add to somebody's calendar."""
    return [entry for gatherer in _GATHERERS for entry in gatherer(person)]


def told_beside(request: Any, edition: Edition, kept: Sequence[Line]) -> list[Beside]:
    """What all rooms add to the agenda of who asks."""
    told = (teller(request, edition, kept) for teller in _TELLERS)
    return [one for one in told if one is not None]
