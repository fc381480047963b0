"""The meetings that a report counts: a higher room keeps them, and tells them here.

It registers in its `receivers.py`, which every process opens at its start.
"""

from collections.abc import Callable, Iterable

from fairs.editions.models import Edition
from fairs.report.figures import Met

Gatherer = Callable[[Edition], Iterable[Met]]
_GATHERERS: list[Gatherer] = []


def tells_meetings(gatherer: Gatherer) -> Gatherer:
    """Register a function of an edition that tells which meetings were agreed on there."""
    _GATHERERS.append(gatherer)
    return gatherer


def meetings_at(edition: Edition) -> list[Met]:
    """What all rooms tell."""
    return [met for gatherer in _GATHERERS for met in gatherer(edition)]
