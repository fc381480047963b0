"""What there is to read for the words of a search: a higher room tells it. No Django in here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """Something to read, as a list shows it."""

    title: str
    href: str
    intro: str
    kind: str
    # As the page shows it, made safe by who tells.
    picture: str


@dataclass(frozen=True)
class Telling:
    """Some of what there is to read, best first, and how much there is in all."""

    shown: Sequence[Told] = ()
    total: int = 0


# Takes the words that were typed, the reader's language, how many to pass over and how many to tell.
Teller = Callable[[str, str, int, int], Telling]
_tellers: list[Teller] = []


def tells_beside(teller: Teller) -> Teller:
    """Register the function that tells what there is to read for some words."""
    _tellers[:] = [teller]
    return teller


def told_beside(text: str, language: str, start: int, rows: int) -> Telling:
    """What there is to read for these words."""
    return _tellers[0](text, language, start, rows) if _tellers and text.strip() else Telling()
