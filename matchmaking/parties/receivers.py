"""Parties follow those who come to a fair."""

from typing import Any

from django.dispatch import receiver

from fairs.editions.events import days_planned
from fairs.editions.models import Edition
from fairs.editions.states import ENDED, EditionState
from fairs.guests.events import came_down
from fairs.guests.models import Guest
from fairs.selection.events import exhibitor_came, exhibitor_left
from fairs.selection.models import Exhibitor
from matchmaking.parties.actions import (
    end_with_edition,
    follow_days,
    meet_again,
    release_lost,
    settle_exporter,
    settle_parties,
)
from matchmaking.parties.events import party_left
from matchmaking.parties.models import Party
from matchmaking.parties.queries import lost_now, matching_of, unmet_beside
from moussem.core.events import moved
from moussem.organisations.events import membership_changed
from moussem.organisations.models import Membership


@receiver(moved, sender=Guest)
def _settle_the_guest(subject: Guest, **facts: Any) -> None:
    if matching_of(subject.edition):
        settle_parties(subject.edition)
        release_lost(lost_now().filter(person=subject.person_id))
        meet_again(unmet_beside([subject.person_id]))


@receiver(came_down, sender=Guest)
def _settle_who_buys_no_more(guest: Guest, **facts: Any) -> None:
    _settle_the_guest(guest)


@receiver(membership_changed, sender=Membership)
def _follow_the_membership(membership: Membership, **facts: Any) -> None:
    release_lost(lost_now().filter(person=membership.user_id))
    meet_again(unmet_beside([membership.user_id]))


@receiver(party_left, sender=Party)
def _let_its_people_meet_for_others(party: Party, **facts: Any) -> None:
    meet_again(unmet_beside(party.delegates.filter(left_at=None).values_list("person", flat=True)))


@moved.within(order=50, sender=Edition)
def _end_with_the_edition(subject: Edition, now: str, **facts: Any) -> None:
    if now in (*ENDED, EditionState.WITHDRAWN):
        end_with_edition(subject)


# After the rooms that refuse days: their reasons say more than that a slot is taken.
@days_planned.within(order=60, sender=Edition)
def _let_slots_follow(edition: Edition, **facts: Any) -> None:
    follow_days(edition)


# After what other rooms hold for an exhibitor: booths, seats, badges.
@exhibitor_came.within(order=40, sender=Exhibitor)
@exhibitor_left.within(order=40, sender=Exhibitor)
def _settle_the_exhibitor(exhibitor: Exhibitor, **facts: Any) -> None:
    settle_exporter(exhibitor)
