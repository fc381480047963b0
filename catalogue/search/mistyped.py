"""Words with typing errors, and the words that they were meant to be. No Django in here.

An error in a plural is as likely as one in the singular: words are compared as they are written, and without
their endings.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from catalogue.search.folding import distance, stem

# A word of four letters with another one among them is another word (euro is no suro); two that changed
# places are an error.
SHORTEST_TYPO = 5
SHORTEST_SWAP = 4
SHORTEST_TWO_TYPOS = 8
# The names of places are many and short: a shorter word is no place with an error (trout is no Tiout).
SHORTEST_PLACE_TYPO = 7


def _one(word: str) -> str:
    """A word without the letter of a plural, though that was typed twice."""
    return word.rstrip("sx") if len(word) > SHORTEST_SWAP else word


# How words are compared, the surest way first: as they are, without the letter of a plural, without endings.
CUTS: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
    (str, str),
    (_one, _one),
    (stem, str),
    (stem, stem),
)
FORMS = (str, _one, stem)
# In so many of them a word of four letters may have an error.
SURE_CUTS = 2
# Shorter stems with an error are of other words: corcho is no colcha.
SHORTEST_STEM_TYPO = 6


class Mistyped:
    """Known words by what is left of them without a letter."""

    def __init__(self, known: Iterable[str], is_place: Callable[[str], bool]) -> None:
        self._is_place = is_place
        self._by_gap: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, list[str]] = defaultdict(list)
        for word in known:
            self._numbers[_one(word)].append(word)
            if _may_err(word):
                for gap in _gaps(word):
                    self._by_gap[gap].add(word)

    def nearest(self, word: str) -> tuple[int, list[str]]:
        """The known words with the fewest typing errors, and how many; none for short words and numbers."""
        if not _may_err(word):
            return 0, []
        # The first letter is right: whoever errs there has typed another word.
        near = {known for gap in _gaps(word) for known in self._by_gap.get(gap, ()) if known[0] == word[0]}
        if len(word) < SHORTEST_PLACE_TYPO:
            near = {known for known in near if not self._is_place(known)}
        found = [(each, known) for known in sorted(near) for each in _errors(word, known)]
        best = min((count for (count, _way), _known in found), default=0)
        # Of as many errors the likelier ones.
        likely = [
            ((_unlike(CUTS[way][0](word), CUTS[way][1](known)), way), known)
            for (count, way), known in found
            if count == best
        ]
        least = min((told for told, _known in likely), default=(0, 0))
        return best, self._in_any_number({known for told, known in likely if told == least})

    def _in_any_number(self, near: set[str]) -> list[str]:
        """Some known words with their plurals and singulars: almonds are known of a name of several words."""
        return sorted(near | {each for word in near for each in self._numbers[_one(word)]})


def _may_err(word: str) -> bool:
    return len(word) >= SHORTEST_SWAP and not any(char.isdigit() for char in word)


def _gaps(word: str) -> set[str]:
    """A word in its forms, and each with one letter left out: two errors apart they still share one."""
    forms = {form for cut in FORMS if len(form := cut(word)) >= SHORTEST_SWAP}
    return forms | {form[:place] + form[place + 1 :] for form in forms for place in range(len(form))}


def _errors(word: str, known: str) -> list[tuple[int, int]]:
    """How many errors make one word of the other, by each way to compare them that shows some."""
    told = []
    for way, (cut, cut_known) in enumerate(CUTS):
        one, other = cut(word), cut_known(known)
        most = 2 if len(one) >= SHORTEST_TWO_TYPOS else 1
        is_whole = way < SURE_CUTS
        if _is_like(one, other, is_whole=is_whole) and (is_whole or len(one) >= SHORTEST_STEM_TYPO):
            count = distance(one, other, most)
            told += [(count, way)] if 0 < count <= most else []
    return told


def _unlike(one: str, other: str) -> int:
    """How many letters only one of the words has: a letter is sooner lost or swapped than another."""
    ours, theirs = Counter(one), Counter(other)
    return sum((ours - theirs).values()) + sum((theirs - ours).values())


def _is_like(word: str, known: str, *, is_whole: bool) -> bool:
    """Whether one may be the other with an error in it."""
    is_long = min(len(word), len(known)) >= SHORTEST_TYPO
    # A letter that was left out within: olve.
    is_gap = len(word) == SHORTEST_SWAP < len(known) and word[-1] == known[-1]
    return is_long or (is_whole and (is_gap or sorted(word) == sorted(known)))
