"""Pages come out and disappear at the minute that was written on them."""

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision


def follow_the_clock() -> None:
    """Publish what is due and take down what is over; run again, it finds nothing left to do."""
    call_command("publish_scheduled")
    # A translation that was asked before its source, in the same minute, comes out with it.
    if Revision.objects.filter(approved_go_live_at__lt=timezone.now()).exists():
        call_command("publish_scheduled")
