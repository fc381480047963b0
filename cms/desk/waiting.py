"""What waits for a translator, language by language, on the home of the editors."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage
from cms.pages.plain import SectionPage
from cms.pages.rules import pages_of
from cms.translations.models import WentWithSource
from cms.translations.passages import has_changed
from cms.translations.rules import with_passages_left
from cms.translations.wordless import reads_as_before

# What is written in each language by itself.
WRITTEN_APART = (HomePage, NewsIndexPage, SectionPage)
READ = (
    *("title", "draft_title", "locale", "translation_key", "path", "depth"),
    *("live", "expired"),
    *("first_published_at", "last_published_at", "latest_revision_created_at"),
)


@dataclass
class Waiting:
    """Of one language: pages that nobody began, begun ones, and those that lag behind their source.

    The last are told apart: its words have changed, some are not translated yet, or nobody published them.
    """

    locale: Locale
    never: list[Page] = field(default_factory=list)
    begun: list[Page] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)
    unsaid: list[tuple[Page, int]] = field(default_factory=list)
    behind: list[Page] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, (self.never, self.begun, self.changed, self.unsaid, self.behind)))


def waiting_for(pages: Any) -> list[Waiting]:
    """What waits among these pages, in each language."""
    found = {locale.pk: Waiting(locale) for locale in Locale.objects.order_by("pk")}
    translations, planned = _translations(), _planned()
    by_key: dict[Any, dict[int, Page]] = defaultdict(dict)
    for page in _translatable(pages):
        by_key[page.translation_key][page.locale_id] = page
    for key, versions in by_key.items():
        begun = translations.get(key, {})
        source = next((one.source for one in begun.values()), None)
        origin = _origin(versions, source)
        for locale_id, waiting in found.items():
            page = versions.get(locale_id)
            if page is not None and origin is not None and locale_id in begun:
                _sort(waiting, page, origin, begun[locale_id])
            elif page is None and origin is not None and (origin.live or origin.pk in planned):
                waiting.never.append(origin)
    return list(found.values())


def _translatable(pages: Any) -> Any:
    """Those that are translated from one language into the others, the latest first."""
    ours = pages.filter(depth__gt=2).not_exact_type(*WRITTEN_APART)
    return (
        ours.select_related("locale")
        .only(*READ, "locale__language_code")
        .annotate(
            waits_for_source=Exists(WentWithSource.objects.filter(page=OuterRef("pk"))),
            written_at=F("live_revision__created_at"),
        )
        .order_by("-latest_revision_created_at")
    )


def _sort(waiting: Waiting, page: Page, origin: Page, translation: Any) -> None:
    page.is_lost = page.waits_for_source and origin.live and not page.live
    if has_changed(translation.source, origin):
        waiting.changed.append(page)
    elif origin.expired or page.expired:
        return
    elif not page.live and page.first_published_at is None:
        waiting.begun.append(page)
    elif translation.left:
        waiting.unsaid.append((page, translation.left))
    elif not page.live:
        # It went with its source, which is back, and was not whole then.
        if page.is_lost:
            waiting.begun.append(page)
    elif origin.live and _is_written_since(origin, page) and reads_as_before(translation):
        waiting.behind.append(page)


def _is_written_since(origin: Page, page: Page) -> bool:
    """Whether what readers see of a source was written after what they see of its translation."""
    return page.written_at is None or (origin.written_at is not None and origin.written_at > page.written_at)


def _origin(versions: dict[int, Page], source: TranslationSource | None) -> Page | None:
    """The page the others are translated from: the one that was sent, or the only one there is."""
    if source is not None:
        return versions.get(source.locale_id)
    return next(iter(versions.values()), None)


def _planned() -> Set[int]:
    """Pages that wait for their minute: their translations may come out in the same."""
    minutes = Revision.page_revisions.exclude(approved_go_live_at=None)
    return {int(key) for key in minutes.values_list("object_id", flat=True)}


def _translations() -> dict[Any, dict[int, Any]]:
    """What is translated, by page and language, each with how many of its passages are left."""
    begun = with_passages_left(Translation.objects.filter(enabled=True))
    found: dict[Any, dict[int, Any]] = defaultdict(dict)
    for one in begun.select_related("source").defer("source__content_json").order_by("pk"):
        found[one.source.object_id][one.target_locale_id] = one
    return found


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
