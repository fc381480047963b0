"""The words a refused cell could have held, those first that look like what was typed. No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from catalogue.imports.headers import plain

# The months of a year are named whole, and in their order.
MOST = 12


@dataclass(frozen=True)
class Word:
    """One accepted word as its reader knows it, with the plain forms under which it is taken."""

    label: str
    names: frozenset[str]


def word(label: str, names: Iterable[str]) -> Word:
    """A word that is taken under any of these names."""
    return Word(label, frozenset(plain(name) for name in (label, *names) if name))


def refused_parts(typed: str, accepted: Sequence[Word]) -> list[str]:
    """The parts of a cell that are none of the accepted words."""
    known = frozenset().union(*(one.names for one in accepted))
    marks = str.maketrans(dict.fromkeys("،;/\n|", ","))
    parts = [part.strip() for part in typed.translate(marks).split(",") if part.strip()]
    return [part for part in parts if plain(part) not in known] or [typed]


def nearest(typed: str, accepted: Sequence[Word]) -> tuple[list[str], int]:
    """The accepted words that are closest to what was typed, and how many others there are."""
    if len(accepted) <= MOST:
        return [one.label for one in accepted], 0
    wanted = plain(typed)
    ranked = sorted(accepted, key=lambda one: -max(_likeness(wanted, name) for name in one.names))
    return [one.label for one in ranked[:MOST]], len(accepted) - MOST


def _likeness(wanted: str, name: str) -> float:
    # A word that begins alike is what was meant more often than one with the same letters elsewhere.
    begins = name.startswith(wanted[:3]) if wanted else False
    return SequenceMatcher(None, wanted, name).ratio() + begins
