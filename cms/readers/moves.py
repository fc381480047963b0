"""Where a reader is led: to a page in another language, or to where one has moved."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.pages.languages import CODES, Elsewhere, address_of, in_language, languages_of
from cms.publication.shown import is_shown, shown


def answer_elsewhere(page: Page, request: HttpRequest) -> HttpResponse:
    """A page found in another language: led to the reader's where it has one, else shown as it is."""
    answer: HttpResponse = led_to_own(page, request) or page.serve(request)
    return answer


def led_to_own(page: Page, request: HttpRequest) -> HttpResponse | None:
    """To where a page of another language is read in the reader's; nothing where it is not."""
    translation = shown(page.get_translations()).filter(locale__language_code=get_language()).first()
    # For now only: a page of its own may stand here one day.
    return HttpResponseRedirect(address_of(translation, request)) if translation else None


def moved_to(request: HttpRequest, codes: Sequence[str]) -> HttpResponse | None:
    """Where a page went that stood at this address in one of these languages, the first that knows it."""
    if "\0" in request.path:
        return None
    site = Site.find_for_request(request)
    here = get_language()
    paths = {Redirect.normalise_path(in_language(request.path, code)): code for code in codes}
    known = {
        each.old_path: each
        for each in Redirect.get_for_site(site)
        .filter(old_path__in=paths)
        .select_related("redirect_page__locale")
    }
    for path, code in paths.items():
        target = _target(known[path], request) if path in known else ""
        if target and not leads_back(target, request.path):
            is_for_good = known[path].is_permanent and code == here and _is_of_reader(known[path])
            answer = (HttpResponsePermanentRedirect if is_for_good else HttpResponseRedirect)(target)
            # For good is what search engines are told. A browser asks again each time: the page may come
            # back to the address that it has left, or another one be published there.
            patch_cache_control(answer, no_cache=True)
            return answer
    return None


def leads_back(target: str, path: str) -> bool:
    """Whether an address, of a page or written out with its site, is the one that was asked for."""
    return path_of(target) == path_of(path)


def path_of(address: str) -> str:
    """The path of an address as redirects keep it."""
    return str(Redirect.normalise_path(urlsplit(address).path))


def _is_of_reader(redirect: Redirect) -> bool:
    page = redirect.redirect_page
    # What a keeper of the site wrote by hand is corrected one day.
    return page is not None and page.locale.language_code == get_language()


def _target(redirect: Redirect, request: HttpRequest) -> str:
    """Where a redirect leads a reader of this language; nowhere while its page is not published."""
    page = redirect.redirect_page
    if page is None:
        return str(redirect.redirect_link)
    if not is_shown(page):
        return ""
    here = get_language() or "en"
    return languages_of(page, request).get(here) or in_language(address_of(page, request), here)


def only_in_others(found: QuerySet[Page], page: Page, most: int) -> list[dict[str, Any]]:
    """Of published pages those that this language has not, each once, and where it is read here."""
    here = page.locale
    ours = shown(Page.objects).filter(locale=here).values("translation_key")
    others = shown(found).exclude(locale=here).exclude(translation_key__in=ours).select_related("locale")
    kept: dict[Any, Page] = {}
    for each in others.order_by("-first_published_at", "-pk")[: most * len(CODES)]:
        known = kept.get(each.translation_key)
        if known is None or _rank(each) < _rank(known):
            kept[each.translation_key] = each
    return [_told(each, here.language_code) for each in list(kept.values())[:most]]


def _rank(page: Page) -> int:
    return CODES.index(page.locale.language_code)


def _told(page: Page, here: str) -> dict[str, Any]:
    """A line of a list, with the words of another language marked as such."""
    return {
        "page": page,
        "href": in_language(page.url, here),
        "language": Elsewhere(page.locale.language_code),
    }
