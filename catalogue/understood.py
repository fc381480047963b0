"""What was understood of a question in words: one name for what its words mean together."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext

from catalogue.search.folding import stems
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import by_itself
from catalogue.search.query import read
from catalogue.search.reading import ABROAD, SELLER, Part, Reading

# What names of families are made of.
NAMING = ("thing", "form", "quality")
ABBREVIATED = 3


@dataclass(frozen=True)
class Told:
    """What some parts of a question mean, in words, and their codes."""

    label: str
    parts: tuple[Part, ...]
    # Those of them that other goods of a list are named by, too: the rose of rose water and rose oil.
    shared: tuple[Part, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What a visitor says is not meant who takes it back; what others need stays."""
        own = [part for part in self.parts if part not in self.shared]
        codes = dict.fromkeys(code for part in own or self.parts for code in part.codes)
        return tuple(codes if own else map(by_itself, codes))

    def without(self, given_up: Collection[Part], lexicon: Lexicon) -> list["Told"]:
        """What is left where some of it narrows nothing: figs, where none of them are dried."""
        left = [part for part in self.parts if part not in given_up]
        if len(left) == len(self.parts):
            return [self]
        return [Told(capfirst(name_of(part, lexicon)), (part,)) for part in left]


def told_of(reading: Reading, families: Mapping[str, str], lexicon: Lexicon) -> list[Told]:
    """The parts of a question in their order; those that name a family are one.

    A form, a material or second goods stand by themselves, so that each can be taken back by itself.
    """
    named = {(part.kind, part.codes): part for part in reading.of(*NAMING)}
    # Rose water and rose oil share their rose.
    listed = [[named[part.kind, part.codes] for part in item.of(*NAMING)] for item in reading.items]
    groups = listed or [list(named.values())]
    wholes = [whole for parts in groups for whole in _families_in(parts, families, lexicon)]
    counts = Counter(part for parts in listed for part in parts)
    shared = tuple(part for part, count in counts.items() if count > 1)
    wholes = [replace(whole, shared=shared) for whole in wholes]
    # Olives beside olive oil.
    bare = [parts[0] for parts in listed if len(parts) == 1 and parts[0] in shared]
    taken = {id(part) for whole in wholes for part in whole.parts}
    left = [part for part in reading.parts if id(part) not in taken]
    of_what = {id(form): thing for parts in listed for form, thing in _sharing(parts, taken)}
    told = wholes + [Told(_label(part, of_what.get(id(part)), lexicon), (part,)) for part in left]
    told += [Told(capfirst(name_of(part, lexicon)), (part,), (part,)) for part in bare if id(part) in taken]
    return sorted(told, key=lambda one: reading.parts.index(one.parts[0]))


def _sharing(parts: Iterable[Part], taken: Collection[int]) -> list[tuple[Part, Part]]:
    """The forms among the parts of an item, each with the goods it is of, where others told of these."""
    forms, things = ([part for part in parts if part.kind == kind] for kind in ("form", "thing"))
    return [(form, thing) for form in forms for thing in things if id(thing) in taken]


def _label(part: Part, of_what: Part | None, lexicon: Lexicon) -> str:
    name = name_of(part, lexicon)
    if of_what is not None:
        told = {"form": name, "goods": name_of(of_what, lexicon)}
        name = pgettext("a form and what it is of: rose, oil", "%(goods)s %(form)s") % told
    return capfirst(name)


def name_of(part: Part, lexicon: Lexicon) -> str:
    """What one part of a question means, in the active language."""
    if part.kind == ABROAD:
        # USA and UK are no words.
        place = part.typed.upper() if len(part.typed) <= ABBREVIATED else capfirst(part.typed)
        return pgettext("where goods are to go", "to %(place)s") % {"place": place}
    if part.kind == SELLER:
        return part.typed
    if part.is_unwanted:
        meant = name_of(replace(part, is_unwanted=False), lexicon)
        return pgettext("what goods are not to be or hold", "without: %(what)s") % {"what": meant}
    if part.kind == "month":
        return harvest_in(str(MONTHS[int(part.codes[0].removeprefix("month-"))]))
    between = pgettext("between things that one word may mean", " / ")
    told = _as_said(part, lexicon) or between.join(
        named(lexicon.told_by(part.typed, part.codes, _language()), lexicon)
    )
    if not part.place:
        return told
    place = between.join(named(part.place, lexicon))
    return pgettext("rule of Incoterms and its place", "%(rule)s %(place)s") % {"rule": told, "place": place}


def _as_said(part: Part, lexicon: Lexicon) -> str:
    """A use in the words of whoever asks, where they are of the language of the page.

    One use has many: a hotel is no restaurant, and a colouring of food dyes no wool.
    """
    if part.kind != "use":
        return ""
    said = lexicon.said.get(tuple(stems(part.typed)), {}).get(_language(), {})
    return next((said[code] for code in part.codes if code in said), "")


def harvest_in(month: str) -> str:
    """What a month says of goods."""
    return pgettext("month of goods", "Harvest: %(month)s") % {"month": month}


def named(codes: Iterable[str], lexicon: Lexicon) -> list[str]:
    """What concepts are called in the active language."""
    language = _language()
    told = [lexicon.concepts[code].names for code in codes if code in lexicon.concepts]
    names = [names.get(language) or names.get("en") or next(iter(names.values()), "") for names in told]
    return list(dict.fromkeys(filter(None, names)))


def _families_in(named: Iterable[Part], families: Mapping[str, str], lexicon: Lexicon) -> list[Told]:
    """The families whose names say just what some parts of the question say, the longest first."""
    parts = {(part.kind, part.codes): part for part in named}
    if len(parts) < 2:
        return []
    meant = [(name, _meaning(name, lexicon)) for name in families.values()]
    found = []
    for name, keys in sorted(meant, key=lambda pair: -len(pair[1])):
        if len(keys) > 1 and keys <= parts.keys():
            found.append(Told(name, tuple(part for key, part in parts.items() if key in keys)))
            parts = {key: part for key, part in parts.items() if key not in keys}
    return found


@lru_cache(maxsize=1024)
def _meaning(name: str, lexicon: Lexicon) -> frozenset[tuple[str, tuple[str, ...]]]:
    """What the name of a family says; nothing where it says more than we know."""
    reading = read(name, lexicon)
    whole = not reading.rest and all(part.kind in NAMING for part in reading.parts)
    return frozenset((part.kind, part.codes) for part in reading.parts) if whole else frozenset()


def _language() -> str:
    return (get_language() or "en")[:2]
