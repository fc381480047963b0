"""Quantities that can be compared, codes of the customs tariff, limits of laboratories. No Django in here."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Number = float | int | Decimal

# A unit in small letters: what it measures, and how many of the smallest unit of that it is.
_UNITS: Mapping[str, tuple[str, float]] = {
    "mg": ("g", 0.001),
    "g": ("g", 1.0),
    "gram": ("g", 1.0),
    "kg": ("g", 1e3),
    "kilogram": ("g", 1e3),
    "kilo": ("g", 1e3),
    "q": ("g", 1e5),
    "quintal": ("g", 1e5),
    "t": ("g", 1e6),
    "ton": ("g", 1e6),
    "tonne": ("g", 1e6),
    "ml": ("mL", 1.0),
    "cl": ("mL", 10.0),
    "dl": ("mL", 100.0),
    "l": ("mL", 1e3),
    "litre": ("mL", 1e3),
    "liter": ("mL", 1e3),
    "hl": ("mL", 1e5),
    "m3": ("mL", 1e6),
    "cm2": ("m2", 1e-4),
    "m2": ("m2", 1.0),
    "unit": ("unit", 1.0),
    "piece": ("unit", 1.0),
    "pc": ("unit", 1.0),
    "pcs": ("unit", 1.0),
    "dozen": ("unit", 12.0),
    "bunches": ("bunch", 1.0),
}
# Below a millionth of the smallest unit a difference is an error of binary fractions.
DIGITS = 6
# The world agrees on six digits; what a country adds after them means nothing in another.
HS_DIGITS = 6
_NOT_DIGITS = re.compile(r"[^0-9]")
_LIMIT = re.compile(
    r"^\s*(?P<key>[^<>=≤≥]+?)\s*(?P<sign><=|>=|=<|=>|==|<|>|=|≤|≥)\s*(?P<value>[+-]?\d+(?:[.,]\d+)?)\s*%?\s*$"
)
# Of numbers and of arrays.
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_SIGNS = {"≤": "<=", "=<": "<=", "≥": ">=", "=>": ">=", "==": "="}


@dataclass(frozen=True)
class Amount:
    """A quantity in the smallest unit of what it measures: only amounts of one kind can be compared."""

    kind: str
    value: float


def amount_of(quantity: Number | None, unit: str) -> Amount | None:
    """A quantity made comparable; None where it is not told or can be none."""
    if quantity is None or not unit.strip():
        return None
    value = float(quantity)
    if not math.isfinite(value) or value < 0:
        return None
    name = unit.strip().lower().replace("²", "2").replace("³", "3")
    # An unknown unit (bunch, tin) compares with itself; litres and kilograms never, nobody knows the density.
    kind, size = _UNITS.get(name) or _UNITS.get(name.removesuffix("s")) or (name.removesuffix("s"), 1.0)
    return Amount(kind, round(value * size, DIGITS))


def hs_of(code: str) -> str:
    """A code of the customs tariff by its digits, six at most; a zero that a spreadsheet lost comes back."""
    digits = _NOT_DIGITS.sub("", code)
    # Chapters, headings and subheadings have two digits each; only national lines end oddly (Japan: nine).
    if len(digits) % 2 and len(digits) < 9:
        digits = "0" + digits
    return digits[:HS_DIGITS]


@dataclass(frozen=True)
class Limit:
    """What a laboratory must find. Without a sign nobody could read what was asked: it stays unknown."""

    key: str
    sign: str
    value: float
    said: str

    def holds(self, found: float) -> bool:
        """Whether a value found is as it was asked."""
        return bool(COMPARE[self.sign](found, self.value))


def limit_of(said: str) -> Limit:
    """A limit as buyers write it: "crocin>=200", "acidité ≤ 0,5 %"."""
    if (read := _LIMIT.match(said)) is None:
        return Limit(key_of(said), "", math.nan, said)
    sign = _SIGNS.get(read["sign"], read["sign"])
    return Limit(key_of(read["key"]), sign, float(read["value"].replace(",", ".")), said)


def key_of(name: str) -> str:
    """The name of a laboratory's value, however it is written."""
    return " ".join(re.split(r"[\s_-]+", name.strip().lower()))


def number_in(value: Any) -> float | None:
    """A laboratory's value as a number; "< 0.1", "absent" and the like are none."""
    try:
        read = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        return None
    return read if math.isfinite(read) else None


_DEPOSIT = re.compile(r"(\d{1,3})\s*%")


def deposit_in(terms: str) -> int | None:
    """How much of an order these terms pay or secure before the goods leave, in per cent; None: not said."""
    said = terms.lower()
    if "prepa" in said or "in advance" in said or "letter of credit" in said or re.search(r"\bl/?c\b", said):
        return 100
    if share := _DEPOSIT.search(said):
        return min(100, int(share[1]))
    return 0 if re.search(r"\d+\s*(?:days|jours)|open account", said) else None
