"""How the goods of a list may be on offer. No Django in here."""

from collections.abc import Iterator, Sequence

from catalogue.search.document import AS_GROWN
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import GOODS, HOWS, Item, is_shared
from catalogue.search.reading import Part, Reading
from catalogue.search.told import VAGUE, telling
from catalogue.search.ways import Clause, OneOf

CRAFT = "craft"
# So much of how goods are to be is looked for one by one, where nothing is all of it.
MOST_HOWS = 3
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
    hows = tuple(hows_of(item, lexicon).values())
    says = (hows, *((one,) for one in hows[:MOST_HOWS]), ())
    vouched = tuple(_vouched(part) for part in (*item.marks, *item.of_all))
    asked = ((*way, *how, *marks) for marks in (vouched, ()) for how in says for way in ways)
    return tuple(dict.fromkeys(asked))


def hows_of(item: Item, lexicon: Lexicon) -> dict[Part, Clause | OneOf]:
    """How one of the goods of a list is to be, by what says so, where that says something."""
    said = [part for part in item.of(*HOWS) if not VAGUE.issuperset(part.codes)]
    return {part: telling(part.codes, lexicon) for part in said}


def marks_of(item: Item) -> dict[Part, Clause | OneOf]:
    """Who is to vouch for one of the goods of a list."""
    return {part: _vouched(part) for part in item.marks}


def _vouched(part: Part) -> Clause:
    return Clause("marks", part.codes)


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
