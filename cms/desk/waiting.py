"""What waits for a translator, language by language, on the home of the editors."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage
from cms.pages.plain import SectionPage
from cms.pages.rules import pages_of
from cms.translations.passages import has_changed

# What is written in each language by itself.
WRITTEN_APART = (HomePage, NewsIndexPage, SectionPage)
READ = (
    *("title", "draft_title", "locale", "translation_key", "path", "depth"),
    *("live", "expired"),
    *("first_published_at", "last_published_at", "latest_revision_created_at"),
)


@dataclass
class Waiting:
    """Of one language: pages that nobody began, begun ones, and those whose source has changed since."""

    locale: Locale
    never: list[Page] = field(default_factory=list)
    begun: list[Page] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.never) + len(self.begun) + len(self.changed)


def waiting_for(pages: Any) -> list[Waiting]:
    """What waits among these pages, in each language."""
    found = {locale.pk: Waiting(locale) for locale in Locale.objects.order_by("pk")}
    sources, planned = _sources(), _planned()
    by_key: dict[Any, dict[int, Page]] = defaultdict(dict)
    for page in _translatable(pages):
        by_key[page.translation_key][page.locale_id] = page
    for key, versions in by_key.items():
        source = sources.get(key)
        for locale_id, waiting in found.items():
            _sort(waiting, versions, source, locale_id, planned)
    return list(found.values())


def _translatable(pages: Any) -> Any:
    """Those that are translated from one language into the others, the latest first."""
    ours = pages.filter(depth__gt=2).not_exact_type(*WRITTEN_APART)
    return (
        ours.select_related("locale")
        .only(*READ, "locale__language_code")
        .order_by("-latest_revision_created_at")
    )


def _sort(
    waiting: Waiting,
    versions: dict[int, Page],
    source: TranslationSource | None,
    locale_id: int,
    planned: Set[int],
) -> None:
    page = versions.get(locale_id)
    origin = _origin(versions, source)
    if page is None:
        if origin is not None and (origin.live or origin.pk in planned):
            waiting.never.append(origin)
    elif source is not None and source.locale_id != locale_id:
        if origin is not None and has_changed(source, origin):
            waiting.changed.append(page)
        elif not page.live and page.first_published_at is None and not (origin and origin.expired):
            waiting.begun.append(page)


def _origin(versions: dict[int, Page], source: TranslationSource | None) -> Page | None:
    """The page the others are translated from: the one that was sent, or the only one there is."""
    if source is not None:
        return versions.get(source.locale_id)
    return next(iter(versions.values()), None)


def _planned() -> Set[int]:
    """Pages that wait for their minute: their translations may come out in the same."""
    minutes = Revision.page_revisions.exclude(approved_go_live_at=None)
    return {int(key) for key in minutes.values_list("object_id", flat=True)}


def _sources() -> dict[Any, TranslationSource]:
    begun = Translation.objects.filter(source=OuterRef("pk"), enabled=True)
    found = TranslationSource.objects.filter(Exists(begun)).defer("content_json")
    return {source.object_id: source for source in found}


class WaitingPanel(Component):
    """What waits for translation, by language."""

    name = "waiting_for_translation"
    template_name = "cms/editors/waiting.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Only what this person may work on."""
        user = parent_context["request"].user
        found = waiting_for(pages_of(user))
        return {
            "waiting": [each for each in found if each.count],
            "may_submit": user.has_perm("wagtail_localize.submit_translation"),
        }
