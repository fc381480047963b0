"""How much of the goods a question says: "500 kg", "5 gallons", "entre 500 et 1000 kg". No Django in here."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.search.bounds import AT_LEAST, AT_MOST
from catalogue.search.folding import WORD, fold, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import named_in
from catalogue.search.prices import BETWEEN, DASH, NUMBER, TO, number_said
from catalogue.search.sayings import BULKY, CONTAINERS, LOADS, MATERIALS, ONE_OF, RETAIL

QUANTITY = re.compile(
    r"(?<![\w.,/])(\d{1,3}(?:,\d{3})+\.\d{1,3}|\d{1,3}(?:[ .\u202f]\d{3})+,\d{1,3}"
    r"|\d{1,3}(?:[ .,\u202f]\d{3})+|\d{1,9}(?:[.,]\d{1,3})?)\s*-?\s*"
    r"(m[2²](?!\w)|[^\W\d_]{1,12}\.?)"
)
# What stands before the larger of two amounts: between 500 and, 500 kg -.
FROM = re.compile(
    rf"(?:(?<!\w)(?:{BETWEEN})\s+)?(?<![\w.,/])(?:{NUMBER})(?:\s?[^\W\d_]{{1,12}})?(?:\s+(?:{TO})\s+|\s*{DASH}\s*)\Z"
)
# An amount of a text: where it stands, its base unit, and how much it is.
Amount = tuple[re.Match[str], str, Decimal]
BUT = "but|mais|pero|aber|ma|لكن"
POURED = ("kg", "l")
JOINING = frozenset(words("of in a de d en par per por je di da في من je zu à x"))
ONE_PACK = re.compile(rf"\s*(?:{ONE_OF})\s+(?:of|de|d['’]|di|con|von|mit|ديال|من|d)(?!\w)")
# What such a bag is made of stands behind these; so many words tell whether it is goods.
MADE_IN = re.compile(r"\s{1,3}(?:en|in|aus)(?!\w)")
MOST_BEHIND = 3
# How a unit is counted in the unit that quantities are compared in.
BASE_UNITS = {
    "g": ("kg", Decimal("0.001")),
    "kg": ("kg", Decimal(1)),
    "t": ("kg", Decimal(1000)),
    "ml": ("l", Decimal("0.001")),
    "l": ("l", Decimal(1)),
    "piece": ("piece", Decimal(1)),
    "unit": ("piece", Decimal(1)),
    "bunch": ("piece", Decimal(1)),
    "tin": ("piece", Decimal(1)),
    "pair": ("pair", Decimal(1)),
    "m2": ("m2", Decimal(1)),
}
# Measures that nobody sells by, as buyers abroad write them, and what one of them is.
ABROAD = {
    "lb lbs pound pounds libra libras libbra libbre": ("kg", "0.45359237"),
    "oz ounce ounces once onces onza onzas unze unzen oncia once اونصه اوقيه": ("kg", "0.028349523"),
    "pfund": ("kg", "0.5"),
    "shortton": ("kg", "907.18474"),
    "longton": ("kg", "1016.0469088"),
    "stoneweight": ("kg", "6.35029318"),
    "impgallon": ("l", "4.54609"),
    "mg milligram milligrams milligramme milligrammes miligramo miligramos milligramm ملغ": (
        "kg",
        "0.000001",
    ),
    "q qx quintal quintals quintaux quintales quintale quintali doppelzentner قنطار قناطير": ("kg", "100"),
    "cl centilitre centilitres centiliter centilitro centilitros centilitri": ("l", "0.01"),
    "hl hectolitre hectolitres hectoliter hektoliter hectolitro hectolitros ettolitro ettolitri": (
        "l",
        "100",
    ),
    "sqft": ("m2", "0.09290304"),
    "sqyd": ("m2", "0.83612736"),
    "cwt": ("kg", "50.80234544"),
    "floz": ("l", "0.0295735296"),
    "gal gallon gallons galon galones gallone gallonen gallonn galloni غالون جالون": ("l", "3.785411784"),
}
MEASURES = {
    word: (unit, Decimal(size)) for written, (unit, size) in ABROAD.items() for word in words(written)
}


@dataclass(frozen=True)
class Quantity:
    """An amount of goods in kg, l, pieces, pairs or m²."""

    amount: Decimal
    unit: str
    typed: str


def take_quantity(text: str, lexicon: Lexicon, unread: frozenset[str]) -> tuple[str, Quantity | None]:
    """The text without its amounts, and the first that is no pack in the unit that we compare in."""
    if "quantity" in unread:
        return text, None
    found: list[tuple[str, Quantity]] = []
    left, edge = text, len(text)
    amounts = _amounts(text, lexicon)
    amounts = [one for one in amounts if not _is_of_goods(one[0], text, lexicon)]
    packs = _packs(text, amounts)
    for match, base, size in reversed(amounts):
        if match.end() > edge:
            continue
        # Of two amounts the larger one is asked: who sells no less than 800 kg sells it.
        smaller = FROM.search(text[: match.start()])
        edge = smaller.start() if smaller else match.start()
        left = f"{left[:edge]} {left[match.end() :]}"
        if base and match.start() not in packs:
            sign = text[: match.start()].rstrip()[-1:]
            size = round(size, 3) or size
            found.insert(0, (sign, Quantity(size.normalize(), base, match[0].strip())))
    return left, _asked(found)


def packs_said(text: str, lexicon: Lexicon) -> list[str]:
    """What a text says of how goods are packed and how many packs it counts, which are no amount of goods."""
    amounts = [one for one in _amounts(text, lexicon) if not _is_of_goods(one[0], text, lexicon)]
    held = _packs(text, amounts)
    return [
        _with_its_pack(match, text) if base else match[0].strip()
        for match, base, _size in amounts
        if not base or match.start() in held
    ]


def _with_its_pack(match: re.Match[str], text: str) -> str:
    """What a pack holds, with the word for it beside: 250 g jars, bidon de 5 litres."""
    told = [(one.start(), one.end(), fold(one[0])) for one in WORD.finditer(text)]
    told = [each for each in told if each[2] not in JOINING]
    after = [each for each in told if each[0] >= match.end()][:1]
    before = [each for each in told if each[1] <= match.start()][-1:]
    # English and German name the pack last, where both are there.
    for start, end, word in (*after, *before):
        if word in CONTAINERS:
            return text[min(start, match.start()) : max(end, match.end())].strip()
    return match[0].strip()


def _amounts(text: str, lexicon: Lexicon) -> list[Amount]:
    """The numbers of a text with a unit behind them; "" is that of a bag, of which is not said how large."""
    found: list[Amount] = []
    for match in QUANTITY.finditer(text):
        word, amount = match[2].rstrip("."), number_said(match[1])
        base, factor = _measure(word, lexicon)
        if amount and (base or fold(word) in BULKY):
            found.append((match, base, amount * factor))
    return found


def is_amount(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether the number at a place of a text has a unit behind it, or is of packs."""
    return any(match.start() == place for match, _base, _size in _amounts(text, lexicon))


def _is_of_goods(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Whether so many bags or boxes are goods themselves: sacs en cuir, sacs à main, boîtes en bois."""
    if not CONTAINERS.issuperset(words(match[2])):
        return False
    behind = text[match.end() :]
    told = lexicon.telling(text[match.start(2) :])[:MOST_BEHIND]
    whole, *_ = [*named_in(told, lexicon), None]
    if whole and len(whole.words) > 1 and any("craft" in lexicon.ancestors(code) for code in whole.codes):
        return True
    made = next((set(one.codes) & MATERIALS for one in named_in(told[1:2], lexicon)), set())
    # Nobody fills leather; a sack of wool has wool in it, and one that is made in wool is woollen.
    return made == {"leather"} or bool(made and MADE_IN.match(behind))


def _packs(text: str, amounts: Sequence[Amount]) -> set[int]:
    """Where amounts begin that a bag or a tin holds; of two beside one bag it is the smaller.

    "25 kg bags", "boîte de 125 g", and of "5 kg cartons 500 kg" the five.
    """
    told = [(one.start(), one.end(), fold(one[0])) for one in WORD.finditer(text)]
    told = [each for each in told if each[2] not in JOINING]
    holding: dict[int, list[tuple[Decimal, int]]] = defaultdict(list)
    packs: set[int] = set()
    for match, base, size in amounts:
        if base not in POURED:
            continue
        before = [
            start
            for start, end, word in [each for each in told if each[1] <= match.start()][-1:]
            if word not in LOADS or text[end : match.start()].strip()
        ]
        after = [start for start, _end, _word in told if start >= match.end()][:1]
        for place in (*before, *after):
            holding[place].append((size, match.start()))
        # "Sac de couscous 25 kg" is one sack of it.
        head = text[: match.start()]
        if ONE_PACK.match(head) and not any(map(str.isdigit, head)):
            packs.add(match.start())
    words_at = {start: word for start, _end, word in told}
    packs.update(min(held)[1] for place, held in holding.items() if words_at[place] in CONTAINERS)
    return packs


def _asked(found: Sequence[tuple[str, Quantity]]) -> Quantity | None:
    """The first amount; of an order from one up to another the larger: more sellers begin below it."""
    if not found:
        return None
    (sign, first), *others = found
    ends = (
        one for end, one in others if end == AT_MOST and one.unit == first.unit and one.amount > first.amount
    )
    return next(ends, first) if sign == AT_LEAST else first


def is_range(first: str, last: str, text: str) -> bool:
    """Whether two numbers of a text are the ends of what may be sent: 100-150, between 20 and 30, 5 or 6."""
    said = rf"(?<![\w.,]){first}\s?(?:{DASH}|\s?(?:{TO}|or|ou|oder|o|أو|{BUT})\s){{1}}\s{{0,3}}{last}(?!\w)"
    return int(first) < int(last) and re.search(said, text) is not None


def _measure(word: str, lexicon: Lexicon) -> tuple[str, Decimal]:
    """The base unit of a unit in words, and what one of them is in it; "" for what is none."""
    word = fold(word)
    if word in RETAIL:
        return BASE_UNITS["piece"]
    if word in MEASURES:
        return MEASURES[word]
    # As it is written before its plural and the like.
    told = (lexicon.units.get(each, "") for each in (word, *lexicon.words_like(word)))
    return BASE_UNITS.get(next(filter(None, told), ""), ("", Decimal(1)))
