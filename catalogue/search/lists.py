"""Goods that a question lists: rose water and rose oil share their rose. No Django in here.

An item is one kind of goods; words that only say how belong to what stands beside them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from catalogue.search.document import AS_GROWN
from catalogue.search.folding import stem
from catalogue.search.joined import JOINING
from catalogue.search.lexicon import Lexicon
from catalogue.search.reading import Part, Reading
from catalogue.search.refusals import COMMA
from catalogue.search.sayings import MATERIALS
from catalogue.search.told import COLOURS

GOODS = ("thing", "form")
# How goods are to be, and what for.
HOWS = ("quality", "use")
ITEMISED = (*GOODS, *HOWS)
# What vouches for goods beside it, and not for whoever sells them: dates and organic saffron.
OF_GOODS = frozenset(("organic", "protected-name", "pdo", "pgi"))
# Of each of these goods are one.
CHOICES = (
    COLOURS,
    frozenset(("culinary", "cosmetic")),
    frozenset(("fresh", "dried")),
    frozenset(("sweet", "hot", "bitter")),
    frozenset(("raw", "roasted", "unroasted")),
    frozenset(("hand-knotted", "hand-woven")),
)
# So many goods are looked for each by itself.
MOST_ITEMS = 8


class Found(NamedTuple):
    """A part of a question and the places of its words."""

    part: Part
    numbers: Collection[int]


class Segment(NamedTuple):
    """What stands between two joining words; whether a comma alone stands before it."""

    found: list[Found]
    is_paused: bool


class Item(NamedTuple):
    """The parts of one kind of goods, what its form may be of besides: dates and (date) jam; and what is said
    at the edge of a list: organic dates and (organic) saffron."""

    parts: tuple[Part, ...]
    lent: tuple[Part, ...] = ()
    of_all: tuple[Part, ...] = ()

    def of(self, *kinds: str) -> list[Part]:
        """Its own parts of some kinds."""
        return [part for part in self.parts if part.kind in kinds]

    @property
    def marks(self) -> list[Part]:
        """What vouches for it."""
        return self.of("attribute")


def items_of(
    found: Iterable[Found], skipped: Sequence[frozenset[str]], typed: Sequence[str], lexicon: Lexicon
) -> tuple[Item, ...]:
    """The goods of a list, each with its own words; nothing where one kind of goods is asked."""
    listed: list[list[Found]] = []
    waiting: list[Found] = []
    found = list(found)
    segments = _segments(found, skipped)
    for place, segment in enumerate(segments):
        if not _of(segment.found, *GOODS):
            if listed and _is_choice(segment.found, listed[-1]):
                # Olives noires et vertes.
                listed.append([*_of(listed[-1], *GOODS), *segment.found])
            elif listed and _of(listed[-1], "use") and not _of(segment.found, "quality", "attribute"):
                # Oil for face and hair, honey.
                listed[-1] += segment.found
            else:
                waiting += segment.found
            continue
        if waiting and _is_choice(waiting, segment.found):
            # Green and black olives.
            listed += [[one, *_of(segment.found, *GOODS)] for one in waiting]
            waiting = []
        goes_on = any(_of(later.found, *GOODS) for later in segments[place + 1 :])
        if (
            listed
            and segment.is_paused
            and _explains(segment.found, listed[-1], typed, lexicon)
            and not (goes_on and _is_wider(segment.found, listed[-1], lexicon))
        ):
            listed[-1] += [*waiting, *segment.found]
        else:
            listed.append([*waiting, *segment.found])
        waiting = []
    if listed:
        listed[-1] += waiting
    edge = tuple(_at_the_edge(found))
    items = [Item(tuple(one.part for one in each), of_all=edge) for each in listed]
    completed = [_completed(place, items, lexicon) for place in range(len(items))]
    several = {
        frozenset((part.kind, part.codes) for part in (*one.parts, *one.lent)): one for one in completed
    }
    return tuple(several.values())[:MOST_ITEMS] if len(several) > 1 else ()


def less(reading: Reading, items: Sequence[Item], without: frozenset[str]) -> Reading:
    """A reading without the goods of a list that are not meant: with the oil goes the rose of it."""
    left = [one for one in items if not _is_put_aside(one, items, without)]
    if not left or len(left) == len(items):
        return reading
    named = {(part.kind, part.codes) for one in left for part in one.parts}
    parts = (part for part in reading.parts if part.kind not in ITEMISED or (part.kind, part.codes) in named)
    return replace(reading, parts=tuple(parts), items=tuple(left) if len(left) > 1 else ())


def _is_put_aside(item: Item, items: Sequence[Item], without: frozenset[str]) -> bool:
    others = {(part.kind, part.codes) for one in items if one is not item for part in one.of(*GOODS)}
    own = [part for part in item.of(*GOODS) if (part.kind, part.codes) not in others]
    if own:
        return any(without.issuperset(part.codes) for part in own)
    return all(without.issuperset(map(by_itself, part.codes)) for part in item.of(*GOODS))


def by_itself(code: str) -> str:
    """What says that goods are not meant and what others are named by them is: olives, and not their oil."""
    return f"only-{code}"


def is_shared(items: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether the goods of a list may be one: fig and aniseed jam, black soap with argan and eucalyptus."""
    things = [lexicon.without_kinds(part.codes[0] for part in item.of("thing")) for item in items]
    if len(frozenset(things)) < len(things):
        return False
    if any(lexicon.concepts[code].kind != "thing" for one in things for code in one):
        # Argan oil and cosmetics.
        return False
    if any(_is_only_material(item, items) for item in items):
        return False
    formed = [bool(item.of("form")) for item in items]
    if any(len(one) > 1 for one in things):
        return True
    # A form at the edge of the list may be meant for all of it.
    first, last = (one.of(*GOODS, "quality") for one in (items[0], items[-1]))
    opens = formed[0] and first[0].kind == "form" and not any(formed[1:]) and not _has_its_use(items[0])
    closes = formed[-1] and last[-1].kind == "form" and not any(formed[:-1]) and not _has_its_use(items[-1])
    return opens or closes


def stands_apart(numbers: Collection[int], goods: Collection[int], skipped: Sequence[frozenset[str]]) -> bool:
    """Whether a list parts words from the goods on both sides of them, where there are some."""
    before = max((one for one in goods if one < min(numbers)), default=None)
    after = min((one for one in goods if one > max(numbers)), default=None)
    sides = [] if before is None else [(before, min(numbers))]
    sides += [] if after is None else [(max(numbers), after)]
    return all(frozenset[str]().union(*skipped[one + 1 : other + 1]) & JOINING for one, other in sides)


def stands_alone(item: Item, lexicon: Lexicon) -> bool:
    """Whether forms are goods by themselves: soap is, and powder is none."""
    codes = {above for part in item.of("form") for one in part.codes for above in lexicon.ancestors(one)}
    return any(lexicon.concepts[code].kind == "thing" for code in codes if code in lexicon.concepts)


def _segments(found: Iterable[Found], skipped: Sequence[frozenset[str]]) -> list[Segment]:
    told: list[Segment] = []
    last = -1
    for one in sorted(found, key=lambda each: min(each.numbers)):
        between = frozenset[str]().union(*skipped[last + 1 : min(one.numbers) + 1]) & JOINING
        if not _is_itemised(one.part) or one.part.is_unwanted:
            if not between:
                last = max(last, *one.numbers)
            continue
        if told and not between:
            told[-1].found.append(one)
        else:
            told.append(Segment([one], is_paused=between == {COMMA}))
        last = max(last, *one.numbers)
    return told


def _explains(found: list[Found], before: list[Found], typed: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words behind a comma only say more of the goods: dates, medjool; saffron, threads."""
    said, told = ({stem(typed[number]) for one in each for number in one.numbers} for each in (found, before))
    if said & told:
        return False
    things, others = _of(found, "thing"), _of(before, "thing")
    if not things:
        item = Item(tuple(one.part for one in found))
        return not (_of(before, "form") or stands_alone(item, lexicon) or _has_its_use(item))
    here = {one.part.codes[0] for one in things}
    there = {one.part.codes[0] for one in others}
    return bool(there) and len(lexicon.without_kinds(here | there)) < len(here | there)


def _is_itemised(part: Part) -> bool:
    return part.kind in ITEMISED or (part.kind == "attribute" and OF_GOODS.issuperset(part.codes))


def _at_the_edge(found: Sequence[Found]) -> list[Part]:
    """What is said of goods before or behind all of them."""
    goods = [number for one in _of(found, *GOODS) if not one.part.is_unwanted for number in one.numbers]
    marks = [one for one in _of(found, "attribute") if _is_itemised(one.part) and not one.part.is_unwanted]
    return [one.part for one in marks if goods and not min(goods) < min(one.numbers) < max(goods)]


def _has_its_use(item: Item) -> bool:
    """Whether a form is goods by what it is for: ghassoul, face oil; but saffron, threads for cooking."""
    forms = {code for part in item.of("form") for code in part.codes}
    return bool(item.of("use") and not item.of("thing") and forms - AS_GROWN)


def _is_only_material(item: Item, items: Sequence[Item]) -> bool:
    """Whether a list names a material beside goods: rugs and leather, not rugs of wool and cotton."""
    made = [one for one in items if not one.of("thing") and _is_material(one)]
    others = [one for one in items if one is not item]
    return made == [item] and all(one.of("thing") and not one.of("form") for one in others)


def _is_material(item: Item) -> bool:
    forms = {code for part in item.of("form") for code in part.codes}
    return bool(forms) and forms <= MATERIALS


def _is_wider(found: list[Found], before: list[Found], lexicon: Lexicon) -> bool:
    """Whether goods behind a comma hold those before it: saffron, spices and herbs."""
    here = {one.part.codes[0] for one in _of(found, "thing")}
    there = (one.part.codes[0] for one in _of(before, "thing"))
    return any(here & (lexicon.ancestors(code) - {code}) for code in there)


def _completed(place: int, items: Sequence[Item], lexicon: Lexicon) -> Item:
    """An item with what its form is of, where that stands with another one: rose petals and buds."""
    item = items[place]
    if item.of("thing") or stands_alone(item, lexicon) or _is_only_material(item, items):
        return item
    nearest = (*reversed(items[:place]), *items[place + 1 :])
    things = next((told for other in nearest if (told := _grown(other, lexicon))), [])
    return item._replace(lent=tuple(things))


def _grown(item: Item, lexicon: Lexicon) -> list[Part]:
    """The things of an item that a form may be of: no oil is of cosmetics."""
    return [part for part in item.of("thing") if lexicon.concepts[part.codes[0]].kind == "thing"]


def _is_choice(found: list[Found], beside: list[Found]) -> bool:
    """Whether goods cannot be all that is said of them: green and black, culinary and cosmetic."""
    said, told = (
        {code for one in _of(each, "quality") for code in one.part.codes} for each in (found, beside)
    )
    return any(said <= choice and told & choice and not said & told for choice in CHOICES if said)


def _of(found: Iterable[Found], *kinds: str) -> list[Found]:
    return [one for one in found if one.part.kind in kinds]
