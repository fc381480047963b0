"""Places and quotas, the decision in bulk, the waiting list that fills itself, appeals.

A decision is logged with all that it was made on, so that it can be made again and compared.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from fairs.applications.actions.letters import write_to_applicants
from fairs.applications.deadlines import is_open
from fairs.applications.errors import DecidesOwn
from fairs.applications.models import Application
from fairs.applications.queries import terms_of
from fairs.applications.rivals import interest_of
from fairs.applications.rules import may_apply
from fairs.applications.states import ApplicationState
from fairs.editions.actions import hold_edition, hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_begun, refuse_once_put_away
from fairs.editions.states import ENDED, PLANNED, Mode
from fairs.selection.errors import (
    AppealAlready,
    AppealTooLate,
    CallStillOpen,
    ExhibitorsMeetSo,
    NoPlaces,
    NothingToAppeal,
    NothingToDecide,
    RankingMoved,
    ReviewsMissing,
)
from fairs.selection.events import exhibitor_came, exhibitor_left
from fairs.selection.models import Appeal, Criterion, Exhibitor, GroupQuota, SelectionPlan
from fairs.selection.queries import (
    Standing,
    criteria_of,
    exhibitors_now_and_before,
    exhibitors_of,
    groups_accepted,
    plan_of,
    quotas_of,
    standings,
)
from fairs.selection.ranking import Candidate, Outcome, Quota, fill, read_candidates, select
from fairs.selection.rules import is_refused
from fairs.selection.states import DECISION, FILLED, LEAST_REVIEWS
from fairs.selection.ways import WayIn, ways_in
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.models import LogEntry
from moussem.core.moves import move, standing
from moussem.core.rounds import in_chunks, try_each
from moussem.core.templatetags.times import clock_of

WAITING, ACCEPTED, SENT = ApplicationState.WAITING, ApplicationState.ACCEPTED, ApplicationState.SENT


Place = tuple[ApplicationState, int]


@dataclass(frozen=True)
class Compared:
    """A candidate of a decision: what came out of it then, and what comes out of its log now.

    Both are the state and the place in the order of those in that state; None where it is in neither list.
    ``way`` says by which way who was accepted came in, where it was not by the score alone.
    """

    rank: int
    key: int
    score: float
    then: Place | None
    now: Place | None
    way: WayIn | None = None

    @property
    def is_same(self) -> bool:
        """Whether both agree."""
        return self.then == self.now


@transaction.atomic
def plan_selection(
    edition: Edition, *, actor: Any, places: int, quotas: Iterable[Mapping[str, Any]]
) -> SelectionPlan:
    """How many exhibitors the edition takes, and how many of them at least belong to which group."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    plan, _new = SelectionPlan.objects.update_or_create(edition=edition, defaults={"places": places})
    plan.quotas.all().delete()
    kept = GroupQuota.objects.bulk_create(GroupQuota(plan=plan, **one) for one in quotas)
    record("selection_planned", edition, actor=actor, places=places, quotas=[[q.key, q.least] for q in kept])
    return plan


class Proposal(NamedTuple):
    """What a decision made now would say: the ranked applications, who is in and who waits, the plan.

    ``taken`` counts who exhibits already; ``quotas`` is what is still asked for beside them; ``criteria`` are
    those of every version of the rubric.
    """

    ranked: list[Standing]
    outcome: Outcome
    plan: SelectionPlan
    taken: int
    quotas: list[Quota]
    criteria: list[Criterion]


def propose(edition: Edition) -> Proposal:
    """What a decision made now would say."""
    taken, before = exhibitors_now_and_before(edition)
    criteria, plan = criteria_of(edition), plan_of(edition)
    ranked = standings(edition, SENT, before=before, criteria=criteria)
    quotas = _left(edition, quotas_of(plan), before)
    free = max(plan.places - taken, 0)
    outcome = select([one.candidate for one in ranked], places=free, quotas=quotas)
    return Proposal(ranked, outcome, plan, taken, quotas, criteria)


def _left(edition: Edition, quotas: Sequence[Quota], before: set[int]) -> list[Quota]:
    """What quotas still ask for beside those who were accepted already."""
    inside = groups_accepted(edition, before) if quotas else []
    return [
        Quota(quota.group, max(quota.least - sum(quota.group in groups for groups in inside), 0))
        for quota in quotas
    ]


@transaction.atomic
def decide(edition: Edition, *, actor: Any, seen: str, now: datetime | None = None) -> Outcome:
    """Accept the best as far as there are places, let the others wait, and write to all of them.

    ``seen`` is the digest of the proposal that the organiser looked at: another one is not decided.
    """
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    last_day = max((term.last_day for term in terms_of(edition)), default=None)
    if is_open(last_day, edition.time_zone, now or timezone.now()):
        raise CallStillOpen(day=date_format(last_day), zone=clock_of(edition.time_zone))
    ranked, outcome, plan, taken, quotas, _criteria = propose(edition)
    require(ranked, NothingToDecide)
    require(plan.places, NoPlaces)
    short = sum(not one.is_complete for one in ranked)
    require(not short, ReviewsMissing, count=short, least=LEAST_REVIEWS)
    require(digest_of(ranked, outcome) == seen, RankingMoved)
    _log_decision(edition, actor, ranked, outcome, max(plan.places - taken, 0), quotas)
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
    edition: Edition,
    actor: Any,
    ranked: Sequence[Standing],
    outcome: Outcome,
    places: int,
    quotas: Sequence[Quota],
) -> None:
    record(
        DECISION,
        edition,
        actor=actor,
        places=places,
        quotas=[[quota.group, quota.least] for quota in quotas],
        candidates=_plain(one.candidate for one in ranked),
        accepted=list(outcome.accepted),
        waiting=list(outcome.waiting),
        by_quota=[list(one) for one in outcome.by_quota],
    )


def _plain(candidates: Iterable[Candidate]) -> list[list[Any]]:
    """Candidates as the log keeps them."""
    return [[one.key, one.score, one.sent, sorted(one.groups)] for one in candidates]


def replay(entry: LogEntry) -> tuple[Outcome, bool]:
    """A logged decision made again from what was logged, and whether it comes out as it did.

    It is one of the organiser in bulk, or one of the waiting list that filled free places by itself.
    """
    facts = entry.facts
    candidates = read_candidates(facts["candidates"])
    quotas = [Quota(group, least) for group, least in facts["quotas"]]
    if entry.verb == FILLED:
        outcome = fill(
            candidates, inside=read_candidates(facts["inside"]), places=facts["places"], quotas=quotas
        )
    else:
        outcome = select(candidates, places=facts["places"], quotas=quotas)
    same = list(outcome.accepted) == facts["accepted"] and list(outcome.waiting) == facts["waiting"]
    return outcome, same


def compared(entry: LogEntry, outcome: Outcome) -> list[Compared]:
    """Every candidate of a logged decision beside what its replay says, in the order of the ranks."""
    then = {**_places(entry.facts["accepted"], ACCEPTED), **_places(entry.facts["waiting"], WAITING)}
    now = {**_places(outcome.accepted, ACCEPTED), **_places(outcome.waiting, WAITING)}
    ways = ways_in([entry])
    return [
        Compared(rank, key, score, then.get(key), now.get(key), ways.get(key))
        for rank, (key, score, *_rest) in enumerate(entry.facts["candidates"], 1)
    ]


def _places(keys: Iterable[int], state: ApplicationState) -> dict[int, Place]:
    return {key: (state, place) for place, key in enumerate(keys, 1)}


def _accept(application: Application, *, actor: Any, reason: str) -> Exhibitor:
    application = lock(application)
    move(application, ACCEPTED, actor=actor, reason=reason)
    exhibitor, _new = Exhibitor.objects.update_or_create(
        edition=application.edition,
        organisation=application.organisation,
        defaults={
            "application": application,
            "category": application.category,
            "mode": application.presence,
            "left_at": None,
        },
    )
    exhibitor_came.announce(Exhibitor, exhibitor=exhibitor)
    return exhibitor


@transaction.atomic
def give_back_place(application: Application) -> None:
    """An accepted applicant withdrew: its place is free again, with all that rooms above hold for it."""
    # The row is what others who use the place wait for; the edition is not locked, since a decision locks it
    # before the applications.
    exhibitor = lock_all(Exhibitor.objects.filter(application=application, left_at=None)).first()
    if exhibitor is None:
        return
    exhibitor.left_at = timezone.now()
    exhibitor.save(update_fields=["left_at"])
    facts = {"application": application.pk, "exhibitor": exhibitor.pk}
    record("place_given_back", application.edition, actor=None, **facts)
    exhibitor_left.announce(Exhibitor, exhibitor=exhibitor)


def refuse_mode_of_exhibitors(edition: Edition, was: str) -> None:
    """Nobody who exhibits in one way is asked to exhibit in another."""
    if was != Mode.HYBRID:
        edition.exhibitors.update(mode=was)
    if edition.mode != Mode.HYBRID:
        others = exhibitors_of(edition).exclude(mode=edition.mode)
        if one := others.first():
            raise ExhibitorsMeetSo(count=others.count(), mode=one.get_mode_display())


def mend_places() -> int:
    """What a fault left of those who gave their place back, in all rooms; how many were looked at."""
    withdrawn = Application.objects.filter(
        state=ApplicationState.WITHDRAWN, exhibitor__left_at=None, exhibitor__isnull=False
    )
    given_back = sum(1 for _one in try_each(in_chunks(withdrawn), give_back_place))
    gone = Exhibitor.objects.filter(left_at__isnull=False).exclude(edition__state__in=ENDED)
    return given_back + sum(1 for _one in try_each(in_chunks(gone), _tell_again))


@transaction.atomic
def _tell_again(exhibitor: Exhibitor) -> None:
    exhibitor = lock(exhibitor)
    # It may have come back meanwhile.
    if exhibitor.left_at is not None:
        exhibitor_left.announce(Exhibitor, exhibitor=exhibitor)


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
    if not waiting:
        return 0
    candidates = [one.candidate for one in waiting.values()]
    inside = [one.candidate for one in known if one.application.state == ACCEPTED]
    quotas = quotas_of(plan)
    outcome = fill(candidates, inside=inside, places=free, quotas=quotas)
    record(
        FILLED,
        edition,
        actor=None,
        places=free,
        quotas=[[quota.group, quota.least] for quota in quotas],
        candidates=_plain(candidates),
        inside=_plain(inside),
        accepted=list(outcome.accepted),
        waiting=list(outcome.waiting),
        by_quota=[list(one) for one in outcome.by_quota],
    )
    let_in = [waiting[key].application for key in outcome.accepted]
    for application in let_in:
        _accept(application, actor=None, reason="a place became free")
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
    require(not interest_of(actor, edition).is_open, DecidesOwn)
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
    require(is_refused(application), NothingToAppeal, happened=standing(application))
    require(not Appeal.objects.filter(application=application).exists(), AppealAlready)
    appeal = Appeal.objects.create(application=application, text=text, sent_by=actor)
    record("appealed", application, actor=actor)
    return appeal


@transaction.atomic
def answer_appeal(appeal: Appeal, *, actor: Any, granted: bool, answer: str) -> Appeal:
    """The organiser's answer: granted, the application waits for a place again, and takes a free one."""
    edition = hold_own_edition(appeal.application.edition, actor, refuse_once_put_away)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    # Nobody is let in from the waiting list any more: the letter would promise what does not come.
    require(not granted or edition.is_planned, AppealTooLate)
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
