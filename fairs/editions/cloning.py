"""What goes along when an edition is cloned: each room says how its own part is copied.

A clone is one write: the copies of all rooms belong to the transaction that creates the new edition. Rooms
register in their `receivers.py`, which every process opens at its start.
"""

from collections.abc import Callable
from typing import Any

Copier = Callable[[Any, Any], None]
_COPIERS: list[tuple[int, Copier]] = []


def goes_along(copier: Copier, *, order: int) -> None:
    """Register a function of the old and the new edition that copies what a room keeps of an edition.

    Rooms are copied in their order: what points at the copies of another room comes after it.
    """
    _COPIERS.append((order, copier))
    _COPIERS.sort(key=lambda pair: pair[0])


def copy_all(old: Any, new: Any) -> None:
    """Let every room copy its part."""
    for _order, copier in _COPIERS:
        copier(old, new)
