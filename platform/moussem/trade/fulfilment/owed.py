"""What a seller's orders under way bring in, by currency: sums, and the bar they are drawn as."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import pgettext_lazy

from moussem.trade.order.states import LEFT_STATES
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import OPEN_INSTALMENTS, InstalmentState

PARTS = {
    "received": pgettext_lazy("money", "received"),
    "announced": pgettext_lazy("money", "announced"),
    "due": pgettext_lazy("money", "due"),
    "planned": pgettext_lazy("money", "not due yet"),
}
PART_OF = {
    InstalmentState.SETTLED: "received",
    InstalmentState.ANNOUNCED: "announced",
    InstalmentState.DUE: "due",
    InstalmentState.PLANNED: "planned",
}


@dataclass
class Owed:
    """The instalments of the orders under way in one currency."""

    currency: str
    sums: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(PARTS, Decimal(0)))
    waiting: list[Instalment] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """All of it, received or not."""
        return sum(self.sums.values(), Decimal(0))

    @property
    def still_owed(self) -> Decimal:
        """What has not been received yet."""
        return self.total - self.sums["received"]

    @property
    def parts(self) -> list[dict[str, object]]:
        """The parts of a bar 100 wide, in the order in which money comes in."""
        parts, start = [], Decimal(0)
        for key, label in PARTS.items():
            width = self.sums[key] * 100 / self.total if self.total else Decimal(0)
            parts.append(
                {
                    "key": key,
                    "label": label,
                    "amount": self.sums[key],
                    "x": f"{start:.2f}",
                    "width": f"{width:.2f}",
                }
            )
            start += width
        return parts


@dataclass(frozen=True)
class Unpaid:
    """What is to be paid although the goods have left; the first of it has the reference."""

    amount: Decimal
    first: Instalment


def unpaid_of(status: str, instalments: Iterable[Instalment]) -> Unpaid | None:
    """What an order whose goods have left still brings in: a payment was taken back after they had."""
    owed = [one for one in instalments if status in LEFT_STATES and one.state in OPEN_INSTALMENTS]
    return Unpaid(sum((one.outstanding for one in owed), Decimal(0)), owed[0]) if owed else None


def owed_by_currency(instalments: Iterable[Instalment]) -> list[Owed]:
    """What is owed in each currency; instalments come in the order of their due dates."""
    found: dict[str, Owed] = {}
    for one in instalments:
        part = PART_OF.get(InstalmentState(one.state))
        if part is None:
            continue
        owed = found.setdefault(one.currency, Owed(one.currency))
        # A part of an instalment may have arrived before the rest.
        paid = one.amount if part == "received" else min(one.paid, one.amount)
        owed.sums["received"] += paid
        if part != "received":
            owed.sums[part] += one.amount - paid
            owed.waiting.append(one)
    return [found[currency] for currency in sorted(found)]
