"""Which suggestions are shown, in which order and language. No Django in here."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from catalogue.search.folding import ARABIC, words

KINDS = ("family", "cooperative", "place", "product")
MOST = 8
MOST_OF_A_KIND = 4
LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class Suggestion:
    """One thing to go to: its kind and key, its names by language, whether one of them begins as typed."""

    kind: str
    key: Hashable
    names: Mapping[str, str]
    begins: bool = False
    # What is said beside it: whose product it is.
    notes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Shown:
    """A suggestion in words of one language."""

    kind: str
    key: Hashable
    language: str
    name: str
    note: str = ""


def shown(found: Iterable[Suggestion], typed: str, language: str) -> list[Shown]:
    """The suggestions to show: exact beginnings first, then by kind; those of a kind stand together."""
    ranked = sorted(found, key=lambda one: (not one.begins, KINDS.index(one.kind)))
    kept: dict[str, list[Suggestion]] = {}
    room = MOST
    for one in ranked:
        alike = kept.setdefault(one.kind, [])
        if room and len(alike) < MOST_OF_A_KIND:
            alike.append(one)
            room -= 1
    return [_in_words(one, typed, language) for alike in kept.values() for one in alike]


def _in_words(one: Suggestion, typed: str, language: str) -> Shown:
    spoken = language_of(one.names, typed, language)
    notes = one.notes or {}
    note = notes.get(spoken) or next(iter(notes.values()), "")
    return Shown(one.kind, one.key, spoken, one.names.get(spoken, ""), note)


def language_of(names: Mapping[str, str], typed: str, language: str) -> str:
    """The language to name a thing in: the script typed, else the page's, else the one that matched.

    What was found by another word for it, or by its sound, is named in the page's language; a name of no
    known language stands under none.
    """
    told = {code: name for code, name in names.items() if name}
    if ARABIC.search(typed) and "ar" in told:
        return "ar"
    order = [code for code in dict.fromkeys((language, "", *LANGUAGES, *told)) if code in told]
    return next((code for code in order if begins_in(told[code], typed)), order[0] if order else "")


def begins_in(name: str, typed: str) -> bool:
    """Whether the last word typed begins one of the words of a name."""
    told = words(typed)
    return bool(told) and any(word.startswith(told[-1]) for word in words(name))
