"""The price that a question says: "under 20 euro", "de 10 à 20 €", "بأقل من 20 يورو". No Django in here."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

# The currency of whoever asks, where none was said.
OURS = ""
# How people write the currencies that the list has prices in.
CURRENCIES = {
    "EUR": r"€|eur|euros?|ايورو|اورو|أورو|يورو",
    "USD": r"us\$|\$us|\$|usd|(?:us |american )?dollars?|dólare?s?|dolares|dollari|دولارات|دولار|دولاراً",
    "MAD": r"mad|dhs?|dirhams?|dirhems?|dírhams?|درهما|درهماً|دراهم|درهم",
}
# What the list has no prices in: told, and counted in another one where a rate is known.
FOREIGN = {
    "GBP": r"£|gbp|(?:british |uk )?pounds? sterling|sterling|livres? sterlings?|libras? esterlinas?|sterline"
    r"|pfund sterling|جنيه(?:ات)? [إا]سترليني",
    "CHF": r"chf|swiss francs?|francs? suisses?|(?:schweizer )?franken|franchi svizzeri|francos suizos"
    r"|فرنكا? سويسريا?",
    "AED": r"aed|(?:uae|emirati) dirhams?|dirhams? [ée]miratis?|درهما? [إا]ماراتيا?",
    "SAR": r"sar|saudi riyals?|rials? saoudiens?|riyals? saoudiens?|ريالا? سعوديا?",
    "CAD": r"cad|ca?\$|canadian dollars?|dollars? canadiens?|dólares canadienses"
    r"|kanadische dollar|دولارا? كنديا?",
    "JPY": r"jpy|¥|(?:japanese )?yen|ين ياباني",
    "XOF": r"xof|f ?cfa",
}
# Other words are signs by now (`bounds.py`); these also begin and end what lies between two prices.
UNDER = r"up to|jusqu['’]?\s?(?:à|a)|hasta|bis(?: zu)?|fino a|entro|sous|حتى|<=?|≤"
OVER = r"starting (?:at|from)|from|à partir de|a partir de|dès|desde|ab|da|ابتداء من|>=?|≥"
BETWEEN = r"from|between|de|entre|von|zwischen|desde|da|tra|fra|من|بين|ما بين"
TO = (
    r"to|up to|jusqu['’ ]?[àa]|fino ad?|bis zu|إلى غاية|لغاية|and|till|until|à|a|au|et|y|hasta|bis|und|e"
    r"|الى|إلى|و|حتى"
)
DASH = r"[-\u2010-\u2014]"
# What a price is said for, in base units: grams and millilitres too, and so many of them.
PER_UNITS = {
    ("0.001", "kg"): r"g|gr|grams?|grammes?|gramm|gramos?|grammo|grammi|غرام|جرام|غ",
    ("0.001", "l"): r"ml|مل",
    ("0.01", "l"): r"cl",
    ("0.45359237", "kg"): r"lbs?|pounds?|libras?|libbr[ae]",
    ("0.028349523", "kg"): r"oz|ounces?|onces?|onzas?|unzen?",
    ("1000", "kg"): r"t|tons?|tonnes?|tonnen?|toneladas?|tonnellat[ae]|طن",
    (
        "1",
        "",
    ): r"kg|kilo(?:gramm?e?s?|s)?|liter|litres?|litros?|litri|l|pieces?|pièces?|unit|كيلو|كلغ|لتر|قطعة",
}
PER = (
    r"(?:\s*(?:/|\b(?:per|par|por|pro|je|al|el|il|lo|le|l[ae]|the|a|each|un|لل?)\s*)\s*(?:(?P<per_many>\d{1,4})\s*)?(?:"
    + "|".join(f"(?P<per_{place}>{units})" for place, units in enumerate(PER_UNITS.values()))
    + r")\b|\s*\b(?:each|apiece|la pi[èe]ce|das st[üu]ck|cada un[oa]|l['’]un[oae]|ciascun[oa]|cadaun[oa]"
    r"|للواحدة?|للقطعة|للحبة)\b)?"
)
NUMBER = (
    r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:[ .\u202f]\d{3})+,\d{1,2}"
    r"|\d{1,3}(?:[ .,\u202f]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,2})?"
)
# More than this is neither a price nor a quantity, however its thousands are parted.
MOST_SAID = 999_999_999
NOT_INSIDE, ENDS = r"(?<![\w.,])", r"(?![\w])"
# Dirhams of the Emirates before those of Morocco.
WRITTEN = FOREIGN | CURRENCIES
CODE = re.compile("|".join(f"(?P<{code}>{writing})" for code, writing in WRITTEN.items()))
MONEY = "|".join(WRITTEN.values())


def _one(name: str) -> str:
    """An amount with its currency before or behind it."""
    return (
        rf"(?:(?P<{name}_before>{MONEY})\s*(?P<{name}_behind>{NUMBER})"
        rf"|(?P<{name}>{NUMBER})\s*(?P<{name}_after>{MONEY})){ENDS}"
    )


RANGE = re.compile(
    rf"(?:{NOT_INSIDE}(?:{BETWEEN})\s+)?(?:(?P<first_before>{MONEY})\s*)?(?<![\w.,])(?P<first>{NUMBER})"
    rf"\s*(?P<first_after>{MONEY})?(?:\s+(?:{TO})\s+|\s*(?:{DASH}|/)\s*){_one('last')}{PER}"
)
# "$20-30": what is counted behind it would be an amount of its own.
FRONT = re.compile(
    rf"(?:{NOT_INSIDE}(?:{BETWEEN})\s+)?(?<!\w)(?P<last_before>{MONEY})\s*(?P<first>{NUMBER})"
    rf"(?:\s+(?:{TO})\s+|\s*{DASH}\s*)(?P<last_behind>{NUMBER})(?![\w.,]|\s*[^\W\d_]{{1,12}}\s+(?:of|de|di)\b"
    rf"|\s*(?:kg|kilo|kilos|g|gr|l|ml|lit\w*|ton\w*|pi[eè]ces?|pcs)(?!\w)){PER}"
)
BOUND = re.compile(
    rf"(?:{NOT_INSIDE}(?:(?P<under>{UNDER})|(?P<over>{OVER}))\s*)?{NOT_INSIDE}{_one('amount')}{PER}"
)


def _both(first: str, one: str, second: str, other: str) -> re.Pattern[str]:
    """Two bounds beside each other; the currency may be said once: "over 20 under 30 euros"."""
    return re.compile(
        rf"{NOT_INSIDE}(?:{first})\s*(?P<{one}_before>{MONEY})?\s*(?P<{one}>{NUMBER})\s*(?P<{one}_after>{MONEY})?"
        rf"(?:\s*,)?\s*(?:(?:{TO}|but|mais)\s+)?(?:{second})\s*{_one(other)}{PER}"
    )


RISING, FALLING = _both(OVER, "first", UNDER, "last"), _both(UNDER, "last", OVER, "first")


@dataclass(frozen=True)
class Price:
    """What a base unit of the goods may cost, both bounds within; None is open."""

    low: Decimal | None
    high: Decimal | None
    currency: str
    typed: str
    # The base unit, where what was said was the price of another one: €3 per gram.
    per: str = ""
    # Whether it was said of which unit.
    is_per_unit: bool = False


def take_price(text: str) -> tuple[str, Price | None]:
    """A text in small letters without the price it says, and that price.

    An amount with neither "under" nor "over" is what somebody means to pay at most.
    """
    for pattern, read in (
        (RANGE, _range),
        (FRONT, _range),
        (RISING, _range),
        (FALLING, _range),
        (BOUND, _bound),
    ):
        for match in pattern.finditer(text):
            if price := read(match):
                return f"{text[: match.start()]} {text[match.end() :]}", price
    return text, None


def number_said(typed: str) -> Decimal | None:
    """A number with any writing of thousands and decimals: 1 200, 1.200, 1,5, 1,200.50; None if absurd."""
    whole, mark, cents = typed, "", ""
    if not re.fullmatch(r"\d{1,3}(?:[ .,\u202f]\d{3})+", typed):
        whole, mark, cents = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", typed).groups(default="")  # type: ignore[union-attr]
    number = Decimal(re.sub(r"\D", "", whole) + ("." if mark else "") + cents)
    return number if int(number) <= MOST_SAID else None


def _range(match: re.Match[str]) -> Price | None:
    told = {name: said for name, said in match.groupdict().items() if said}
    sides = ("first_before", "first_after", "last_before", "last_after")
    currencies = {_currency(told[side]) for side in sides if side in told}
    low, high = (
        number_said(told.get(f"{name}_behind") or told.get(name) or "0") for name in ("first", "last")
    )
    if low is None or high is None or low > high or len(currencies) != 1:
        return None
    currency = currencies.pop()
    return _per_base_unit(Price(low, high, currency, match[0].strip()), match)


def _bound(match: re.Match[str]) -> Price | None:
    amount = number_said(match["amount_behind"] or match["amount"])
    if amount is None:
        return None
    currency = _currency(match["amount_before"] or match["amount_after"])
    low, high = (amount, None) if match["over"] else (None, amount)
    return _per_base_unit(Price(low, high, currency, match[0].strip()), match)


def _per_base_unit(price: Price, match: re.Match[str]) -> Price:
    """The price of a kilogram where that of a gram, or of a hundred of them, was said."""
    told = [unit for place, unit in enumerate(PER_UNITS) if match[f"per_{place}"]]
    size_said, unit = told[0] if told else ("1", "")
    price = replace(price, is_per_unit=bool(told))
    size = Decimal(size_said) * Decimal(match["per_many"] or 1)
    if size in (0, 1):
        return price
    bounds = (price.low, price.high)
    low, high = (
        None if bound is None else Decimal(f"{round(bound / size, 2).normalize():f}") for bound in bounds
    )
    return replace(price, low=low, high=high, per=unit)


def _currency(written: str) -> str:
    match = CODE.fullmatch(written)
    return str(match.lastgroup) if match else ""
