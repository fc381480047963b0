"""Which aliases of a lexicon stand in a row of words. No Django in here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.search.lexicon import COMPOUND, EXACT, KINDS, SOUND, TYPO, Alias, Lexicon

# A doubtful word counts for less, so that an exact reading of as many words is preferred.
DOUBT = {SOUND: 0.25, TYPO: 0.5}
# How far apart the words of one meaning may stand in a question: "fleur eau oranger".
LOOSE = 2


@dataclass(frozen=True)
class Token:
    """A word of a text, the typed word it came from, and whether it is part of a compound."""

    word: str
    typed: int
    is_part: bool = False


@dataclass(frozen=True)
class Match:
    """An alias found: the places of its words among the tokens, and the worst way a word was known."""

    alias: Alias
    places: tuple[int, ...]
    doubt: int
    is_loose: bool

    @property
    def order(self) -> tuple[float, bool, int, int, int]:
        """The most words first, then those together, the surest, the earlier kind, the earlier place."""
        counted = len(self.places) - DOUBT.get(self.doubt, 0)
        return (-counted, self.is_loose, self.doubt, KINDS.index(self.alias.kind), self.places[0])


def tokens_of(words: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """The words, compounds taken apart."""
    found: list[Token] = []
    for number, word in enumerate(words):
        parts = lexicon.parts_of(word)
        found += [Token(part, number, is_part=True) for part in parts] or [Token(word, number)]
    return found


def matches_in(
    tokens: Sequence[Token], lexicon: Lexicon, *, worst: int, loose: bool, without: Iterable[str] = ()
) -> list[Match]:
    """The aliases that stand in the tokens without sharing a word, the most telling first.

    ``worst`` is the least sure way in which a word may be known, ``loose`` lets the words of an alias stand
    apart, ``without`` are codes that nobody means.
    """
    unread = frozenset(without)
    hits: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place, token in enumerate(tokens):
        for known, doubt in lexicon.meanings(token.word):
            sure = COMPOUND if token.is_part and doubt < COMPOUND else doubt
            if sure <= worst:
                for number in lexicon.aliases_with(known):
                    hits[number][known].append((place, sure))
    found = []
    for number, hit in hits.items():
        alias = lexicon.aliases[number]
        if len(hit) == len(set(alias.words)) and not unread.issuperset(alias.codes):
            apart = loose and not lexicon.names_place(alias.words)
            match = _together(alias, hit) or (_apart(alias, hit) if apart else None)
            if match is not None:
                found.append(match)
    return _disjoint(found)


def _together(alias: Alias, hit: dict[str, list[tuple[int, int]]]) -> Match | None:
    """The alias where its words follow one another, as surely as possible."""
    best = None
    for start, doubt in hit[alias.words[0]]:
        worst = doubt
        for step, word in enumerate(alias.words[1:], 1):
            here = [known for place, known in hit[word] if place == start + step]
            if not here:
                break
            worst = max(worst, min(here))
        else:
            if best is None or worst < best.doubt:
                best = Match(alias, tuple(range(start, start + len(alias.words))), worst, is_loose=False)
    return best


def _apart(alias: Alias, hit: dict[str, list[tuple[int, int]]]) -> Match | None:
    """The alias where its words stand in any order, near each other."""
    if len(alias.words) < 2:
        return None
    places: list[int] = []
    worst = EXACT
    for word in alias.words:
        free = [(doubt, place) for place, doubt in hit[word] if place not in places]
        if not free:
            return None
        doubt, place = min(free)
        places.append(place)
        worst = max(worst, doubt)
    if max(places) - min(places) >= len(places) + LOOSE:
        return None
    return Match(alias, tuple(sorted(places)), worst, is_loose=True)


def _disjoint(found: list[Match]) -> list[Match]:
    taken: set[int] = set()
    kept = []
    for match in sorted(found, key=lambda match: match.order):
        if taken.isdisjoint(match.places):
            taken.update(match.places)
            kept.append(match)
    return sorted(kept, key=lambda match: match.places[0])
