"""What the editors' house does when Wagtail says that something happened.

Wagtail writes its own letters at four of these moments, inside the request and in the sender's language. Ours
are heard under the names that it would give its own: whoever comes first with a name keeps it.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import StringTranslation, post_save_string_translation

from cms.files.models import Picture
from cms.menus.held import stamp_change
from cms.menus.models import MenuLink
from cms.models import RegionPage
from cms.publication.letters import say_that_a_page_came_back, say_that_a_page_came_out, say_that_a_page_waits
from cms.search.actions import mark_stale
from cms.search.tasks import write_changed_pages
from cms.staff.actions import open_region
from cms.staff.roles import ENTER, WORKS_HERE

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


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid=LETTER_OF.format("workflow_state_rejected"))
def page_comes_back(instance: WorkflowState, **kwargs: Any) -> None:
    """Who asked for it hears what is to be changed."""
    say_that_a_page_came_back(instance, actor=kwargs.get("user"))


def name_drafts_our_way() -> None:
    """The library's own way breaks off where the title of a draft is longer than titles may be."""
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def title_of_a_draft(instance: StringTranslation, **facts: Any) -> None:
    """Lists name a draft as its translator does, as far as a title goes; what was written is kept whole."""
    if instance.context.path == "title":
        drafts = Page.objects.filter(translation_key=instance.context.object_id, locale_id=instance.locale_id)
        drafts.update(draft_title=instance.data[: Page._meta.get_field("draft_title").max_length])


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
