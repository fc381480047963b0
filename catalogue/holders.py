"""Orders with goods of a lot. They lie above this room, which only asks how many and has them told."""

from abc import ABC, abstractmethod
from typing import Any

from catalogue.models import Lot
from moussem.core.models import LogEntry


class Holders(ABC):
    """What the room that reserves goods knows of a lot."""

    @abstractmethod
    def count(self, lot: Lot) -> int:
        """How many orders hold goods of this lot, or received them."""

    @abstractmethod
    def includes(self, viewer: Any, lot: Lot) -> bool:
        """Whether this person belongs to a buyer whose orders hold goods of this lot, or received them."""

    @abstractmethod
    def tell(self, lot: Lot, correction: LogEntry) -> None:
        """Write to the buyers of those orders what is corrected, within the transaction that does it."""


_HOLDERS: list[Holders] = []


def holds_lots(holders: Holders) -> None:
    """Register a room that reserves goods."""
    _HOLDERS.append(holders)


def orders_holding(lot: Lot) -> int:
    """How many orders hold goods of the lot, or received them."""
    return sum(holders.count(lot) for holders in _HOLDERS)


def holds_goods_of(viewer: Any, lot: Lot) -> bool:
    """Whether this person belongs to a buyer with goods of the lot."""
    return any(holders.includes(viewer, lot) for holders in _HOLDERS)


def tell_holders(lot: Lot, correction: LogEntry) -> None:
    """Have every buyer told whose goods the correction concerns."""
    for holders in _HOLDERS:
        holders.tell(lot, correction)
