import logging
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page

from catalogue.concepts.words_now import current_lexicon
from catalogue.search.engine import EngineDown
from catalogue.search.site import shelf_of_writings
from catalogue.search.writings import Writing, plan_of_writings
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


def found_pages(text: str, language: str, most: int) -> list[Page]:
    """The pages that are found for some words, best first, as they are published now."""
    keys = _asked(text, language, most)
    if not keys:
        return []
    shown = findable().filter(pk__in=keys, locale__language_code=language).specific()
    return sorted(shown, key=lambda page: keys.index(page.pk))


def _asked(text: str, language: str, most: int) -> list[int]:
    place = shelf_of_writings()
    plan = plan_of_writings(text, language, current_lexicon()) if place else None
    if place is None or plan is None:
        return []
    try:
        engine = place.current()
        return [int(each) for each in engine.ask(plan, rows=most).ids] if engine else []
    except EngineDown:
        # The products fall to the database as well; here only titles and descriptions are looked at.
        said = Q(title__icontains=text) | Q(search_description__icontains=text)
        found = findable().filter(said, locale__language_code=language)
        return list(found.order_by("-first_published_at").values_list("pk", flat=True)[:most])
