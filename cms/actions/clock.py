"""Pages come out and disappear at the minute that was written on them."""

from django.core.management import call_command


def follow_the_clock() -> None:
    """Publish what is due and take down what is over; run again, it finds nothing left to do."""
    call_command("publish_scheduled")
