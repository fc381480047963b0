"""The words of a question as they were typed, where titles hold them. No Django in here."""

import re

from catalogue.search.document import SPOKEN_OF
from catalogue.search.folding import stem, stems, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.reading import Reading
from catalogue.search.told import says
from catalogue.search.ways import Clause, OneOf

# What goods are called by one of their lesser names: a frying pan is cookware.
CALLED = 40.0
# A number of the question: 250 of "250 ml".
NUMBERED = 8.0
NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?![\d.,])")


def as_typed(reading: Reading, lexicon: Lexicon) -> tuple[Clause, ...]:
    """That a title holds every word as it was typed, those that say how as well as goods.

    Nothing where a word is a small one in some language: thé is no "the".
    """
    typed = [word for part in reading.of(*SPOKEN_OF) for word in words(part.typed)]
    if not all(says(word, lexicon) for word in typed):
        return ()
    return tuple(Clause("title", (root,)) for root in dict.fromkeys([*map(stem, typed), *reading.rest]))


def called(reading: Reading, lexicon: Lexicon) -> list[Clause]:
    """The words that goods were asked by, where they are no name of all that the words mean."""
    found: list[str] = []
    for part in reading.of(*SPOKEN_OF):
        names = {tuple(stems(name)) for code in part.codes for name in lexicon.concepts[code].names.values()}
        roots = tuple(dict.fromkeys(stems(part.typed)))
        found += () if roots in names else roots
    # All of them together are worth less than who vouches for the goods.
    return [Clause("title", (root,), CALLED / len(found)) for root in dict.fromkeys(found)]


def numbered(reading: Reading) -> list[OneOf]:
    """The numbers of a question, each as a title may hold it: 250 of "250ml" as well."""
    numbers = dict.fromkeys(NUMBER.findall(reading.text))
    return [standing(one, NUMBERED) for one in numbers]


def standing(root: str, weight: float = 0.0) -> OneOf:
    """That a stem stands in an offer, in its title or in what else is told of it."""
    return OneOf(tuple((Clause(field, (root,)),) for field in ("title", "body")), weight)
