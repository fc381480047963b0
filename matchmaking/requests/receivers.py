"""Requests follow their parties and the end of the meetings."""

from typing import Any

from django.dispatch import receiver

from matchmaking.parties.events import party_left
from matchmaking.parties.models import Matching, Party
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import lapse_all, withdraw_all_of
from moussem.core.events import moved


@receiver(party_left, sender=Party)
def _withdraw_what_stood(party: Party, actor: Any, **facts: Any) -> None:
    withdraw_all_of(party, actor=actor)


@receiver(moved, sender=Matching)
def _lapse_what_nobody_answered(subject: Matching, now: str, **facts: Any) -> None:
    if now == MatchingState.ENDED:
        lapse_all(subject.edition)
