"""Applications with what the jury says of them, ranks, and what a person may see of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from fairs.applications.models import Application
from fairs.applications.queries import counts_of
from fairs.applications.rivals import applies, is_rival
from fairs.applications.states import DECIDED, ApplicationState
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.selection.models import (
    Criterion,
    Exhibitor,
    GroupQuota,
    Juror,
    Review,
    Rubric,
    SelectionPlan,
)
from fairs.selection.ranking import Candidate, Quota
from fairs.selection.scoring import Judged, judged
from fairs.selection.states import DECISION, FILLED, LEAST_REVIEWS, Group
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.organisations.models import Membership

# The order decisions are shown in.
SHOWN_DECIDED = (*DECIDED, ApplicationState.WITHDRAWN)
# The letters that tell an applicant how it was decided.
DECIDING_LETTERS = ("accepted", "waiting", "moved_up", "refused", "appeal_answered")


@dataclass(frozen=True)
class Standing:
    """An application with its score, the spread of its reviews, and the groups it belongs to."""

    application: Application
    judged: Judged
    groups: frozenset[str]

    @property
    def is_complete(self) -> bool:
        """Whether enough reviewers have judged it."""
        return self.judged.reviews >= LEAST_REVIEWS

    @property
    def candidate(self) -> Candidate:
        """The application as the ranking takes it."""
        one = self.application
        return Candidate(one.pk, self.judged.score, one.sent_at.isoformat(), self.groups)


@dataclass(frozen=True)
class Logged:
    """The rank and the score on which somebody was decided about, and when."""

    rank: int
    score: float
    entry: LogEntry


@dataclass(frozen=True)
class Decided:
    """A decided application: as the jury judged it, as the log has it, and when its letter was written."""

    standing: Standing
    logged: Logged | None
    letter_at: datetime | None

    @property
    def score(self) -> float:
        """The score it was decided on; for who came in otherwise, what its reviews say."""
        return self.logged.score if self.logged else self.standing.judged.score


def _reviews() -> QuerySet[Review]:
    """Reviews with whether who wrote them has become a rival since."""
    return Review.objects.select_related("rubric", "juror__person", "application").annotate(
        of_rival=applies("juror__person", "juror__edition")
    )


def _counted(application: Application) -> list[Review]:
    """The reviews of an application that count."""
    return [one for one in application.reviews.all() if is_counted(one)]


def is_counted(review: Review) -> bool:
    """Neither of who declared a conflict, nor of a rival, nor of what was sent before."""
    return not (review.has_conflict or review.of_rival or review.is_outdated)


def rubric_of(edition: Edition) -> Rubric | None:
    """The rubric that reviews are written by now, with its criteria."""
    return edition.rubrics.prefetch_related("criteria").first()


def criteria_of(edition: Edition) -> list[Criterion]:
    """The criteria of every version of the rubric, each with it, those of that rubric first; one query."""
    versions = Criterion.objects.filter(rubric__edition=edition).select_related("rubric")
    return list(versions.order_by("-rubric__version", "position", "pk"))


def criteria_now(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Those that reviews are written by now, among all of an edition."""
    return [one for one in criteria if one.rubric_id == criteria[0].rubric_id]


def plan_of(edition: Edition) -> SelectionPlan:
    """How many exhibitors an edition takes, and its quotas; an unsaved one where nothing was said."""
    quotas = Prefetch("quotas", GroupQuota.objects.select_related("region"))
    found = SelectionPlan.objects.filter(edition=edition).prefetch_related(quotas).first()
    return found or SelectionPlan(edition=edition)


def quotas_of(plan: SelectionPlan) -> list[Quota]:
    """The quotas of a plan as the ranking takes them."""
    return [Quota(one.key, one.least) for one in plan.quotas.all()] if plan.pk else []


def jury_of(edition: Edition) -> QuerySet[Juror]:
    """Those who review now, with how many of the reviews that each has written count."""
    counts = Q(reviews__has_conflict=False, reviews__sent_at__gte=F("reviews__application__sent_at"))
    return (
        edition.jurors.filter(left_at=None)
        .select_related("person")
        .annotate(written=Count("reviews", filter=counts))
        .annotate(conflicts=Count("reviews", filter=Q(reviews__has_conflict=True)))
        .annotate(is_rival=applies("person", "edition"))
    )


def lacking_reviewers(ranked: Iterable[Standing], jury: Iterable[Juror]) -> int:
    """How many applications the jury is too small for, once conflicts of interest are out."""
    able = {one.pk for one in jury if not one.is_rival}
    return sum(len(_who_may_count(one.application, able)) < LEAST_REVIEWS for one in ranked)


def _who_may_count(application: Application, able: set[int]) -> set[int]:
    """Whose review of an application counts, or still may."""
    out = {one.juror_id for one in application.reviews.all() if one.has_conflict}
    return able - out | {one.juror_id for one in _counted(application)}


def seat_of(user: Any, slug: str) -> Juror | None:
    """The seat of a person in the jury of the edition of this address."""
    if not user.is_authenticated:
        return None
    seats = Juror.objects.filter(person=user, left_at=None, edition__slug=slug)
    return seats.select_related("edition__series__organiser", "person").first()


def to_judge(seat: Juror) -> QuerySet[Application]:
    """What a reviewer reads: what was sent and is not decided, with the reviewer's own review and no other.

    What the reviewer's own organisations sent is left out, and who applies too reads nothing.
    """
    return Application.objects.none() if is_rival(seat.person, seat.edition) else _not_own(seat)


def _not_own(seat: Juror) -> QuerySet[Application]:
    own = Review.objects.filter(juror=seat)
    return (
        Application.objects.filter(edition=seat.edition_id, state=ApplicationState.SENT)
        .exclude(organisation__memberships__user=seat.person_id)
        .select_related("organisation__region", "organisation__province", "category", "edition")
        .prefetch_related(Prefetch("reviews", own, to_attr="own_reviews"))
        .order_by("sent_at", "pk")
    )


def left_to_judge(seat: Juror | None) -> set[int]:
    """The keys of the applications that a reviewer has still to judge: until then other scores are hidden.

    It holds for an organiser with a seat too, and for one who applies and may judge nobody.
    """
    if seat is None:
        return set()
    stands = Q(has_conflict=True) | Q(sent_at__gte=OuterRef("sent_at"))
    judged_already = Review.objects.filter(stands, application=OuterRef("pk"), juror=seat)
    return set(_not_own(seat).exclude(Exists(judged_already)).values_list("pk", flat=True))


def own_review_of(application: Application) -> Review | None:
    """What a reviewer wrote of an application as it stands, among those of `to_judge`."""
    return next((one for one in application.own_reviews if not one.is_outdated), None)


def reviews_of_earlier_sending(application: Application) -> QuerySet[Review]:
    """Reviews of what was sent before, by those who still sit in the jury."""
    written = application.reviews.filter(has_conflict=False, sent_at__lt=application.sent_at)
    return written.filter(juror__left_at=None).select_related("juror__person").order_by("pk")


def standings(
    edition: Edition,
    *states: ApplicationState,
    before: set[int] | None = None,
    criteria: Sequence[Criterion] | None = None,
) -> list[Standing]:
    """The applications of an edition in these states, the best first; six queries, however many there are.

    ``before`` are those who exhibited earlier, and ``criteria`` all that reviews were written by, for who has
    asked already.
    """
    asked = edition.applications.filter(state__in=states or (ApplicationState.SENT,))
    return sorted(_standings(edition, asked, before, criteria), key=lambda one: one.candidate.rank)


def _standings(
    edition: Edition,
    asked: QuerySet[Application],
    before: set[int] | None = None,
    criteria: Sequence[Criterion] | None = None,
) -> list[Standing]:
    readers = Membership.objects.selling().filter(organisation=OuterRef("organisation"))
    asked = asked.select_related("organisation__region", "category").prefetch_related(
        Prefetch("reviews", _reviews())
    )
    # Whether somebody of the applicant is here who would read a letter.
    asked = asked.annotate(is_reached=Exists(readers))
    weights = weights_of(criteria_of(edition) if criteria is None else criteria)
    before = who_exhibited_before(edition) if before is None else before
    return [
        Standing(
            one,
            judged([(weights[r.rubric_id], r.scores) for r in _counted(one)]),
            groups_of(one.stated, one.organisation_id in before),
        )
        for one in asked
    ]


def decisions_of(edition: Edition) -> list[LogEntry]:
    """The decisions of an edition as they were logged, the latest first."""
    return list(history_of(edition).filter(verb__in=(DECISION, FILLED)).order_by("-pk"))


def refused_since(edition: Edition, decisions: Sequence[LogEntry]) -> list[tuple[LogEntry, int]]:
    """Each decision with how many of those it left waiting were refused when the list closed."""
    refused = edition.applications.filter(state=ApplicationState.REFUSED)
    keys = set(refused.values_list("pk", flat=True)) if decisions else set()
    return [(entry, len(keys & set(entry.facts.get("waiting", ())))) for entry in decisions]


def counts_decided(edition: Edition) -> dict[str, int]:
    """How many applications were decided in which way, in the order they are shown in."""
    counted = edition.applications.filter(_was_decided()).values_list("state").annotate(many=Count("pk"))
    counted = dict(counted.order_by())
    return {state.value: counted[state] for state in SHOWN_DECIDED if counted.get(state)}


def standing_of(edition: Edition) -> dict[str, int]:
    """How many applications stand where, how many of all were decided, and what appeals there are."""
    return counts_of(
        edition,
        decided=Count("pk", filter=_was_decided()),
        appeals=Count("appeal"),
        to_answer=Count("appeal", filter=Q(appeal__answered_at=None)),
    )


def decided_order(edition: Edition, decisions: Sequence[LogEntry], state: str = "") -> list[int]:
    """The keys of the decided applications, or of those in one state: by decision, then by rank."""
    ranks = _logged(decisions)
    asked = edition.applications.filter(_was_decided())
    if state in SHOWN_DECIDED:
        asked = asked.filter(state=state)
    place = {one.value: number for number, one in enumerate(SHOWN_DECIDED)}
    rows = asked.values_list("pk", "state").order_by("pk")

    def order(row: tuple[int, str]) -> tuple[int, bool, int, int, int]:
        pk, state = row
        logged = ranks.get(pk)
        return place[state], logged is None, *((logged.entry.pk, logged.rank) if logged else (0, 0)), pk

    return [pk for pk, _state in sorted(rows, key=order)]


def decided_among(edition: Edition, decisions: Sequence[LogEntry], keys: Sequence[int]) -> list[Decided]:
    """These decided applications as a page shows them, in this order."""
    found = {one.application.pk: one for one in _standings(edition, edition.applications.filter(pk__in=keys))}
    ranks, letters = _logged(decisions), _letters(keys)
    return [Decided(found[pk], ranks.get(pk), letters.get(pk)) for pk in keys if pk in found]


def names_of(edition: Edition, keys: Iterable[int]) -> dict[int, str]:
    """The applicants of these applications, by key."""
    asked = edition.applications.filter(pk__in=keys).select_related("organisation")
    return {one.pk: one.organisation.label for one in asked}


def _was_decided() -> Q:
    """Whoever withdrew before anything was decided is no part of it: their exhibitor was never made."""
    return Q(state__in=DECIDED) | Q(state=ApplicationState.WITHDRAWN, exhibitor__isnull=False)


def _logged(decisions: Sequence[LogEntry]) -> dict[int, Logged]:
    """What the log says of each application; of one that was decided twice, the last.

    The waiting list counts its ranks anew each time it fills a place: who waited keeps the rank of the jury.
    """
    found: dict[int, Logged] = {}
    for entry in reversed(decisions):
        for rank, (key, score, *_rest) in enumerate(entry.facts["candidates"], 1):
            if entry.verb == DECISION or key not in found:
                found[key] = Logged(rank, score, entry)
    return found


def _letters(keys: Sequence[int]) -> dict[int, datetime]:
    """When each applicant was last written to about a decision."""
    written = LogEntry.objects.filter(
        verb="letter_written",
        subject_type=Application._meta.label_lower,
        subject_id__in=[str(key) for key in keys],
        facts__letter__in=DECIDING_LETTERS,
    )
    return {int(key): at for key, at in written.order_by("pk").values_list("subject_id", "at")}


def weights_of(criteria: Iterable[Criterion]) -> dict[int, dict[str, int]]:
    """The weights of each version of the rubric, by the code of the criterion."""
    weights: dict[int, dict[str, int]] = {}
    for one in criteria:
        weights.setdefault(one.rubric_id, {})[one.code] = one.weight
    return weights


def who_exhibited_before(edition: Edition) -> set[int]:
    """The organisations that exhibited at an earlier edition of the same fair."""
    return set(_earlier(edition).values_list("organisation", flat=True))


def exhibitors_now_and_before(edition: Edition) -> tuple[int, set[int]]:
    """How many exhibit at an edition, and who did at an earlier one of the same fair; one query."""
    here = Exhibitor.objects.filter(edition=edition, left_at=None)
    rows = list((here | _earlier(edition)).order_by().values_list("edition", "organisation"))
    before = {organisation for where, organisation in rows if where != edition.pk}
    return sum(where == edition.pk for where, _who in rows), before


def _earlier(edition: Edition) -> QuerySet[Exhibitor]:
    return Exhibitor.objects.filter(
        ~Q(edition__state=EditionState.WITHDRAWN),
        edition__series=edition.series_id,
        edition__starts_on__lt=edition.starts_on,
        left_at=None,
    )


def groups_accepted(edition: Edition, before: set[int]) -> list[frozenset[str]]:
    """The groups that each of the accepted belongs to; ``before`` are those who exhibited earlier."""
    accepted = edition.applications.filter(state=ApplicationState.ACCEPTED)
    rows = accepted.values_list("stated", "organisation")
    return [groups_of(stated, organisation in before) for stated, organisation in rows]


def groups_of(stated: dict[str, Any], exhibited_before: bool) -> frozenset[str]:
    """The groups of quotas that an applicant belongs to, by what was stated when it was sent."""
    groups = set()
    if stated.get("women_led"):
        groups.add(str(Group.WOMEN_LED))
    if stated.get("remote_area"):
        groups.add(str(Group.REMOTE))
    if stated.get("region"):
        groups.add(f"region:{stated['region']}")
    if not exhibited_before:
        groups.add(str(Group.FIRST_TIME))
    return frozenset(groups)


def exhibitors_of(edition: Edition) -> QuerySet[Exhibitor]:
    """Those who exhibit at an edition now."""
    return edition.exhibitors.filter(left_at=None).select_related("organisation__region", "category")


def reviews_written(application: Application) -> QuerySet[Review]:
    """What the jury wrote of an application, for the organiser."""
    return reviews_among([application])


def reviews_among(applications: Sequence[Application]) -> QuerySet[Review]:
    """What the jury wrote of these applications."""
    return _reviews().filter(application__in=applications).order_by("pk")
