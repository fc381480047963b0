"""The price ladder: what a quantity costs and which quantities can be ordered. No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from moussem.core.money import round_amount


@dataclass(frozen=True)
class Tier:
    """From this quantity on, one unit costs this much."""

    min_quantity: Decimal
    unit_price: Decimal


def unit_price_for(tiers: Iterable[Tier], quantity: Decimal) -> Decimal | None:
    """The price of one unit at the highest step that ``quantity`` reaches; None below the first step."""
    reached = [tier for tier in tiers if tier.min_quantity <= quantity]
    return max(reached, key=lambda tier: tier.min_quantity).unit_price if reached else None


def jump_between(before: Sequence[Tier], after: Sequence[Tier]) -> tuple[Tier, Decimal] | None:
    """The first quantity whose unit price moved by more than half, then and now: a slip of the comma?

    Looked at where a step begins in either ladder, so that a new minimum or a new step hides nothing.
    """
    for quantity in sorted({tier.min_quantity for tier in (*before, *after)}):
        was, now = unit_price_for(before, quantity), unit_price_for(after, quantity)
        if was is not None and now is not None and abs(now - was) > was / 2:
            return Tier(quantity, was), now
    return None


def line_total(unit_price: Decimal, quantity: Decimal, currency: str) -> Decimal:
    """What a quantity costs, rounded half up once, at the end."""
    return round_amount(unit_price * quantity, currency)


def is_orderable(quantity: Decimal, moq: Decimal, multiple: Decimal) -> bool:
    """Whether a quantity reaches the MOQ and is a whole number of order multiples."""
    return quantity >= moq and quantity % multiple == 0


def nearest_orderable(quantity: Decimal, moq: Decimal, multiple: Decimal) -> Decimal:
    """The smallest orderable quantity that is not below ``quantity``."""
    steps = (max(quantity, moq) / multiple).to_integral_value(rounding=ROUND_CEILING)
    return steps * multiple


def ladder_faults(tiers: Iterable[Tier]) -> list[str]:
    """What is wrong with a ladder in the order it is written: ``empty``, ``quantity`` or ``price`` codes.

    ``quantity``: a step does not begin above the one before it. ``price``: a larger quantity costs more.
    """
    steps = list(tiers)
    if not steps:
        return ["empty"]
    pairs = list(pairwise(steps))
    faults = []
    if any(after.min_quantity <= before.min_quantity for before, after in pairs):
        faults.append("quantity")
    if any(after.unit_price > before.unit_price for before, after in pairs):
        faults.append("price")
    return faults
