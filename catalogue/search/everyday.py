"""Words that everybody says: never the name of goods in another language. No Django in here.

They are no vocabulary of the trade, so they stand in files and not among the concepts of editors.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from catalogue.search.folding import ARABIC, ARTICLE, stem, words
from catalogue.search.sayings import destinations

REFERENCE = Path(__file__).parent.parent / "reference" / "everyday"
# Shorter stems are of other words, too: tapas and tapis.
SHORTEST_SOUGHT = 4
FOR_THE = "لل"
FILLERS = REFERENCE.parent / "fillers.txt"
# What all goods here are called.
EVERYTHING = REFERENCE.parent / "everything.txt"
# What those are called who make goods and trade in them, one language a line.
TRADERS = REFERENCE.parent / "traders.txt"
# What vouches for goods, whichever it is: a label, a norm.
VOUCHING = REFERENCE.parent / "vouching.txt"
# Beside these it is said twice.
VOUCHED = frozenset(("certificate", "protected", "attribute", "quality"))


@cache
def languages_by_word() -> dict[str, frozenset[str]]:
    """The languages in which a folded word is an everyday one."""
    found: dict[str, set[str]] = {}
    for path in sorted(REFERENCE.glob("*.txt")):
        for word in words(path.read_text(encoding="utf-8")):
            # An article is written with its word in Arabic.
            for each in (word, ARTICLE + word, FOR_THE + word) if ARABIC.match(word) else (word,):
                found.setdefault(each, set()).add(path.stem)
    for file in (TRADERS, VOUCHING):
        for language, named in _by_language(file).items():
            for word in named:
                found.setdefault(word, set()).add(language)
    # Nor is a country or a port: Paris is no "pareo".
    for word in destinations():
        found.setdefault(word, set())
    return {word: frozenset(languages) for word, languages in found.items()}


@cache
def _by_language(file: Path) -> dict[str, frozenset[str]]:
    """The folded words of a file that begins each line with its language."""
    lines = (line.split(":", maxsplit=1) for line in file.read_text(encoding="utf-8").splitlines())
    return {language: frozenset(words(named)) for language, named in lines}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words(FILLERS.read_text(encoding="utf-8"))).union(*_by_language(TRADERS).values())


def is_filler(word: str) -> bool:
    """Whether a folded word that nobody knows says how, and is not what somebody may ask for: "delivered"."""
    return word in _fillers() or not any(map(str.isalpha, word)) or len(word) == 1


@cache
def _vouching() -> frozenset[str]:
    return frozenset[str]().union(*_by_language(VOUCHING).values())


def is_said_beside(word: str, kinds: Iterable[str]) -> bool:
    """Whether a folded word that nobody knows says nothing beside meanings of some kinds: organic label."""
    return is_filler(word) or (word in _vouching() and not VOUCHED.isdisjoint(kinds))


@cache
def _everything() -> frozenset[str]:
    # Who sells is any seller, and has any goods.
    return frozenset(words(EVERYTHING.read_text(encoding="utf-8"))).union(*_by_language(TRADERS).values())


def means_all(asked: Sequence[str]) -> bool:
    """Whether folded words that nobody knows ask for all there is: products of the terroir."""
    is_plain = all(word in _everything() or is_filler(word) for word in asked)
    return is_plain and not _everything().isdisjoint(asked)


def sought(word: str) -> str:
    """What is looked for in offers for a word that nobody knows: its stem, or all of an everyday plural."""
    root = stem(word)
    is_other = len(root) < SHORTEST_SOUGHT and word.endswith("s") and word in languages_by_word()
    return word if is_other else root
