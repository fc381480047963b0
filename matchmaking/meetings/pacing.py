"""How many meetings a person has in a day and in a row. No Django in here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pace:
    """A slot as the pace of a day sees it: its position among all slots of the edition, its day and block.

    Neighbouring positions of one block follow one another without a real pause.
    """

    position: int
    day: date
    block: int


def fits(
    slot: Pace,
    taken: Collection[Pace],
    *,
    paces: Mapping[int, Pace],
    most_a_day: int,
    most_in_a_row: int,
) -> bool:
    """Whether one more meeting leaves a person within their limits.

    ``taken`` are the slots in which they meet already, ``paces`` every slot of the edition by its position.
    """
    if slot in taken or sum(1 for one in taken if one.day == slot.day) >= most_a_day:
        return False
    held = {one.position for one in taken}
    row = 1
    for step in (-1, 1):
        position = slot.position + step
        while position in held and paces[position].block == slot.block:
            row += 1
            position += step
    return row <= most_in_a_row
