"""Plausible packaging for the demonstration products, read from the words of the file. No Django in here."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from catalogue.packing import Pack

ZERO, ONE = Decimal(0), Decimal(1)

# Sizes as the file writes them, in the unit they count towards.
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(kg|g|mL|L)\b")
COUNT = re.compile(r"\bof (\d+)")
OUTER = re.compile(r"\bin carton (\d+(?:\.\d+)?) kg")
IN_KG_OR_LITRES = {"kg": ONE, "L": ONE, "g": Decimal("0.001"), "mL": Decimal("0.001")}
MEASURED = ("g", "kg", "L")

# What one piece, pair, bunch or square metre weighs without its packaging, in kg.
PIECE_KG = {
    "ceramics": "1.5",
    "zellige": "25",
    "rugs": "3.2",
    "home-textiles": "0.9",
    "leather": "0.8",
    "footwear": "0.6",
    "metalwork": "1.8",
    "basketry": "0.5",
    "canned-fish": "0.165",
    "dried-roses": "0.12",
    "cosmetics": "0.15",
}
# Kilograms in a litre of the packed goods.
DENSITY = {"L": "1.0", "kg": "0.6", "g": "0.35", "m2": "0.4", "unit": "0.3", "pair": "0.25", "bunch": "0.08"}
CARTON_KG = Decimal(12)
LARGE_KG = Decimal(8)
CARTON_COUNTS = (100, 48, 24, 20, 12, 10, 6, 4, 2, 1)
PALLET_KG, PALLET_OWN_KG = Decimal(800), Decimal(22)
PALLET_LENGTH, PALLET_WIDTH, PALLET_LOAD = Decimal(120), Decimal(80), Decimal(140)
PALLET_FLOOR = Decimal("14.4")
FILLED = Decimal("0.85")


@dataclass(frozen=True)
class Packing:
    """The three levels, and the order multiple that keeps them whole."""

    packs: tuple[Pack, Pack, Pack]
    order_multiple: Decimal


def packing_for(words: str, *, unit: str, moq: Decimal, family: str) -> Packing:
    """Unit, carton and pallet for a product, as its packaging words and MOQ suggest."""
    holds = _unit_size(words, unit, moq)
    net = _net_kg(words, unit, holds, family)
    one = Pack("unit", holds, _kg(net * Decimal("1.12")), *_sides(net, unit, loose=Decimal("1.15")))
    count = _carton_count(words, one, holds)
    heavy = one.gross_weight_kg >= LARGE_KG and count == 1
    carton = Pack(
        "carton",
        Decimal(count),
        one.gross_weight_kg if heavy else _kg(one.gross_weight_kg * count + Decimal("0.45")),
        *_sides(net * count, unit, loose=Decimal("1.15") if heavy else Decimal("1.3")),
    )
    return Packing((one, carton, _pallet(carton)), _multiple(holds, holds * count, moq))


def _unit_size(words: str, unit: str, moq: Decimal) -> Decimal:
    """The largest stated size that divides the MOQ, in the product's unit; one piece for what is counted."""
    if unit not in MEASURED:
        return ONE
    inner = OUTER.sub("", words)
    scale = Decimal(1000) if unit == "g" else ONE
    sizes = sorted((_size(*found) * scale for found in SIZE.findall(inner)), reverse=True)
    return next((size for size in sizes if moq % size == ZERO), sizes[-1])


def _size(number: str, unit: str) -> Decimal:
    return Decimal(number) * IN_KG_OR_LITRES[unit]


def _net_kg(words: str, unit: str, holds: Decimal, family: str) -> Decimal:
    if unit in MEASURED:
        return holds * (Decimal("0.001") if unit == "g" else ONE)
    return Decimal(PIECE_KG.get(family, "0.5"))


def _carton_count(words: str, one: Pack, holds: Decimal) -> int:
    if outer := OUTER.search(words):
        return int(Decimal(outer.group(1)) / holds)
    if stated := COUNT.search(words):
        return int(stated.group(1))
    if one.gross_weight_kg >= LARGE_KG or words.startswith(("carton", "single", "basket", "roll")):
        return 1
    return next((n for n in CARTON_COUNTS if n * one.gross_weight_kg <= CARTON_KG), 1)


def _pallet(carton: Pack) -> Pack:
    volume = (carton.volume_m3 or ONE) * 1_000_000
    load = PALLET_LENGTH * PALLET_WIDTH * PALLET_LOAD * FILLED
    count = max(1, int(min(load / volume, PALLET_KG / carton.gross_weight_kg)))
    height = PALLET_FLOOR + _cm(count * volume / (PALLET_LENGTH * PALLET_WIDTH * FILLED))
    weight = _kg(count * carton.gross_weight_kg + PALLET_OWN_KG)
    return Pack("pallet", Decimal(count), weight, PALLET_LENGTH, PALLET_WIDTH, height)


def _sides(net_kg: Decimal, unit: str, *, loose: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Length, width and height of a box in the proportions 4 : 3 : 2.5 that holds this weight."""
    litres = float(net_kg * loose / Decimal(DENSITY.get(unit, "0.5")))
    edge = (litres * 1000 / (4 * 3 * 2.5)) ** (1 / 3)
    length, width, height = (_cm(Decimal(edge * share)) for share in (4, 3, 2.5))
    return length, width, height


def _multiple(unit: Decimal, carton: Decimal, moq: Decimal) -> Decimal:
    return next((size for size in (carton, unit) if moq % size == ZERO and size <= moq), moq)


def _kg(weight: Decimal) -> Decimal:
    return weight.quantize(Decimal("0.001"), rounding=ROUND_CEILING)


def _cm(side: Decimal) -> Decimal:
    return side.quantize(Decimal("0.1"), rounding=ROUND_CEILING)
