"""A translation comes out no earlier than its source, and is over no later, whoever moves a minute."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translating.errors import SourceNotOut
from moussem.core.errors import require


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


def is_before_its_source(page: Page) -> bool:
    """Whether readers would get a translation of what they do not get."""
    source = source_of(page)
    return source is not None and not source.live


def require_source_out(page: Page) -> None:
    """Refuse a translation that would go out now; one that waits for a minute is asked again then."""
    waits = page.go_live_at is not None and page.go_live_at > timezone.now()
    require(waits or not is_before_its_source(page), SourceNotOut)


def keep_pace(page: Page, *, over_before: datetime | None, by: Any) -> None:
    """After a page was published or given a minute: its translations, and itself as one, follow."""
    now = Page.objects.get(pk=page.pk)
    if now.live:
        # What ended with its source until now still does; what ends earlier itself is left alone.
        translations_of(now).filter(expire_at=over_before).update(expire_at=now.expire_at)
        _end(translations_of(now), now.expire_at)
        source = source_of(now)
        _end(Page.objects.filter(pk=now.pk), source.expire_at if source is not None else None)
    elif now.scheduled_revision is not None:
        _wait_with(now, by=by)


def _end(pages: QuerySet[Page], minute: datetime | None) -> None:
    """Let none of these pages be read after this minute."""
    if minute is not None:
        pages.filter(Q(expire_at=None) | Q(expire_at__gt=minute)).update(expire_at=minute)


def _wait_with(source: Page, *, by: Any) -> None:
    """What was translated before its source was given a later minute waits for that minute too."""
    minute = source.scheduled_revision.approved_go_live_at
    for page in translations_of(source).filter(live=True).specific():
        revision = page.live_revision or page.get_latest_revision()
        page.unpublish(user=by)
        if revision is not None:
            page.revisions.filter(pk=revision.pk).update(approved_go_live_at=minute)
