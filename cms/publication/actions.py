"""Pages come out and disappear at their minute; their pictures are drawn for readers."""

from django.core.management import call_command
from django.utils import timezone
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Page, Revision

from cms.files.models import Picture
from cms.files.sizes import SHARED, specs_of
from cms.publication.checks import places_in
from cms.publication.findings import draft_of


def follow_the_clock() -> None:
    """Publish what is due and take down what is over; run again, it finds nothing left to do."""
    call_command("publish_scheduled")
    # A translation that was asked before its source, in the same minute, comes out with it.
    if Revision.objects.filter(approved_go_live_at__lt=timezone.now()).exists():
        call_command("publish_scheduled")


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
