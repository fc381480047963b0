"""Parties follow those who come to a fair."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.editions.states import ENDED, EditionState
from fairs.guests.models import Guest
from matchmaking.parties.actions import end_with_edition, settle_parties
from matchmaking.parties.models import Matching
from matchmaking.parties.queries import matching_of
from moussem.core.events import moved
from moussem.core.log import watches


@receiver(moved, sender=Guest)
def _settle_the_guest(subject: Guest, **facts: Any) -> None:
    if matching_of(subject.edition):
        settle_parties(subject.edition)


@moved.within(order=50, sender=Edition)
def _end_with_the_edition(subject: Edition, now: str, **facts: Any) -> None:
    if now in (*ENDED, EditionState.WITHDRAWN):
        end_with_edition(subject)


@watches("fairs.edition", "fairs.exhibitor")
def _settle_the_exhibitors(subjects: Sequence[models.Model]) -> None:
    # Places are given and taken back in a room below, which knows of no meetings but logs what it writes.
    editions = {getattr(one, "edition_id", one.pk) for one in subjects}
    for matching in Matching.objects.filter(edition__in=editions).select_related("edition"):
        settle_parties(matching.edition)
