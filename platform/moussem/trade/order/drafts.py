"""An order before it is written down."""

from dataclasses import dataclass
from decimal import Decimal

from moussem.organisations.models import Organisation
from moussem.trade.basket.contents import GroupView
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.terms import EX_WORKS


@dataclass(frozen=True)
class OrderDraft:
    """What one seller is asked for: goods, rule with its place, transport, freight."""

    group: GroupView
    incoterm: Incoterm
    named_place: str
    mode: str
    freight: Decimal

    @property
    def seller(self) -> Organisation:
        """Whoever is asked."""
        return self.group.seller

    @property
    def includes_carriage(self) -> bool:
        """Whether the seller carries the goods any part of the way; under EXW the buyer fetches them."""
        return self.incoterm.code != EX_WORKS

    @property
    def total(self) -> Decimal:
        """Goods and freight."""
        return self.group.subtotal + self.freight
