"""What the kinds of pages show besides the words of their editors."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from catalogue.cards import card_of
from catalogue.cartogram import Tile, tiles_of
from catalogue.currency import chosen_currency
from catalogue.queries import protected_names_in
from cms.blocks.bars import Bar, bars_of
from cms.files import kept
from cms.pages.news import ArticlePage, Subject
from cms.publication.shown import is_shown
from cms.readers import goods, queries
from cms.readers.cards import card_of_page
from cms.readers.notes import narrowed
from cms.readers.terms import Term, is_dated, term_of
from cms.syndication.descriptions import way_to
from fairs.applications.queries import call_for
from fairs.floor.queries import faces_of, shown_exhibitors
from fairs.views.public import countdown_to
from moussem.core.dates import today_here
from moussem.core.paging import page_of
from moussem.regions.queries import all_regions

register = template.Library()
NEWS_SHOWN, ROW = 12, 4
IN_A_CODE = re.compile(r"(?<=[A-Z0-9])-(?=[A-Z])")


@register.simple_tag(takes_context=True)
def subject_asked(context: RequestContext) -> Subject | None:
    """The subject that a list of news is narrowed to; an unknown one narrows nothing."""
    asked = context["request"].GET.get("subject", "")
    return Subject(asked) if asked in Subject.values else None


@register.simple_tag(takes_context=True)
def news_of(context: RequestContext) -> dict[str, Any]:
    """A page of the news, and the subjects it can be narrowed to."""
    shown = subject_asked(context)
    language = get_language() or "en"
    counts = queries.articles_by_subject(language)
    choices = [(value, label, counts.get(value, 0)) for value, label in Subject.choices]
    articles = queries.articles_in(language)
    found = articles.filter(subject=shown) if shown else articles
    return {
        "page": page_of(found, context["request"].GET.get("page"), NEWS_SHOWN),
        "shown": shown.value if shown else "",
        "choices": [("", None, sum(counts.values())), *(one for one in choices if one[2])],
    }


@register.simple_tag(takes_context=True)
def section_of(context: RequestContext, page: Any) -> dict[str, Any]:
    """What stands below a section, and what its market notes can be narrowed to."""
    pages, rows = narrowed(queries.pages_below(page), context["request"].GET)
    return {"pages": pages, "rows": rows}


def pictures_shown(context: RequestContext) -> set[int]:
    """The keys of the pictures that a page has shown so far: no card shows one again."""
    request = context["request"]
    if not hasattr(request, "pictures_shown"):
        request.pictures_shown = set()
    shown: set[int] = request.pictures_shown
    return shown


@register.simple_tag(takes_context=True)
def card(
    context: RequestContext, page: Any, *, level: int = 3, large: bool = False, is_first: bool = False
) -> SafeString:
    """A page as lists show it; the first of a page has the picture that is waited for."""
    shown, key = pictures_shown(context), getattr(page, "picture_id", None)
    is_new = key not in shown
    shown.update({key} - {None})
    return card_of_page(page, level=level, large=large, is_first=is_first, is_pictured=is_new)


@register.simple_tag(takes_context=True)
def pictured(
    context: RequestContext, picture: Any, place: str, alt: str = "", is_first: bool = False
) -> SafeString:
    """A picture of the editors in the sizes of a place."""
    if picture:
        pictures_shown(context).add(picture.pk)
    return kept.pictured(picture, place, alt=alt, is_first=is_first)


@register.filter
def day(text: str) -> str:
    """A day as this language writes it; what an editor wrote in another way stays as it is."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return date_format(found, "DATE_FORMAT")


@register.filter
def unbroken(text: str) -> str:
    """A text whose codes, such as EUR-MED, stay on one line."""
    return IN_A_CODE.sub("\u2011", text)


@register.filter
def kinds(body: Any) -> set[str]:
    """The kinds of blocks of a body: a page brings along the style sheets of what it holds, and no more."""
    return {block.block_type for block in body or ()}


@register.simple_tag
def bars(value: Any) -> list[Bar]:
    """The figures of a block as bars, from where this language begins to read."""
    rows = [
        (row["label"], None if row["value"] is None else Decimal(row["value"]), bool(row.get("stands_out")))
        for row in value["rows"]
    ]
    return bars_of(rows, rightwards=not get_language_bidi())


@register.simple_tag
def term(page: Any) -> Term:
    """Until when a programme takes applications."""
    return term_of(page, today_here())


@register.filter
def dated(page: Any) -> bool:
    """Whether the facts of a market note have grown old."""
    return is_dated(page.as_of, today_here())


@register.simple_tag
def edition_now(edition: Any) -> dict[str, Any]:
    """An edition as it stands: the way to its opening, its call, and how many exhibit."""
    return {
        "countdown": countdown_to(edition),
        "call": call_for(edition, None),
        "exhibitors": shown_exhibitors(edition).count(),
    }


@register.simple_tag(takes_context=True)
def next_fair(context: RequestContext) -> Any:
    """The edition that runs, else the next one; nothing where none is announced. Asked for once a page."""
    request = context["request"]
    if not hasattr(request, "next_fair"):
        request.next_fair = queries.next_edition()
    return request.next_fair


@register.simple_tag(takes_context=True)
def faces(context: RequestContext, value: Any) -> list[Any]:
    """Exhibitors of an edition, each with the card of one of its products."""
    currency = chosen_currency(context["request"])
    found = faces_of(value["edition"], value["count"], currency)
    return [(face, card_of(face.product, currency)) for face in found]


@register.simple_tag(takes_context=True)
def goods_for(context: RequestContext, page: Any, most: int = 8) -> dict[str, Any]:
    """What is on sale under a page: of its region, its house or its protected name, and of nobody else.

    What the shelves of its body have shown is left out; ``told`` says whether they have shown anything.
    More than a row of four stands in whole rows: the list of the catalogue has the rest.
    """
    request = context["request"]
    currency, told = chosen_currency(request), goods.goods_shown(request)
    found = goods.goods_of(page, currency, most, but=told)
    if len(found) > ROW:
        found = found[: len(found) // ROW * ROW]
    return {"products": found, "told": bool(told), "currency": currency}


@register.simple_tag
def tiles_around(region: Any) -> list[Tile]:
    """The regions as tiles, with the one that a page is about."""
    return tiles_of(all_regions(), here=region.code)


@register.simple_tag
def names_in(region: Any) -> list[Any]:
    """The protected names whose area touches a region."""
    return list(protected_names_in(region))


@register.simple_tag
def house_of(page: Any) -> Any:
    """The organisation of a brand, as its card shows it."""
    return goods.seller_of(page)


@register.simple_tag(takes_context=True)
def above(context: RequestContext, page: Any) -> list[Any]:
    """The pages above one below its home page, in the reader's language where they are read in it."""
    steps = way_to(page, context["request"])
    if page.locale.language_code == get_language():
        return steps
    return [there if is_shown(there := step.localized) else step for step in steps]


@register.simple_tag
def split_below(page: Any) -> dict[str, list[Any]]:
    """What stands below a region: its news, newest first, and its stories."""
    below = queries.pages_below(page)
    articles = [one for one in below if isinstance(one, ArticlePage)]
    articles.sort(key=lambda one: (one.date, one.pk), reverse=True)
    return {"articles": articles, "stories": [one for one in below if not isinstance(one, ArticlePage)]}
