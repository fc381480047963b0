"""Appeals against decisions, and what an applicant reads of the one about them."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.models import Edition
from fairs.selection.models import Appeal
from fairs.selection.queries import decisions_of, standings
from fairs.selection.rules import is_refused
from fairs.selection.states import DECISION


@dataclass(frozen=True)
class Verdict:
    """Their appeal; refused, their score beside the last that was accepted; waiting, their place."""

    appeal: Appeal | None
    score: float | None = None
    last_accepted: float | None = None
    place: int | None = None


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
    for entry in decisions_of(application.edition):
        scores = {key: score for key, score, *_rest in entry.facts["candidates"]}
        if entry.verb == DECISION and application.pk in scores:
            accepted = [scores[key] for key in entry.facts["accepted"]]
            return Verdict(appeal, scores[application.pk], min(accepted, default=None))
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
