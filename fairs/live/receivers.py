"""What live rooms hear of the people in them."""

from django.dispatch import receiver

from fairs.live import bus
from moussem.people.events import access_changed


@receiver(access_changed)
def look_at_their_windows(sender, person, **facts):
    """Whoever is signed in no more writes nothing more."""
    bus.look_at_person(person)
