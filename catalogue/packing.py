"""Cartons, pallets, weight and volume of any quantity. No Django in here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

GRAM = Decimal("0.001")
CUBIC_CM = Decimal(1_000_000)
# Cartons that fill less than this share of a pallet travel loose.
LOOSE_SHARE = Decimal("0.25")


@dataclass(frozen=True)
class Pack:
    """One packaging level, full: what it holds of the level below, weighs and measures.

    A ``unit`` holds a quantity of product, a ``carton`` holds units, a ``pallet`` holds cartons.
    """

    level: str
    holds: Decimal
    gross_weight_kg: Decimal
    length_cm: Decimal | None = None
    width_cm: Decimal | None = None
    height_cm: Decimal | None = None

    @property
    def volume_m3(self) -> Decimal | None:
        """The outer volume, where all three sides are known."""
        if self.length_cm is None or self.width_cm is None or self.height_cm is None:
            return None
        return self.length_cm * self.width_cm * self.height_cm / CUBIC_CM


@dataclass(frozen=True)
class Packed:
    """A quantity as it travels; None where the packaging does not tell."""

    units: int | None = None
    cartons: int | None = None
    pallets: int | None = None
    gross_weight_kg: Decimal | None = None
    volume_m3: Decimal | None = None


def pack(quantity: Decimal, packs: Iterable[Pack]) -> Packed:
    """How a quantity is packed; a level whose lower level is unknown stays unknown.

    The last pack of a level counts as a whole one, and its tare is weighed in full, so that a
    carrier's quotation is never too low. Volume is that of the goods: cartons, else units.
    """
    by_level = {pack.level: pack for pack in packs}
    unit = by_level.get("unit")
    if unit is None:
        return Packed()
    units = _packs_for(quantity, unit)
    weight = units * unit.gross_weight_kg
    carton = by_level.get("carton")
    if carton is None:
        return Packed(units, None, None, _to_gram(weight), _times(units, unit.volume_m3))
    cartons = _packs_for(Decimal(units), carton)
    weight += cartons * _tare(carton, unit)
    volume = _times(cartons, carton.volume_m3)
    pallet = by_level.get("pallet")
    if pallet is None:
        return Packed(units, cartons, None, _to_gram(weight), volume)
    pallets = _packs_for(Decimal(cartons), pallet) if cartons >= pallet.holds * LOOSE_SHARE else 0
    weight += pallets * _tare(pallet, carton)
    return Packed(units, cartons, pallets, _to_gram(weight), volume)


def _packs_for(quantity: Decimal, pack: Pack) -> int:
    return int((quantity / pack.holds).to_integral_value(rounding=ROUND_CEILING))


def _tare(outer: Pack, inner: Pack) -> Decimal:
    return max(Decimal(0), outer.gross_weight_kg - outer.holds * inner.gross_weight_kg)


def _times(count: int, volume: Decimal | None) -> Decimal | None:
    return None if volume is None else count * volume


def _to_gram(weight: Decimal) -> Decimal:
    return weight.quantize(GRAM, rounding=ROUND_HALF_UP)
