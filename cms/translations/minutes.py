"""A translation comes out no earlier than its source, and is over no later, whoever moves a minute."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.translations.errors import SourceNotOut
from cms.translations.models import WentWithSource
from moussem.core.errors import require
from moussem.people.models import User

# As Wagtail notes that readers see a page, whoever or whatever published it.
CAME_OUT = ("wagtail.publish", "wagtail.publish.scheduled")
# As it notes that somebody lets them, now or from a minute on.
LET_OUT = ("wagtail.publish", "wagtail.publish.schedule")


def source_of(page: Page) -> Page | None:
    """The page that this one is the translation of."""
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    locales = begun.exclude(source__locale=page.locale_id).values("source__locale")
    return Page.objects.filter(translation_key=page.translation_key, locale__in=locales).first()


def translations_of(page: Page) -> QuerySet[Page]:
    """The pages that are translated from this one."""
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id, enabled=True
    )
    locales = begun.exclude(target_locale=page.locale_id).values("target_locale")
    return Page.objects.filter(translation_key=page.translation_key, locale__in=locales)


def lost_with(page: Page) -> QuerySet[Page]:
    """The translations that readers lost because they lost this page, and did not get back with it."""
    waiting = WentWithSource.objects.values("page")
    return translations_of(page).filter(live=False, pk__in=waiting)


def last_seen(page: Page) -> Revision | None:
    """What readers see of a page, or saw last."""
    if page.live_revision is not None:
        return page.live_revision
    came_out = PageLogEntry.objects.filter(page=page.pk, action__in=CAME_OUT).exclude(revision=None)
    entry = came_out.select_related("revision").order_by("-timestamp", "-pk").first()
    return entry.revision if entry else page.get_latest_revision()


def translators_of(page: Page) -> QuerySet[User]:
    """Who wrote the words of a page in its language."""
    passages = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id
    )
    return User.objects.filter(pk__in=passages.exclude(last_translated_by=None).values("last_translated_by"))


def publishers_of(page: Page) -> list[User]:
    """Who let readers see a page, now or from a minute on, the last one first."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=LET_OUT).exclude(user=None)
    return [entry.user for entry in entries.select_related("user").order_by("-timestamp", "-pk")]


def is_before_its_source(page: Page) -> bool:
    """Whether readers would get a translation of what they do not get."""
    source = source_of(page)
    return source is not None and not source.live


def require_source_out(page: Page) -> None:
    """Refuse a translation that would go out now; one that waits for a minute is asked again then."""
    waits = page.go_live_at is not None and page.go_live_at > timezone.now()
    require(waits or not is_before_its_source(page), SourceNotOut)
