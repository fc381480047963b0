"""The twelve regions as a cartogram: tiles of one size, each put roughly where its region lies.

No outline of the regions is at hand under a licence we know, and one drawn from memory would be wrong
along every border; a diagram of tiles claims no border at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Column in half tiles from the west, row from the north.
PLACES = {
    "MA-01": (7, 0),
    "MA-02": (10, 1),
    "MA-03": (8, 1),
    "MA-04": (6, 1),
    "MA-05": (7, 2),
    "MA-06": (5, 2),
    "MA-07": (4, 3),
    "MA-08": (6, 3),
    "MA-09": (3, 4),
    "MA-10": (2, 5),
    "MA-11": (1, 6),
    "MA-12": (0, 7),
}
HALF, ROW, EDGE = 50, 87, 58
DEEPEST = 4


@dataclass(frozen=True)
class Tile:
    """A region on the cartogram: where its middle is, its name in lines, and how full it is (0 to 4)."""

    region: Any
    number: int
    x: int
    y: int
    lines: tuple[str, ...]
    depth: int
    is_here: bool


def tiles_of(regions: Iterable[Any], here: str = "") -> list[Tile]:
    """The regions as tiles, from the north; the fullest has the deepest colour, an empty one none."""
    placed = sorted((one for one in regions if one.code in PLACES), key=lambda one: PLACES[one.code][::-1])
    most = max((getattr(one, "product_count", 0) for one in placed), default=0)
    return [_tile(one, most, here) for one in placed]


def _tile(region: Any, most: int, here: str) -> Tile:
    column, row = PLACES[region.code]
    count = getattr(region, "product_count", 0)
    return Tile(
        region=region,
        number=int(region.code[-2:]),
        x=HALF + column * HALF,
        y=EDGE + row * ROW,
        lines=_lines(region.label),
        depth=-(-count * DEEPEST // most) if most else 0,
        is_here=region.code == here,
    )


def _lines(name: str) -> tuple[str, ...]:
    """A name cut after its hyphens, as it must be to stand in a tile."""
    *firsts, last = name.split("-")
    return (*(f"{first}-" for first in firsts), last)
