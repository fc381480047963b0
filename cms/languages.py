"""A page and its languages: where it is in each, and what a reader is told who finds it in another one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.shown import is_shown, shown
from moussem.core.sites import site_url

# As they stand within a sentence, where French writes them small.
NAMES = {
    "en": pgettext_lazy("language within a sentence", "English"),
    "fr": pgettext_lazy("language within a sentence", "French"),
    "ar": pgettext_lazy("language within a sentence", "Arabic"),
}
CODES = [code for code, _name in settings.LANGUAGES]
# Blocks whose words are the marketplace's own, in the reader's language wherever they stand.
LIVE_BLOCKS = ("products", "exhibitors", "countdown")


@dataclass(frozen=True)
class Elsewhere:
    """A page in another language than its reader's: what is said of it, and how its words are marked."""

    code: str

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.code)["bidi"] else "ltr"

    @property
    def shown(self) -> Any:
        """The language it is read in."""
        return NAMES[self.code]

    @property
    def asked(self) -> Any:
        """The language it is missing in."""
        return NAMES[get_language() or "en"]


def address_of(page: Page, request: HttpRequest) -> str:
    """The path of a page, in its own language."""
    parts = page.get_url_parts(request)
    return str(parts[2]) if parts else ""


def without_language(path: str) -> str:
    """A path that leads every reader to their own language."""
    prefix = get_script_prefix()
    first, _slash, rest = path.removeprefix(prefix).partition("/")
    return f"{prefix}{rest}" if first in CODES else path


def in_language(path: str, language: str) -> str:
    """The same path under another language."""
    prefix = get_script_prefix()
    return f"{prefix}{language}/{without_language(path).removeprefix(prefix)}"


def languages_of(page: Page, request: HttpRequest) -> dict[str, str]:
    """Where a page is published, by language."""
    # A page that was found by its address has them with it.
    read = getattr(page, "kin", None)
    found = shown(page.get_translations(inclusive=True)).select_related("locale") if read is None else read
    by_code = {one.locale.language_code: address_of(one, request) for one in found}
    return {code: by_code[code] for code in CODES if code in by_code}


def reading_of(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What a template says of the languages of a page: its own address, its other ones, a notice."""
    code = page.locale.language_code
    here = get_language()
    addresses = languages_of(page, request)
    own = addresses.get(code) or address_of(page, request)
    return {
        "canonical": f"{site_url(request)}{own}",
        "page_addresses": addresses,
        "any_language": f"{site_url(request)}{without_language(addresses.get('en', own))}",
        "elsewhere": Elsewhere(code) if code != here else None,
        "live_blocks": LIVE_BLOCKS,
    }


def answer_elsewhere(page: Page, request: HttpRequest) -> HttpResponse:
    """A page found in another language: led to the reader's where it has one, else shown as it is."""
    translation = shown(page.get_translations()).filter(locale__language_code=get_language()).first()
    if translation is not None:
        # For now only: a page of its own may stand here one day.
        return HttpResponseRedirect(address_of(translation, request))
    answer: HttpResponse = page.serve(request)
    return answer


def moved_to(request: HttpRequest) -> HttpResponse | None:
    """Where a page went that stood at this address, in this language or else in another."""
    if "\0" in request.path:
        return None
    site = Site.find_for_request(request)
    paths = [
        Redirect.normalise_path(in_language(request.path, code))
        for code in sorted(CODES, key=lambda code: code != get_language())
    ]
    known = {
        each.old_path: each
        for each in Redirect.get_for_site(site)
        .filter(old_path__in=paths)
        .select_related("redirect_page__locale")
    }
    for path in paths:
        target = _target(known[path], request) if path in known else ""
        if target and target != request.path:
            permanent = known[path].is_permanent
            return (HttpResponsePermanentRedirect if permanent else HttpResponseRedirect)(target)
    return None


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
