"""Pages come out and disappear at their minute; their pictures are drawn for readers."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Page, Revision

from cms.files.models import Picture
from cms.files.sizes import SHARED, specs_of
from cms.publication.checks import places_in
from cms.publication.findings import draft_of
from cms.publication.letters import say_that_a_page_is_stuck
from cms.publication.rules import require_its_own, require_unlocked
from cms.translations.actions import follow_own_source
from cms.translations.errors import NotInOrder, PageGone
from moussem.core.errors import Refusal
from moussem.core.locks import lock
from moussem.core.rounds import try_each


def follow_the_clock() -> None:
    """Take down what is over and publish what is due, each by itself; run again, it finds nothing left."""
    over = Page.objects.live().filter(expire_at__lt=timezone.now())
    deque(try_each([*over.order_by("expire_at")], _take_down), maxlen=0)
    due = _due()
    asked = set(try_each(due, _bring_out))
    # A translation that was asked before its source, in the same minute, comes out with it.
    deque(try_each([one for one in _due() if one.pk in asked], _bring_out), maxlen=0)
    # Its source may have been given other blocks since it was planned.
    deque(try_each([one for one in due if one.pk in asked], _complete), maxlen=0)
    stuck = [one for one in due if one.pk not in asked]
    deque(try_each(stuck, say_that_a_page_is_stuck), maxlen=0)


def _due() -> list[Revision]:
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
    return [*due.order_by("approved_go_live_at", "pk")]


@transaction.atomic
def _take_down(page: Page) -> None:
    page = lock(page)
    if page.live and page.expire_at and page.expire_at < timezone.now():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


@transaction.atomic
def _bring_out(revision: Revision) -> int:
    """Publish what is still due; its key, once it was asked."""
    revision = lock(revision)
    if revision.approved_go_live_at and revision.approved_go_live_at < timezone.now():
        revision.publish(log_action="wagtail.publish.scheduled")
    return int(revision.pk)


def _complete(revision: Revision) -> None:
    follow_own_source(revision.content_object)


@dataclass
class Published:
    """What became of several pages: out or planned, and what stayed, each with its reason."""

    out: list[Page] = field(default_factory=list)
    planned: list[Page] = field(default_factory=list)
    stayed: list[tuple[Page, Refusal]] = field(default_factory=list)


def publish_each(pages: Iterable[Page], *, by: Any) -> Published:
    """Publish what can be, each by itself; what waits for another of them comes out after it."""
    told, waiting, asked = Published(), list(pages), 0
    while waiting and len(waiting) != asked:
        asked, told.stayed = len(waiting), []
        for page in waiting:
            try:
                now = _publish_latest(page, by=by)
            except Refusal as refusal:
                told.stayed.append((page, refusal))
            else:
                (told.planned if now.scheduled_revision else told.out).append(now)
        waiting = [page for page, _refusal in told.stayed]
    return told


@transaction.atomic
def _publish_latest(page: Page, *, by: Any) -> Page:
    try:
        page = lock(page).specific
    except ObjectDoesNotExist as error:
        raise PageGone(title=page.get_admin_display_title()) from error
    if page.alias_of_id and page.live:
        return page
    require_unlocked(page, by=by)
    require_its_own(page)
    revision = page.get_latest_revision() or page.save_revision(user=by)
    try:
        revision.publish(user=by)
    except ValidationError as error:
        raise NotInOrder(faults=" ".join(error.messages)) from error
    now: Page = Page.objects.get(pk=page.pk).specific
    return now


def draw_ahead(number: int) -> None:
    """Draw the pictures of a published page in every size that it shows, before a reader asks for one."""
    page = Page.objects.live().filter(pk=number).specific().first()
    places: dict[int, set[str]] = {}
    for picture, place in places_in(draft_of(page)) if page else ():
        places.setdefault(picture, set()).add(place)
    for picture in Picture.objects.filter(pk__in=places):
        here = places[picture.pk]
        # A search shows the leading picture too, as links to the page do where they are shared.
        searched, shared = ({"small"}, [SHARED]) if "lead" in here else (set(), [])
        get_renditions_or_not_found(picture, [*specs_of(*sorted(here | searched)), *shared])
