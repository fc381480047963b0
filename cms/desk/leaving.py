"""What readers lose beside a page that is taken from them, and what they keep of it in other languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.lists import format_list
from django.db.models import QuerySet
from django.utils.translation import get_language_info
from wagtail.models import Page

from cms.translations.minutes import translations_of
from moussem.core.templatetags.figures import locale


@dataclass(frozen=True)
class Leaving:
    """The languages that go with a page, or else the pages that stay."""

    gone: str
    stays: QuerySet[Page]


def leaving_with(page: Page, *, besides: Iterable[Page] = ()) -> Leaving:
    """What goes with a page and what stays, ``besides`` what is taken down together with it."""
    others = [one.pk for one in besides]
    codes = translations_of(page).live().values_list("locale__language_code", flat=True)
    names = [get_language_info(code)["name_translated"] for code in codes.order_by("locale")]
    stays = Page.objects.translation_of(page).live().exclude(pk__in=others).select_related("locale")
    return Leaving(format_list(names, locale=locale()), Page.objects.none() if names else stays)
