"""How the goods of a list may be on offer. No Django in here."""

from collections.abc import Iterator, Sequence

from catalogue.search.document import AS_GROWN
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import GOODS, Item, is_shared
from catalogue.search.reading import Part, Reading
from catalogue.search.told import VAGUE, telling
from catalogue.search.ways import Clause, OneOf

CRAFT = "craft"
# What one of several goods is held by: all of it.
Way = tuple[Clause | OneOf, ...]


def ways_of(item: Item, items: Sequence[Item], lexicon: Lexicon) -> tuple[Way, ...]:
    """How one of the goods of a list may be on offer, the best first: date jam, else any jam."""
    formed = {part.codes for other in items if other.of("form") for part in other.of("thing")}
    own = tuple(Clause("concepts", part.codes) for part in item.of(*GOODS))
    lent = tuple(Clause("concepts", part.codes) for part in item.lent)
    poured = tuple(Clause("plain", part.codes) for part in item.of("form"))
    if not poured:
        # Olives beside olive oil are the fruit.
        poured = tuple(Clause("plain", part.codes) for part in item.of("thing") if part.codes in formed)
    ways: list[Way] = [(*lent, *own, *poured), (*lent, *own), (*own, *poured), own]
    hows = [telling(part.codes, lexicon) for part in item.of("quality") if not VAGUE.issuperset(part.codes)]
    as_asked: list[Way] = [(*way, *hows) for way in ways]
    return tuple(dict.fromkeys([*as_asked, *ways]))


def sold_as(item: Item, reading: Reading, lexicon: Lexicon) -> Iterator[tuple[tuple[Clause, ...], int]]:
    """How an offer is of one of the goods, not made of it, and how many things it names at most."""
    things = [*item.lent, *item.of("thing")]
    most = max(len(lexicon.without_kinds(part.codes[0] for part in things)), 1)
    goods = tuple(Clause("concepts", part.codes) for part in (*item.lent, *item.of(*GOODS)))
    forms = [part.codes for part in item.of("form") if not AS_GROWN.issuperset(part.codes)]
    grown = [] if is_craft(things, lexicon) else [part.codes for part in things]
    yield (*goods, *(Clause("plain", codes) for codes in forms or grown)), most
    if item.lent:
        yield (
            tuple(Clause(field, part.codes) for part in item.of("form") for field in ("concepts", "plain")),
            1,
        )
    if not item.of("form") and is_shared(reading.items, lexicon):
        # Argan and olive oil: the oil may be of both.
        for part in reading.of("form"):
            yield (*goods, Clause("plain", part.codes)), most


def is_craft(things: Sequence[Part], lexicon: Lexicon) -> bool:
    return any(CRAFT in lexicon.ancestors(code) for part in things for code in part.codes)
