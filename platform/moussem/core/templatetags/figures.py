"""Amounts, quantities and codes, written the way each language writes them, always in Latin digits."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal, get_decimal_symbol
from django import template
from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from moussem.core.money import LOCALES, format_money
from moussem.core.numbers import as_typed

register = template.Library()

# Everything remembered here is a pure function of its arguments.
KEPT = 4096


def locale() -> str:
    """The CLDR name of the language in use."""
    return LOCALES.get((get_language() or "en")[:2], "en")


def amount_text(value: Decimal | int | str, currency: str, *, exact: bool = False) -> str:
    """An amount with its currency as this language writes it; `exact` keeps every decimal of a unit price."""
    return format_money(Decimal(str(value)), currency, get_language() or "en", exact=exact)


@register.filter
def typed(value: Decimal) -> str:
    """A number as this language writes it in a field: whoever sends it back sends the same one."""
    return as_typed(value, get_decimal_symbol(locale()))


def number_text(value: Decimal | int | float | str) -> str:
    """A number with the separators of this language and no decimals but its own."""
    return _number_in(Decimal(str(value)), locale())


@lru_cache(maxsize=KEPT, typed=True)
def _number_in(number: Decimal, language: str) -> str:
    return format_decimal(number, locale=language, numbering_system="latn", decimal_quantization=False)


# Only the word that is asked for is looked up: a list of products asks for dozens.
UNITS: dict[str, Callable[[int], str]] = {
    "kg": lambda count: pgettext("unit of measure", "kg"),
    "g": lambda count: pgettext("unit of measure", "g"),
    "t": lambda count: pgettext("unit of measure", "t"),
    "L": lambda count: pgettext("unit of measure", "L"),
    "mL": lambda count: pgettext("unit of measure", "mL"),
    "m2": lambda count: pgettext("unit of measure", "m²"),
    "m": lambda count: pgettext("unit of measure", "m"),
    "cm": lambda count: pgettext("unit of measure", "cm"),
    "mm": lambda count: pgettext("unit of measure", "mm"),
    "unit": lambda count: ngettext("piece", "pieces", count),
    "pair": lambda count: ngettext("pair", "pairs", count),
    "bunch": lambda count: ngettext("bunch", "bunches", count),
    "tin": lambda count: ngettext("tin", "tins", count),
    "jar": lambda count: ngettext("jar", "jars", count),
    "bottle": lambda count: ngettext("bottle", "bottles", count),
    "carton": lambda count: ngettext("carton", "cartons", count),
    "pallet": lambda count: ngettext("pallet", "pallets", count),
}


def unit_text(unit: str, count: Decimal | int) -> str:
    """The word for a unit beside this many of it."""
    whole = int(count) if count == int(count) else 2
    return UNITS[unit](whole) if unit in UNITS else unit


@register.filter
def unit_word(count: Decimal | int, unit: str) -> str:
    """The word for a unit beside a box that holds this many of it."""
    return unit_text(unit, count)


@register.filter
def in_unit(count: Decimal | int | str, unit: str) -> str:
    """A quantity and its unit where there is no markup: in a mail."""
    return quantity_text(Decimal(str(count)).normalize(), str(unit))


@register.simple_tag
def amount(value: Decimal | int | str | None, currency: str, *, exact: bool = False) -> SafeString:
    """An amount of money, kept in one piece and in its own direction."""
    if value is None or value == "":
        raise TemplateSyntaxError("amount needs a value: say in words where there is none")
    return _figure(amount_text(value, currency, exact=exact))


@register.simple_tag
def number(value: Decimal | int | float | str) -> SafeString:
    """A number, in its own direction."""
    return _figure(number_text(value))


@register.simple_tag
def quantity(value: Decimal | int | float | str, unit: str) -> SafeString:
    """A quantity and its unit, never parted at the end of a line."""
    return _quantity_in(Decimal(str(value)), str(unit), get_language())


def quantity_text(count: Decimal, unit: str) -> str:
    """A quantity and its unit in words, never parted at the end of a line."""
    text = _("%(number)s %(unit)s") % {"number": number_text(count), "unit": unit_text(unit, count)}
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@lru_cache(maxsize=KEPT, typed=True)
def _quantity_in(count: Decimal, unit: str, language: str | None) -> SafeString:
    return _figure(quantity_text(count, unit))


@lru_cache(maxsize=KEPT, typed=True)
def _figure(text: str) -> SafeString:
    return format_html('<bdi class="amount">{}</bdi>', text)


@register.simple_tag
def code(value: object) -> SafeString:
    """A code, reference or number of a document: left to right in every language."""
    return format_html('<bdi class="code" dir="ltr" translate="no">{}</bdi>', value)


@register.simple_tag
def reference(value: object) -> SafeString:
    """A long reference in fours, which the eye keeps; marked and copied, it comes without the gaps."""
    whole = "".join(str(value).split())
    fours = ((whole[start : start + 4],) for start in range(0, len(whole), 4))
    groups = format_html_join("", '<span class="code__four">{}</span>', fours)
    return format_html('<bdi class="code" dir="ltr" translate="no">{}</bdi>', groups)
