"""What the rooms above hold of a person: each says how it is given out to them, and how it is erased."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Holding:
    """One kind of things held of people. ``erase`` returns how many things it erased."""

    name: str
    label: Any
    export: Callable[[Any], Any]
    erase: Callable[[Any], int]


HOLDINGS: dict[str, Holding] = {}


def holds(holding: Holding) -> None:
    """Register what a room holds, as the application starts."""
    HOLDINGS[holding.name] = holding


def export_of(person: Any) -> dict[str, Any]:
    """All that is held of a person, ready for JSON."""
    facts = {
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "language": person.language,
        "time_zone": person.time_zone,
        "joined": person.date_joined.isoformat(),
    }
    return {"person": facts, **{name: one.export(person) for name, one in HOLDINGS.items()}}
