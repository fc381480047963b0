"""Bars of compared figures: where each begins and how long it is, in hundredths of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100
# The shortest bar that is still seen as one.
LEAST = Decimal("0.6")


@dataclass(frozen=True)
class Bar:
    """One figure of a chart, and its bar from where reading starts; one that nobody knows has none."""

    label: str
    value: Decimal | None
    start: Decimal
    length: Decimal
    stands_out: bool

    def mirrored(self) -> "Bar":
        """The same bar for who reads from right to left."""
        return Bar(self.label, self.value, WIDTH - self.start - self.length, self.length, self.stands_out)


def bars_of(rows: Sequence[tuple[str, Decimal | None, bool]], *, rightwards: bool = True) -> list[Bar]:
    """A bar for each figure, all on one scale that holds zero; what is below zero goes the other way."""
    values = [value for _label, value, _stands_out in rows if value is not None]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    scale = WIDTH / ((high - low) or Decimal(1))
    bars = []
    for label, value, stands_out in rows:
        if value is None:
            bars.append(Bar(label, None, Decimal(0), Decimal(0), stands_out))
            continue
        length = max((abs(value) * scale), LEAST if value else Decimal(0))
        start = (min(value, Decimal(0)) - low) * scale
        # The least bar of the highest figures stays inside the drawing.
        start = min(start, WIDTH - length)
        bar = Bar(label, value, _short(start), _short(length), stands_out)
        bars.append(bar if rightwards else bar.mirrored())
    return bars


def _short(length: Decimal) -> Decimal:
    return round(Decimal(length), 2)
