"""Offers told one a line as JSON; any field may be missing. No Django in here."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalogue.search.document import SIGNS, Offer
from catalogue.search.fields import MEASURES
from catalogue.search.folding import fold, words

DECLARED = {"organic": "organic", "women_coop": "women-led", "private_label": "private-label"}


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, compressed or not; empty lines are passed over."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def offer_of(line: Mapping[str, Any]) -> Offer:
    """An offer from one line: texts are a map by language or a bare text."""
    region, protected = str(line.get("region") or ""), str(line.get("gi") or "")
    marks = [mark for name, mark in DECLARED.items() if line.get(name)]
    if protected:
        marks += ["protected-name", *(SIGNS[word] for word in words(protected) if word in SIGNS)]
    # A title that says both signs is of the one that the line names.
    told = set(SIGNS.values()) if set(marks) & set(SIGNS.values()) else set()
    facts = {
        "seller": (fold(str(line["supplier"])),) if line.get("supplier") else (),
        "marks": tuple(marks),
        "family": (fold(str(line["category"])),) if line.get("category") else (),
    }
    # A line does not say in what it is measured.
    figures = {name: line.get("moq") for name in ("moq", *MEASURES.values())}
    figures["lead_days"] = line.get("lead_days")
    return Offer(
        id=str(line["id"]),
        titles=tuple(_texts(line.get("title"))),
        descriptions=tuple(_texts(line.get("description"))),
        names=tuple(str(line[name]) for name in ("supplier", "brand", "gi", "region") if line.get(name)),
        kinds=tuple(_texts(line.get("category"))),
        hs6="".join(words(str(line.get("hs6") or "")))[:6],
        facts={name: codes for name, codes in facts.items() if codes},
        figures={name: float(value) for name, value in figures.items() if isinstance(value, (int, float))},
        decided=frozenset(mark for name, mark in DECLARED.items() if line.get(name) is not None) | told,
        places=(region,) if region else (),
    )


def _texts(told: Any) -> list[str]:
    if isinstance(told, Mapping):
        return [str(text) for text in told.values() if text]
    if isinstance(told, (list, tuple)):
        return [str(text) for text in told if text]
    return [str(told)] if told else []
