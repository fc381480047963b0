from typing import Any

from django.dispatch import receiver

from fairs.badges.actions import revoke_of_who_left, settle_guest
from fairs.badges.queries import keepers_of
from fairs.badges.states import BadgeState
from fairs.badges.todo import doors_counted, doors_to_open
from fairs.editions.models import Edition
from fairs.editions.todo import lists_to_do
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.guests.events import came_down
from fairs.guests.models import Guest
from fairs.selection.events import exhibitor_left
from moussem.core.events import moved

lists_to_do(doors_to_open, doors_counted)

exhibitor_left.within(order=30)(revoke_of_who_left)


@receiver(moved, sender=Guest)
def follow_the_registration(subject: Guest, **facts: Any) -> None:
    """Whoever is admitted gets a badge; whoever cancels or is refused has none that counts."""
    settle_guest(subject)


@receiver(came_down, sender=Guest)
def follow_the_tier(guest: Guest, **facts: Any) -> None:
    """The badge of a buyer who comes as a visitor says so."""
    settle_guest(guest)


@hears_of_withdrawal
def who_has_a_badge_or_keeps_a_door(edition: Edition) -> dict[int, None]:
    """Whoever would pass the doors, or stand at them."""
    badges = edition.badges.filter(state=BadgeState.ISSUED, person__isnull=False)
    keepers = keepers_of(edition).values_list("person", flat=True)
    return dict.fromkeys([*badges.values_list("person", flat=True), *keepers])
