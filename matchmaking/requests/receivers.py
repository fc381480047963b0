"""Requests follow their parties and the end of the meetings."""

from typing import Any

from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.report.meetings import tells_enquiries
from matchmaking.parties.events import party_left
from matchmaking.parties.models import Matching, Party
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import lapse_all, withdraw_all_of
from matchmaking.requests.queries import enquiries_at
from matchmaking.requests.tasks import recommend
from moussem.core.events import moved


# Once more on commit, for whoever asked at that moment: their request was not seen before.
@receiver(party_left, sender=Party)
@party_left.within(order=40, sender=Party)
def withdraw_what_stood(party: Party, actor: Any, **facts: Any) -> None:
    """A party that leaves takes back its requests, or it does not leave."""
    withdraw_all_of(party, actor=actor)


@moved.within(order=50, sender=Matching)
def lapse_what_nobody_answered(subject: Matching, now: str, **facts: Any) -> None:
    """Meetings end with what waits for an answer."""
    if now == MatchingState.ENDED:
        lapse_all(subject.edition)


@receiver(moved, sender=Matching)
def _recommend_as_asking_opens(subject: Matching, now: str, **facts: Any) -> None:
    if now == MatchingState.ASKING:
        recommend.enqueue(subject.edition_id)


@tells_enquiries
def enquiries_of_the_report(edition: Edition) -> int:
    """How many questions exhibitors were asked at an edition, without those that were taken back."""
    return enquiries_at(edition).count()
