"""Pictures, drawings and proofs, as the pages of the catalogue show them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from catalogue.cards import card_of, drawn
from catalogue.choices import Choice, ChoiceGroup
from catalogue.grading import EVERY_EDITION
from catalogue.models import Certificate, Product, ProductImage
from catalogue.origins import GOODS, SIGNS, story_of
from catalogue.presenting import checked_in_words
from catalogue.spread import Spread
from catalogue.states import Allergen
from moussem.core.templatetags.charts import month_names
from moussem.core.templatetags.figures import number, number_text

register = template.Library()
# What stands between the parts of a name.
PART = " · "

DRAWINGS = "catalogue/drawings"
OTHER = "generic"
# From how far a drawing is seen: each names them itself, around its own middle, with nothing cut off.
VIEWS = ("", "#near", "#far")
GROUNDS = 6
CHECKED = SafeString(" checked")
# How many shades tell the months apart that bring something.
SHADES = 4
LITRE = Decimal("0.001")
# The signs of a unit: a run with a Latin letter and nothing Arabic, without the spaces around it.
SIGNS_OF_UNIT = re.compile(r"((?![\s\u0600-\u06ff])[^\u0600-\u06ff]*[A-Za-zµ°][^\u0600-\u06ff]*(?<!\s))")


@cache
def drawing_at(name: str) -> str:
    """The address of a drawing that exists."""
    return static(f"{DRAWINGS}/{name if name and finders.find(f'{DRAWINGS}/{name}.svg') else OTHER}.svg")


@register.simple_tag
def drawing_url(family: Any) -> str:
    """The address of the drawing of a family."""
    return drawing_at(family.drawing if family else "")


@register.simple_tag
def choice_boxes(group: ChoiceGroup, choices: Sequence[Choice]) -> SafeString:
    """The boxes of a group of choices, written in one go: a template for each of some eighty is slow."""
    kind = "radio" if group.is_single else "checkbox"
    return _boxes(kind, group.name, tuple(choices), get_language() or "en")


@lru_cache(maxsize=512)
def _boxes(kind: str, name: str, choices: tuple[Choice, ...], _language: str) -> SafeString:
    return format_html_join(
        "",
        '<label class="choice filters__choice"><input type="{}" name="{}" value="{}"{}>'
        "<span><bdi>{}</bdi>{}</span></label>",
        (
            (kind, name, one.code, CHECKED if one.is_chosen else "", one.label, _counted(one.count))
            for one in choices
        ),
    )


def _counted(count: int | None) -> SafeString | str:
    # A count never stands alone on a line.
    return format_html('&nbsp;<span class="soft small">{}</span>', number(count)) if count else ""


@register.simple_tag
def price_spread(spread: Spread, currency: str) -> SafeString:
    """How many products there are at which price, as bars; the ends in words."""
    return _spread(spread, currency, get_language() or "en")


@lru_cache(maxsize=512)
def _spread(spread: Spread, currency: str, _language: str) -> SafeString:
    step, (width, height) = 10, (len(spread.bars) * 10, 40)
    bars = [
        {"x": place * step, "y": height - tall, "width": step - 1, "height": tall, "is_within": bar.is_within}
        for place, bar in enumerate(spread.bars)
        if (tall := round(bar.height * height))
    ]
    shown = {"bars": bars, "width": width, "height": height, "currency": currency}
    ends = {"low": Decimal(f"{spread.low:.2f}"), "high": Decimal(f"{spread.high:.2f}")}
    return SafeString(render_to_string("catalogue/parts/price_spread.html", shown | ends))


@register.simple_tag
def month_boxes(group: ChoiceGroup) -> SafeString:
    """The year as a strip of boxes: how many products each month brings is a shade, and a number to hear."""
    return _months(group.name, (*group.shown, *group.folded), get_language() or "en")


@lru_cache(maxsize=512)
def _months(name: str, choices: tuple[Choice, ...], _language: str) -> SafeString:
    told = {choice.code: choice for choice in choices}
    short = month_names("abbreviated")
    most = max((choice.count or 0 for choice in choices), default=0) or 1
    cells = []
    for month in range(1, 13):
        choice = told.get(code := f"month-{month}")
        count = (choice.count if choice else 0) or 0
        state = SafeString(" disabled") if choice is None else CHECKED if choice.is_chosen else ""
        shade = -(-SHADES * count // most)
        cells.append(
            (shade, name, code, state, MONTHS[month], _counted(count), capfirst(short[month].strip(".")))
        )
    return format_html_join(
        "",
        '<label class="months__cell months__cell--{}"><input type="checkbox" name="{}" value="{}"{}>'
        '<span class="visually-hidden">{}{}</span><span aria-hidden="true">{}</span></label>',
        cells,
    )


@register.simple_tag
def product_card(
    product: Product,
    currency: str,
    *,
    highlighted: int | None = None,
    order: str = "",
    own_page: bool = False,
    level: int = 3,
) -> SafeString:
    """A product of a list that `queries.for_cards` fetched; the ``highlighted`` one says who put it there.

    In the order of the lead time it is told: what a list is sorted by can be compared. On a page of its
    seller nobody reads on each card who and where that is.
    """
    days = product.lead_time_days if order == "lead_time" else None
    card = card_of(product, currency)
    if own_page:
        card = replace(card, seller="", place="")
    return drawn(replace(card, is_highlighted=product.pk == highlighted, lead_days=days), level)


@register.inclusion_tag("catalogue/parts/picture.html")
def picture(
    *,
    photo: ProductImage | None = None,
    family: Any = None,
    drawing: str = "",
    alt: str = "",
    sizes: str = "100vw",
    css: str = "",
    look: int = 0,
    first: bool = False,
) -> dict[str, Any]:
    """A photo in the width that the screen needs, else the family's drawing; ``first`` loads at once.

    ``look`` chooses the ground, the distance and the side, so that neighbours of one family differ.
    """
    return {
        "photo": photo,
        "drawing": (drawing_url(family) if family else drawing_at(drawing)) + VIEWS[look % len(VIEWS)],
        "ground": look % GROUNDS,
        "mirrored": look // 2 % 2 == 1,
        "alt": alt,
        "sizes": sizes,
        "css": css,
        "first": first,
    }


@register.filter
def by_part(name: str) -> SafeString:
    """A name that is made of parts: each runs its own way, all of them the page's."""
    return format_html_join(PART, "<bdi>{}</bdi>", [(part,) for part in name.split(PART)])


@register.filter
def before_brackets(label: str) -> str:
    """A name without what it explains in brackets."""
    return label.split(" (")[0]


@register.filter
def last_part_whole(address: str) -> SafeString:
    """An address that breaks before its last part, not within it: a code is read in one piece."""
    start, last = address.rstrip("/").rsplit("/", 1)
    return format_html('{}/<wbr><span class="amount">{}/</span>', start, last)


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the reader's language."""
    return get_language_info(code)["name_translated"]


@register.simple_tag
def edition_name(edition: str) -> SafeString | str:
    """An edition of a standard as it is written; a limit of every edition says so in words."""
    if edition == EVERY_EDITION:
        return _("Every edition")
    return format_html('<bdi class="amount" dir="ltr">{}</bdi>', edition)


@register.filter
def lab_value(value: str) -> str:
    """A laboratory value: a number as the language writes it, anything else as it was reported."""
    try:
        return number_text(value)
    except ArithmeticError:
        return value


@register.simple_tag
def lab_unit(unit: str) -> SafeString:
    """A unit of a laboratory whose signs read from left to right; the words beside them follow the page."""
    parts = SIGNS_OF_UNIT.split(unit)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<bdi dir="ltr">{}</bdi>', part) if place % 2 else part,)
            for place, part in enumerate(parts)
        ),
    )


@register.filter
def opening(text: str, limit: int) -> str:
    """The first sentences of a text that fit a number of characters, the first cut only when too long."""
    kept = ""
    for sentence in re.findall(r".+?(?:[.!?؟](?=\s|$)|$)\s*", text, re.DOTALL):
        if len(kept + sentence.rstrip()) > limit:
            break
        kept += sentence
    return kept.rstrip() or Truncator(text).chars(limit)


@register.filter
def checked_by(thing: Any) -> str:
    """The name of the officer who checked, never an address."""
    return thing.checked_by.get_full_name() if thing.checked_by_id and thing.checked_by else ""


@register.simple_tag
def proof_words(certificate: Certificate) -> str:
    """By whom and when a certificate was checked, in words."""
    return checked_in_words(certificate)


@register.filter
def on_day(moment: Any) -> date | None:
    """The day of a moment, in Morocco."""
    return timezone.localdate(moment) if moment else None


@register.filter
def script(text: str) -> SafeString:
    """What `catalogue.structured.as_script` made safe to stand in a script element."""
    return mark_safe(text)  # noqa: S308


@register.filter
def plain(value: Any) -> str:
    """A number as a form or an address takes it: a point, no separators, no idle zeros."""
    return f"{value.normalize():f}"


@register.filter
def whole(value: Any) -> int:
    """A count, as plural forms want it."""
    return int(value)


@register.filter
def allergen_names(codes: list[str]) -> list[str]:
    """Allergens in the reader's language; an unknown code as it was declared."""
    names = dict(Allergen.choices)
    return [str(names.get(code, code)) for code in codes]


@register.filter
def sign_words(sign: str) -> str:
    """What a sign of origin or quality is called; one that is not known as it is registered."""
    return str(SIGNS.get(sign, sign))


@register.filter
def goods_words(goods: str) -> str:
    """What bears a protected name, in the active language; what is not known as the register has it."""
    return str(GOODS.get(goods, goods))


@register.filter
def named_in(key: str, names: dict[str, str]) -> str:
    """The reader's name of a thing, else the thing as it is."""
    return names.get(key) or key


@register.filter
def to_litre(volume: Decimal) -> Decimal:
    """Cubic metres to the litre: finer would pretend to a precision that packing has not."""
    return volume.quantize(LITRE)


@register.filter
def origin_story(code: str) -> str:
    """What a region is known for."""
    return story_of(code)


@register.filter
def whole_months(months: Decimal) -> int:
    """A number of whole months; nothing where days must be said instead."""
    return int(months) if months == months.to_integral_value() else 0


@register.filter
def in_days(months: Decimal) -> int:
    """A part of months in days, as traders count them: thirty to the month."""
    return int(months * 30)
