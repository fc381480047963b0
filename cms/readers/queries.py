"""What the pages of the editors show, each question asked for a reader who is not signed in to the house."""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.pages.found import Found, found_of
from cms.pages.news import ArticlePage
from cms.pages.queries import articles_in, whole
from cms.publication.shown import is_shown, shown
from fairs.editions.models import Edition
from fairs.editions.queries import public_editions
from fairs.editions.states import ENDED

# What makes a page near to another of its kind.
NEAR = ("product_id", "market_id", "organisation_id")


def over_at(request: HttpRequest, path: str) -> Page | None:
    """The page that stood here last or before, in the language asked for, written for a time that passed."""
    site = Site.find_for_request(request)
    homes = site.root_page.get_translations(inclusive=True) if site else Page.objects.none()
    home = homes.filter(locale__language_code=get_language()).first()
    if home is None:
        return None
    here = Q(url_path=f"{home.url_path}{path.strip('/')}/")
    if "\0" not in request.path:
        left = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(request.path))
        here |= Q(locale=home.locale_id, pk__in=left.values("redirect_page"))
    return _over(Page.objects.filter(here)).order_by("pk").first()


def over_elsewhere(request: HttpRequest, path: str) -> Page | None:
    """The page that stood at this path in another language, and was read in this one too until it ended."""
    site = Site.find_for_request(request)
    homes = shown(site.root_page.get_translations(inclusive=True)) if site else Page.objects.none()
    others = homes.exclude(locale__language_code=get_language()).values_list("url_path", flat=True)
    there = [f"{above}{path.strip('/')}/" for above in others]
    return _over(Page.objects.filter(url_path__in=there)).order_by("pk").first()


def _over(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of these pages that were written for a time that passed."""
    return pages.filter(Q(expired=True) | Q(live=True, expire_at__lte=timezone.now()))


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
        for page in shown(site.root_page.get_translations(inclusive=True)).select_related("locale")
    }
    yield from (homes[code] for code, _name in settings.LANGUAGES if code in homes and code != language)


def page_at(path: str) -> Found | None:
    """The published page at a path in the language asked for, with what is published above and beside it.

    Two questions in all: Wagtail's own way asks twice for each step of the path. What it finds beyond ours
    it still finds.
    """
    roots = {one.language_code: one.root_path for one in Site.get_site_root_paths()}
    root = roots.get(get_language() or "")
    steps = [step for step in path.split("/") if step]
    if root is None:
        return None
    paths = list(accumulate(steps, lambda above, step: f"{above}{step}/", initial=root))
    found = {page.url_path: page for page in Page.objects.filter(url_path__in=paths)}
    bare = found.get(paths[-1])
    kind = bare.specific_class if bare and is_shown(bare) else None
    if bare is None or kind is None:
        return None
    kin = whole(kind).filter(translation_key=bare.translation_key).in_bulk()
    above = (found[one] for one in paths[:-1] if one in found)
    return Found(
        kin[bare.pk],
        kin=[one for one in kin.values() if is_shown(one)],
        above=[one for one in above if is_shown(one)],
    )


def articles_by_subject(language: str) -> dict[str, int]:
    """How many published articles of a language there are on each subject."""
    found = articles_in(language).select_related(None).order_by()
    return dict(found.values_list("subject").annotate(number=Count("pk")))


def next_edition() -> Edition | None:
    """The edition that runs, else the next one that takes place."""
    return public_editions().exclude(state__in=ENDED).first()


def articles_beside(article: ArticlePage, most: int, language: str) -> list[ArticlePage]:
    """What to read after an article, in the reader's language: of its subject first, then the newest."""
    others = articles_in(language).exclude(translation_key=article.translation_key)
    first = Case(When(subject=article.subject, then=0), default=1)
    return list(others.order_by(first, *others.query.order_by)[:most])


def pages_beside(page: Page, most: int) -> list[Any]:
    """Published pages of the same kind beside one: of its product, its market, then in their order."""
    kind = type(page)
    others = shown(whole(kind).sibling_of(page, inclusive=False))
    near = [
        When(**{name: getattr(page, name)}, then=place)
        for place, name in enumerate(NEAR)
        if hasattr(page, name)
    ]
    order = [Case(*near, default=len(NEAR))] if near else []
    return list(others.order_by(*order, "path")[:most])


def pages_below(page: Page) -> list[Any]:
    """The published pages right below one, in the order an editor gave them: one question for each kind."""
    rows = list(shown(page.get_children()).order_by("path").values_list("pk", "content_type"))
    keys = defaultdict(list)
    for pk, kind in rows:
        keys[kind].append(pk)
    found: dict[int, Page] = {}
    for kind, here in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        found |= whole(model or Page).in_bulk(here)
    return [found[pk] for pk, _kind in rows]


def pages_below_elsewhere(page: Page, request: HttpRequest) -> QuerySet[Page]:
    """What stands below this section in the other languages."""
    others = [one for one in found_of(page, request).kin if one.pk != page.pk]
    return Page.objects.filter(depth=page.depth + 1).filter(
        reduce(or_, (Q(path__startswith=other.path) for other in others), Q(pk__in=[]))
    )


def articles_elsewhere() -> QuerySet[Page]:
    """Every article, wherever it was written."""
    return Page.objects.exact_type(ArticlePage)
