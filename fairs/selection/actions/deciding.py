"""Places and quotas, the decision in bulk, the waiting list that fills itself, appeals.

A decision is logged with all that it was made on, so that it can be made again and compared.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from fairs.applications.actions.letters import write_to_applicants
from fairs.applications.deadlines import is_open
from fairs.applications.models import Application
from fairs.applications.queries import terms_of
from fairs.applications.rules import may_apply
from fairs.applications.states import ApplicationState
from fairs.editions.actions import hold_edition, hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_begun, refuse_once_put_away
from fairs.editions.states import PLANNED
from fairs.selection.errors import (
    AppealAlready,
    CallStillOpen,
    NoPlaces,
    NothingToAppeal,
    NothingToDecide,
    RankingMoved,
    ReviewsMissing,
)
from fairs.selection.models import Appeal, Exhibitor, GroupQuota, SelectionPlan
from fairs.selection.queries import Standing, exhibitors_of, plan_of, quotas_of, standings
from fairs.selection.ranking import Candidate, Outcome, Quota, next_waiting, select
from fairs.selection.states import LEAST_REVIEWS
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.models import LogEntry
from moussem.core.moves import move, standing
from moussem.core.rounds import try_each

WAITING, ACCEPTED, SENT = ApplicationState.WAITING, ApplicationState.ACCEPTED, ApplicationState.SENT


@transaction.atomic
def plan_selection(
    edition: Edition, *, actor: Any, places: int, quotas: Iterable[Mapping[str, Any]]
) -> SelectionPlan:
    """How many exhibitors the edition takes, and how many of them at least belong to which group."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    plan, _new = SelectionPlan.objects.update_or_create(edition=edition, defaults={"places": places})
    plan.quotas.all().delete()
    kept = GroupQuota.objects.bulk_create(GroupQuota(plan=plan, **one) for one in quotas)
    record("selection_planned", edition, actor=actor, places=places, quotas=[[q.key, q.least] for q in kept])
    return plan


def propose(edition: Edition) -> tuple[list[Standing], Outcome, SelectionPlan]:
    """What a decision made now would say: the ranked applications, who is in and who waits, and the plan."""
    known = standings(edition, SENT, ACCEPTED)
    ranked = [one for one in known if one.application.state == SENT]
    plan = plan_of(edition)
    free = max(plan.places - exhibitors_of(edition).count(), 0)
    quotas = _left(known, quotas_of(plan))
    outcome = select([one.candidate for one in ranked], places=free, quotas=quotas)
    return ranked, outcome, plan


def _left(known: Sequence[Standing], quotas: Sequence[Quota]) -> list[Quota]:
    """What quotas still ask for beside those who were accepted already."""
    inside = [one.candidate for one in known if one.application.state == ACCEPTED]
    return [
        Quota(quota.group, max(quota.least - sum(quota.group in one.groups for one in inside), 0))
        for quota in quotas
    ]


@transaction.atomic
def decide(edition: Edition, *, actor: Any, seen: str) -> Outcome:
    """Accept the best as far as there are places, let the others wait, and write to all of them.

    ``seen`` is the digest of the proposal that the organiser looked at: another one is not decided.
    """
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    last_day = max((term.last_day for term in terms_of(edition)), default=None)
    if is_open(last_day, edition.time_zone, timezone.now()):
        raise CallStillOpen(day=date_format(last_day), zone=edition.time_zone)
    ranked, outcome, plan = propose(edition)
    require(ranked, NothingToDecide)
    require(plan.places, NoPlaces)
    short = sum(not one.is_complete for one in ranked)
    require(not short, ReviewsMissing, count=short, least=LEAST_REVIEWS)
    require(digest_of(ranked, outcome) == seen, RankingMoved)
    _log_decision(edition, actor, ranked, plan, outcome)
    by_key = {one.application.pk: one.application for one in ranked}
    reason = dict(outcome.by_quota)
    for key in outcome.accepted:
        _accept(by_key[key], actor=actor, reason=reason.get(key, "score"))
    for number, key in enumerate(outcome.waiting, 1):
        move(lock(by_key[key]), WAITING, actor=actor, reason=f"rank {number} of those who wait")
    for letter in ("accepted", "waiting"):
        write_to_applicants([by_key[key] for key in getattr(outcome, letter)], letter)
    return outcome


def digest_of(ranked: Sequence[Standing], outcome: Outcome) -> str:
    """A proposal in one word: what the organiser saw and what is decided are the same, or nothing is done."""
    text = repr([(one.candidate.key, one.candidate.score, sorted(one.groups)) for one in ranked])
    return hashlib.sha256((text + repr(outcome)).encode()).hexdigest()[:16]


def _log_decision(
    edition: Edition, actor: Any, ranked: Sequence[Standing], plan: SelectionPlan, outcome: Outcome
) -> None:
    taken = exhibitors_of(edition).count()
    record(
        "decided",
        edition,
        actor=actor,
        places=max(plan.places - taken, 0),
        quotas=[[quota.group, quota.least] for quota in _left(standings(edition, ACCEPTED), quotas_of(plan))],
        candidates=[
            [one.candidate.key, one.candidate.score, one.candidate.sent, sorted(one.groups)] for one in ranked
        ],
        accepted=list(outcome.accepted),
        waiting=list(outcome.waiting),
    )


def replay(entry: LogEntry) -> tuple[Outcome, bool]:
    """A logged decision made again from what was logged, and whether it comes out as it did."""
    facts = entry.facts
    candidates = [Candidate(key, score, sent, frozenset(g)) for key, score, sent, g in facts["candidates"]]
    quotas = [Quota(group, least) for group, least in facts["quotas"]]
    outcome = select(candidates, places=facts["places"], quotas=quotas)
    same = list(outcome.accepted) == facts["accepted"] and list(outcome.waiting) == facts["waiting"]
    return outcome, same


def _accept(application: Application, *, actor: Any, reason: str) -> Exhibitor:
    application = lock(application)
    move(application, ACCEPTED, actor=actor, reason=reason)
    exhibitor, _new = Exhibitor.objects.update_or_create(
        edition=application.edition,
        organisation=application.organisation,
        defaults={"application": application, "category": application.category, "left_at": None},
    )
    return exhibitor


@transaction.atomic
def give_back_place(application: Application) -> None:
    """An accepted applicant withdrew: its place is free again, and whoever waits first takes it."""
    edition = lock(application.edition)
    gone = Exhibitor.objects.filter(application=application, left_at=None)
    if gone.update(left_at=timezone.now()):
        record("place_given_back", edition, actor=None, application=application.pk)
    fill_places(edition)


@transaction.atomic
def fill_places(edition: Edition) -> int:
    """Let those who wait in, as far as places are free; how many. Safe to run at any time."""
    edition = lock(edition)
    if edition.state not in PLANNED:
        return 0
    plan = plan_of(edition)
    free = plan.places - exhibitors_of(edition).count()
    known = standings(edition, WAITING, ACCEPTED) if free > 0 else []
    waiting = {one.application.pk: one for one in known if one.application.state == WAITING}
    inside = [one.candidate for one in known if one.application.state == ACCEPTED]
    let_in = []
    while waiting and len(let_in) < free:
        ranked = [one.candidate for one in waiting.values()]
        chosen = next_waiting(ranked, inside=inside, quotas=quotas_of(plan))
        inside.append(chosen)
        let_in.append(waiting.pop(chosen.key).application)
        _accept(let_in[-1], actor=None, reason="a place became free")
    write_to_applicants(let_in, "moved_up")
    return len(let_in)


def fill_all_places() -> int:
    """Fill the places of every edition that is still planned; how many were let in."""
    waiting = Edition.objects.filter(state__in=PLANNED, applications__state=WAITING).distinct()
    return sum(try_each(waiting, fill_places))


@transaction.atomic
def refuse_waiting(edition: Edition, *, actor: Any) -> int:
    """Close the waiting list: whoever still waits is refused and written to; how many."""
    edition = hold_own_edition(edition, actor, refuse_once_put_away)
    refused = list(edition.applications.filter(state=WAITING).order_by("pk"))
    require(refused, NothingToDecide)
    for application in refused:
        move(lock(application), ApplicationState.REFUSED, actor=actor, reason="the waiting list was closed")
    write_to_applicants(refused, "refused")
    return len(refused)


@transaction.atomic
def send_appeal(application: Application, *, actor: Any, text: str) -> Appeal:
    """What the applicant says against a refusal, once."""
    require(may_apply(actor, application.organisation), NotYours)
    hold_edition(application.edition, refuse_once_put_away)
    application = lock(application)
    refused = application.state == ApplicationState.REFUSED
    require(refused, NothingToAppeal, happened=standing(application))
    require(not Appeal.objects.filter(application=application).exists(), AppealAlready)
    appeal = Appeal.objects.create(application=application, text=text, sent_by=actor)
    record("appealed", application, actor=actor)
    return appeal


@transaction.atomic
def answer_appeal(appeal: Appeal, *, actor: Any, granted: bool, answer: str) -> Appeal:
    """The organiser's answer: granted, the application waits for a place again, and takes a free one."""
    hold_own_edition(appeal.application.edition, actor, refuse_once_put_away)
    appeal = lock(appeal)
    require(appeal.answered_at is None, AppealAlready)
    appeal.granted, appeal.answer = granted, answer
    appeal.answered_by, appeal.answered_at = actor, timezone.now()
    appeal.save(update_fields=["granted", "answer", "answered_by", "answered_at"])
    application = lock(appeal.application)
    record("appeal_answered", application, actor=actor, granted=granted)
    write_to_applicants([application], "appeal_answered", appeal=appeal)
    if granted:
        move(application, WAITING, actor=actor, reason="appeal granted")
        fill_places(application.edition)
    return appeal
