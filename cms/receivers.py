"""What follows when an editor publishes, moves or takes away."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.finding.actions import mark_stale
from cms.finding.tasks import write_changed_pages
from cms.menus import MenuLink
from cms.menus_now import stamp_change
from cms.pictures import Picture


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
