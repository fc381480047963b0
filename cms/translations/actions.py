"""What a translator does with a page: say a passage, have drafts filled in, send it on, publish it."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.views.edit_translation import apply_machine_translation

from cms.translations.addresses import addresses_of, require_allowed, require_led_to
from cms.translations.errors import (
    NotInOrder,
    NotYoursToPublish,
    NotYoursToWrite,
    NotYourTurn,
    SourceNotOut,
)
from cms.translations.memory import MANUAL, Memory
from cms.translations.minutes import last_seen, source_of, translations_of
from cms.translations.models import WentWithSource
from cms.translations.passages import Passage, has_changed, kept
from cms.translations.rules import (
    is_being_written,
    may_publish_translation,
    may_write_translation,
    require_finished,
    require_whole,
    unsaid,
)
from cms.translations.turns import APPROVE, is_turn_of
from cms.translations.wordless import as_it_would_be, content_of, lacks_blocks, says_the_same
from moussem.core.errors import Refusal, require
from moussem.core.locks import lock
from moussem.core.rounds import try_each


def keep_typed(
    translation: Translation, said: Iterable[tuple[Passage, str]], addresses: Mapping[str, str], *, by: Any
) -> None:
    """Passages and addresses as typed; addresses that no page can lead to are refused, the rest is kept."""
    with transaction.atomic():
        translation = lock(translation)
        require(may_write_translation(by, translation.get_target_instance()), NotYoursToWrite)
        for passage, text in said:
            say(translation, passage, text, by=by)
        refused = _keep_addresses(translation, addresses, by=by)
    require_led_to(refused)


def _keep_addresses(translation: Translation, typed: Mapping[str, str], *, by: Any) -> list[str]:
    """Write the addresses that were changed; an empty one is the source's again. Those that are refused."""
    refused = []
    for address in addresses_of(translation):
        text = typed.get(address.key, address.own).strip()
        where = {"context": address.segment.context, "locale": translation.target_locale}
        if text == address.own:
            continue
        if not text:
            SegmentOverride.objects.filter(**where).delete()
        elif address.may_be(text):
            told = {"data_json": json.dumps(text), "last_translated_by": by, "has_error": False}
            SegmentOverride.objects.update_or_create(**where, defaults=told)
        else:
            refused.append(text)
    return refused


def say(translation: Translation, passage: Passage, text: str, *, by: Any) -> None:
    """What a person wrote for a passage, or nothing again; a machine's draft is confirmed by it."""
    segment = passage.segment
    where = {
        "translation_of": segment.string,
        "context": segment.context,
        "locale": translation.target_locale,
    }
    if not text.strip():
        for said in StringTranslation.objects.filter(**where):
            # One by one: the title of a draft follows what is deleted.
            said.delete()
        return
    StringTranslation.objects.update_or_create(
        **where,
        defaults={
            "data": kept(text, passage.is_plain),
            "translation_type": MANUAL,
            "tool_name": "",
            "last_translated_by": by,
            "has_error": False,
            "field_error": "",
        },
    )


@transaction.atomic
def fill_from_memory(translation: Translation, *, by: Any) -> int:
    """Draft the empty passages that are known; how many came."""
    translation = lock(translation)
    require(may_write_translation(by, translation.get_target_instance()), NotYoursToWrite)
    before = unsaid(translation)
    apply_machine_translation(translation.pk, by, Memory({}))
    return before - unsaid(translation)


@transaction.atomic
def take_changes(source: TranslationSource) -> None:
    """The passages as the source has them now; what reads as before keeps its translation."""
    # Who publishes the page now is waited for: it is taken as it is then, and as taken after that.
    lock(Page(pk=source.get_source_instance().pk))
    page = source.get_source_instance()
    if page.live:
        source.update_from_db()
    else:
        TranslationSource.update_or_create_from_instance(as_it_is_written(page))


@transaction.atomic
def take_wordless(source: TranslationSource) -> None:
    """What has no words as its readers see it now; where words are new too, a translator takes all of it."""
    lock(Page(pk=source.get_source_instance().pk))
    source.refresh_from_db()
    page = source.get_source_instance()
    if page.live and not has_changed(source, page):
        take_changes(source)


@transaction.atomic
def take_into(translation: Translation, *, by: Any) -> None:
    """What has changed in the source, in the draft of one who translates it."""
    translation = lock(translation)
    page = translation.get_target_instance()
    require(may_write_translation(by, page), NotYoursToWrite)
    take_changes(translation.source)
    if lacks_blocks(translation, page):
        _drafted(translation, by=by)


def follow_source(source: Page, *, by: Any) -> None:
    """What of a published page has no words is taken for its translations, and read in those it may be."""
    begun = Translation.objects.filter(
        source__object_id=source.translation_key, source__locale=source.locale_id, enabled=True
    )
    deque(try_each([*begun.order_by("pk")], partial(_follow, by=by)), maxlen=0)


def follow_own_source(page: Page) -> None:
    """What a page lacks of the source that it was planned with, and that was planned anew since."""
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    for translation in begun:
        _follow(translation, by=None)


@transaction.atomic
def _follow(translation: Translation, *, by: Any) -> None:
    translation = lock(translation)
    take_wordless(translation.source)
    page = translation.get_target_instance()
    if not page.live or is_being_written(page):
        return
    # Its own page says so where it stays behind, and whoever publishes it brings what it lacks.
    with suppress(Refusal), transaction.atomic():
        require_finished(translation)
        coming = as_it_would_be(translation)
        if says_the_same(translation, coming, page) and content_of(coming) != content_of(page):
            revision = _drafted(translation, by=by)
            # Whoever publishes a page publishes what it has in common with its translations.
            revision.publish(user=by, skip_permission_checks=True)


def as_it_is_written(page: Page) -> Page:
    """What is translated of a page: what its readers see, or its latest draft while nobody does."""
    specific: Page = page.specific if page.live else page.get_latest_revision_as_object()
    return specific


@transaction.atomic
def send_to_review(translation: Translation, *, by: Any) -> Page:
    """A draft of the page in its language, in the hands of those who review it."""
    translation = lock(translation)
    require(may_write_translation(by, translation.get_target_instance()), NotYoursToWrite)
    require_finished(translation)
    page = _drafted(translation, by=by).as_object()
    workflow, state = page.get_workflow(), page.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    elif workflow is not None and state is None:
        workflow.start(page, by)
    return page


@transaction.atomic
def decide(translation: Translation, step: str, *, by: Any, comment: str = "") -> Page:
    """Approve the page as it is written now, or send it back, at one's turn; the last approval publishes."""
    translation = lock(translation)
    page = translation.get_target_instance()
    require(is_turn_of(page, by), NotYourTurn)
    if step == APPROVE:
        require_finished(translation)
        page = _drafted(translation, by=by).as_object()
    page.current_workflow_task.on_action(page.current_workflow_task_state, by, step, comment=comment)
    return page


@transaction.atomic
def publish_translation(translation: Translation, *, by: Any) -> Page:
    """The page for its readers, at the minute of its source where that is still to come."""
    translation = lock(translation)
    require(may_publish_translation(by, translation.get_target_instance()), NotYoursToPublish)
    require_finished(translation)
    source = translation.source.get_source_instance()
    require(source.live or source.scheduled_revision, SourceNotOut)
    revision = _drafted(translation, by=by)
    revision.publish(user=by)
    page: Page = translation.get_target_instance()
    return page


def _drafted(translation: Translation, *, by: Any) -> Revision:
    """The page in its language as a revision: what readers see changes by publishing only."""
    take_wordless(translation.source)
    require_allowed(translation)
    page = as_it_would_be(translation)
    source = translation.source.get_source_instance()
    planned = None if source.live else source.scheduled_revision
    page.go_live_at = planned.approved_go_live_at if planned else None
    # What readers see and what ends before its source still does.
    ends = [source.expire_at, page.expire_at if page.live else None]
    page.expire_at = min((end for end in ends if end), default=None)
    try:
        revision: Revision = page.save_revision(user=by)
    except ValidationError as error:
        raise NotInOrder(faults=" ".join(error.messages)) from error
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    return revision


@contextmanager
def in_pace(page: Page, *, by: Any) -> Iterator[None]:
    """Where a page is published or given a minute: its translations, and itself as one, follow."""
    with transaction.atomic():
        over_before = Page.objects.values_list("expire_at", flat=True).get(pk=page.pk)
        yield
        _keep_pace(page, over_before=over_before, by=by)


def _keep_pace(page: Page, *, over_before: datetime | None, by: Any) -> None:
    now = Page.objects.get(pk=page.pk)
    if now.live:
        WentWithSource.objects.filter(page=now.pk).delete()
        _bring_back_with(now)
        # What ended with its source until now still does; what ends earlier itself is left alone.
        translations_of(now).filter(expire_at=over_before).update(expire_at=now.expire_at)
        _end(translations_of(now), now.expire_at)
        source = source_of(now)
        _end(Page.objects.filter(pk=now.pk), source.expire_at if source is not None else None)
    elif now.scheduled_revision is not None:
        _wait_with(now, by=by)


@transaction.atomic
def take_down_with(source: Page) -> list[Page]:
    """What is translated from a page that readers lose goes with it, and is kept for its return."""
    # What the clock took in the same minute as its source comes back with it as well.
    over = Q(expired=True, expire_at=source.expire_at) if source.expired else Q(pk__in=[])
    # Two may take the source down at once: the second finds nothing left to do.
    keys = [*translations_of(source).select_for_update().values_list("pk", flat=True)]
    waiting = WentWithSource.objects.values("page")
    gone = list(Page.objects.filter(Q(live=True) | over, pk__in=keys).exclude(pk__in=waiting).specific())
    if source.expired:
        # What did not come back with it, and was read in its language until now, is over with it again.
        still = Page.objects.filter(pk__in=keys, live=False).filter(pk__in=waiting)
        still.update(expired=True, expire_at=source.expire_at)
    for page in gone:
        WentWithSource.objects.create(page_id=page.pk, revision=last_seen(page))
        page.unpublish(set_expired=source.expired)
    return gone


def stand_alone(source: Page) -> None:
    """The translations of a page that is deleted are pages of their own from now on."""
    begun = Translation.objects.filter(source__object_id=source.translation_key, enabled=True)
    begun.filter(source__locale=source.locale_id).update(enabled=False)
    WentWithSource.objects.filter(page__translation_key=source.translation_key).delete()


def _bring_back_with(source: Page) -> None:
    """Translations that went with a page are as readers knew them, but for those that are not whole now."""
    waiting = WentWithSource.objects.filter(page__in=translations_of(source)).select_related("revision")
    for mark in waiting:
        try:
            require_whole(mark.page)
        except Refusal:
            # A draft, whose readers get another language: what is back is over in none.
            ended = Page.objects.filter(pk=mark.page_id, expired=True)
            ended.update(expired=False, expire_at=source.expire_at)
            continue
        if mark.revision is not None:
            mark.revision.publish()
        # The minute at which it was over with its source has passed.
        over = Page.objects.filter(pk=mark.page_id, expire_at__lte=timezone.now())
        over.update(expire_at=source.expire_at)


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
