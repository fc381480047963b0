"""A lexicon from rows of a table: one concept a row, its aliases by language in cells. No Django in here."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from catalogue.search.lexicon import Concept, Lexicon

LANGUAGES = ("en", "fr", "ar", "es", "de", "it", "ary", "zgh", "la")
SHOWN = ("en", "fr", "ar")
BETWEEN = "|"
REFERENCE = Path(__file__).parent.parent / "reference" / "concepts"


def lexicon_of(rows: Iterable[Mapping[str, str]]) -> Lexicon:
    """The lexicon of rows with the columns code, kind, parents, hs6 and one for each of `LANGUAGES`."""
    concepts, aliases = [], []
    for row in rows:
        told = {language: aliases_in(row.get(language, "")) for language in LANGUAGES}
        names = {language: told[language][0] for language in SHOWN if told[language]}
        concepts.append(
            Concept(
                code=row["code"],
                kind=row["kind"],
                parents=tuple(row.get("parents", "").split()),
                names=names,
                hs6=tuple(row.get("hs6", "").split()),
            )
        )
        aliases += [(row["code"], language, text) for language, texts in told.items() for text in texts]
    return Lexicon(concepts, aliases)


def aliases_in(cell: str) -> list[str]:
    """The aliases of one cell, in their order."""
    return [alias.strip() for alias in cell.split(BETWEEN) if alias.strip()]


def rows_of(*files: Path) -> list[dict[str, str]]:
    """The rows of CSV files with a header line."""
    found: list[dict[str, str]] = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


@cache
def reference_lexicon() -> Lexicon:
    """The lexicon of the files beside the code: things, what is made of them and said of them, and places."""
    return lexicon_of(rows_of(*sorted(REFERENCE.glob("*.csv"))))
