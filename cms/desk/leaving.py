"""What readers lose beside a page that is taken from them, and what they keep of it in other languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from babel.lists import format_list
from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translations.minutes import translations_of
from moussem.core.templatetags.figures import locale


@dataclass(frozen=True)
class Leaving:
    """The languages that go with a page, or else the pages that stay; how many of either for those below."""

    gone: str
    stays: QuerySet[Page]
    gone_below: int
    stays_below: int


def leaving_with(page: Page, *, besides: Iterable[Page] = ()) -> Leaving:
    """What goes with a page and what stays, ``besides`` what is taken down together with it."""
    together = [page, *besides]
    return _leaving(page, besides, Q(pk__in=[one.pk for one in together]))


def deleted_with(page: Page, *, besides: Iterable[Page] = ()) -> Leaving:
    """What goes with a page that is deleted with all below it, as what is deleted ``besides`` is."""
    return _leaving(page, besides, _in_trees_of([page, *besides]))


def others_below(page: Page, *, besides: Iterable[Page] = ()) -> set[int]:
    """What stands below a page is read in other languages as these, outside what is chosen ``besides``."""
    keys = page.get_descendants().live().values("translation_key")
    kin = Page.objects.live().filter(translation_key__in=keys)
    return set(kin.exclude(_in_trees_of([page, *besides])).values_list("pk", flat=True))


def _in_trees_of(pages: Iterable[Page]) -> Q:
    return reduce(or_, (Q(path__startswith=one.path) for one in pages), Q())


def _leaving(page: Page, besides: Iterable[Page], taken: Q) -> Leaving:
    kin = Page.objects.filter(translation_key=page.translation_key)
    codes = translations_of(page).live().exclude(taken).order_by("locale")
    names = [
        get_language_info(code)["name_translated"]
        for code in codes.values_list("locale__language_code", flat=True)
    ]
    go = reduce(or_, map(translations_of, kin.filter(taken)))
    stays = kin.live().exclude(taken).exclude(pk__in=go.values("pk")).select_related("locale")
    return Leaving(
        format_list(names, locale=locale()), Page.objects.none() if names else stays, *_below(page, besides)
    )


def _below(page: Page, besides: Iterable[Page]) -> tuple[int, int]:
    """How many pages in other languages go with what stands below a page, and how many stay.

    What is chosen ``besides``, with what stands below it, neither goes with this page nor stays.
    """
    below = page.get_descendants().live()
    leave = set(below.values_list("translation_key", "locale"))
    keys = {key for key, _locale in leave}
    kin = Page.objects.live().filter(translation_key__in=keys).not_descendant_of(page)
    if chosen := _in_trees_of(besides):
        kin = kin.exclude(chosen)
        leave |= set(Page.objects.live().filter(chosen).values_list("translation_key", "locale"))
    begun = Translation.objects.filter(source__object_id__in=keys, enabled=True)
    follow = {
        (key, target)
        for key, source, target in begun.values_list("source__object_id", "source__locale", "target_locale")
        if (key, source) in leave
    }
    others = set(kin.values_list("translation_key", "locale"))
    return len(others & follow), len(others - follow)
