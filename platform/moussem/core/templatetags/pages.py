"""What a page needs to know of its own address: languages, pages of a list, ways through the site."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template import RequestContext
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.templatetags.icons import known

register = template.Library()


def same_page_in(path: str, language: str) -> str:
    """The address of this page in another language; that language's home where the page has none."""
    there = translate_url(path, language)
    if there != path or language == get_language():
        return there
    codes = [code for code, _name in settings.LANGUAGES]
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in codes else path


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[dict[str, Any]]:
    """Every language in its own words, with the address of this same page in it."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return [
        {"code": code, "name": name, "href": same_page_in(path, code), "current": code == get_language()}
        for code, name in LANGUAGES_IN_OWN_WORDS
    ]


@register.simple_tag(takes_context=True)
def site_links(context: RequestContext, group: str) -> list[dict[str, Any]]:
    """The links of one group of `SITE_LINKS` that this site answers, with the one we stand on marked."""
    request = context.get("request")
    here = request.path if request else ""
    items = []
    for name, label in settings.SITE_LINKS[group]:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        items.append({"href": href, "label": label, "current": here.startswith(href)})
    return items


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, *, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Links to the pages of a list that keep the rest of the query string."""
    query = context["request"].GET.copy()

    def link(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {
            "number": number if isinstance(number, int) else None,
            "href": link(number) if isinstance(number, int) else "",
            "current": number == page.number,
            "far": isinstance(number, int) and abs(number - page.number) > 1,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/currency_menu.html", takes_context=True)
def currency_menu(context: RequestContext, *, action: str, current: str) -> dict[str, Any]:
    """The choice of a currency in the header: posts `currency`, and `next` to come back here."""
    return {
        "action": action,
        "current": known(current, tuple(settings.CURRENCIES), "current"),
        "currencies": settings.CURRENCIES,
        "here": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
