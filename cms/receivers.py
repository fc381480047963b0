"""What the editors' house does when Wagtail says that something happened.

Wagtail writes its own letters at four of these moments, inside the request and in the sender's language. Ours
are heard under the names that it would give its own: whoever comes first with a name keeps it.
"""

from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.documents import get_document_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Site, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    pre_page_move,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import StringTranslation, post_save_string_translation

from cms.files.models import Picture, PictureRendition, new_word
from cms.files.uses import require_unused
from cms.menus.held import stamp_change
from cms.menus.models import MenuLink
from cms.models import RegionPage
from cms.publication.checks import places_in
from cms.publication.findings import draft_of
from cms.publication.letters import (
    PLANS,
    say_that_a_page_came_back,
    say_that_a_page_came_out,
    say_that_a_page_waits,
    say_that_a_source_went,
    say_that_an_hour_was_changed,
)
from cms.publication.tasks import draw_pictures
from cms.search.actions import mark_stale
from cms.search.tasks import write_changed_pages
from cms.staff.actions import open_region
from cms.staff.roles import ENTER, WORKS_HERE
from cms.translations.actions import follow_source, stand_alone, take_down_with
from cms.translations.moved import require_room, take_along
from cms.translations.passages import shown
from moussem.core.text import unbroken

# As Wagtail names what it would connect.
LETTER_OF = "{}_email_notification"


@receiver(user_logged_in, dispatch_uid="cms.somebody_signs_in")
def somebody_signs_in(request: Any, user: Any, **kwargs: Any) -> None:
    """Whether the house is this person's is noted once."""
    if user.has_perm(ENTER):
        request.session[WORKS_HERE] = True


@receiver(page_published, sender=RegionPage, dispatch_uid="cms.region_opens")
def region_opens(instance: RegionPage, **kwargs: Any) -> None:
    """A region that has a page has correspondents."""
    open_region(instance.region)


@receiver(page_published, dispatch_uid="cms.pictures_are_drawn")
def pictures_are_drawn(instance: Page, **kwargs: Any) -> None:
    """A reader waits for no picture to be drawn; the editor who publishes neither."""
    if instance.live and next(places_in(draft_of(instance)), None):
        transaction.on_commit(partial(draw_pictures.enqueue, instance.pk))


@receiver(page_published, dispatch_uid="cms.translations_follow_their_source")
def translations_follow_their_source(instance: Page, **kwargs: Any) -> None:
    """Blocks without words are the same in every language as soon as readers see them in one."""
    if instance.live:
        follow = partial(follow_source, instance, by=get_active_log_context().user)
        transaction.on_commit(follow, robust=True)


# Wagtail saves a page and tells of it in two steps; whichever view takes one down, both are one.
UnpublishPageAction.execute = transaction.atomic(UnpublishPageAction.execute)


@receiver(page_unpublished, dispatch_uid="cms.translations_go_with_their_source")
def translations_go_with_their_source(instance: Page, **kwargs: Any) -> None:
    """Readers lose no original and keep its translation; who translated it hears of it."""
    # What is deleted is taken down first, and not written.
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        say_that_a_source_went(instance, take_down_with(instance), is_deleted=False)


@receiver(pre_delete, sender=Page, dispatch_uid="cms.translations_lose_their_source")
def translations_lose_their_source(instance: Page, **kwargs: Any) -> None:
    """What was translated from a deleted page is kept, and is a page of its own."""
    say_that_a_source_went(instance, take_down_with(instance), is_deleted=True)
    stand_alone(instance)


@receiver(pre_page_move, dispatch_uid="cms.there_is_room_in_every_language")
def there_is_room_in_every_language(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Whichever door a page is moved by, it finds its address free in each of its languages."""
    require_room(instance, parent_page_before, parent_page_after)


@receiver(post_page_move, dispatch_uid="cms.translations_move_with_their_page")
def translations_move_with_their_page(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """A page stands at one place in all its languages; its old addresses lead on in each."""
    take_along(instance, parent_page_before, parent_page_after)


@receiver(task_submitted, sender=TaskState, dispatch_uid=LETTER_OF.format("group_approval_task_submitted"))
def page_waits(instance: TaskState, **kwargs: Any) -> None:
    """Those who decide about it next hear of it."""
    say_that_a_page_waits(instance, actor=kwargs.get("user"))


@receiver(workflow_submitted, sender=WorkflowState, dispatch_uid=LETTER_OF.format("workflow_state_submitted"))
def page_enters_the_workflow(**kwargs: Any) -> None:
    """Nobody but those who decide first, who hear of it by their task."""


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid=LETTER_OF.format("workflow_state_approved"))
def page_comes_out(instance: WorkflowState, **kwargs: Any) -> None:
    """Who asked for it hears that readers see it."""
    say_that_a_page_came_out(instance, actor=kwargs.get("user"))


@receiver(workflow_cancelled, sender=WorkflowState, dispatch_uid="cms.page_is_published_outright")
def page_is_published_outright(instance: WorkflowState, **kwargs: Any) -> None:
    """Who asked for it hears that it is out where somebody published it past its readers in the house."""
    page = instance.content_object
    latest = page.get_latest_revision()
    if latest is not None and (latest.approved_go_live_at or latest.pk == page.live_revision_id):
        say_that_a_page_came_out(instance, actor=kwargs.get("user"))


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid=LETTER_OF.format("workflow_state_rejected"))
def page_comes_back(instance: WorkflowState, **kwargs: Any) -> None:
    """Who asked for it hears what is to be changed."""
    say_that_a_page_came_back(instance, actor=kwargs.get("user"))


@receiver(post_save, sender=PageLogEntry, dispatch_uid="cms.hour_is_changed")
def hour_is_changed(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Who was told from when on readers see a page hears of another hour, or of none."""
    if created and instance.action in PLANS:
        say_that_an_hour_was_changed(instance)


def name_drafts_our_way() -> None:
    """The library's own way breaks off where the title of a draft is longer than titles may be."""
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def title_of_a_draft(instance: StringTranslation, **facts: Any) -> None:
    """Lists name a draft as its translator does, as far as a title goes; what was written is kept whole."""
    if instance.context.path == "title":
        drafts = Page.objects.filter(translation_key=instance.context.object_id, locale_id=instance.locale_id)
        most = Page._meta.get_field("draft_title").max_length
        drafts.update(draft_title=unbroken(shown(instance.data, plain=True))[:most])


@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_slug_changed)
@receiver(post_page_move)
@receiver([post_save, post_delete], sender=MenuLink)
@receiver([post_save, post_delete], sender=Site)
@receiver(post_save, sender=Picture)
@receiver(post_delete, sender=Page)
def note_change(**facts: Any) -> None:
    """What is held of the pages is read anew: menus lead elsewhere, feeds tell of others."""
    stamp_change()


@receiver(pre_delete, sender=Picture, dispatch_uid="cms.picture_stays_while_it_stands_somewhere")
@receiver(
    pre_delete, sender=get_document_model(), dispatch_uid="cms.document_stays_while_it_stands_somewhere"
)
def file_stays_while_it_stands_somewhere(instance: Any, **facts: Any) -> None:
    """The database keeps what a published page names itself, and knows nothing of texts and drafts."""
    require_unused(instance, by=get_active_log_context().user)


@receiver(post_delete, sender=PictureRendition)
def size_goes(instance: PictureRendition, **facts: Any) -> None:
    """A picture whose sizes are drawn anew is shown by the new ones, in every process."""
    Picture.objects.filter(pk=instance.image_id).update(word=new_word())


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_delete, sender=Page)
def let_the_search_know(instance: Any, **facts: Any) -> None:
    """The page is found as it is now, or not any more."""
    mark_stale(instance.pk)
    # One ring of the bell is enough for all that a transaction publishes.
    if not any(waiting[1] is _ring for waiting in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ring)


def _ring() -> None:
    write_changed_pages.enqueue()
