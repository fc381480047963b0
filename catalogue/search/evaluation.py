"""Runs the questions of an evaluation set over a catalogue of its own. No Django in here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from catalogue.search.composing import Turns, shown
from catalogue.search.document import Document, document_of
from catalogue.search.engine import Engine
from catalogue.search.lexicon import Lexicon
from catalogue.search.lines import offer_of
from catalogue.search.literal import words_of_titles
from catalogue.search.query import read
from catalogue.search.ranking import plan_of

DEEP = 50
# Equals take turns by the day: of this one, so that two evaluations compare.
DAY = date(2026, 1, 1)


def fill(engine: Engine, lines: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, str]:
    """Index the offers of a file; whose each of them is, by its id."""
    sellers: dict[str, str] = {}

    def documents() -> Iterator[Document]:
        for line in lines:
            document = document_of(offer_of(line), lexicon)
            # One that names no seller is nobody else's.
            sellers[document.id] = next(iter(document.codes.get("seller", ())), document.id)
            yield document

    engine.write(documents())
    engine.settle()
    return sellers


def answers(
    engine: Engine, questions: Iterable[Mapping[str, Any]], lexicon: Lexicon, sellers: Mapping[str, str]
) -> dict[str, list[str]]:
    """The ids of the first fifty offers for each question as the site shows them, the best first.

    A page of the site is shorter, and so is what it shows of what comes near.
    """
    found, turns = {}, Turns(lambda _ids: sellers, DAY)
    for question in questions:
        text = str(question["q"])
        reading = read(text, lexicon)
        if names := words_of_titles(engine, reading, lexicon):
            reading = read(text, lexicon, names=names)
        plan = plan_of(reading, lexicon)
        told = shown(engine, plan, turns, rows=DEEP, most_close=DEEP)
        found[str(question["id"])] = [*told.found.ids, *told.close]
    return found
