"""Phrases that stand in files of words, by sense and language, as patterns. No Django in here."""

import csv
from collections.abc import Iterable
from pathlib import Path
from unicodedata import combining, normalize

REFERENCE = Path(__file__).parent.parent / "reference"
BETWEEN = "|"
# How a letter may be written, with its marks or without, and how words are parted.
WRITINGS = {
    "a": "[aàáâä]",
    "c": "[cç]",
    "e": "[eéèêë]",
    "i": "[iíìîï]",
    "n": "[nñ]",
    "o": "[oóòôö]",
    "u": "[uúùûü]",
    "ا": "[اأإآ]\u064b?",
    "ء": "ء\u064b?",
    "ى": "[ىي]",
    "'": "['’]",
    " ": r"[\s-]{1,2}",
    "-": r"[\s-]{1,2}",
    ".": r"\.",
    "(": "(?:",
    ")": ")?",
}
# "De" at the end of a phrase, before a vowel too: plus d'une tonne.
OF = r"[\s-]{1,2}d[eéèêë]"
ELIDED = r"[\s-]{1,2}d(?:[eéèêë]|['’](?=\w))"


def phrases_in(name: str) -> dict[str, list[str]]:
    """What is said in any language, by its sense."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        rows = [(row.pop("sense"), row) for row in csv.DictReader(file)]
    return {sense: [said for cell in row.values() for said in cell.split(BETWEEN)] for sense, row in rows}


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of phrases in small letters, the longest first; what stands in brackets may be left out."""
    return "|".join(map(_pattern_of, sorted(set(phrases), key=lambda one: (-len(one), one))))


def _pattern_of(phrase: str) -> str:
    bare = (letter for letter in normalize("NFD", phrase.casefold()) if not combining(letter))
    pattern = "".join(WRITINGS.get(letter, letter) for letter in bare)
    return pattern.removesuffix(OF) + ELIDED if pattern.endswith(OF) else pattern
