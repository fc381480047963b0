"""Sizes and packs of a question: rugs by metres, 12 x 250 g, metric tons. No Django in here."""

import re
from decimal import Decimal

from catalogue.search.folding import words
from catalogue.search.prices import number_said
from catalogue.search.sayings import CONTAINERS, LOADS

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
    (
        r"(?:m[èe]tres? carr[ée]s?|square met(?:er|re)s?|sq\.? ?m(?:et(?:er|re)s?)?|metros? cuadrados?"
        r"|metr[oi] quadr(?:at)?[oi]|quadratmetern?|مترا? مربعا?|[أا]متار مربعة)",
        "m2",
    ),
    (
        r"(?:square (?:feet|foot)|sq\.? ?(?:ft|feet)\.?|pieds? carr[ée]s?|pies? cuadrados?"
        r"|pied[ei] quadrat[oi]"
        r"|quadratfu(?:ß|ss)|أقدام مربعة|قدما? مربعا?)",
        "sqft",
    ),
    (r"(?:fl\.? ?oz\.?|fluid ounces?)", "floz"),
    (r"(?:square yards?|sq\.? ?(?:yds?|yards?)\.?)", "sqyd"),
    (r"stones?(?= (?:of|d['’e]))", "stoneweight"),
)
TRADED = tuple((re.compile(rf"(?<=\d)\s?-?{unit}(?!\w)"), f" {meant}") for unit, meant in UNITS)
# What is weighed and measured by itself; one is said with its article: a ton, une tonne, una tonelada.
WHOLE_MEASURE = (
    r"(?:tons?|tonnen?|toneladas?|tonnellat[ae]|kilos?|kilogram\w{0,4}|kg|chilo|lit(?:er|re)s?|litros?|quintal(?:e|es)?"
    r"|gall?ons?|طن|كيلو|كيلوغرام|كلغ|لتر|قنطار)(?!\w)"
)
ARTICLE = r"(?:an?|one|une?|una|uno|ein(?:e[nrm]?)?|wa7ed|wahed)"
# Of whom it is said: طن من التمر, kilo dyal l3sel.
OF = r"(?:(?:of|de|di|von|من|ديال|د|dyal|dial|d)(?!\w)|d['’])"
BARE_MEASURE = r"(?:طن|كيلو|كيلوغرام|كلغ|لتر|قنطار)(?!\w)"
ONE_MEASURE = rf"(?:{ARTICLE}\s{WHOLE_MEASURE}|{WHOLE_MEASURE}\s{OF}|{BARE_MEASURE})"
ONE = (
    re.compile(rf"(?<![\w.,])(?<!\d ){ARTICLE}\s(?={WHOLE_MEASURE})"),
    re.compile(
        rf"(?:^|(?<=[≤≥] )|(?<=\bbghit )|(?<=\bbghina )|(?<=\bkhassni ))\s{{0,2}}(?={WHOLE_MEASURE}\s{OF})"
    ),
    re.compile(rf"(?<=[≤≥] )\s{{0,2}}(?={BARE_MEASURE})"),
    # Arabic has no such article: طن تمر. What goods cost by the ton is no ton of them.
    re.compile(
        r"(?<!\w)(?<!\d )(?<!\d)(?<!ثمن )(?<!سعر )(?<!كل )(?<!كم )(?<!في )(?<!شحال )"
        r"(?=(?:طن|كيلو|كلغ|لتر|قنطار)\s[^\W\d_])"
    ),
)
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
# "40 bags of 25 kg": so many of what a pack holds.
PACKS_IN = re.compile(
    rf"(?<![\w.,/])(?P<many>\d{{1,6}})\s?(?P<pack>[^\W\d_]{{2,20}})\s{{1,2}}"
    rf"(?P<of>(?:of|de|à|a|zu|je|von|da|di|con|with|mit|by|x|d|dyal|من|ديال|بوزن|سعة)\s{{1,2}}|d['’])?"
    rf"(?P<size>{NUMBER})\s?(?P<unit>{HELD})(?!\w)"
)
LARGER = {"g": "kg", "gr": "kg", "ml": "l"}
METRE = r"m|cm|met(?:er|re)s?|m[èe]tres?|metros?|metri|متر|[أا]متار"
FOOT, INCH = r"['’′]|ft|feet|foot|pieds?|pies?|fu(?:ß|ss)|piedi|[أا]قدام|قدم", r"[\"”″]|''|in|inch(?:es)?"
TIMES = r"\s*(?:x|×|by|sur|par|por|mal|per|في)\s*"
RUG = re.compile(
    rf"(?<![\w.,])(?P<one>\d+(?:[.,]\d+)?)\s*(?P<one_in>{METRE}|{FOOT})?{TIMES}"
    rf"(?P<other>\d+(?:[.,]\d+)?)(?![\d.,])\s*(?:(?P<other_in>{METRE}|{FOOT})(?![\w²]))?"
    # How thick it is.
    rf"(?:{TIMES}\d{{1,4}}(?:[.,]\d{{1,2}})?\s*(?:{METRE})?(?![\w.,]))?"
)
RUG_BY_INCHES = re.compile(
    rf"(?<![\w.,])(\d{{1,2}})\s?(?:{FOOT})\s?(?:(\d{{1,2}})\s?(?:{INCH})?)?{TIMES}"
    rf"(\d{{1,2}})\s?(?:{FOOT})\s?(?:(\d{{1,2}})(?!\d)\s?(?:{INCH})?)?(?!\w)"
)
# "Tapis 170/240".
RUG_PARTED = re.compile(rf"(?<![\w.,/])(\d{{2,3}})/(\d{{2,3}})(?![\w.,/]|\s?(?:{HELD}|[€$%])(?!\w))")
# How long a cloth is, is no number of pieces.
LENGTH = re.compile(
    rf"(?<![\w.,])({NUMBER})\s?(yards?|yds?|{METRE}|feet|foot|ft|pieds?|pies?|piedi|inch(?:es)?)(?![\w²])"
)
CM_PER_FOOT, CM_PER_INCH = Decimal("30.48"), Decimal("2.54")


def measured(text: str) -> str:
    """A question in small letters whose packs are their total, and the measures of a rug one word."""
    for pattern, meant in TRADED:
        text = pattern.sub(meant, text)
    for pattern in ONE:
        text = pattern.sub("1 ", text)
    for packs in (PACKS, PACKS_OF):
        text = packs.sub(_total, text)
    text = PACKS_IN.sub(_in_packs, text)
    text = RUG_BY_INCHES.sub(_feet, text)
    text = RUG_PARTED.sub(r"\1x\2", RUG.sub(_size, text))
    return LENGTH.sub(r"\1\2", text)


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


def _in_packs(match: re.Match[str]) -> str:
    """So many packs of so much, where it is a pack that is counted."""
    told = words(match["pack"])
    is_load = not match["of"] and not LOADS.isdisjoint(told)
    return match[0] if is_load or not CONTAINERS.issuperset(told) else _total(match)


def _size(match: re.Match[str]) -> str:
    """Two metres by three, and no two pieces; parts of a metre in centimetres, as sellers write them."""
    sides = [Decimal(match[side].replace(",", ".")) for side in ("one", "other")]
    if any(side != int(side) for side in sides):
        unit = match["other_in"] or match["one_in"] or ""
        sides = [side if unit == "cm" else side * 100 for side in sides]
    return f" {sides[0]:.0f}x{sides[1]:.0f} "


def _feet(match: re.Match[str]) -> str:
    """Feet as they are written; with inches in centimetres."""
    one, one_more, other, other_more = match.groups()
    if not (one_more or other_more):
        return f" {one}x{other} "
    sides = ((one, one_more), (other, other_more))
    told = [int(feet) * CM_PER_FOOT + int(more or 0) * CM_PER_INCH for feet, more in sides]
    return f" {told[0]:.0f}x{told[1]:.0f} "
