"""Runs the questions of an evaluation set over a catalogue of its own. No Django in here."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.search.document import document_of
from catalogue.search.engine import Engine
from catalogue.search.lexicon import Lexicon
from catalogue.search.lines import offer_of
from catalogue.search.narrowing import best
from catalogue.search.query import read
from catalogue.search.ranking import plan_of

DEEP = 50


def fill(engine: Engine, lines: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> int:
    """Index the offers of a file; how many."""
    written = engine.write(document_of(offer_of(line), lexicon) for line in lines)
    engine.settle()
    return written


def answers(engine: Engine, questions: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, list[str]]:
    """The ids of the first fifty offers for each question, the best first."""
    found = {}
    for question in questions:
        reading = read(str(question["q"]), lexicon)
        found[str(question["id"])] = best(engine, plan_of(reading, lexicon), DEEP)
    return found
