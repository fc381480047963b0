"""What a buyer takes from an answer: figures, a rule, a paper, and what it lacked. No Django in here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from moussem.core.numbers import ARABIC, TURNING


class Topic(StrEnum):
    """What a buyer asks about."""

    MINIMUM = "minimum"
    PRICE = "price"
    LEAD = "lead"
    RULE = "rule"
    PROOF = "proof"


class Miss(StrEnum):
    """What a buyer misses in an answer."""

    FIGURE = "figure"
    UNIT = "unit"
    OTHER = "other"
    NAME = "name"
    PLACE = "place"
    AGAIN = "again"
    LATE = "late"


# Without these there is no answer: a buyer asks once more.
WITHOUT_ANSWER = frozenset({Miss.FIGURE, Miss.NAME})
# A buyer who walks by waits as long for an answer, in seconds.
PATIENCE = 180
RULES = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
RULE = re.compile(rf"(?<![a-z])({'|'.join(RULES)})(?![a-z])", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
# Between the two ends of "15 to 25 days".
UNTIL = frozenset(["-", "–", "—", "to", "à", "or", "ou", "إلى", "الى", "أو"])
PARTED = re.compile(r"[\s\u00a0\u202f'’]+")
WORD = re.compile(r"[^\W\d_]{3,}")
# A unit by the words that people type for it, what it counts, and how many of the smallest it is.
WEIGHT, VOLUME, TIME = "g", "L", "day"
SCALES: dict[str, tuple[str, Decimal]] = {
    "g": (WEIGHT, Decimal(1)),
    "kg": (WEIGHT, Decimal(1000)),
    "t": (WEIGHT, Decimal(1_000_000)),
    "L": (VOLUME, Decimal(1)),
    "day": (TIME, Decimal(1)),
    "week": (TIME, Decimal(7)),
    "month": (TIME, Decimal(30)),
}
WORDS = {
    "g": "g gr gram grams gramme grammes غ غرام غراما غرامات جرام",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes كغ كلغ كغم كيلو كيلوغرام كيلوغراما "
    "كيلوغرامات كيلوجرام",
    "t": "t ton tons tonne tonnes طن طنا أطنان",
    "L": "l liter liters litre litres ل لتر لترا لترات",
    "unit": "piece pieces pcs pc unit units unité unités pièce pièces قطعة قطع وحدة وحدات",
    "pair": "pair pairs paire paires زوج أزواج",
    "bunch": "bunch bunches bouquet bouquets botte bottes حزمة حزم باقة باقات",
    "tin": "tin tins can cans boîte boîtes علبة علب",
    "m2": "m2 m² sqm م² م2 متر",
    "day": "day days d jour jours j jrs يوم يوما أيام ايام",
    "week": "week weeks semaine semaines أسبوع أسبوعا أسابيع اسبوع اسابيع",
    "month": "month months mois شهر شهرا أشهر شهور",
    "EUR": "€ eur euro euros يورو أورو",
    "USD": "$ usd dollar dollars دولار دولارا دولارات",
    "MAD": "mad dh dhs dirham dirhams درهم درهما دراهم",
}
UNIT_OF = {word: unit for unit, words in WORDS.items() for word in words.split()}
CURRENCIES = frozenset({"EUR", "USD", "MAD"})
# What stands right behind a figure, and right before it ("€ 12").
BEHIND = re.compile(r"\s*([^\W\d_]+[²2]?|[€$])")
BEFORE = re.compile(r"([^\W\d_]+|[€$])\s*$")


@dataclass(frozen=True)
class Figure:
    """A number in an answer in each way it can be read, and what it counts, where that is said."""

    readings: frozenset[Decimal]
    unit: str


@dataclass(frozen=True)
class Expected:
    """What the catalogue knows of what was asked; nothing of it is needed to ask."""

    topic: Topic
    unit: str = ""
    # The figure itself; of a price, by its currency, of one unit and of all.
    value: Decimal | None = None
    prices: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    quantity: Decimal | None = None
    # Rules of Incoterms that are offered, or how the certificates are called.
    names: Sequence[str] = ()


def figures_in(text: str) -> list[Figure]:
    """The figures of an answer, in whatever digits."""
    plain = text.translate(TURNING).translate(ARABIC)
    found: list[Figure] = []
    unit, began = "", len(plain)
    for match in reversed(list(FIGURE.finditer(plain))):
        is_first_end = plain[match.end() : began].strip().casefold() in UNTIL
        behind, before = BEHIND.match(plain, match.end()), BEFORE.search(plain, 0, match.start())
        words = [one.group(1).casefold() for one in (behind, before) if one]
        own = next((UNIT_OF[word] for word in words if word in UNIT_OF), "")
        unit, began = own or (unit if is_first_end else ""), match.start()
        found.insert(0, Figure(readings_of(match.group()), unit))
    return found


def readings_of(written: str) -> frozenset[Decimal]:
    """A number as it can be read: 1.500 is a thousand and a half, or one and a half."""
    whole = PARTED.sub("", written)
    marks = [mark for mark in whole if mark in ".,"]
    if not marks:
        return frozenset({Decimal(whole)})
    without = Decimal(re.sub(r"[.,]", "", whole))
    last = max(whole.rfind("."), whole.rfind(","))
    fraction = whole[last + 1 :]
    with_point = Decimal(f"{re.sub(r'[.,]', '', whole[:last])}.{fraction}")
    if len(set(marks)) == 1 and len(marks) > 1:
        return frozenset({without})
    is_whole = len(fraction) == 3 and len(marks) == 1
    return frozenset({without, with_point}) if is_whole else frozenset({with_point})


def missed(expected: Expected, answer: str, *, seconds: float = 0, is_second: bool = False) -> list[Miss]:
    """What a buyer misses in an answer, the gravest first; nothing where it says all that was asked."""
    found = ASKED[expected.topic](expected, answer)
    if is_second:
        found.append(Miss.AGAIN)
    if seconds > PATIENCE:
        found.append(Miss.LATE)
    return found


def _of_quantity(expected: Expected, answer: str) -> list[Miss]:
    kind, scale = SCALES.get(expected.unit, (expected.unit, Decimal(1)))
    figures = figures_in(answer)
    if not figures:
        return [Miss.FIGURE]
    wanted = (expected.value or Decimal(0)) * scale
    said = [one for one in figures if SCALES.get(one.unit, (one.unit, 0))[0] == kind]
    values = {number * SCALES.get(one.unit, ("", Decimal(1)))[1] for one in said for number in one.readings}
    if values:
        return [] if _agrees(values, wanted, expected.topic) else [Miss.OTHER]
    bare = {number * scale for one in figures if not one.unit for number in one.readings}
    if not bare:
        return [Miss.FIGURE]
    return [Miss.UNIT] if _agrees(bare, wanted, expected.topic) else [Miss.OTHER, Miss.UNIT]


def _agrees(values: set[Decimal], wanted: Decimal, topic: Topic) -> bool:
    """A time may be told as from so many days to so many."""
    return wanted in values or (topic == Topic.LEAD and min(values) <= wanted <= max(values))


def _of_price(expected: Expected, answer: str) -> list[Miss]:
    figures = [one for one in figures_in(answer) if one.unit in CURRENCIES or not one.unit]
    asked = expected.quantity
    figures = [one for one in figures if one.unit or asked is None or asked not in one.readings]
    if not figures:
        return [Miss.FIGURE]
    told = [one for one in figures if one.unit]
    for one in told:
        if one.readings & {_paid(price) for price in expected.prices.get(one.unit, ())}:
            return []
    known = {_paid(price) for prices in expected.prices.values() for price in prices}
    if any(one.readings & known for one in figures if not one.unit):
        return [Miss.UNIT]
    return [Miss.OTHER] if told else [Miss.OTHER, Miss.UNIT]


def _paid(price: Decimal) -> Decimal:
    return price.quantize(Decimal("0.01"))


def _of_rule(expected: Expected, answer: str) -> list[Miss]:
    named = [one.upper() for one in RULE.findall(answer)]
    if not named:
        return [Miss.NAME]
    found = [] if not expected.names or set(named) & set(expected.names) else [Miss.OTHER]
    # A rule says little without the place that it speaks of: FCA Marrakech.
    behind = RULE.split(answer, maxsplit=1)[-1]
    return found if WORD.search(RULE.sub("", behind)) else [*found, Miss.PLACE]


def _of_proof(expected: Expected, answer: str) -> list[Miss]:
    if not expected.names:
        return [] if WORD.search(answer) else [Miss.NAME]
    said = words_of(answer)
    return [] if any(said & words_of(name) for name in expected.names) else [Miss.NAME]


# Words of names that say nothing of which one it is.
IDLE = frozenset(["certificate", "certificat", "certification", "certified", "certifié", "شهاد"])
IDLE |= {"the", "and", "for", "des", "les"}
# One letter in the hands of different writers.
HAMZAS = str.maketrans("أإآ", "ااا")


def words_of(text: str) -> set[str]:
    """The words that tell one name from another."""
    words = {_bare(word.casefold()) for word in re.findall(r"[^\W_]{2,}", text)}
    return {word for word in words if len(word) > 2 or any(mark.isdigit() for mark in word)} - IDLE


def _bare(word: str) -> str:
    """An Arabic word without its article and the ending of the feminine."""
    bare = word.translate(HAMZAS).removeprefix("ال").removesuffix("ة")
    return bare if len(bare) > 2 else word


ASKED = {
    Topic.MINIMUM: _of_quantity,
    Topic.LEAD: _of_quantity,
    Topic.PRICE: _of_price,
    Topic.RULE: _of_rule,
    Topic.PROOF: _of_proof,
}


def to_the_point(findings: Iterable[Sequence[str]]) -> int:
    """How many answers left a buyer nothing to miss."""
    return sum(1 for one in findings if not one)
