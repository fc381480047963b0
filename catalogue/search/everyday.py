"""Words that everybody says: never the name of goods in another language. No Django in here.

They are no vocabulary of the trade, so they stand in files and not among the concepts of editors.
"""

from functools import cache
from pathlib import Path

from catalogue.search.folding import stem, words
from catalogue.search.sayings import destinations

REFERENCE = Path(__file__).parent.parent / "reference" / "everyday"
# Shorter stems are of other words, too: tapas and tapis.
SHORTEST_SOUGHT = 4
FILLERS = REFERENCE.parent / "fillers.txt"


@cache
def languages_by_word() -> dict[str, frozenset[str]]:
    """The languages in which a folded word is an everyday one."""
    found: dict[str, set[str]] = {}
    for path in sorted(REFERENCE.glob("*.txt")):
        for word in words(path.read_text(encoding="utf-8")):
            found.setdefault(word, set()).add(path.stem)
    # Nor is a country or a port: Paris is no "pareo".
    for word in destinations():
        found.setdefault(word, set())
    return {word: frozenset(languages) for word, languages in found.items()}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words(FILLERS.read_text(encoding="utf-8")))


def is_filler(word: str) -> bool:
    """Whether a folded word that nobody knows says how, and is not what somebody may ask for: "delivered"."""
    return word in _fillers() or not any(map(str.isalpha, word)) or len(word) == 1


def sought(word: str) -> str:
    """What is looked for in offers for a word that nobody knows: its stem, or all of an everyday one."""
    root = stem(word)
    return word if len(root) < SHORTEST_SOUGHT and word in languages_by_word() else root
