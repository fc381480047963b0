"""What an offer may be asked to hold, in the terms of no engine. No Django in here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """Any of some codes in a field, or none of them, and what that is worth."""

    field: str
    codes: tuple[str, ...]
    weight: float = 0.0
    is_absent: bool = False


@dataclass(frozen=True)
class Bound:
    """A number of an offer between two bounds, both within; None is open."""

    field: str
    low: float | None = None
    high: float | None = None
    weight: float = 0.0


@dataclass(frozen=True)
class Word:
    """A stem to be found in the words of an offer; a forgiving one may have a typing error."""

    stem: str
    title: float
    body: float
    forgiving: bool = True


@dataclass(frozen=True)
class OneOf:
    """Any of several ways, each of which is that all of its clauses hold, and what that is worth."""

    ways: tuple[tuple["Clause | Bound | Word | OneOf", ...], ...]
    weight: float = 0.0


# No offer passes it: it is given up, and told.
NOTHING = Bound("size", high=-1.0)
# What every offer of an answer holds.
Filter = Clause | Bound | Word | OneOf
