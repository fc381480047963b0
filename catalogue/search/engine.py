"""What a search engine does for us; two do it, and one suite of tests asks both. No Django in here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from catalogue.search.document import Document
from catalogue.search.ranking import Plan

# Deeper pages than this are not asked of an engine: a list that long wants a filter.
DEEPEST = 10_000


class EngineDown(Exception):
    """The engine does not answer, or answers that it cannot; the caller falls back to the database."""


class Refused(EngineDown):
    """The index refuses every write, and no waiting changes that: it is to be built anew."""


@dataclass(frozen=True)
class Found:
    """One page of offers: their ids, what each is worth, how many there are, and counts by facet."""

    ids: Sequence[str]
    scores: Sequence[float]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index of documents that can be asked while it is written."""

    name: str

    def write(self, documents: Iterable[Document]) -> int:
        """Put documents in the place of those with the same ids; how many. Seen after `settle`."""

    def remove(self, ids: Iterable[str], *, version: int = 0) -> None:
        """Take documents out; ids that are not there are passed over. Seen after `settle`."""

    def settle(self) -> None:
        """Make what was written and removed visible to questions that come after."""

    def ask(self, plan: Plan, *, start: int = 0, rows: int = 20, facets: Sequence[str] = ()) -> Found:
        """A page of what a plan asks for. A facet counts with its own group of filters left out."""

    def is_well(self) -> bool:
        """Whether all of it can be read, and nothing keeps writes out for good."""

    def count(self) -> int:
        """How many documents there are."""

    def ids(self) -> Iterator[str]:
        """The ids of all documents, in no order."""

    def drop(self) -> None:
        """Forget every document."""


class Shelf(Protocol):
    """Where indices stand: one is asked, and another may be built beside it and then take its place."""

    # Whether changes wait while an index is built, and are written when it stands.
    waits_for_building: bool

    def current(self) -> Engine | None:
        """The index that is asked; None where there is none."""

    def fits(self) -> bool:
        """Whether the index that is asked is there and has today's shape."""

    def begin(self) -> str:
        """Make an empty index beside the current one; its name. One that was begun before is thrown away."""

    def building(self) -> tuple[str, Engine] | None:
        """The index of today's shape that is being built and can be read, with its name."""

    def written(self, target: str) -> list[Engine]:
        """The indices that hold a change once it is written to all of them; none where one cannot take it.

        ``target`` is the index that an unfinished rebuild makes, whatever release it is of.
        """

    def discard(self) -> None:
        """Throw away what was built and does not take the place of the other."""

    def swap(self, target: str) -> None:
        """Let the index that was built be the one that is asked, from one question to the next."""
