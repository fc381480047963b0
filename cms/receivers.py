"""What follows when an editor publishes, moves or takes away."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

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
