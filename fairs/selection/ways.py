"""By which way somebody was accepted, as the log of decisions has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairs.selection.states import FILLED
from moussem.core.models import LogEntry


@dataclass(frozen=True)
class WayIn:
    """How somebody came in: for the group of a quota, and by a place that became free later."""

    group: str
    was_freed: bool


def ways_in(decisions: Sequence[LogEntry]) -> dict[int, WayIn]:
    """The way of each application that did not come in by its score alone; the latest decisions come first.

    Of one that was accepted twice, the last.
    """
    ways: dict[int, WayIn] = {}
    for entry in reversed(decisions):
        groups = dict(entry.facts.get("by_quota", ()))
        for key in entry.facts["accepted"]:
            ways[key] = WayIn(groups.get(key, ""), entry.verb == FILLED)
    return {key: way for key, way in ways.items() if way.group or way.was_freed}
