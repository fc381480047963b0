import logging
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page

from catalogue.concepts.words_now import current_lexicon
from catalogue.search.engine import EngineDown
from catalogue.search.site import shelf_of_writings
from catalogue.search.writings import Writing, plan_of_writings
from cms.files.models import Picture
from cms.pages.home import HomePage
from cms.pages.readable import HOME_DEPTH
from cms.publication.shown import shown

logger = logging.getLogger(__name__)


def findable() -> QuerySet[Page]:
    """The pages that readers may find: published ones, but for the home pages."""
    return shown(Page.objects).filter(depth__gt=HOME_DEPTH).not_type(HomePage)


def findable_among(keys: Collection[int] | None) -> QuerySet[Page]:
    """The findable pages among these, or all."""
    return findable() if keys is None else findable().filter(pk__in=keys)


def writings_of(keys: Collection[int] | None = None) -> Iterator[Writing]:
    """The findable pages among these, or all, as the search reads them; an odd one is told in the log."""
    pages = findable_among(keys)
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    for page in pages.specific().iterator(chunk_size=100):
        try:
            yield _writing(page, languages[page.locale_id])
        except Exception:
            # One odd page must not keep all others waiting.
            logger.exception("Page %s cannot be read for the search", page.pk)


def _writing(page: Any, language: str) -> Writing:
    body = getattr(page, "body", None)
    words = body.stream_block.get_searchable_content(body) if body else ()
    return Writing(
        id=str(page.pk),
        language=language,
        title=page.title,
        intro=getattr(page, "intro", ""),
        body=" ".join(map(str, words)),
        at=page.first_published_at.timestamp() if page.first_published_at else 0.0,
    )


def found_pages(text: str, language: str, most: int, *, start: int = 0) -> tuple[list[Any], int]:
    """Pages that are found for some words, best first, as they are published now; and how many in all."""
    keys, total = _asked(text, language, start, most)
    if not keys:
        return [], total
    shown = findable().filter(pk__in=keys, locale__language_code=language).specific()
    found = sorted(shown, key=lambda page: keys.index(page.pk))
    # What was taken down since the index was written is counted no more where it would have stood here.
    return found, total - (len(keys) - len(found))


def pictures_of(pages: Iterable[Any]) -> dict[int, Picture]:
    """The leading pictures of pages of any kind, in one question."""
    keys = {getattr(page, "picture_id", None) for page in pages} - {None}
    return Picture.objects.in_bulk(keys) if keys else {}


def _asked(text: str, language: str, start: int, most: int) -> tuple[list[int], int]:
    place = shelf_of_writings()
    plan = plan_of_writings(text, language, current_lexicon()) if place else None
    if place is None or plan is None:
        return [], 0
    try:
        engine = place.current()
        if engine is None:
            return [], 0
        answer = engine.ask(plan, start=start, rows=most)
        return [int(each) for each in answer.ids], answer.total
    except EngineDown:
        # The products fall to the database as well; here only titles and descriptions are looked at.
        said = Q(title__icontains=text) | Q(search_description__icontains=text)
        found = findable().filter(said, locale__language_code=language)
        keys = found.order_by("-first_published_at", "-pk").values_list("pk", flat=True)
        return list(keys[start : start + most]), found.count()
