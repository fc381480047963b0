"""What follows when an editor publishes, moves or takes away."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.menus import MenuLink
from cms.menus_now import stamp_change


@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_slug_changed)
@receiver(post_page_move)
@receiver([post_save, post_delete], sender=MenuLink)
@receiver([post_save, post_delete], sender=Site)
@receiver(post_delete, sender=Page)
def read_menus_anew(**facts: Any) -> None:
    """A link may lead elsewhere now, say another title or be one no more."""
    stamp_change()
