"""What a visitor typed, read: what is wanted, what it should be like, and how much of it.

A reading is shown to the visitor, who can undo any part of it. No Django in here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.search.folding import DIGITS, fold, singular, stem, words
from catalogue.search.lexicon import SOUND, Lexicon
from catalogue.search.matching import matches_in, named_in, tokens_of
from catalogue.search.prices import Price, number_said, take_price
from catalogue.words import clean_text

LONGEST = 200
MOST_WORDS = 24
# With the word before it, or written as codes are: 0910.20, 0910 20, 091020, ten digits of a national tariff.
HS = re.compile(
    r"(?<![\d.,])(?:(?P<said>\b(?:hs|sh|hts|taric|code)\b[\s:.#]*(?:code)?[\s:.#]*)(?P<named>\d{2}(?:[\s.]?\d{2}){0,4})"
    r"|(?P<dotted>\d{4}[.\s]\d{2}(?:[.\s]?\d{2}){0,2})|(?P<bare>\d{6}(?:\d{2}){0,2}))(?![\d.,]*\d)"
)
QUANTITY = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .,\u202f]\d{3})+|\d{1,9}(?:[.,]\d{1,3})?)\s*([^\W\d_]{1,12}\.?)"
)
CHAPTERS = range(1, 98)
# What may stand between a rule of Incoterms and its place: FOB port of Agadir.
PORTS = frozenset(words("port harbour puerto porto hafen ميناء الميناء مرسى"))
# How a unit is counted in the unit that quantities are compared in.
BASE_UNITS = {
    "g": ("kg", Decimal("0.001")),
    "kg": ("kg", Decimal(1)),
    "t": ("kg", Decimal(1000)),
    "ml": ("l", Decimal("0.001")),
    "l": ("l", Decimal(1)),
    "piece": ("piece", Decimal(1)),
    "pair": ("pair", Decimal(1)),
    "m2": ("m2", Decimal(1)),
}


@dataclass(frozen=True)
class Part:
    """Some words of the question and what they were read as: codes of one kind, any of which may be meant."""

    kind: str
    codes: tuple[str, ...]
    typed: str
    is_guess: bool = False
    # Where a rule of Incoterms delivers; goods are not from there.
    place: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """An amount of goods in kg, l, pieces, pairs or m²."""

    amount: Decimal
    unit: str
    typed: str


@dataclass(frozen=True)
class Reading:
    """A question understood: its parts, codes and quantity, and the stems of the words that nobody knew."""

    text: str
    parts: tuple[Part, ...] = ()
    hs: tuple[str, ...] = ()
    quantity: Quantity | None = None
    price: Price | None = None
    rest: tuple[str, ...] = ()
    # The words that nobody knew as they were typed, in the order of their stems in `rest`.
    unknown: tuple[str, ...] = ()
    # Stems of words that were guessed at: what was typed may have been meant after all.
    echoes: tuple[str, ...] = ()

    def of(self, *kinds: str) -> list[Part]:
        """The parts of some kinds, in their order."""
        return [part for part in self.parts if part.kind in kinds]


def read(text: str, lexicon: Lexicon, *, without: Iterable[str] = ()) -> Reading:
    """The reading of what was typed; ``without`` are codes that the visitor said are not meant."""
    text, without = clean_text(text, LONGEST), frozenset(without)
    left, price = text.casefold().translate(DIGITS), None
    if "price" not in without:
        left, price = take_price(left)
    left, hs = _take_hs(left, without)
    left, quantity = _take_quantity(left, lexicon, without)
    typed = lexicon.telling(left)[:MOST_WORDS]
    if (price or quantity or hs) and lexicon.says_nothing(left):
        # "à moins de 20 €" leaves an "à", which nobody looks for.
        typed = []
    tokens = tokens_of(typed, lexicon)
    found: list[tuple[Part, list[int]]] = []
    taken: set[int] = set()
    echoes: list[str] = []
    for match in matches_in(tokens, lexicon, without=without):
        places = [tokens[place] for place in match.places]
        numbers = list(dict.fromkeys(token.typed for token in places))
        taken.update(numbers)
        said = " ".join(typed[number] for number in numbers)
        guessed = match.doubt >= SOUND
        echoes += [stem(typed[token.typed]) for token in places if guessed]
        found.append((Part(match.alias.kind, match.alias.codes, said, guessed), numbers))
    parts, ports = _with_named_places(found, typed)
    taken |= ports
    rest: dict[str, str] = {}
    for token in tokens:
        if token.typed not in taken:
            rest.setdefault(stem(typed[token.typed]), typed[token.typed])
    return Reading(
        text,
        _once(parts),
        hs,
        quantity,
        price,
        rest=tuple(rest),
        unknown=tuple(rest.values()),
        echoes=tuple(dict.fromkeys(echoes)),
    )


def titles(text: str, lexicon: Lexicon) -> dict[str, set[str]]:
    """The codes by kind that a seller's own words name: only what stands there, word by word."""
    found: dict[str, set[str]] = {}
    tokens = tokens_of(lexicon.telling(text), lexicon)
    for match in named_in(tokens, lexicon):
        found.setdefault(match.alias.kind, set()).update(match.alias.codes)
    return found


def _with_named_places(found: list[tuple[Part, list[int]]], typed: list[str]) -> tuple[list[Part], set[int]]:
    """The parts, a place right behind a rule of Incoterms joined to it, and the words that joined them."""
    parts: list[Part] = []
    ports: set[int] = set()
    last = -1
    for part, numbers in found:
        between = set(range(last + 1, min(numbers)))
        before = parts[-1] if parts else None
        is_named = before is not None and before.kind == "incoterm" and not before.place
        if is_named and part.kind == "place" and all(typed[number] in PORTS for number in between):
            parts[-1] = replace(parts[-1], place=part.codes, typed=f"{parts[-1].typed} {part.typed}")
            ports |= between
        else:
            parts.append(part)
        last = max(numbers)
    return parts, ports


def _once(parts: list[Part]) -> tuple[Part, ...]:
    return tuple({(part.kind, part.codes, part.place): part for part in parts}.values())


def _take_hs(text: str, unread: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The text without its HS codes, and the codes as digits (2, 4 or 6 of them)."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match["named"] or match["dotted"] or match["bare"])[:6]
        if int(digits[:2]) not in CHAPTERS or f"hs-{digits}" in unread:
            return match[0]
        found.append(digits)
        return " "

    return HS.sub(take, text), tuple(dict.fromkeys(found))


def _take_quantity(text: str, lexicon: Lexicon, unread: frozenset[str]) -> tuple[str, Quantity | None]:
    """The text without the first amount with a unit, and the amount in the unit that we compare in."""
    if "quantity" in unread:
        return text, None
    for match in QUANTITY.finditer(text):
        unit = _unit(match[2].rstrip("."), lexicon)
        amount = number_said(match[1])
        if unit in BASE_UNITS and amount > 0:
            base, factor = BASE_UNITS[unit]
            left = f"{text[: match.start()]} {text[match.end() :]}"
            return left, Quantity((amount * factor).normalize(), base, match[0].strip())
    return text, None


def _unit(word: str, lexicon: Lexicon) -> str:
    for form in dict.fromkeys((fold(word), singular(fold(word)))):
        for number in lexicon.aliases_with(form):
            alias = lexicon.aliases[number]
            if alias.words == (form,) and alias.kind == "unit":
                return alias.codes[0]
    return ""
