"""What is indexed of an offer: the concepts its title names, its facts, and its words. No Django in here.

Nothing stands in a document that an anonymous visitor may not see.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

from catalogue.search.fields import MEASURED, ORDERED, STEPS, step_of
from catalogue.search.figures import written_otherwise
from catalogue.search.folding import stems, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import titles

# What the register and sellers call the signs; of an agricultural label only that it is protected.
SIGNS = {"aop": "pdo", "pdo": "pdo", "ao": "pdo", "igp": "pgi", "pgi": "pgi", "ig": "pgi"}
# What a text names: codes by kind.
Named = Mapping[str, set[str]]
NAMING = ("thing", "form")
SPOKEN_OF = ("thing", "form", "quality", "use")
HS_LEVELS = (2, 4, 6)
CRAFT = "craft"
# Forms in which a thing is still itself; of any other it is only what that is made from.
AS_GROWN = frozenset(
    words("powder threads leaf flower bud petal seed kernel root bark stick berry resin wax flakes pulp clay")
    + words("preserve pickled candied canned frozen smoked salted fillet")
    + ["in-vinegar"]
)
# Called after what they are made of or taste of, and none of it any more: honey of thyme.
CALLED_AFTER = frozenset(
    ("honey", "molasses", "pastry", "bread", "cheese", "couscous", "pasta", "tea", "chocolate")
)
GROWN = frozenset(
    ("herb", "spice", "aromatic-plant", "oil-plant", "fruit", "dried-fruit", "vegetable", "cereal", "pulse")
)
# What comes behind such a word goes along with the goods: olives with lemon, sardines in oil.
HELD = re.compile(
    r"\s+(?:with|in|avec|aux?|à|con|en|mit|alla?|all['’]|مع|في)(?=\s|['’])|\s+à\s+l['’]|\s+ب(?=ال|زيت|خل|ماء|عسل|ملح)",
    re.IGNORECASE,
)

OILS = Path(__file__).parent.parent / "reference" / "oils.csv"
OIL = "oil"
# Oils that are no vegetable oils, whatever they are of; and forms that an oil is pressed of.
DISTILLED = frozenset(("essential-oil", "absolute", "concrete"))
GROUND = frozenset(("seed", "kernel"))

# 2020-01-01, in seconds; and how many keys differ in the order of a list.
OPENED = 1_577_836_800
KEYS = 10_000_000


@dataclass(frozen=True)
class Offer:
    """An offer as a catalogue tells of it; what a catalogue does not know is left empty."""

    id: str
    titles: tuple[str, ...]
    descriptions: tuple[str, ...] = ()
    # Names of the seller, family, department, place and protected name, in every language.
    names: tuple[str, ...] = ()
    # What the family or category says the offer is, in any language.
    kinds: tuple[str, ...] = ()
    hs6: str = ""
    # Names of where it comes from, in any writing; codes of places stand among the facts.
    places: tuple[str, ...] = ()
    # The rules of Incoterms that the seller delivers under, each with its named place, in any writing.
    rules: tuple[tuple[str, str], ...] = ()
    # Facts that are filters: field -> codes (seller, family, region, marks, certificates, months, …).
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Facts that are measured: moq and lead_days, price_eur and its like per base unit, listed.
    figures: Mapping[str, float] = field(default_factory=dict)
    # Attributes that the facts decide, whatever the words say of them.
    decided: frozenset[str] = frozenset()
    # The language of its titles, kinds and descriptions, where they are of one.
    language: str = ""
    # What it is packed in, in words; nothing is read from them but the words.
    packs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """An offer as both engines hold it: codes, numbers, and the stems of its title and of all else."""

    id: str
    codes: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, float]
    title: tuple[str, ...]
    body: tuple[str, ...]
    # A lower version never replaces a higher one; 0 replaces what is there.
    version: int = 0


def document_of(offer: Offer, lexicon: Lexicon, *, version: int = 0) -> Document:
    """The document of an offer, its titles read by the lexicon; the family speaks where they name nothing."""
    told = [titles(title, lexicon, offer.language) for title in offer.titles]
    heads = [
        _head_of(title, whole, lexicon, offer.language)
        for title, whole in zip(offer.titles, told, strict=True)
    ]
    described = [titles(text, lexicon, offer.language) for text in offer.descriptions]
    titled, worded = _together(told), _together([*told, *described])
    family = _family(offer, titled.get("thing", set()), lexicon)
    named = _gathered(titled, NAMING)
    spoken = _gathered(titled, SPOKEN_OF) | _gathered(family, NAMING)
    known = lexicon.by_hs.get(offer.hs6, ())
    # A code that many goods share says nothing of one of them.
    if len(known) == 1:
        spoken |= set(known)
    if not named:
        named = spoken
    codes = {name: tuple(values) for name, values in offer.facts.items() if values}
    codes["named"] = tuple(sorted(named))
    forms = _poured(heads, told) if titled.get("form") else family.get("form", set())
    spoken |= (pressed := _pressed(forms, spoken | named, titled.get("quality", set()), lexicon))
    poured = {above for code in forms | pressed for above in lexicon.ancestors(code)}
    codes["plain"] = tuple(sorted(_plain(heads, told, lexicon) | poured))
    things = {code for code in spoken | named if lexicon.concepts[code].kind == "thing"}
    sold = _sold(titled.get("thing") or things, family.get("thing", set()), lexicon)
    codes["only"] = tuple(sorted(_shared(sold, lexicon)))
    if CRAFT in codes["only"]:
        # Made in every month, and harvested in none.
        codes.pop("months", None)
    codes["concepts"] = tuple(sorted({above for code in spoken | named for above in lexicon.ancestors(code)}))
    codes["signature"] = tuple(sorted({signature(_gathered(each, NAMING)) for each in told} - {""}))
    codes["hs"] = tuple(offer.hs6[:length] for length in HS_LEVELS if len(offer.hs6) >= length)
    # What the catalogue keeps as a fact is not read from words.
    said = worded.get("attribute", set())
    in_words = {above for mark in said for above in lexicon.ancestors(mark)} - offer.decided
    codes["marks"] = tuple(sorted({*codes.get("marks", ()), *in_words}))
    if "certificates" not in offer.decided:
        in_words = worded.get("certificate", set())
        codes["certificates"] = tuple(sorted({*codes.get("certificates", ()), *in_words}))
    codes["places"] = tuple(sorted(_places(offer, titled.get("place", set()), lexicon)))
    codes["incoterms"] = tuple(sorted(_rules(offer, lexicon)))
    return Document(
        id=offer.id,
        codes=codes,
        numbers={
            **{name: figure for name, figure in offer.figures.items() if name in MEASURED},
            **_places_in_order(offer),
            **_steps(offer),
            "size": float(len(lexicon.without_kinds(titled.get("thing", set())))),
        },
        title=tuple(stem for title in offer.titles for stem in stems(title)),
        body=(
            *(stem for text in (*offer.names, *offer.kinds) for stem in _stems(text)),
            *(stem for text in offer.descriptions for stem in stems(text)),
            *(stem for title in offer.titles for stem in written_otherwise(title)),
            *(stem for text in offer.packs for stem in stems(text) if stem.isalpha()),
        ),
        version=version,
    )


def _family(offer: Offer, things: Set[str], lexicon: Lexicon) -> Named:
    """What the family says an offer is: of several goods only those that its titles name.

    Oysters of "Oysters, octopus and shellfish" are no octopus.
    """
    told = _together(_known(kind, lexicon, offer.language) for kind in offer.kinds)
    listed = told.get("thing", set())
    meant = {above for code in things for above in lexicon.ancestors(code)} & listed
    is_list = len(lexicon.without_kinds(listed)) > 1
    return {**told, "thing": meant} if is_list and meant else told


def _places_in_order(offer: Offer) -> dict[str, float]:
    """The numbers that lists are ordered by: a figure, and the offer's key too small to matter."""
    key = (int(offer.id) if offer.id.isdecimal() else crc32(offer.id.encode())) % KEYS
    told = {ORDERED[name]: offer.figures[name] for name in ORDERED if name in offer.figures}
    # Minutes of our time are near enough for what is new, and leave room behind them.
    return {
        name: (figure - OPENED) // 60 + key * 1e-9
        if name == "order_listed"
        else round(figure, 4) + key * 1e-12
        for name, figure in told.items()
    }


def _steps(offer: Offer) -> dict[str, float]:
    return {
        step: step_of(offer.figures[price])
        for price, step in STEPS.items()
        if offer.figures.get(price, 0) > 0
    }


def _head_of(title: str, whole: Named, lexicon: Lexicon, language: str) -> Named:
    """What a title names before it tells what goes along with the goods."""
    head = HELD.split(title, maxsplit=1)[0]
    return titles(head, lexicon, language) if head != title else whole


def _plain(heads: Iterable[Named], told: Iterable[Named], lexicon: Lexicon) -> set[str]:
    """What titles sell as it is: olives, and neither their oil nor sardines in it, in whichever language."""
    found: set[str] = set()
    held: set[str] = set()
    for head, whole in zip(heads, told, strict=True):
        named = head if whole.get("thing") and head.get("thing") else whole
        above = {code for form in named.get("form", ()) for code in lexicon.ancestors(form)}
        plain = named.get("thing", set()) if above <= AS_GROWN else set()
        made = {code for code in plain if CALLED_AFTER & lexicon.ancestors(code)}
        if made:
            plain = {code for code in plain if code in made or not GROWN & lexicon.ancestors(code)}
        found |= plain
        held |= whole.get("thing", set()) - plain
    return {above for code in found - held for above in lexicon.ancestors(code)}


def _poured(heads: Iterable[Named], told: Iterable[Named]) -> set[str]:
    """The forms that titles sell, and not those that the goods lie in: no oil of sardines in oil."""
    found: set[str] = set()
    held: set[str] = set()
    for head, whole in zip(heads, told, strict=True):
        forms = head.get("form", set())
        found |= forms
        held |= whole.get("form", set()) - forms
    return found - held


def _pressed(forms: Set[str], named: Set[str], said: Set[str], lexicon: Lexicon) -> set[str]:
    """What an oil is by what it is of: that of olives is a vegetable oil, and eaten; no essential oil is."""
    if not forms or any(OIL not in lexicon.ancestors(form) or form in DISTILLED for form in forms - GROUND):
        return set()
    if OIL not in {above for form in forms for above in lexicon.ancestors(form)}:
        return set()
    of = {above for code in named for above in lexicon.ancestors(code)}
    told = {code for thing, codes in oils().items() if thing in of for code in codes}
    told &= lexicon.concepts.keys()
    # What is sold for the skin is not eaten.
    return told - {"culinary"} if "cosmetic" in said else told


@cache
def oils() -> dict[str, tuple[str, ...]]:
    """What the oil of a thing is, by the thing."""
    with OILS.open(encoding="utf-8", newline="") as file:
        return {row["thing"]: tuple(row["oil"].split()) for row in csv.DictReader(file)}


def _sold(things: Set[str], family: Set[str], lexicon: Lexicon) -> Set[str]:
    """What of the things of a title the family says is sold: couscous of barley is couscous."""
    return {code for code in things if lexicon.ancestors(code) & family} or things


def _shared(things: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """What all of some things are kinds of: bowls and plates are pottery."""
    above = [lexicon.ancestors(code) for code in lexicon.without_kinds(things)]
    return frozenset.intersection(*above) if above else frozenset()


def signature(codes: Iterable[str]) -> str:
    """All that a text names, as one word: equal signatures name the same goods."""
    return "+".join(sorted(codes))


def _together(readings: Iterable[Named]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for reading in readings:
        for kind, codes in reading.items():
            found.setdefault(kind, set()).update(codes)
    return found


def _gathered(reading: Named, kinds: Iterable[str]) -> set[str]:
    return {code for kind in kinds for code in reading.get(kind, ())}


@lru_cache(maxsize=8_192)
def _known(text: str, lexicon: Lexicon, language: str = "") -> Named:
    """What a name means that many offers share: a family, a place."""
    return titles(text, lexicon, language)


@lru_cache(maxsize=8_192)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stems(text))


def _places(offer: Offer, named: Set[str], lexicon: Lexicon) -> set[str]:
    # A protected name in the title names a place too: where it comes from is asked of the facts first.
    from_names = _together(_known(place, lexicon) for place in offer.places).get("place", set())
    known = from_names | set(offer.facts.get("places", ()))
    if known:
        # A town that is told is believed where it lies within what the facts say.
        finer = _together(_known(name, lexicon) for name in offer.names).get("place", set()) | named
        named = known | {code for code in finer if known & lexicon.ancestors(code)}
    return {above for code in named for above in lexicon.ancestors(code)}


def _rules(offer: Offer, lexicon: Lexicon) -> set[str]:
    """Each rule by itself, and with every place that its named place lies in: fob, fob@ma-agd, fob@ma-09."""
    found = set()
    for rule, place in offer.rules:
        code = rule.lower()
        places = _known(place, lexicon).get("place", set()) if place else set()
        found |= {code, *(f"{code}@{above}" for one in places for above in lexicon.ancestors(one))}
    return found
