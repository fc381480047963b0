"""What a page needs to know of its own address: languages, pages of a list, ways through the site."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import RequestContext
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.parts import draw
from moussem.core.templatetags.icons import known
from moussem.core.ways import Link, added_ways, ways_about

register = template.Library()


class LanguageLink(NamedTuple):
    """This page in one language, named in that language's own words."""

    code: str
    name: str
    href: str
    current: bool
    # False where only a page in another language would be shown: no search engine is told of it.
    is_there: bool = True


def same_page_in(path: str, language: str) -> str:
    """The address of this page in another language: ours differ in their first word only."""
    prefix = get_script_prefix()
    first, _slash, rest = path.removeprefix(prefix).partition("/")
    return f"{prefix}{language}/{rest}" if first in LANGUAGE_CODES else path


def _here(request: HttpRequest) -> str:
    """The address of this page; a very long one is told without its question."""
    path = request.get_full_path()
    return path if len(path) <= LONGEST_ADDRESS else request.path[:LONGEST_ADDRESS]


LONGEST_ADDRESS = 2000
LANGUAGE_CODES = frozenset(code for code, _name in LANGUAGES_IN_OWN_WORDS)


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> tuple[LanguageLink, ...]:
    """Every language in its own words, with the address of this same page in it.

    A page whose address differs by language, or that is not in all of them, says its ``page_addresses``.
    """
    request = context.get("request")
    path = _here(request) if request else "/"
    here = get_language()
    told = context.get("page_addresses")
    return tuple(
        LanguageLink(
            code,
            name,
            (told or {}).get(code) or same_page_in(path, code),
            code == here,
            told is None or code in told,
        )
        for code, name in LANGUAGES_IN_OWN_WORDS
    )


@register.simple_tag
def language_items(languages: tuple[LanguageLink, ...]) -> SafeString:
    """The rows of a menu of languages. Not remembered: anybody may ask for any address."""
    return SafeString(render_to_string("components/language_items.html", {"languages": languages}))


@register.simple_tag(takes_context=True)
def site_links(context: RequestContext, group: str) -> tuple[Link, ...]:
    """The links of one group of `SITE_LINKS`, then those of higher rooms, with the one we stand on marked."""
    request = context.get("request")
    here = request.path if request else ""
    language = get_language()
    links = _links_of(group, language, get_script_prefix()) + added_ways(group, language or "")
    return tuple(link._replace(current=here.startswith(link.href)) for link in links)


@register.simple_tag
def read_about(kind: str, subjects: Any) -> SafeString:
    """Links to what is written about something a page shows, one or several of a kind; else nothing."""
    keys = [one.pk for one in (subjects if isinstance(subjects, Iterable) else [subjects]) if one]
    links = ways_about(kind, keys, get_language() or "")
    return draw("components/read_about.html", links=links) if links else SafeString("")


@lru_cache(maxsize=64)
def _links_of(group: str, language: str | None, prefix: str) -> tuple[Link, ...]:
    """The links of a group in a language; settings and addresses do not change while we serve."""
    links = []
    for name, label in settings.SITE_LINKS[group]:
        try:
            links.append(Link(reverse(name), str(label)))
        except NoReverseMatch:
            continue
    return tuple(links)


@register.simple_tag
def drawn(template_name: str, **values: Any) -> SafeString:
    """A template that shows these values and nothing of the request: see `moussem.core.parts`."""
    return draw(template_name, **values)


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
        "currencies": tuple(settings.CURRENCIES),
        "here": _here(context["request"]),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def word_of_person(user: Any) -> str:
    """A word by which a browser tells people apart, and which says nothing of them: not even their number."""
    return salted_hmac("moussem.core.word_of_person", str(user.pk)).hexdigest()[:16]
