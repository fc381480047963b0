"""What orders do when something happens to the goods that they hold."""

from typing import Any

from catalogue.holders import Holders, holds_lots
from catalogue.models import Lot
from moussem.core.models import LogEntry
from moussem.trade.fulfilment.actions.corrections import tell_of_correction
from moussem.trade.fulfilment.queries import orders_bought_by, orders_with_lot


class Orders(Holders):
    """Orders whose goods come from a lot."""

    def count(self, lot: Lot) -> int:
        """How many orders hold goods of this lot, or received them."""
        return orders_with_lot(lot).count()

    def includes(self, viewer: Any, lot: Lot) -> bool:
        """Whether one of those orders is of a buyer that this person belongs to."""
        return orders_with_lot(lot).filter(pk__in=orders_bought_by(viewer).values("pk")).exists()

    def tell(self, lot: Lot, correction: LogEntry) -> None:
        """Write to their buyers."""
        tell_of_correction(lot, correction)


holds_lots(Orders())
