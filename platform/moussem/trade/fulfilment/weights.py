"""Whether the weights of a packing list can be true of what was ordered. No Django in here."""

from decimal import Decimal

IN_KG = {"g": Decimal("0.001"), "kg": Decimal(1)}
# Nobody delivers half or double: that is a wrong unit or a slipped key.
BEYOND = Decimal(2)
# What trade allows more or less without a word.
ALLOWED = Decimal("0.05")
# Heavier than this besides its goods, a packaging is worth a second look.
PACKAGING_FACTOR, PACKAGING_KG = Decimal(3), Decimal(5)


def ordered_kg(quantity: Decimal, unit: str) -> Decimal | None:
    """The net weight of an ordered quantity; None for what is not sold by weight."""
    return quantity * IN_KG[unit] if unit in IN_KG else None


def is_impossible(net: Decimal, ordered: Decimal | None) -> bool:
    """Whether a net weight cannot be that of the order."""
    return ordered is not None and is_far(net, ordered)


def is_doubtful(net: Decimal, gross: Decimal, ordered: Decimal | None) -> bool:
    """Whether weights may be right, and are asked about all the same."""
    off = ordered is not None and abs(net - ordered) > ordered * ALLOWED
    return off or gross > net * PACKAGING_FACTOR + PACKAGING_KG


def is_far(weight: Decimal, expected: Decimal) -> bool:
    """Whether a weight is less than half or more than double of what is expected."""
    return not expected / BEYOND <= weight <= expected * BEYOND


def plain(number: Decimal) -> str:
    """A number as people type it, without zeros at its end."""
    return f"{number.normalize():f}"
