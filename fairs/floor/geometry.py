"""Where the booths of a hall stand: a plan from a simple table, and which booths are neighbours. No Django.

A plan unit is a decimetre, so that sizes in metres with one decimal are whole numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase

UNITS_PER_METRE = 10
MOST_BOOTHS = 240
# In square metres; more than any hall has.
LARGEST_BOOTH = 100_000
# Booths of a drawing rarely touch exactly: a gap of a pen's width does not make an aisle.
SLACK = 0.15
WALLS = ("top", "right", "bottom", "left")
NUMBER = re.compile(r"[A-Z]{1,3}-?[0-9]{1,4}[A-Z]?")


@dataclass(frozen=True)
class Place:
    """A booth on the plan, in plan units."""

    number: str
    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> float:
        """Its size in square metres."""
        return self.width * self.height / UNITS_PER_METRE**2


@dataclass(frozen=True)
class Table:
    """What a plan is drawn from: rows of equal booths, two back to back between aisles."""

    rows: int
    columns: int
    width: int
    depth: int
    aisle: int
    # A cross aisle after so many booths of a row; none where it is 0.
    block: int = 0
    first_row: int = 0
    # In which walls it has a door.
    doors: tuple[str, ...] = ()


def row_letters(row: int) -> str:
    """The letters of a row, counted from 0: A to Z, then AA, AB and so on."""
    letters = ""
    row += 1
    while row:
        row, rest = divmod(row - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters


def letters_of(number: str) -> str:
    """The letters that a booth number begins with, if any."""
    return number[: len(number) - len(number.lstrip(ascii_uppercase))]


def row_of(number: str) -> int:
    """The row of a booth number by its letters, counted from 0; below that where it has none."""
    row = 0
    for letter in letters_of(number):
        row = row * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return row - 1


def table_of(places: Iterable[Place]) -> Table | None:
    """The table that booths stand by, its doors left aside; None where no table has them so."""
    places = in_walking_order(places)
    if not places:
        return None
    first = places[0]
    along = [one.x for one in places if one.y == first.y]
    steps = [after - before for before, after in pairwise(along)]
    table = Table(
        rows=len({row_of(one.number) for one in places}),
        columns=len(along),
        width=first.width,
        depth=first.height,
        aisle=first.x,
        block=next((at for at, step in enumerate(steps, 1) if step > first.width), 0),
        first_row=max(row_of(first.number), 0),
    )
    return table if places_of(table) == places else None


def places_of(table: Table) -> list[Place]:
    """The booths of a table: the first row along the wall, then islands of two rows, aisles around all."""
    return [
        Place(
            f"{row_letters(table.first_row + row)}{column + 1}",
            _start_of(column, table),
            _top_of(row, table),
            table.width,
            table.depth,
        )
        for row in range(table.rows)
        for column in range(table.columns)
    ]


def doors_of(table: Table) -> list[tuple[str, int]]:
    """The doors of a table by wall and place: each at the end of the aisle nearest the middle of its wall.

    Where no aisle of that direction is, it stands in the middle of its wall.
    """
    crossed = range(table.block, table.columns, table.block) if table.block else ()
    across = [_start_of(column, table) - table.aisle // 2 for column in crossed]
    along = [_top_of(row, table) - table.aisle // 2 for row in range(1, table.rows, 2)]
    places = places_of(table)
    width, height = extent_of(places, table.aisle)
    across = across or [(places[0].x + places[-1].x + table.width) // 2]
    along = along or [(places[0].y + places[-1].y + table.depth) // 2]
    x = min(across, key=lambda at: abs(at - width // 2))
    y = min(along, key=lambda at: abs(at - height // 2))
    return [(wall, x if wall in ("top", "bottom") else y) for wall in WALLS if wall in table.doors]


def _start_of(column: int, table: Table) -> int:
    crossed = column // table.block if table.block else 0
    return table.aisle + column * table.width + crossed * table.aisle


def _top_of(row: int, table: Table) -> int:
    # Rows 0 | 1 2 | 3 4 | …: an aisle before every second row.
    return table.aisle // 2 + row * table.depth + (row + 1) // 2 * table.aisle


def extent_of(places: Iterable[Place], margin: int) -> tuple[int, int]:
    """How wide and how high the plan is that holds these booths, with a margin at its far sides."""
    places = list(places)
    width = max((one.x + one.width for one in places), default=0) + margin
    return width, max((one.y + one.height for one in places), default=0) + margin


def overlapping(places: Sequence[Place]) -> tuple[Place, Place] | None:
    """Two booths that would stand in each other, if any."""
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            slack = SLACK * min(one.width, one.height, other.width, other.height)
            if _shared(one, other, "x") > slack and _shared(one, other, "y") > slack:
                return one, other
    return None


def _span(place: Place, axis: str) -> tuple[int, int]:
    return (place.x, place.x + place.width) if axis == "x" else (place.y, place.y + place.height)


def _shared(one: Place, other: Place, axis: str) -> int:
    """How far two booths lie beside each other along an axis; below zero, how far they are apart."""
    (a, b), (c, d) = _span(one, axis), _span(other, axis)
    return min(b, d) - max(a, c)


def are_neighbours(one: Place, other: Place) -> bool:
    """Whether two booths have a wall in common: side by side or back to back, never across an aisle."""
    smallest = min(one.width, one.height, other.width, other.height)
    slack = SLACK * smallest
    along = (_shared(one, other, "x"), _shared(one, other, "y"))
    return min(along) >= -slack and max(along) > smallest / 2


def neighbours_of(places: Sequence[Place]) -> dict[str, tuple[str, ...]]:
    """The neighbours of each booth by number, those along its row first."""
    found: dict[str, list[tuple[bool, int, str]]] = {one.number: [] for one in places}
    for at, one in enumerate(places):
        for later, other in enumerate(places[at + 1 :], at + 1):
            if are_neighbours(one, other):
                is_back = _shared(one, other, "x") > _shared(one, other, "y")
                found[one.number].append((is_back, later, other.number))
                found[other.number].append((is_back, at, one.number))
    return {number: tuple(name for _back, _at, name in sorted(names)) for number, names in found.items()}


def in_walking_order(places: Iterable[Place]) -> list[Place]:
    """Booths as one passes them: row after row, numbers within a row counted and not spelled."""
    return sorted(places, key=lambda one: counted(one.number))


def counted(number: str) -> tuple[int, str, int, str]:
    """What booth numbers are sorted by: Z1 before AA1, A2 before A10."""
    row = letters_of(number)
    digits = re.search(r"[0-9]+", number)
    return len(row), row, int(digits.group()) if digits else 0, number


def tidy(number: str) -> str:
    """A booth number as it is kept: capitals, without spaces; empty where it is none."""
    text = "".join(number.split()).upper()
    return text if NUMBER.fullmatch(text) else ""


def numbers_in(text: str, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """The booths that a text such as ``A1-A8, C3`` names, and the parts that name none."""
    order = sorted(known, key=counted)
    named: dict[str, None] = {}
    strange = []
    for part in filter(None, re.split(r"[,;،\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip().upper()))):
        first, _dash, last = (part, "", part) if part in order else part.partition("-")
        last = last or first
        if first in order and last in order and order.index(first) <= order.index(last):
            named.update(dict.fromkeys(order[order.index(first) : order.index(last) + 1]))
        else:
            strange.append(part)
    return list(named), strange
