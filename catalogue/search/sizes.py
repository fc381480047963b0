"""Sizes and packs of a question: rugs by metres, 12 x 250 g, metric tons. No Django in here."""

import re
from decimal import Decimal

from catalogue.search.folding import words
from catalogue.search.prices import number_said
from catalogue.search.sayings import CONTAINERS

AMERICAN, BRITISH = r"(?:usa?|u\.s\.?a?\.?|american|short)", r"(?:long|imperial|imp\.?|uk|british)"
# Units of trade of several words, as one that is known; only behind an amount.
UNITS = (
    (
        r"(?:metric[ -]tons?|metric tonnes?|tonnes? m[ée]triques?|toneladas? m[ée]tricas?"
        r"|metrische[nr]? tonnen?|tonnellat[ae] metric(?:a|he)|طن متري|[أا]طنان مترية)",
        "t",
    ),
    (rf"{AMERICAN} tons?", "shortton"),
    (rf"{BRITISH} tons?", "longton"),
    (r"(?:usa?|u\.s\.?a?\.?|american|liquid|wine) gal(?:lon)?s?", "gallon"),
    (rf"{BRITISH} gal(?:lon)?s?", "impgallon"),
    (r"stones?(?= (?:of|d['’e]))", "stoneweight"),
)
TRADED = tuple((re.compile(rf"(?<=\d)\s?-?{unit}(?!\w)"), f" {meant}") for unit, meant in UNITS)
HELD = (
    r"kgs?|kilos?|kilogram\w{0,4}|gr?|gram(?:me?)?s?|gramm|gramos?|grammi|ml|cl|lt?|ltr|lit(?:er|re)s?|litros?|litri"
    r"|lbs?|oz|غ|غرام|كغ|كلغ|كيلو|کیلو|مل|لتر"
)
NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
PACKS = re.compile(
    rf"(?<![\w.,/])(?P<many>\d{{1,6}})\s?[x×*]\s?(?P<size>{NUMBER})\s?(?P<unit>{HELD})(?!\w)"
    rf"(?:\s(?P<pack>[^\W\d_]{{2,20}}))?"
)
PACKS_OF = re.compile(
    rf"(?<![\w.,/])(?P<size>{NUMBER})\s?(?P<unit>{HELD})\s?[x×*]\s?(?P<many>\d{{1,6}})(?![\w.,]|\s?[x×*])"
    rf"(?:\s(?P<pack>[^\W\d_]{{2,20}}))?"
)
LARGER = {"g": "kg", "gr": "kg", "ml": "l"}
METRE = r"m|cm|met(?:er|re)s?|m[èe]tres?|metros?|metri|متر|[أا]متار"
RUG = re.compile(
    rf"(?<![\w.,])(?P<one>\d+(?:[.,]\d+)?)\s*(?P<one_in>{METRE})?\s*(?:x|×|by|sur|par|por|mal|per|في)\s*"
    rf"(?P<other>\d+(?:[.,]\d+)?)(?![\d.,])\s*(?:(?P<other_in>{METRE})(?![\w²]))?"
)


def measured(text: str) -> str:
    """A question in small letters whose packs are their total, and the measures of a rug one word."""
    for pattern, meant in TRADED:
        text = pattern.sub(meant, text)
    for packs in (PACKS, PACKS_OF):
        text = packs.sub(_total, text)
    return RUG.sub(_size, text)


def _total(match: re.Match[str]) -> str:
    """Twelve jars of 250 g are 3000 g; what they are filled in is no goods."""
    size = number_said(match["size"])
    if not size:
        return match[0]
    pack = match["pack"] or ""
    left = "" if CONTAINERS.issuperset(words(pack)) else f" {pack}"
    total, unit = int(match["many"]) * size, match["unit"]
    if total >= 1000 and unit in LARGER:
        # 100000 ml are no code of the tariff.
        total, unit = total / 1000, LARGER[unit]
    return f"{total.normalize():f} {unit}{left}"


def _size(match: re.Match[str]) -> str:
    """Two metres by three, and no two pieces; parts of a metre in centimetres, as sellers write them."""
    sides = [Decimal(match[side].replace(",", ".")) for side in ("one", "other")]
    if any(side != int(side) for side in sides):
        unit = match["other_in"] or match["one_in"] or ""
        sides = [side if unit == "cm" else side * 100 for side in sides]
    return f" {sides[0]:.0f}x{sides[1]:.0f} "
