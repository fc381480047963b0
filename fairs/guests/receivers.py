from typing import Any

from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.editions.todo import lists_to_do
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.guests.actions import settle_buyer
from fairs.guests.queries import buyers_by
from fairs.guests.states import GuestState
from fairs.guests.todo import registrations_to_check
from moussem.core.rounds import try_each
from moussem.organisations.events import membership_changed
from moussem.organisations.models import Membership

lists_to_do(registrations_to_check)


@receiver(membership_changed, sender=Membership)
def follow_the_membership(membership: Membership, **facts: Any) -> None:
    """Whoever orders for a buyer no more comes as a visitor to the editions that are not over."""
    list(try_each(buyers_by(membership), settle_buyer))


@hears_of_withdrawal
def who_comes(edition: Edition) -> dict[int, None]:
    """Whoever is registered, or waits for an answer."""
    coming = edition.guests.filter(state__in=(GuestState.WAITING, GuestState.ADMITTED))
    return dict.fromkeys(coming.values_list("person", flat=True))
