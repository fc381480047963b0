"""What is asked of exhibitors and until when: categories, questions, deadlines and their extension."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs.applications.actions.letters import write_to_applicants
from fairs.applications.deadlines import (
    Term,
    closes_at,
    day_by_other_clocks,
    gives_nobody_time,
    is_open,
    last_day_for,
    moves_somebody,
)
from fairs.applications.errors import (
    AfterTheDoors,
    ApplicantsMeetSo,
    CategoryInUse,
    CategoryNameTaken,
    ClocksReachDoors,
    DayOver,
    DaysBeforeDeadline,
    DeadlineReliedOn,
    DecidesOwn,
    DeletionUnexplained,
    DraftsWouldLose,
    EarlierNeedsReason,
    ExtensionUnexplained,
)
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.applications.queries import drafts_under, terms_of
from fairs.applications.rivals import interest_of
from fairs.applications.states import ApplicationState
from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.queries import bears_a_name
from fairs.editions.rules import refuse_once_begun
from fairs.editions.states import EditionState, Mode
from moussem.core.dates import today_here
from moussem.core.errors import require
from moussem.core.locks import lock_all
from moussem.core.log import record
from moussem.core.templatetags.times import clock_of
from moussem.core.text import has_words

COHORT = ("region", "province", "category")
OTHER_CLOCKS = gettext_lazy("The fair goes by the clocks of another place now.")


@transaction.atomic
def set_deadline(
    edition: Edition,
    *,
    actor: Any,
    last_day: date,
    reason: str = "",
    now: datetime | None = None,
    **cohort: Any,
) -> Deadline:
    """The last day for everybody or for a cohort; once announced no draft loses time by it.

    ``cohort`` names a region, a province or a category. Every draft that gains time by it is written to, once
    for each day that is set.
    """
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    now = now or timezone.now()
    require(last_day < edition.starts_on, AfterTheDoors, day=date_format(edition.starts_on))
    in_time = is_open(last_day, edition.time_zone, now)
    require(in_time, DayOver, day=date_format(last_day), zone=clock_of(edition.time_zone))
    cohort = {name: cohort.get(name) for name in COHORT}
    deadline = edition.deadlines.filter(**_exactly(cohort)).first()
    was = deadline.last_day if deadline else None
    if was == last_day and reason in ("", deadline.reason):
        return deadline
    announced = edition.state == EditionState.OPEN
    if announced and deadline and last_day < was:
        _check_earlier(deadline, edition, last_day, reason)
    deadline = deadline or Deadline(edition=edition, **cohort)
    deadline.last_day, deadline.promised_until, deadline.reason = last_day, None, reason
    # Whoever has a day already is told why it is another one, by whichever cohort it comes.
    explained = reason or not (announced and moves_somebody(_with_regions(edition), _with_region(deadline)))
    require(explained, ExtensionUnexplained)
    gaining = [] if not announced else _who_gains(deadline, edition, now)
    deadline.save()
    said = {name: str(one.pk) for name, one in cohort.items() if one}
    record(
        "deadline_set", edition, actor=actor, was=was and str(was), now=str(last_day), reason=reason, **said
    )
    write_to_applicants(
        gaining,
        "deadline_extended",
        occasion=f"extended:{last_day}",
        last_day=last_day,
        reason=deadline.reason,
    )
    return deadline


def changes_nothing(deadline: Deadline) -> bool:
    """Whether nobody has another last day by this deadline: others give as much time to all under it."""
    terms = [_with_region(one) for one in _beside(deadline)]
    return gives_nobody_time(terms, _with_region(deadline))


def _beside(deadline: Deadline) -> QuerySet[Deadline]:
    return deadline.edition.deadlines.exclude(pk=deadline.pk).select_related("province")


@transaction.atomic
def delete_deadline(edition: Edition, *, actor: Any, deadline: Deadline, reason: str) -> None:
    """A deadline on which nobody relies, gone with a reason that the log keeps."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    require(has_words(reason), DeletionUnexplained)
    deadline = lock_all(edition.deadlines.filter(pk=deadline.pk)).first()
    if deadline is None:
        # Pressed twice, it is deleted once.
        return
    if edition.state == EditionState.OPEN:
        # An announced day is a promise to whoever may apply, and not to those alone who write already.
        require(changes_nothing(deadline), DeadlineReliedOn, day=date_format(deadline.last_day))
    said = {name: str(one.pk) for name in COHORT if (one := getattr(deadline, name))}
    record("deadline_deleted", edition, actor=actor, was=str(deadline.last_day), reason=reason, **said)
    deadline.delete()


def _check_earlier(deadline: Deadline, edition: Edition, last_day: date, reason: str) -> None:
    """Refuse an earlier day without a reason, or by which somebody who is writing has less time."""
    said = {"day": date_format(deadline.last_day)}
    require(has_words(reason), EarlierNeedsReason, **said)
    terms = terms_of(edition)
    # As it will be: the other deadlines may still give somebody the same time.
    after = [*(one for one in terms if one != deadline.term), replace(deadline.term, last_day=last_day)]
    losing = [draft for draft in drafts_under(deadline) if _day_for(draft, after) < _day_for(draft, terms)]
    require(not losing, DraftsWouldLose, count=len(losing), **said)


def _day_for(draft: Application, terms: Iterable[Term]) -> date:
    """The last day of a draft; long ago where no deadline is for it."""
    one = draft.organisation
    asked = {"region": one.region_id, "province": one.province_id, "category": draft.category_id}
    return last_day_for(terms, **asked) or date.min


def refuse_mode_of_applicants(edition: Edition, was: str) -> None:
    """Nobody who applied to take part in one way is asked to come in another."""
    if was != Mode.HYBRID:
        edition.applications.update(mode=was)
    elif edition.mode != Mode.HYBRID:
        asked = edition.applications.filter(state__in=(ApplicationState.SENT, ApplicationState.WAITING))
        others = asked.exclude(mode=edition.mode)
        if one := others.first():
            raise ApplicantsMeetSo(count=others.count(), mode=one.get_mode_display())


def _with_region(deadline: Deadline) -> Term:
    """A deadline whose province says its region too, so that two of them can be held together."""
    region = deadline.province.region_id if deadline.province else deadline.region_id
    return replace(deadline.term, region=region)


def _with_regions(edition: Edition) -> list[Term]:
    return [_with_region(one) for one in edition.deadlines.select_related("province")]


def refuse_days_before_deadlines(edition: Edition, **facts: Any) -> None:
    """Days that begin while somebody may still apply leave no time to decide; whichever was set first."""
    last_day = max((term.last_day for term in terms_of(edition)), default=None)
    if last_day is not None and edition.starts_on <= last_day:
        raise DaysBeforeDeadline(day=date_format(last_day))


def carry_clocks_to_deadlines(
    edition: Edition, *, zone_was: str, actor: Any, told: list[str], **facts: Any
) -> None:
    """Other clocks end a last day at another moment: an announced one never before the one announced first.

    Where it would, the last day is a later one, and the first clocks bring the first day back; whose draft
    has another time by it is told.
    """
    if edition.state != EditionState.OPEN or zone_was == edition.time_zone:
        return
    now, before, zone, reason = timezone.now(), terms_of(edition), edition.time_zone, OTHER_CLOCKS
    for deadline in edition.deadlines.all():
        was, promised = deadline.last_day, deadline.promised_until
        day, promised = day_by_other_clocks(was, promised, zone_was=zone_was, zone=zone, now=now)
        days = {"was": date_format(was), "now": date_format(day), "zone": clock_of(zone)}
        require(day < edition.starts_on, ClocksReachDoors, **days)
        deadline.last_day, deadline.promised_until = day, promised
        deadline.save(update_fields=["last_day", "promised_until"])
        if day != was:
            moved = {"was": str(was), "now": str(day), "zone": zone, "zone_was": zone_was}
            said = {name: str(one.pk) for name in COHORT if (one := getattr(deadline, name))}
            record("deadline_set", edition, actor=actor, reason=str(reason), **moved, **said)
            sentence = _("Applications: until the end of %(now)s (%(zone)s) in place of %(was)s.") % days
            told.extend([sentence] if sentence not in told else [])
    _tell_of_clocks(edition, before, zone_was, now)


def _tell_of_clocks(edition: Edition, before: Iterable[Term], zone_was: str, now: datetime) -> None:
    """Write to each draft whose time ends at another moment now, and is not over."""
    after = terms_of(edition)
    other: dict[tuple[date, bool], list[Application]] = {}
    for draft in edition.applications.drafts().select_related("organisation", "edition").order_by("pk"):
        if (last_day := _day_for(draft, after)) == date.min:
            continue
        ended, ends = closes_at(_day_for(draft, before), zone_was), closes_at(last_day, edition.time_zone)
        if ended != ends and ends > now:
            other.setdefault((last_day, ends < ended), []).append(draft)
    for (last_day, is_shorter), drafts in other.items():
        write_to_applicants(
            drafts,
            "deadline_extended",
            occasion=f"clocks:{now.isoformat()}",
            last_day=last_day,
            is_shorter=is_shorter,
            reason=OTHER_CLOCKS,
        )


def _exactly(cohort: dict[str, Any]) -> dict[str, Any]:
    return {name if one else f"{name}__isnull": one or True for name, one in cohort.items()}


def _who_gains(deadline: Deadline, edition: Edition, now: datetime) -> list[Application]:
    """The drafts under a deadline not kept yet whose own last day was an earlier one until now."""
    terms = terms_of(edition)
    return [draft for draft in drafts_under(deadline) if _day_for(draft, terms) < deadline.last_day]


@transaction.atomic
def keep_category(
    edition: Edition, *, actor: Any, category: Category | None = None, **names: str
) -> Category:
    """A category of exhibitors, new or under other names."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    require(not bears_a_name(edition.categories.all(), names, but=category), CategoryNameTaken)
    if category is None:
        category = Category(edition=edition, position=edition.categories.count())
    for name, value in names.items():
        setattr(category, name, value)
    category.save()
    record("category_kept", edition, actor=actor, category=category.pk, **names)
    return category


@transaction.atomic
def delete_category(edition: Edition, *, actor: Any, category: Category) -> None:
    """A category that nobody chose, gone with its questions."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    category = lock_all(edition.categories.filter(pk=category.pk)).first()
    if category is None:
        # Pressed twice, it is deleted once.
        return
    chosen = category.applications.count()
    require(not chosen, CategoryInUse, category=category.label, count=chosen)
    record("category_deleted", edition, actor=actor, category=category.pk, name=category.name_en)
    category.delete()


@transaction.atomic
def keep_question(edition: Edition, *, actor: Any, question: Question | None = None, **told: Any) -> Question:
    """A question of the application form, new or changed; answers that were given stay with it."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    if question is None:
        question = Question(edition=edition, position=edition.questions.count())
    for name, value in told.items():
        setattr(question, name, value)
    question.save()
    facts = {name: getattr(value, "pk", value) for name, value in told.items()}
    record("question_kept", edition, actor=actor, question=question.pk, **facts)
    return question


@transaction.atomic
def delete_question(edition: Edition, *, actor: Any, question: Question) -> None:
    """A question that is asked no more; what was answered to it stays in the applications."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    record("question_deleted", edition, actor=actor, question=question.pk, name=question.name_en)
    question.delete()


def copy_what_is_asked(old: Edition, new: Edition) -> None:
    """Categories, questions and deadlines of an edition, for its clone; deadlines keep their distance."""
    moved = new.starts_on - old.starts_on
    categories = {
        one.pk: Category(
            edition=new,
            position=one.position,
            name_en=one.name_en,
            name_fr=one.name_fr,
            name_ar=one.name_ar,
        )
        for one in old.categories.all()
    }
    Category.objects.bulk_create(categories.values())
    Question.objects.bulk_create(
        Question(
            edition=new,
            category=categories.get(one.category_id),
            kind=one.kind,
            is_required=one.is_required,
            position=one.position,
            name_en=one.name_en,
            name_fr=one.name_fr,
            name_ar=one.name_ar,
        )
        for one in old.questions.all()
    )
    Deadline.objects.bulk_create(
        Deadline(
            edition=new,
            region_id=one.region_id,
            province_id=one.province_id,
            category=categories.get(one.category_id),
            last_day=one.last_day + moved,
        )
        for one in old.deadlines.all()
        # A day that is over already is no deadline: the organiser sets another.
        if one.last_day + moved >= today_here()
    )
