"""How ready a stand is, from 0 to 100, and what is missing for the rest. No Django in here.

Every part is a fact that the site knows; its weight stands in `WEIGHTS` and in docs/live.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Part(StrEnum):
    """What makes a stand ready."""

    TEXTS = "texts"
    GOODS = "goods"
    PICTURES = "pictures"
    PRICES = "prices"
    PEOPLE = "people"
    LANGUAGES = "languages"
    HOURS = "hours"
    DEVICES = "devices"
    PRACTICE = "practice"


WEIGHTS = {
    Part.TEXTS: 15,
    Part.GOODS: 10,
    Part.PICTURES: 10,
    Part.PRICES: 10,
    Part.PEOPLE: 10,
    Part.LANGUAGES: 5,
    Part.HOURS: 5,
    Part.DEVICES: 15,
    Part.PRACTICE: 20,
}
# The languages of visitors' pages, and those that a buyer from abroad is most likely to speak.
READ = ("ar", "en", "fr")
FOREIGN = frozenset({"en", "fr"})
# A telephone, its programs and the network change: a test counts for so long.
TEST_COUNTS = timedelta(days=14)


@dataclass(frozen=True)
class Practice:
    """A rehearsal that was gone through to its end: how many answers, and how many to the point."""

    asked: int
    good: int


@dataclass(frozen=True)
class Facts:
    """What the site knows of a stand."""

    written: Collection[str] = ()
    shown: int = 0
    pictured: int = 0
    priced: int = 0
    people: int = 0
    spoken: Collection[str] = ()
    has_hours: bool = False
    tested_at: datetime | None = None
    practice: Practice | None = None


@dataclass(frozen=True)
class Line:
    """One part: its points out of so many, and what it counted."""

    part: Part
    points: int
    of: int
    done: int
    whole: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing of it."""
        return self.points == self.of


@dataclass(frozen=True)
class Readiness:
    """The parts of a stand, in their order."""

    lines: tuple[Line, ...]

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return sum(one.points for one in self.lines)

    @property
    def missing(self) -> list[Line]:
        """What is not done."""
        return [one for one in self.lines if not one.is_done]


def readiness_of(facts: Facts, now: datetime) -> Readiness:
    """What a stand has of each part; a share of a part gives that share of its points, rounded down."""
    is_tested = facts.tested_at is not None and now - facts.tested_at <= TEST_COUNTS
    counted = {
        Part.TEXTS: (len(set(facts.written) & set(READ)), len(READ)),
        Part.GOODS: (min(facts.shown, 1), 1),
        Part.PICTURES: (facts.pictured, facts.shown),
        Part.PRICES: (facts.priced, facts.shown),
        Part.PEOPLE: (min(facts.people, 1), 1),
        Part.LANGUAGES: (int(bool(FOREIGN & set(facts.spoken))), 1),
        Part.HOURS: (int(facts.has_hours), 1),
        Part.DEVICES: (int(is_tested), 1),
        Part.PRACTICE: _of_practice(facts.practice),
    }
    return Readiness(
        tuple(
            Line(part, WEIGHTS[part] * done // whole if whole else 0, WEIGHTS[part], done, whole)
            for part, (done, whole) in counted.items()
        )
    )


def _of_practice(practice: Practice | None) -> tuple[int, int]:
    """Half for going through it, the other half by the answers to the point."""
    return (0, 1) if practice is None else (practice.asked + practice.good, 2 * practice.asked)
