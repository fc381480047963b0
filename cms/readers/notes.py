"""The pages of a section, and what its market notes can be narrowed to: one product, or one country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.pages.markets import MarketNotePage
from moussem.core.text import reading_order

NARROWED = ("product", "market")
# Fewer are seen at a glance.
LEAST = 12


@dataclass(frozen=True)
class Row:
    """The products or the countries that there are notes on, by their names, and the one that is shown."""

    name: str
    choices: Sequence[tuple[str, str]]
    shown: str


def narrowed(pages: Sequence[Any], asked: Mapping[str, str]) -> tuple[list[Any], list[Row]]:
    """The pages that are asked for, and the rows to choose from; what no note is on narrows nothing."""
    notes = [page for page in pages if isinstance(page, MarketNotePage)]
    rows, shown = [], list(pages)
    for name in NARROWED:
        known = {getattr(note, f"{name}_id"): str(getattr(note, name).label) for note in notes}
        if len(known) < 2:
            continue
        # One row narrows at a time: two together would mostly find nothing.
        taken = any(row.shown for row in rows)
        chosen = "" if taken or asked.get(name) not in known else asked[name]
        rows.append(Row(name, sorted(known.items(), key=lambda one: reading_order(one[1])), chosen))
        if chosen:
            shown = [note for note in notes if getattr(note, f"{name}_id") == chosen]
    many = len(notes) >= LEAST or any(row.shown for row in rows)
    return shown, rows if many else []
