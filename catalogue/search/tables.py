"""A lexicon from rows of a table: one concept a row, its aliases by language in cells. No Django in here."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.search.folding import written
from catalogue.search.lexicon import Concept, Lexicon

LANGUAGES = ("en", "fr", "ar", "es", "de", "it", "ary", "zgh", "la")
SHOWN = ("en", "fr", "ar")
BETWEEN = "|"
COLUMNS = ("code", "kind", "parents", *LANGUAGES, "hs6")
REFERENCE = Path(__file__).parent.parent / "reference" / "concepts"
# A concept without its code: kind, parents, hs6, and aliases by language; nothing for a language without any.
Content = dict[str, Any]


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


def once(aliases: Iterable[str]) -> list[str]:
    """The aliases without those that say the same words again; the first writing is kept."""
    told: dict[tuple[str, ...], str] = {}
    for alias in aliases:
        told.setdefault(written(alias) or (alias,), alias)
    return list(told.values())


def content_of(row: Mapping[str, str]) -> Content:
    """What a row says of its concept."""
    told = {language: aliases_in(row.get(language, "")) for language in LANGUAGES}
    return {
        "kind": row["kind"].strip(),
        "parents": row.get("parents", "").split(),
        "hs6": row.get("hs6", "").split(),
        "aliases": {language: texts for language, texts in told.items() if texts},
    }


def row_of(code: str, content: Content) -> dict[str, str]:
    """The row that says a concept: `content_of` read backwards."""
    told = {language: BETWEEN.join(content["aliases"].get(language, ())) for language in LANGUAGES}
    parents, hs6 = " ".join(content["parents"]), " ".join(content["hs6"])
    return {"code": code, "kind": content["kind"], "parents": parents, **told, "hs6": hs6}


def rows_of(*files: Path) -> list[dict[str, str]]:
    """The rows of CSV files with a header line."""
    found: list[dict[str, str]] = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def reference_files() -> list[Path]:
    """The files beside the code, in the order in which they are read."""
    return sorted(REFERENCE.glob("*.csv"))


@cache
def reference_lexicon() -> Lexicon:
    """The lexicon of the files beside the code: things, what is made of them and said of them, and places."""
    return lexicon_of(rows_of(*reference_files()))
