"""Appeals against decisions, and what an applicant reads of the one about them."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.models import Edition
from fairs.selection.models import Appeal
from fairs.selection.queries import decisions_of, standings
from fairs.selection.ranking import Candidate, read_candidates
from fairs.selection.rules import is_refused
from fairs.selection.states import DECISION


@dataclass(frozen=True)
class Verdict:
    """Their appeal; refused, their score beside the last that was accepted; waiting, their place.

    ``last_accepted`` leaves aside whom quotas let in, if ``has_quotas``; ``came_later`` says that it is the
    same score, sent earlier. ``by_quota`` counts whom a quota let in from a lower rank.
    """

    appeal: Appeal | None
    score: float | None = None
    last_accepted: float | None = None
    place: int | None = None
    came_later: bool = False
    has_quotas: bool = False
    by_quota: int = 0


def verdict_on(application: Application) -> Verdict:
    """What the applicant is told, and nothing of the scores before there is a refusal."""
    appeal = appeal_of(application)
    if application.state == ApplicationState.WAITING:
        waiting = [one.application.pk for one in standings(application.edition, ApplicationState.WAITING)]
        # Whoever moved up while the page was asked for waits no more.
        place = waiting.index(application.pk) + 1 if application.pk in waiting else None
        return Verdict(appeal, place=place)
    if not is_refused(application):
        return Verdict(appeal)
    return _beside_the_accepted(application, appeal)


def _beside_the_accepted(application: Application, appeal: Appeal | None) -> Verdict:
    """The last decision about them, with those whom the waiting list let in after it."""
    known: dict[int, Candidate] = {}
    accepted: set[int] = set()
    by_quota: set[int] = set()
    for entry in decisions_of(application.edition):
        candidates = read_candidates(entry.facts["candidates"])
        known |= {one.key: one for one in candidates}
        accepted.update(entry.facts["accepted"])
        by_quota.update(key for key, _group in entry.facts.get("by_quota", ()))
        if entry.verb == DECISION and any(one.key == application.pk for one in candidates):
            own = known[application.pk]
            last = max((known[key] for key in accepted - by_quota), key=lambda one: one.rank, default=None)
            return Verdict(
                appeal,
                own.score,
                last.score if last else None,
                came_later=last is not None and last.score == own.score and last.rank < own.rank,
                has_quotas=bool(by_quota),
                by_quota=sum(known[key].rank > own.rank for key in by_quota),
            )
    return Verdict(appeal)


def appeals_of(edition: Edition) -> QuerySet[Appeal]:
    """The appeals against decisions of an edition, the unanswered first."""
    return (
        Appeal.objects.filter(application__edition=edition)
        .select_related("application__organisation", "application__edition__series__organiser")
        .order_by(F("answered_at").asc(nulls_first=True), "pk")
    )


def appeal_of(application: Application) -> Appeal | None:
    """The appeal against the decision about an application."""
    return Appeal.objects.filter(application=application).first()
