"""What begins with what was typed: sorted words, each with the numbers of what it names. No Django in here.

Only the words are held, not the names: a hundred thousand products are some tens of megabytes.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator
from itertools import chain, islice
from typing import Generic, TypeVar

from catalogue.search.folding import ARABIC, ARTICLE, PREFIXES, SHORTEST_SOUND, singular, sound, words

Key = TypeVar("Key", bound=Hashable)

# How far a word may be from those that are known.
WRITTEN, HEARD, MISTYPED = range(3)
LONGEST = 100
MOST_WORDS = 8
# Earlier words that are shorter join others (d, de, la, of, من): nothing is told apart by them.
SHORTEST_TELLING = 3
SHORTEST_TYPO = 4
# A bound on what one question may look at, whatever was typed.
MOST_WORDS_SEEN = 5_000
MOST_THINGS_SEEN = 20_000
# Numbers that may name nothing before a copy without them is worth its while.
SPARE = 1_000
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
AFTER_ALL = "\U0010ffff"


class Beginnings(Generic[Key]):
    """Things and the words of their names. One thread writes at a time; any number may read meanwhile."""

    def __init__(self) -> None:
        self._words: list[str] = []
        # Of each word, what begins with it and what only holds it.
        self._first: dict[str, array[int]] = {}
        self._later: dict[str, array[int]] = {}
        self._heard: list[tuple[str, str]] = []
        # A thing that changes gets a new number; the old one names nothing any more.
        self._keys: list[Key | None] = []
        self._numbers: dict[Key, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def put(self, key: Key, names: Iterable[str]) -> None:
        """A thing under these names, in place of those it had."""
        self.remove(key)
        number = len(self._keys)
        self._keys.append(key)
        self._numbers[key] = number
        first: set[str] = set()
        later: set[str] = set()
        for name in names:
            told = words(name)
            first.update(form for word in told[:1] for form in _forms(word))
            later.update(form for word in told[1:] for form in _forms(word))
        for word in sorted(first | later):
            if word not in self._first and word not in self._later:
                self._take(word)
            holder = self._first if word in first else self._later
            holder.setdefault(word, array("I")).append(number)

    def fill(self, things: Iterable[tuple[Key, Iterable[str]]]) -> None:
        """Many things at once."""
        for key, names in things:
            self.put(key, names)

    def _take(self, word: str) -> None:
        insort(self._words, word)
        if heard := sound(word):
            insort(self._heard, (heard, word))

    def remove(self, key: Key) -> None:
        """Forgets a thing; one that is unknown is forgotten already."""
        number = self._numbers.pop(key, None)
        if number is None:
            return
        self._keys[number] = None

    @property
    def is_worn(self) -> bool:
        """Whether more numbers name nothing than something."""
        return len(self._keys) > 2 * len(self._numbers) + SPARE

    def swept(self) -> "Beginnings[Key]":
        """The same things under numbers without gaps; a copy, since others may be reading this one."""
        fresh = Beginnings[Key]()
        renumbered = {old: new for new, old in enumerate(sorted(self._numbers.values()))}
        fresh._keys = [self._keys[old] for old in renumbered]
        fresh._numbers = {key: renumbered[old] for key, old in self._numbers.items()}
        for ours, theirs in ((self._first, fresh._first), (self._later, fresh._later)):
            for word, numbers in ours.items():
                if left := [renumbered[old] for old in numbers if old in renumbered]:
                    theirs[word] = array("I", left)
        fresh._words = sorted({*fresh._first, *fresh._later})
        fresh._heard = sorted((heard, word) for word in fresh._words if (heard := sound(word)))
        return fresh

    def find(self, typed: str, most: int, doubt: int = WRITTEN) -> list[tuple[Key, bool]]:
        """The things that hold every word typed, the last one as a beginning; whether their name begins so.

        ``doubt`` says how far a word may be from what is known: by its sound too, or with one error.
        """
        told = words(typed[:LONGEST])[:MOST_WORDS]
        if not told:
            return []
        earlier = [word for word in told[:-1] if len(word) >= SHORTEST_TELLING]
        held = [self._holding(word, doubt) for word in earlier]
        if not all(held):
            return []
        ends = list(islice(self._beginning(told[-1]), MOST_WORDS_SEEN))
        if typed[-1:].isspace():
            # The last word is ended, and none that goes on is meant where it is one by itself.
            ends = [word for word in _whole_forms(told[-1]) if word in ends] or ends
        found = self._gathered(ends, held, earlier, most)
        if doubt >= HEARD:
            found += self._doubtful(told[-1], held, earlier, most, doubt if not found else HEARD, found)
        return found[:most]

    def _doubtful(
        self,
        typed: str,
        held: list[set[int]],
        earlier: list[str],
        most: int,
        doubt: int,
        surer: list[tuple[Key, bool]],
    ) -> list[tuple[Key, bool]]:
        """What the sound, else an error, of the last word finds beside what is found already."""
        ends = self._sounding(typed)
        if not ends and doubt >= MISTYPED:
            near = (word for each in _one_error(typed) for word in self._beginning(each))
            ends = list(dict.fromkeys(islice(near, MOST_WORDS_SEEN)))
        known = {key for key, _begins in surer}
        return [
            (key, False) for key, _begins in self._gathered(ends, held, earlier, most) if key not in known
        ]

    def _gathered(
        self, ends: list[str], held: list[set[int]], earlier: list[str], most: int
    ) -> list[tuple[Key, bool]]:
        numbers = chain(self._numbers_of(ends, self._first), self._numbers_of(ends, self._later))
        begun = self._begun_by(earlier[0]) if earlier else set()
        found: dict[int, bool] = {}
        for number, first in islice(numbers, MOST_THINGS_SEEN):
            if number in found or not all(number in each for each in held):
                continue
            if self._keys[number] is not None:
                found[number] = number in begun if earlier else first
                if len(found) >= most:
                    break
        answer = [(self._keys[number], first) for number, first in found.items()]
        # Another thread may have taken one away meanwhile.
        known = [(key, first) for key, first in answer if key is not None]
        return sorted(known, key=lambda pair: not pair[1])

    def _numbers_of(self, ends: list[str], holder: dict[str, "array[int]"]) -> Iterator[tuple[int, bool]]:
        first = holder is self._first
        for word in ends:
            for number in holder.get(word, ()):
                yield number, first

    def _begun_by(self, word: str) -> set[int]:
        return {number for form in _whole_forms(word) for number in self._first.get(form, ())}

    def _holding(self, word: str, doubt: int) -> set[int]:
        """The numbers of what holds a whole word, in either number; else by its sound, or with an error."""
        found = self._numbers_with(_whole_forms(word))
        if not found and doubt >= HEARD:
            found = self._numbers_with(self._sounding(word, whole=True))
        if not found and doubt >= MISTYPED:
            found = self._numbers_with(_one_error(word))
        return found

    def _numbers_with(self, forms: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for form in forms:
            for holder in (self._first, self._later):
                if form in holder:
                    found.update(holder[form])
        return found

    def _beginning(self, typed: str) -> Iterator[str]:
        """The known words that begin with what was typed, with the Arabic article or without it."""
        bare = typed.removeprefix(ARTICLE)
        for beginning in dict.fromkeys((typed, bare or typed)):
            start = bisect_left(self._words, beginning)
            end = bisect_left(self._words, beginning + AFTER_ALL)
            yield from self._words[start:end]

    def _sounding(self, typed: str, *, whole: bool = False) -> list[str]:
        """The known words that sound like the one typed, or begin so."""
        heard = sound(typed)
        if len(heard) < SHORTEST_SOUND:
            return []
        start = bisect_left(self._heard, (heard, ""))
        end = bisect_left(self._heard, (heard + ("" if whole else AFTER_ALL), AFTER_ALL))
        return [word for _heard, word in self._heard[start:end]]


def _forms(word: str) -> tuple[str, ...]:
    """A word as it is looked up: in Arabic also without its article."""
    if ARABIC.match(word):
        for prefix in PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_TELLING:
                return (word, word[len(prefix) :])
    return (word,)


def _whole_forms(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_forms(word), singular(word), f"{word}s")))


def _one_error(word: str) -> list[str]:
    """Every writing one error away that keeps the first letter: few enough to look each of them up."""
    if len(word) < SHORTEST_TYPO or any(char.isdigit() for char in word):
        return []
    letters = ARABIC_LETTERS if ARABIC.match(word) else LATIN_LETTERS
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    swapped = [before + rest[1] + rest[0] + rest[2:] for before, rest in cuts if len(rest) > 1]
    lost = [before + rest[1:] for before, rest in cuts if rest]
    changed = [before + char + rest[1:] for before, rest in cuts if rest for char in letters]
    added = [before + char + rest for before, rest in cuts for char in letters]
    return list(dict.fromkeys([*swapped, *lost, *changed, *added]))
