"""The words of the trade and what they mean: concepts, their aliases, what is a kind of what.

A lexicon is built once from rows and then only read. No Django in here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from catalogue.search.everyday import languages_by_word
from catalogue.search.folding import (
    ARABIC,
    FINAL_VOWELS,
    bare_of,
    distance,
    is_plural,
    is_plural_in,
    singular,
    sound,
    stem,
    words,
)
from catalogue.search.mistyped import Mistyped
from catalogue.search.passing import Passing
from catalogue.search.sayings import CONTAINERS, NEGATIONS

# How well a word is known, the best first: as written, but for its plural, by its stem, in a compound, by its
# sound, with a typing error.
EXACT, PLURAL, STEM, COMPOUND, SOUND, TYPO = range(6)
# Of two meanings of one text the earlier kind is meant.
KINDS = (
    "place",
    "thing",
    "form",
    "attribute",
    "certificate",
    "protected",
    "quality",
    "use",
    "incoterm",
    "month",
    "language",
    "unit",
)
STOP = "stop"
# Languages that write compounds as one word, and those that are written as they sound.
COMPOUNDING = ("de", "en")
SOUNDED = ("ary", "zgh")
# A concept with more kinds than this says little of what its kinds have in common.
NARROW = 24
SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
# A known word is taken apart into longer ones only.
SURE_PART = 4
# Words of the parts that may be shorter than the shortest part: Arganöl.
TINY_PARTS = frozenset({"ol"})
JOINING = frozenset(("and", "et", "y", "e", "und", "و"))
# What plurals and genders end with.
ENDING = frozenset(FINAL_VOWELS + "sxn")
# What sounds like a word of Darija with more letters changed is sooner another word with one error.
MOST_HEARD = 1


@dataclass(frozen=True)
class Concept:
    """One meaning: its code, kind, what it is a kind of, its names, and HS codes that mean it."""

    code: str
    kind: str
    parents: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    hs6: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alias:
    """Words that mean something: the folded words, and the codes of what they may mean, all of one kind."""

    words: tuple[str, ...]
    kind: str
    codes: tuple[str, ...]


class Beginning(NamedTuple):
    """What begins with a word of a text; numbers tell how surely its word is one of the lexicon's."""

    known: Mapping[str, int]
    # Aliases of this word alone.
    alone: tuple[tuple[Alias, int], ...]
    # How many words there are, and the aliases of so many by their last word.
    longer: tuple[tuple[int, Mapping[str, Sequence[Alias]], int], ...]


class Lexicon:
    """Concepts and aliases, indexed for reading."""

    def __init__(self, concepts: Iterable[Concept], aliases: Iterable[tuple[str, str, str]]) -> None:
        """``aliases`` are (code, language, text); those of the kind ``stop`` are words to pass over."""
        self.concepts = {concept.code: concept for concept in concepts}
        listed = [(self.concepts[code], language, text) for code, language, text in aliases]
        self.passing = Passing((language, text) for concept, language, text in listed if concept.kind == STOP)
        self.aliases: list[Alias] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        # First word -> how many words -> last word -> aliases.
        self._by_ends: dict[str, dict[int, dict[str, list[Alias]]]] = defaultdict(_by_length)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        # Darija words without their article: l3sel is 3sel, and 3sel is l3sel.
        self._bare: dict[str, set[str]] = defaultdict(set)
        self.units: dict[str, str] = {}
        self._parts: set[str] = set()
        # Names that hold an "and" of their own: pots and pans.
        self.joined: set[tuple[str, ...]] = set()
        self.by_hs: dict[str, tuple[str, ...]] = self._hs()
        self.headings = frozenset(code[:4] for code in self.by_hs)
        self._spoken: dict[str, set[str]] = defaultdict(set)
        # Stems of whole aliases, with what they mean in each language, and how that is written there.
        self.said: dict[tuple[str, ...], dict[str, dict[str, str]]] = defaultdict(dict)
        self._take(listed)
        self.meanings = lru_cache(maxsize=50_000)(self._meanings)
        self.beginning = lru_cache(maxsize=50_000)(self._beginning)
        self.parts_of = lru_cache(maxsize=50_000)(self._parts_in)
        self.pair_of = lru_cache(maxsize=50_000)(self._pair)
        self.ancestors = lru_cache(maxsize=None)(self._ancestors)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for each in self.concepts.values():
            for parent in each.parents:
                self._kinds[parent].add(each.code)

    def _hs(self) -> dict[str, tuple[str, ...]]:
        meant: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            for code in concept.hs6:
                meant[code].append(concept.code)
        return {code: tuple(codes) for code, codes in meant.items()}

    def telling(self, text: str, language: str = "") -> list[str]:
        """The folded words of a text without those passed over in its language (in any, without one).

        All of them where nothing else is left. "Sale rosa" is Italian salt, and not for sale.
        """
        marked = self.passing.marked(text, language)
        return [part for parts, passed in marked if not passed for part in parts] or words(text)

    def _take(self, listed: list[tuple[Concept, str, str]]) -> None:
        meant: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        listed = [each for each in listed if each[0].kind != STOP]
        self.passing.hold((concept.code, language, text) for concept, language, text in listed)
        for concept, language, text in listed:
            kept = tuple(self.telling(text, language))
            if not kept:
                continue
            if not JOINING.isdisjoint(words(text)):
                self.joined.add(kept)
            told = tuple(map(stem, words(text)))
            self.said[told].setdefault(language, {}).setdefault(concept.code, text)
            if concept.kind == "unit" and len(kept) == 1:
                self.units.setdefault(kept[0], concept.code)
            codes = meant[kept][concept.kind]
            if concept.code not in codes:
                codes.append(concept.code)
            for word in kept:
                self._spoken[word].add(language)
            if language in COMPOUNDING:
                self._parts.update(word for word in kept if len(word) >= SHORTEST_PART or word in TINY_PARTS)
            if language in SOUNDED:
                for word in kept:
                    self._by_sound[sound(word)].add(word)
        for word in {word for heard in self._by_sound.values() for word in heard}:
            for bare in bare_of(word):
                self._bare[bare].add(word)
                self._by_sound[sound(bare)].add(word)
            self._bare[word].add(word)
        self._by_sound.pop("", None)
        for told_words, kinds in meant.items():
            kind = min(kinds, key=KINDS.index)
            number = len(self.aliases)
            self.aliases.append(Alias(told_words, kind, tuple(kinds[kind])))
            self._by_ends[told_words[0]][len(told_words)][told_words[-1]].append(self.aliases[number])
            for word in dict.fromkeys(told_words):
                self._by_word[word].append(number)
        self._part_stems = {stem(part) for part in self._parts}
        for word in self._by_word:
            self._by_stem[stem(word)].append(word)
        self._mistyped = Mistyped(self._by_word, self._is_place)

    def told_by(self, typed: str, codes: Sequence[str], language: str) -> tuple[str, ...]:
        """Which of the codes that words may mean a speaker of a language is told of.

        "Raisin" is dried in English and fresh in French; "couscous" is all of it, and no kind of it besides.
        """
        said = self.said.get(tuple(map(stem, words(typed))), {})
        told = {code for code in codes if code in said.get(language, ())} or set(codes)
        return tuple(code for code in codes if code in told and not (self.ancestors(code) - {code}) & told)

    def aliases_with(self, word: str) -> list[int]:
        """The numbers of the aliases that hold a word of the lexicon."""
        return self._by_word.get(word, [])

    def words_like(self, word: str) -> list[str]:
        """The words of the lexicon with the stem of a word."""
        return self._by_stem.get(stem(word), [])

    def names_place(self, told: Iterable[str]) -> bool:
        """Whether a word is a place by itself: "rug … Taznakht" asks for a rug from there."""
        places = (self.aliases[number] for word in told for number in self.aliases_with(word))
        return any(alias.kind == "place" and len(alias.words) == 1 for alias in places)

    def languages_of(self, word: str) -> frozenset[str]:
        """The languages that name something by a word."""
        return frozenset(self._spoken.get(word, ()))

    def kinds_of(self, code: str) -> list[str]:
        """What is a kind of a concept, or a place that lies in it."""
        return sorted(self._kinds.get(code, ()))

    def is_word(self, text: str) -> bool:
        """Whether a text is one word that is known as it is written."""
        told = words(text)
        return len(told) == 1 and (told[0] in self._by_word or told[0] in languages_by_word())

    def _ancestors(self, code: str) -> frozenset[str]:
        """The concept and all that it is a kind of."""
        found, waiting = set(), [code]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(self.concepts[each].parents if each in self.concepts else ())
        return frozenset(found)

    def sisters(self, codes: Iterable[str]) -> tuple[str, ...]:
        """What each of the concepts is a kind of, the narrowest: nuts for walnuts, not fruit for dates."""
        near = set()
        for code in codes:
            above = [one for one in self.concepts[code].parents if self.concepts[one].kind == "thing"]
            narrowest = min(above, key=lambda one: (len(self._kinds[one]), one), default="")
            if narrowest and len(self._kinds[narrowest]) <= NARROW:
                near.add(narrowest)
        return tuple(sorted(near))

    def kin(self, codes: Iterable[str]) -> tuple[str, ...]:
        """What the concepts are kinds of, and its other kinds: where to look when they are not there."""
        above = {parent for code in codes for parent in self.concepts[code].parents}
        narrow = {parent for parent in above if len(self._kinds[parent]) <= NARROW}
        # What is a kind of nothing is near to everything: food stands for no family, bees do.
        wide = {parent for parent in above if self.concepts[parent].parents}
        near = narrow or wide
        return tuple(sorted((wide | near) | {kind for parent in near for kind in self._kinds[parent]}))

    def without_kinds(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes that none of the others is a kind of: "medjool dates" names one thing."""
        told = frozenset(codes)
        return frozenset(
            one for one in told if not any(one != other and one in self.ancestors(other) for other in told)
        )

    def _meanings(self, word: str) -> tuple[tuple[str, int], ...]:
        """The words of the lexicon that a typed word stands for, each with how well it is known."""
        spoken = languages_by_word().get(word)
        found = {
            known: PLURAL if is_plural(word, known) else STEM
            for known in self._by_stem.get(stem(word), ())
            if _may_end(word, known)
        }
        if spoken is not None:
            # An everyday word is nothing with another ending, and in its own language at most a plural.
            found = {
                known: how for known, how in found.items() if self._is_in_number(word, known, how, spoken)
            }
        if spoken is None:
            forms = (word, *bare_of(word))
            darija = chain.from_iterable(self._bare.get(each, ()) for each in forms)
            found = {**dict.fromkeys(sorted(darija), PLURAL), **found}
        if word in self._by_word:
            found[word] = EXACT
        if found:
            return tuple(found.items())
        # Such a word stands for nothing else, however near it is to the name of some goods.
        if _is_everyday(word) or word in self.passing.folded or word in CONTAINERS | NEGATIONS:
            return ()
        errors, near = self._mistyped.nearest(word)
        for bare in (word, *bare_of(word)):
            if heard := self._by_sound.get(sound(bare)):
                # "Lether" has one error, and only its consonants are those of l3etria.
                if errors == 1 and all(distance(bare, known, MOST_HEARD) > MOST_HEARD for known in heard):
                    break
                return tuple((known, SOUND) for known in sorted(heard))
        return tuple((known, TYPO) for known in near)

    def _is_in_number(self, word: str, known: str, how: int, spoken: frozenset[str]) -> bool:
        """Whether a word of some languages is known by its plural there."""
        both = spoken & self._spoken[known]
        return bool(both) and (how == PLURAL or is_plural_in(both, word, known))

    def _is_place(self, word: str) -> bool:
        return all(self.aliases[number].kind == "place" for number in self.aliases_with(word))

    def _known(self, word: str, least: int, worst: int) -> Mapping[str, int]:
        """The words of the lexicon that a word stands for, each with how surely; none beyond ``worst``."""
        found = self.meanings(word)
        if least > EXACT:
            # In a compound all are as doubtful: of its part only what it is best known as is meant.
            best = min((doubt for _known, doubt in found), default=EXACT)
            found = tuple(pair for pair in found if pair[1] <= max(best, PLURAL))
        sure = {known: max(doubt, least) for known, doubt in found}
        return {known: doubt for known, doubt in sure.items() if doubt <= worst}

    def _beginning(self, word: str, least: int, worst: int) -> "Beginning":
        """What may begin with a word of a text."""
        known = self._known(word, least, worst)
        ends = [(self._by_ends.get(first, {}), first, doubt) for first, doubt in known.items()]
        alone = ((alias, doubt) for each, word, doubt in ends if 1 in each for alias in each[1][word])
        longer = ((many, each[many], doubt) for each, _word, doubt in ends for many in each if many > 1)
        return Beginning(known, tuple(alone), tuple(longer))

    def _parts_in(self, word: str) -> Sequence[str]:
        """The known words that a compound is made of (Rosenknospen: rosen, knospen); else nothing."""
        if len(word) < SHORTEST_COMPOUND or ARABIC.match(word) or self._is_in(word):
            return ()
        if word in languages_by_word():
            return ()
        return tuple(self._split(word) or ())

    def parts_among(self, word: str, others: Sequence[str]) -> Sequence[str]:
        """The parts of a compound, known or not, where none of the aliases that hold it stands among others.

        "Rosewater" is rose and water, though a "rosewater sprinkler" is known.
        """
        if len(word) < SHORTEST_COMPOUND or word not in self._by_word:
            return self.parts_of(word)
        # Few known words are two: the others are told by one look.
        if not (pair := self.pair_of(word)):
            return ()
        there = {stem(other) for other in others}
        holding = (self.aliases[number].words for number in self.aliases_with(word))
        if any(all(stem(each) in there for each in told) for told in holding):
            return ()
        return pair

    def _pair(self, word: str) -> Sequence[str]:
        cuts = range(SURE_PART, len(word) - SURE_PART + 1)
        whole = ((word[:cut], word[cut:]) for cut in cuts)
        return next((pair for pair in whole if self._parts.issuperset(pair)), ())

    def _split(self, word: str, depth: int = 0) -> list[str] | None:
        if self._is_part(word):
            return [word]
        if depth == 2:
            return None
        # The longest beginning first: Orangenblüten + Wasser, not Orangen + Blüten + Wasser.
        for end in range(len(word) - 2, SHORTEST_PART - 1, -1):
            if self._is_part(word[:end]) and (rest := self._split(word[end:], depth + 1)):
                return [word[:end], *rest]
        return None

    def _is_part(self, word: str) -> bool:
        if word in self._parts:
            return True
        return len(word) > SHORTEST_PART and stem(word) in self._part_stems

    def _is_in(self, word: str) -> bool:
        return word in self._by_word or stem(word) in self._by_stem


def _by_length() -> dict[int, dict[str, list[Alias]]]:
    return defaultdict(lambda: defaultdict(list))


def _may_end(word: str, known: str) -> bool:
    """Whether one word may be the other with another ending: secas and seco, but not salad and salado."""
    return word[-1] in ENDING or known[-1] not in FINAL_VOWELS


def _is_everyday(word: str) -> bool:
    """Whether a word is an everyday one, or the plural of one."""
    return word in languages_by_word() or singular(word) in languages_by_word()
