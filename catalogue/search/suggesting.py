"""Which suggestions are shown, in which order and language. No Django in here."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.search.folding import ARABIC, ARTICLE, words
from catalogue.search.tables import SHOWN

KINDS = ("family", "cooperative", "place", "product")
MOST = 8
MOST_OF_A_KIND = 4
# How a name was found: it begins as typed, holds such a word, or another word for it begins or holds one.
BEGUN, HELD, FOREIGN, INSIDE = range(4)


@dataclass(frozen=True)
class Suggestion:
    """One thing to go to: its kind and key, its names by language, whether one of them begins as typed."""

    kind: str
    key: Hashable
    names: Mapping[str, str]
    begins: bool = False
    # What is said beside it: whose product it is.
    notes: Mapping[str, str] | None = None
    # What else it is called, in any language.
    others: Sequence[str] = ()
    drawing: str = ""
    count: int = 0


@dataclass(frozen=True)
class Shown:
    """A suggestion in the reader's words, and what was typed of it in others."""

    kind: str
    key: Hashable
    language: str
    name: str
    note: str = ""
    matched: str = ""
    drawing: str = ""
    count: int = 0


def shown(found: Iterable[Suggestion], typed: str, language: str) -> list[Shown]:
    """The suggestions to show: the beginnings of the reader's language first; those of a kind together."""
    levels = [(_level(one, typed, language), one) for one in found]
    # Beside the reader's own words one inside a foreign name is noise: figs are no oil of “figue”.
    own = {one.kind for level, one in levels if level < FOREIGN}
    kept_levels = [(level, one) for level, one in levels if level < INSIDE or one.kind not in own]
    ranked = sorted(kept_levels, key=lambda pair: (pair[0], not pair[1].begins, KINDS.index(pair[1].kind)))
    kept: dict[str, list[Suggestion]] = {}
    room = MOST
    for _rank, one in ranked:
        alike = kept.setdefault(one.kind, [])
        if room and len(alike) < MOST_OF_A_KIND:
            alike.append(one)
            room -= 1
    return [_in_words(one, typed, language) for alike in kept.values() for one in alike]


def _level(one: Suggestion, typed: str, language: str) -> int:
    name = one.names.get(language) or one.names.get("") or ""
    told, beginning = " ".join(words(name)), " ".join(words(typed))
    if told.startswith(beginning) or told.removeprefix(ARTICLE).startswith(beginning):
        return BEGUN
    if begins_in(name, typed):
        return HELD
    return FOREIGN if one.begins else INSIDE


def _in_words(one: Suggestion, typed: str, language: str) -> Shown:
    spoken = language_of(one.names, typed, language)
    notes = one.notes or {}
    note = notes.get(spoken) or next(iter(notes.values()), "")
    name = one.names.get(spoken, "")
    matched = _matched(one, name, typed)
    return Shown(one.kind, one.key, spoken, name, note, matched, one.drawing, one.count)


def _matched(one: Suggestion, name: str, typed: str) -> str:
    """The word for it that begins as typed, where the name shown does not."""
    if begins_in(name, typed):
        return ""
    told = [*one.names.values(), *one.others]
    return next((each for each in told if each != name and begins_in(each, typed)), "")


def language_of(names: Mapping[str, str], typed: str, language: str) -> str:
    """The language to name a thing in: the page's, else the one that matched, else any it has a name in.

    A name of no known language stands under none.
    """
    told = {code: name for code, name in names.items() if name}
    if language in told:
        return language
    if ARABIC.search(typed) and "ar" in told:
        return "ar"
    order = [code for code in dict.fromkeys(("", *SHOWN, *told)) if code in told]
    return next((code for code in order if begins_in(told[code], typed)), order[0] if order else "")


def begins_in(name: str, typed: str) -> bool:
    """Whether the last word typed begins one of the words of a name."""
    told = words(typed)
    return bool(told) and any(
        word.startswith(told[-1]) or word.removeprefix(ARTICLE).startswith(told[-1]) for word in words(name)
    )
