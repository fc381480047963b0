"""What a search engine does for us; two do it, and one suite of tests asks both. No Django in here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from catalogue.search.document import Document
from catalogue.search.ranking import Plan

# Deeper pages than this are not asked of an engine: a list that long wants a filter.
DEEPEST = 10_000


class EngineDown(Exception):
    """The engine does not answer, or answers that it cannot; the caller falls back to the database."""


@dataclass(frozen=True)
class Found:
    """One page of offers: their ids, what each is worth, how many there are, and counts by facet."""

    ids: Sequence[str]
    scores: Sequence[float]
    total: int
    whole: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index of documents that can be asked while it is written."""

    name: str

    def write(self, documents: Iterable[Document]) -> int:
        """Put documents in the place of those with the same ids; how many. Seen after `settle`."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; ids that are not there are passed over. Seen after `settle`."""

    def settle(self) -> None:
        """Make what was written and removed visible to questions that come after."""

    def ask(self, plan: Plan, *, start: int = 0, rows: int = 20, facets: Sequence[str] = ()) -> Found:
        """A page of what a plan asks for. A facet counts with its own group of filters left out."""

    def count(self) -> int:
        """How many documents there are."""

    def drop(self) -> None:
        """Forget every document."""
