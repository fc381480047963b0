"""Who does not read whom, who is unheard or kept out, and what was reported."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from fairs.editions.models import Edition
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.safety.rules import REPORTS_KEPT
from fairs.live.safety.states import Measure, ReportState


def unseen_by(person: int) -> frozenset[int]:
    """Those whom somebody does not read, since one of the two blocked the other."""
    pairs = LiveBlock.objects.filter(Q(person=person) | Q(other=person)).values_list("person", "other")
    return frozenset(one for pair in pairs for one in pair if one != person)


def unseen_among(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """The same for each of many people of whom any block tells, in one statement."""
    asked = set(people)
    found: dict[int, set[int]] = {}
    told = LiveBlock.objects.filter(Q(person__in=asked) | Q(other__in=asked))
    for one, other in told.values_list("person", "other"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items() if one in asked}


def blocks_between(one: Any, other: Any) -> QuerySet[LiveBlock]:
    """What keeps two people from reading each other; either may be a field of an outer question."""
    return LiveBlock.objects.filter(Q(person=one, other=other) | Q(person=other, other=one))


def is_any_blocked(people: Iterable[Any]) -> bool:
    """Whether one of these people blocked another of them."""
    keys = [one.pk for one in people]
    return LiveBlock.objects.filter(person__in=keys, other__in=keys).exists()


def blocks_of(person: Any) -> QuerySet[LiveBlock]:
    """Whom somebody blocked; who blocked them stays untold."""
    return LiveBlock.objects.filter(person=person).select_related("other")


def is_unheard(person: Any, room: Any, now: datetime | None = None) -> bool:
    """Whether what somebody writes into a room is read by nobody else."""
    if person is None:
        return False
    held = LiveMeasure.objects.in_force(now).on(person, room.edition_id, room)
    return held.filter(kind=Measure.MUTE).exists()


def keeps_out(person: Any, edition: Edition, room: Any = None) -> LiveMeasure | None:
    """Why somebody may not enter the live rooms of an edition, or this one of them."""
    held = LiveMeasure.objects.in_force().on(person, edition, room)
    return held.filter(kind=Measure.BAN).first()


def reports_of(edition: Edition) -> QuerySet[LiveReport]:
    """What was reported at an edition, open ones first."""
    found = edition.live_reports.select_related(
        "reporter", "about", "room__session", "room__exhibitor__organisation"
    )
    return found.order_by("-state", "-at", "-pk")


def open_reports_of(edition: Edition) -> QuerySet[LiveReport]:
    """What was reported at an edition and nobody has looked at."""
    return edition.live_reports.filter(state=ReportState.OPEN)


def lapsed_reports(now: datetime) -> QuerySet[LiveReport]:
    """Reports that somebody has looked at, of which no evidence is needed any more."""
    return LiveReport.objects.filter(state=ReportState.DONE, at__lte=now - REPORTS_KEPT)


def measures_of(edition: Edition) -> QuerySet[LiveMeasure]:
    """What was done about people at an edition, the latest first."""
    return edition.live_measures.select_related("person", "room", "by")
