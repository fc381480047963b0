"""What stands beside the products found: higher rooms tell of what they hold for the same words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """Something to read, as a list shows it."""

    title: str
    href: str
    intro: str
    kind: str


# Takes the words that were typed and the reader's language.
Teller = Callable[[str, str], Sequence[Told]]
_tellers: list[Teller] = []


def tells_beside(teller: Teller) -> Teller:
    """Register a function that tells what there is to read for some words."""
    _tellers.append(teller)
    return teller


def told_beside(text: str, language: str) -> list[Told]:
    """What there is to read for these words."""
    return [one for teller in _tellers for one in teller(text, language)] if text.strip() else []
