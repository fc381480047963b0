"""What the templates of the editors' pages ask for while a page is shown."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import get_script_prefix
from django.utils.translation import get_language

from catalogue.currency import chosen_currency
from catalogue.queries import cards_in_order
from catalogue.search.asked import Asked
from catalogue.search.results import results_of
from catalogue.understood import name_of
from cms.blocks.addresses import is_elsewhere, is_ours
from cms.blocks.films import Film, film_at
from cms.desk.leaving import Leaving, deleted_with
from cms.desk.leaving import leaving_with as leaving_of
from cms.pages.languages import CODES, Elsewhere
from cms.pages.news import NewsIndexPage
from cms.pages.sources import lines_of
from cms.readers import links, moves, queries
from cms.readers.goods import goods_shown
from fairs.views.public import countdown_to as until_it_opens

register = template.Library()


@register.simple_tag
def leaving_with(page: Any, items: list[dict[str, Any]], deletes: bool) -> Leaving:
    """What goes with a page that is taken down or deleted among others, and what stays."""
    besides = [one["item"] for one in items]
    return deleted_with(page, besides=besides) if deletes else leaving_of(page, besides=besides)


@register.simple_tag
def articles_of(most: int) -> list[Any]:
    """The newest articles in the reader's language."""
    return list(queries.articles_in(get_language() or "en")[:most])


@register.simple_tag
def articles_beside(article: Any, most: int = 3) -> list[Any]:
    """What to read after an article."""
    return list(queries.articles_beside(article, most, get_language() or "en"))


@register.simple_tag
def pages_beside(page: Any, most: int = 3) -> list[Any]:
    """What to read after a page of its kind."""
    return list(queries.pages_beside(page, most))


@register.simple_tag
def pages_below(page: Any) -> list[Any]:
    """The published pages of a section, in their order."""
    return list(queries.pages_below(page))


@register.simple_tag(takes_context=True)
def only_in_others(context: RequestContext, page: Any, most: int = 6) -> list[dict[str, Any]]:
    """What a list of this language lacks, and another one has."""
    if isinstance(page, NewsIndexPage):
        there = queries.articles_elsewhere()
    else:
        there = queries.pages_below_elsewhere(page, context["request"])
    return moves.only_in_others(there, page, most)


@register.simple_tag(takes_context=True)
def shelf_of(context: RequestContext, value: Any) -> dict[str, Any]:
    """The products of a shelf with their prices of now; what has left the market has left the shelf.

    The showcase of a region shows its goods alone, whichever way its shelves are filled.
    """
    currency = chosen_currency(context["request"])
    region = getattr(context.get("page"), "region_id", None)
    places: list[str] = []
    if value["query"]:
        asked = Asked(text=value["query"], chosen={"region": (region,)} if region else {})
        results = results_of(asked, currency, None, wanted=())
        found = results.products
        places = [name_of(part, results.lexicon) for part in results.reading.of("place")]
    else:
        found = cards_in_order([product.pk for product in value["chosen"] if product is not None], currency)
    # The home page shows some above already.
    above = {product.pk for product in context.get("products") or ()}
    ours = (one for one in found if region in (None, one.origin_region_id))
    products = [product for product in ours if product.pk not in above][: value["count"]]
    goods_shown(context["request"]).update(product.pk for product in products)
    families = {product.product_class.label for product in products if product.product_class}
    about = families.pop() if len(families) == 1 else ", ".join(places)
    return {"products": products, "currency": currency, "about": about}


@register.simple_tag
def countdown_to(edition: Any) -> Any:
    """The days or hours until an edition opens; nothing once it is over."""
    return until_it_opens(edition)


@register.simple_tag
def address_of_page(page: Any) -> str:
    """Where a page is read; nothing where readers do not see it."""
    return links.address_of(page)


@register.simple_tag
def address_here(path: str) -> str:
    """An address of the site, without its language, in the reader's language."""
    return f"{get_script_prefix()}{get_language()}{path if is_ours(path) else '/'}"


@register.filter
def sources(text: str) -> list[dict[str, Any]]:
    """The lines of an editor's sources: title, its language where that is told, address, date."""
    return [
        {
            "title": title,
            "language": Elsewhere(code) if code in CODES else None,
            "address": address if is_elsewhere(address) else "",
            "date": date,
        }
        for title, address, date, code in lines_of(text)
    ]


@register.filter
def film(address: str) -> Film | None:
    """The film of an address of the allow-list."""
    return film_at(address)
