"""What the editors' house does when Wagtail says that something happened."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.actions.roles import open_region
from cms.models import RegionPage


@receiver(page_published, sender=RegionPage, dispatch_uid="cms.region_opens")
def region_opens(instance: RegionPage, **kwargs: Any) -> None:
    """A region that has a page has correspondents."""
    open_region(instance.region)
