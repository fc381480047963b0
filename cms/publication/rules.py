"""Between a page and its readers: whichever way somebody publishes it, it is whole and checked first."""

from typing import Any

from django.utils import timezone
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import Page, Revision

from cms.publication.errors import (
    AddressPlanned,
    ComesOutWithAnother,
    EndPassed,
    PageInReview,
    PageLocked,
    PageNotReady,
    PageOver,
    PagePlanned,
)
from cms.publication.findings import errors_of
from cms.publication.shown import shown
from cms.translations.minutes import require_source_out
from cms.translations.rules import require_whole
from moussem.core.templatetags.times import with_zone


def require_not_over(page: Page) -> None:
    """Refuse to publish what has ended, or would in the same moment: nobody would read it."""
    if page.expire_at and page.expire_at <= timezone.now():
        # A draft may have an end that what readers see has not.
        is_over = page.first_published_at and not shown(Page.objects).filter(pk=page.pk).exists()
        raise (PageOver if is_over else EndPassed)(day=with_zone(page.expire_at))


def require_its_own(page: Page) -> None:
    """Refuse to publish by itself what only shows another page: it has no words of its own."""
    if source := page.alias_of:
        title, other = page.get_admin_display_title(), source.get_admin_display_title()
        raise ComesOutWithAnother(title=title, source=other)


def require_unlocked(page: Page, *, by: Any, may_replan: bool = False) -> None:
    """Refuse to publish past what keeps a page from being written: a lock, its review, or its own hour.

    Who ``may_replan`` brings another hour along. A title is told to those only who may publish the page.
    """
    lock = page.get_lock()
    if lock is None or not lock.for_user(by) or not page.permissions_for_user(by).can_publish():
        return
    title = page.get_admin_display_title()
    if isinstance(lock, WorkflowLock):
        raise PageInReview(title=title)
    if isinstance(lock, ScheduledForPublishLock):
        if may_replan:
            return
        raise PagePlanned(title=title, day=with_zone(page.scheduled_revision.approved_go_live_at))
    raise PageLocked(title=title)


def require_ready(page: Any) -> None:
    """Refuse to publish what the checks refuse."""
    if errors := errors_of(page):
        raise PageNotReady(title=page.title, reasons=" ".join(errors))


def require_address_free(slug: str, *, parent: Page, page: Page) -> None:
    """Refuse an address that a page beside this one has been planned to have: one would not come out."""
    planned = Revision.page_revisions.exclude(approved_go_live_at=None).exclude(object_id=str(page.pk))
    beside = set(parent.get_children().values_list("pk", flat=True))
    for revision in planned:
        if revision.content["slug"] == slug and int(revision.object_id) in beside:
            day = with_zone(revision.approved_go_live_at)
            raise AddressPlanned(title=revision.content["title"], slug=slug, day=day)


def require_publishable(page: Any) -> None:
    """Refuse whatever readers must not get: half a translation, one without its source, what is unfit."""
    require_not_over(page)
    require_whole(page)
    require_source_out(page)
    require_address_free(page.slug, parent=page.get_parent(), page=page)
    require_ready(page)
