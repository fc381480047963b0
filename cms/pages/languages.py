"""A page and its languages: where it is in each, and what a reader is told who finds it in another one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from wagtail.models import Page

from cms.pages.found import found_of
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
    by_code = {one.locale.language_code: address_of(one, request) for one in found_of(page, request).kin}
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
