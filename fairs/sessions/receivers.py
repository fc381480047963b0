"""What the programme does when an edition is cloned, and when somebody comes no more."""

from typing import Any

from django.dispatch import receiver

from fairs.editions.cloning import goes_along
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from fairs.sessions.actions import leave_programme
from fairs.sessions.actions.inviting import cancellations_of
from fairs.sessions.actions.planning import copy_programme
from fairs.sessions.rules import may_keep
from moussem.core.events import moved

goes_along(copy_programme, order=40)
hears_of_withdrawal(cancellations_of)


@receiver(moved, sender=Guest)
def free_the_seats(subject: Guest, now: str, **facts: Any) -> None:
    """Whoever cancels or is refused leaves the seats to others, unless they come for an exhibitor too."""
    gone = now in (GuestState.CANCELLED, GuestState.REFUSED)
    if gone and not may_keep(subject.person, subject.edition):
        leave_programme(subject.person, subject.edition)
