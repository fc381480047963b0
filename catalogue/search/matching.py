"""Which aliases of a lexicon stand in a row of words. No Django in here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from catalogue.search.everyday import languages_by_word
from catalogue.search.lexicon import (
    COMPOUND,
    EXACT,
    KINDS,
    SHORTEST_COMPOUND,
    SOUND,
    STEM,
    TYPO,
    Alias,
    Beginning,
    Lexicon,
)
from catalogue.search.sayings import FREE, NEGATIONS, in_question, plainly
from catalogue.search.told import CLAIMS, in_title

# A doubtful word counts for less, so that an exact reading of as many words is preferred.
DOUBT = {SOUND: 0.25, TYPO: 0.5}
RANK = {kind: number for number, kind in enumerate(KINDS)}
# How far apart the words of one meaning may stand in a question: "fleur eau oranger".
LOOSE = 2
# Whose names of goods are said as they are, amlou and Crocus sativus; and how long such a name is.
BORROWED = frozenset(("ary", "zgh", "la"))
LEAST_BORROWED = 4


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
        return (-counted, self.is_loose, self.doubt, RANK[self.alias.kind], self.places[0])


ORDER = attrgetter("order")
BY_PLACE = attrgetter("places")


def tokens_of(words: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """The words, compounds taken apart."""
    found: list[Token] = []
    for number, word in enumerate(words):
        if parts := lexicon.parts_among(word, words):
            found += [Token(part, number, is_part=True) for part in parts]
        else:
            found.append(Token(word, number))
    return found


def matches_in(tokens: Sequence[Token], lexicon: Lexicon, *, without: Iterable[str] = ()) -> list[Match]:
    """What a question may mean, no word of it twice; ``without`` are codes that nobody means.

    The words of one alias may stand apart, and may have typing errors.
    """
    begun = [lexicon.beginning(token.word, COMPOUND if token.is_part else EXACT, TYPO) for token in tokens]
    hits: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place, beginning in enumerate(begun):
        for word, doubt in beginning.known.items():
            for number in lexicon.aliases_with(word):
                hits[number][word].append((place, doubt))
    unread = frozenset(without)
    found = [
        Match(alias, tuple(range(start, start + len(alias.words))), doubt, is_loose=False)
        for alias, start, doubt in _in_a_row(begun)
    ]
    together = {id(match.alias) for match in found}
    for number, hit in hits.items():
        alias = lexicon.aliases[number]
        is_whole = len(hit) == len(set(alias.words)) and id(alias) not in together
        # "Parfum sans alcool" is not "sans parfum".
        is_whole = is_whole and NEGATIONS.isdisjoint(alias.words)
        if is_whole and not lexicon.names_place(alias.words) and (match := _apart(alias, hit)):
            between = set(range(match.places[0], match.places[-1])) - set(match.places)
            # "Organic but not certified" is no "certified organic".
            if not any(tokens[place].word in NEGATIONS | FREE for place in between):
                found.append(match)
    return _disjoint([match for match in found if not unread.issuperset(match.alias.codes)])


def is_said_in(alias: Alias, language: str, lexicon: Lexicon) -> bool:
    """Whether an alias is of a language, or of those whose names of goods all others borrow.

    Short words are other words elsewhere: "ma" is water in Darija.
    """
    return all(
        language in (spoken := lexicon.languages_of(word))
        or (len(word) >= LEAST_BORROWED and word not in languages_by_word() and spoken & BORROWED)
        for word in alias.words
    )


def named_in(words: Sequence[str], lexicon: Lexicon) -> list[Alias]:
    """What the words of a title name, one by one; nothing is guessed.

    Titles are read by the hundred thousand: matches are ranked as bare numbers, in the order of `Match`.
    """
    begun: list[Beginning] = []
    for word in words:
        if len(word) >= SHORTEST_COMPOUND and (parts := lexicon.parts_among(word, words)):
            begun += [lexicon.beginning(part, COMPOUND, SOUND - 1) for part in parts]
        else:
            begun.append(lexicon.beginning(word, EXACT, SOUND - 1))
    ranked = [
        (-len(alias.words), doubt, RANK[alias.kind], start, number, alias)
        for number, (alias, start, doubt) in enumerate(_in_a_row(begun))
    ]
    ranked.sort()
    taken, kept = 0, []
    for length, _doubt, _rank, start, _number, alias in ranked:
        places = ((1 << -length) - 1) << start
        if not taken & places:
            taken |= places
            kept.append(alias)
    return kept


def _in_a_row(begun: Sequence[Beginning]) -> Iterator[tuple[Alias, int, int]]:
    """Every alias whose words follow one another, where it starts, and how surely its words are known."""
    places = len(begun)
    for start, (_known, alone, longer) in enumerate(begun):
        for alias, doubt in alone:
            if doubt != STEM or CLAIMS.isdisjoint(alias.codes):
                yield alias, start, doubt
        if not longer or start + 1 == places or not begun[start + 1].known:
            continue
        for length, by_last, doubt in longer:
            if start + length > places:
                continue
            # Hundreds begin with "oil": the few that also end here are looked at.
            for last in begun[start + length - 1].known:
                for alias in by_last.get(last, ()):
                    if (worst := _follow(alias.words, begun, start, doubt)) is not None:
                        yield alias, start, worst


def _follow(words: tuple[str, ...], begun: Sequence[Beginning], start: int, doubt: int) -> int | None:
    """How surely the other words of an alias follow its first one; None where they do not."""
    for place in range(1, len(words)):
        met = begun[start + place].known.get(words[place])
        if met is None:
            return None
        doubt = max(doubt, met)
    return doubt


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
    for match in sorted(found, key=ORDER):
        if taken.isdisjoint(match.places):
            taken.update(match.places)
            kept.append(match)
    return sorted(kept, key=BY_PLACE)


def titles(text: str, lexicon: Lexicon, language: str = "") -> dict[str, set[str]]:
    """The codes by kind that a seller's own words name: only what stands there, word by word.

    Where a language is told goods are what they are called in it; a place has one name in all of them.
    """
    found: dict[str, set[str]] = {}
    told = in_question(plainly(text.casefold())) if language else plainly(text)
    for alias in named_in(lexicon.telling(told, language), lexicon):
        if language and alias.kind in ("thing", "form") and not is_said_in(alias, language, lexicon):
            continue
        found.setdefault(alias.kind, set()).update(alias.codes)
    in_title(found, lexicon)
    return found


def without_names(
    matches: list[Match], tokens: list[Token], typed: list[str], names: frozenset[str]
) -> list[Match]:
    """The meanings but for those that were guessed of a name."""
    return [
        match
        for match in matches
        if match.doubt < SOUND or names.isdisjoint(typed[tokens[place].typed] for place in match.places)
    ]
