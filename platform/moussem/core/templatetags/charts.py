"""Figures drawn on the server as SVG, each with the same figures in words or in a table."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import get_month_names
from babel.numbers import format_decimal
from django import template
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from moussem.core.templatetags.figures import amount_text, locale, number_text, quantity, unit_text

register = template.Library()

WIDTH = 360
# Arabic letters reach higher and lower than Latin ones: the title and the axis leave them room.
LADDER_TITLE, LADDER_TOP, LADDER_BASE, LADDER_HEIGHT = 18, 58, 152, 204
LADDER_LEAST, LADDER_AXIS = LADDER_BASE + 18, LADDER_BASE + 41
# How wide a figure is drawn at 12 px, in the widest usual font; and what must stay between two of them.
DIGIT, SEPARATOR, APART, INSET = 7.8, 4.2, 6, 2
MONTHS_TOP, MONTHS_BASE = 22, 112
MONTHS = range(1, 13)
# As many as the word for “kilograms” or “pieces” stands for on an axis.
MANY = 100
THOUSAND = Decimal(1000)
# Charts drawn once: each is a pure function of its figures and the language.
KEPT = 1024


def reading_x(x: float, width: float = 0) -> float:
    """The left edge of something drawn at `x` from where reading starts."""
    return round(WIDTH - x - width if get_language_bidi() else x, 2)


def tier(row: Any) -> tuple[Decimal, Decimal]:
    """The minimum quantity and the unit price of one row of a ladder."""
    try:
        pair = (
            (row["min_quantity"], row["unit_price"])
            if isinstance(row, Mapping)
            else (row.min_quantity, row.unit_price)
        )
    except (KeyError, AttributeError) as missing:
        raise TemplateSyntaxError(f"price_ladder rows hold min_quantity and unit_price: {row!r}") from missing
    return Decimal(str(pair[0])), Decimal(str(pair[1]))


def price_text(price: Decimal) -> str:
    """A unit price without its currency: at least two decimals, and all that it has."""
    decimals = max(2, -int(price.normalize().as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals
    return format_decimal(price, format=pattern, locale=locale(), numbering_system="latn")


def short_price_text(price: Decimal) -> str:
    """A unit price as a drawing has room for it: beside thousands, cents are for the table."""
    return number_text(price.quantize(Decimal(1))) if price >= THOUSAND else price_text(price)


def width_of(figure: str) -> float:
    """How much room a figure takes at most."""
    return sum(SEPARATOR if mark in ",. \N{NARROW NO-BREAK SPACE}" else DIGIT for mark in figure)


def without_meeting(figures: Sequence[str], middles: Sequence[float], first: int) -> dict[int, float]:
    """Where figures stand so that none meets another or leaves the frame; those without room are left out.

    ``first`` has its place before all, then the two ends, which a reader compares, then the others in order.
    """
    ends = (first, 0, len(figures) - 1)
    placed: dict[int, float] = {}
    for one in dict.fromkeys((*ends, *range(len(figures)))):
        half = width_of(figures[one]) / 2
        middle = min(max(middles[one], half), WIDTH - half)
        if all(
            abs(middle - other) >= half + width_of(figures[there]) / 2 + APART
            for there, other in placed.items()
        ):
            placed[one] = round(middle, 2)
    return placed


@register.simple_tag
def price_ladder(
    *, rows: Iterable[Any], currency: str, unit: str, ordered: Decimal | int | None = None
) -> SafeString:
    """The unit price by quantity, in steps and in a table; `ordered` marks the step it reaches."""
    tiers = tuple(sorted(tier(row) for row in rows))
    reached = max((least for least, _price in tiers if ordered and ordered >= least), default=None)
    return _ladder(tiers, currency, str(unit), reached, get_language()) if tiers else SafeString("")


@lru_cache(maxsize=KEPT, typed=True)
def _ladder(
    tiers: tuple[tuple[Decimal, Decimal], ...],
    currency: str,
    unit: str,
    reached: Decimal | None,
    language: str | None,
) -> SafeString:
    highest = max(price for _least, price in tiers)
    width = WIDTH / len(tiers)
    lefts = [reading_x(position * width, width) for position in range(len(tiers))]
    middles = [left + width / 2 for left in lefts]
    mine = next((position for position, (least, _price) in enumerate(tiers) if least == reached), 0)
    prices = without_meeting([short_price_text(price) for _least, price in tiers], middles, mine)
    leasts = without_meeting([f"{number_text(least)}+" for least, _price in tiers], middles, mine)
    steps: list[dict[str, Any]] = []
    for position, (least, price) in enumerate(tiers):
        height = float(price / highest) * (LADDER_BASE - LADDER_TOP)
        steps.append(
            {
                "x": lefts[position],
                "end": round(lefts[position] + width, 2),
                "middle": round(middles[position], 2),
                "y": round(LADDER_BASE - height, 2),
                "least": number_text(least),
                "least_x": leasts.get(position),
                "price": short_price_text(price),
                "price_x": prices.get(position),
                "quantity": quantity(least, unit),
                "amount": amount_text(price, currency, exact=True),
                "reached": least == reached,
            }
        )
    drawn = sorted(steps, key=lambda step: step["x"])
    context = {
        "tiers": steps,
        "line": " L ".join(f"{step['x']} {step['y']} L {step['end']} {step['y']}" for step in drawn),
        "currency": currency,
        "one_unit": quantity(1, unit),
        "unit": unit_text(unit, 1),
        "units": unit_text(unit, MANY),
        "direction": "rtl" if get_language_bidi() else "ltr",
        # Letters may reach a little beyond the point where they begin.
        "start": reading_x(INSET),
        "end": reading_x(WIDTH - INSET),
        "width": WIDTH,
        "height": LADDER_HEIGHT,
        "title_y": LADDER_TITLE,
        "base": LADDER_BASE,
        "least_y": LADDER_LEAST,
        "axis_y": LADDER_AXIS,
    }
    return SafeString(render_to_string("components/price_ladder.html", context))


def month_names(width: str) -> Mapping[int, str]:
    """Names of the twelve months in this language: `narrow`, `abbreviated` or `wide`.

    Arabic has no short ones; those of Morocco are ours (`core/dates.py`), CLDR has those of Egypt.
    """
    if locale().startswith("ar") and width != "narrow":
        return {number: str(name) for number, name in MONTH_NAMES.items()}
    return get_month_names(width, context="stand-alone", locale=locale())


@register.inclusion_tag("components/months_chart.html")
def months_chart(*, values: Sequence[Decimal | int | float], unit: str, title: str) -> dict[str, Any]:
    """Twelve bars, January first, and the same figures in a table."""
    if len(values) != len(MONTHS):
        raise TemplateSyntaxError(f"months_chart takes twelve values, not {len(values)}")
    highest = max(float(value) for value in values) or 1.0
    names, letters = month_names("wide"), month_names("narrow")
    width = WIDTH / len(MONTHS)
    bars = []
    for month, value in zip(MONTHS, values, strict=True):
        height = round(float(value) / highest * (MONTHS_BASE - MONTHS_TOP), 2)
        left = reading_x((month - 1) * width, width)
        bars.append(
            {
                "x": round(left + 4, 2),
                "middle": round(left + width / 2, 2),
                "y": round(MONTHS_BASE - height, 2),
                "height": height,
                "name": names[month],
                "letter": letters[month],
                "value": number_text(value),
                "quantity": quantity(value, unit),
                "highest": float(value) == highest,
            }
        )
    return {"bars": bars, "title": title, "width": WIDTH, "base": MONTHS_BASE, "bar_width": width - 8}


@register.simple_tag
def harvest_months(*, months: Iterable[int], title: str = "") -> SafeString:
    """The months of harvest on a band of the year, and in words."""
    chosen = set(months)
    if not chosen <= set(MONTHS):
        raise TemplateSyntaxError(f"months are numbers from 1 to 12, not {sorted(chosen - set(MONTHS))}")
    return _harvest(frozenset(chosen), str(title or _("Harvest")), get_language())


@lru_cache(maxsize=KEPT, typed=True)
def _harvest(chosen: frozenset[int], title: str, language: str | None) -> SafeString:
    names, letters = month_names("wide"), month_names("narrow")
    context = {
        "title": title,
        "months": [{"letter": letters[month], "on": month in chosen} for month in MONTHS],
        # Twelve names say less than "all year round", which the page says where none is named.
        "names": [names[month] for month in MONTHS if month in chosen and len(chosen) < len(MONTHS)],
    }
    return SafeString(render_to_string("components/harvest_months.html", context))
