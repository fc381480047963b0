"""The meetings and enquiries that a report counts: a higher room keeps them, and tells them here.

It registers in its `receivers.py`, which every process opens at its start.
"""

from collections.abc import Callable, Iterable

from fairs.editions.models import Edition
from fairs.report.figures import Met

Gatherer = Callable[[Edition], Iterable[Met]]
Teller = Callable[[Edition], int]
_GATHERERS: list[Gatherer] = []
_TELLERS: list[Teller] = []


def tells_meetings(gatherer: Gatherer) -> Gatherer:
    """Register a function of an edition that tells which meetings were agreed on there."""
    _GATHERERS.append(gatherer)
    return gatherer


def meetings_at(edition: Edition) -> list[Met]:
    """What all rooms tell."""
    return [met for gatherer in _GATHERERS for met in gatherer(edition)]


def tells_enquiries(teller: Teller) -> Teller:
    """Register a function of an edition that tells how many questions its exhibitors were asked."""
    _TELLERS.append(teller)
    return teller


def enquiries_at(edition: Edition) -> int:
    """How many questions all rooms tell of."""
    return sum(teller(edition) for teller in _TELLERS)
