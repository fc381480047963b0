"""What the programme does when an edition is cloned, and when somebody comes no more."""

from typing import Any

from django.dispatch import receiver

from fairs.editions.events import days_planned, edition_cloned
from fairs.editions.todo import lists_to_do
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from fairs.selection.events import exhibitor_left
from fairs.sessions.actions import leave_programme, leave_with_exhibitor
from fairs.sessions.actions.inviting import cancellations_of
from fairs.sessions.actions.moving import keep_within_days
from fairs.sessions.actions.planning import copy_programme
from fairs.sessions.rules import may_keep
from fairs.sessions.todo import sessions_counted, sessions_to_plan_anew, sessions_to_release
from moussem.core.events import moved

lists_to_do(sessions_to_plan_anew)
lists_to_do(sessions_to_release, sessions_counted)

edition_cloned.within(order=40)(copy_programme)
days_planned.within(order=20)(keep_within_days)
exhibitor_left.within(order=20)(leave_with_exhibitor)
hears_of_withdrawal(cancellations_of)


@receiver(moved, sender=Guest)
def free_the_seats(subject: Guest, now: str, **facts: Any) -> None:
    """Whoever cancels or is refused leaves the seats to others, unless they come for an exhibitor too."""
    gone = now in (GuestState.CANCELLED, GuestState.REFUSED)
    if gone and not may_keep(subject.person, subject.edition):
        leave_programme(subject.person, subject.edition)
