"""What the pages of the editors show, each question asked for a reader who is not signed in to the house."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from cms.pages.home import HomePage
from cms.pages.news import ArticlePage


def home_in(request: HttpRequest) -> HomePage | None:
    """The home page in the language of this request, once it is published."""
    found = Page.route_for_request(request, "")
    page = found.page if found else None
    here = isinstance(page, HomePage) and page.locale.language_code == get_language()
    return page if here else None


def page_elsewhere(request: HttpRequest, path: str) -> Page | None:
    """The published page at this path in the first other language that has it; nothing where none does."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    steps = [step for step in path.split("/") if step]
    for home in _homes_but(site, get_language()):
        try:
            page = home.route(request, steps).page
        except Http404:
            continue
        # One that exists in the language asked for answers there, at the address it has there.
        return page
    return None


def _homes_but(site: Site, language: str | None) -> Iterator[Page]:
    """The home pages of the other languages, English first: more readers of any language know it."""
    homes = {
        page.locale.language_code: page.specific
        for page in site.root_page.get_translations(inclusive=True).live().select_related("locale")
    }
    yield from (homes[code] for code, _name in settings.LANGUAGES if code in homes and code != language)


def articles_in(language: str) -> QuerySet[ArticlePage]:
    """Published articles of a language, newest first, of the country and of every region."""
    locale = Locale.objects.filter(language_code=language)
    found = ArticlePage.objects.live().filter(locale__in=locale)
    return found.select_related("picture", "locale").order_by("-date", "-first_published_at", "-pk")


def articles_beside(
    article: ArticlePage, most: int = 3, language: str | None = None
) -> QuerySet[ArticlePage]:
    """What to read after an article, in the reader's language: of its subject first, else the newest."""
    others = articles_in(language or article.locale.language_code)
    others = others.exclude(translation_key=article.translation_key)
    same = others.filter(subject=article.subject)[:most]
    return same if same else others[:most]


def pages_below(page: Page) -> Iterable[Page]:
    """The published pages right below one, in the order an editor gave them."""
    return page.get_children().live().specific().order_by("path")


def pages_below_elsewhere(page: Page) -> QuerySet[Page]:
    """What stands below this section in the other languages."""
    others = page.get_translations()
    return Page.objects.filter(depth=page.depth + 1).filter(
        reduce(or_, (Q(path__startswith=other.path) for other in others), Q(pk__in=[]))
    )


def articles_elsewhere(page: Page) -> QuerySet[Page]:
    """Every article, wherever it was written."""
    return Page.objects.exact_type(ArticlePage)
