"""What goes along when an edition is cloned: each room says how its own part is copied.

A clone is one write: the copies of all rooms belong to the transaction that creates the new edition.
"""

from collections.abc import Callable
from typing import Any

Copier = Callable[[Any, Any], None]
_COPIERS: list[Copier] = []


def goes_along(copier: Copier) -> Copier:
    """Register a function of the old and the new edition that copies what a room keeps of an edition.

    Called from the room's `receivers.py`, which every process opens as it starts.
    """
    _COPIERS.append(copier)
    return copier


def copy_all(old: Any, new: Any) -> None:
    """Let every room copy its part, in the order in which they were declared."""
    for copier in _COPIERS:
        copier(old, new)
