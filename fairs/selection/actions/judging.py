"""The rubric, the jury and its reviews."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

import fairs.selection
from fairs.applications.errors import DecidesOwn
from fairs.applications.models import Application
from fairs.applications.rivals import interest_of, is_rival
from fairs.editions.actions import end_duty, give_duty, hold_edition, hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_begun, refuse_once_put_away
from fairs.selection.errors import (
    AppliesToo,
    CannotBeJudged,
    NobodyThere,
    OwnApplication,
    ReviewerAlready,
    RivalInJury,
    ScoresMissing,
    WeightsNotHundred,
)
from fairs.selection.models import Criterion, GroupQuota, Juror, Review, Rubric, SelectionPlan
from fairs.selection.queries import reviews_of_earlier_sending, rubric_of
from fairs.selection.rules import belongs_to_applicant, is_judged, sits_in_jury
from fairs.selection.states import SCORES
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.moves import standing
from moussem.people.queries import person_with_address

SEED = Path(fairs.selection.__file__).parent / "reference" / "dimensions.csv"
NAMES = ("name_en", "name_fr", "name_ar")


@transaction.atomic
def seed_rubric(edition: Edition, *, actor: Any) -> Rubric:
    """The rubric of an edition; the first one comes from the dimensions of the readiness grid."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    if known := rubric_of(edition):
        return known
    with SEED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rubric = _new_rubric(edition, [{**row, "weight": int(row["weight"])} for row in rows], version=1)
    record("rubric_set", edition, actor=actor, version=1)
    return rubric


def _new_rubric(edition: Edition, criteria: Sequence[Mapping[str, Any]], *, version: int) -> Rubric:
    rubric = Rubric.objects.create(edition=edition, version=version)
    Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric,
            position=position,
            code=one["code"],
            weight=one["weight"],
            **{name: one[name] for name in NAMES},
        )
        for position, one in enumerate(criteria)
    )
    return rubric


@transaction.atomic
def change_rubric(edition: Edition, *, actor: Any, criteria: Sequence[Mapping[str, Any]]) -> Rubric:
    """Other criteria or weights: a new version where reviews used the present one, else in its place."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    # What is weighed, how many places there are and who judges say who is in.
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    total = sum(one["weight"] for one in criteria)
    require(total == 100, WeightsNotHundred, total=total)
    now = rubric_of(edition)
    version = now.version if now else 1
    if now and now.reviews.exists():
        version += 1
    elif now:
        now.delete()
    rubric = _new_rubric(edition, criteria, version=version)
    weights = {one["code"]: one["weight"] for one in criteria}
    record("rubric_set", edition, actor=actor, version=version, weights=weights)
    return rubric


@transaction.atomic
def invite_juror(edition: Edition, *, actor: Any, email: str) -> Juror:
    """A person with an account as a reviewer; one who had left comes back."""
    edition = hold_own_edition(edition, actor)
    # Nobody chooses who judges their own.
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    person = person_with_address(email)
    require(person, NobodyThere, email=email)
    require(not is_rival(person, edition), RivalInJury, email=email)
    sits = edition.jurors.filter(person=person, left_at=None).exists()
    require(not sits, ReviewerAlready, email=email)
    told = {"verb": "juror_invited", "letter": "juror_invited", "page": "fairs:judge"}
    return give_duty(Juror, edition, actor=actor, person=person, **told)


@transaction.atomic
def dismiss_juror(juror: Juror, *, actor: Any) -> Juror:
    """A reviewer out of the jury; reviews that were written stay."""
    edition = hold_own_edition(juror.edition, actor, refuse_once_put_away)
    require(not interest_of(actor, edition).is_open, DecidesOwn)
    return end_duty(juror, actor=actor, verb="juror_dismissed")


@transaction.atomic
def send_review(
    application: Application,
    *,
    juror: Juror,
    actor: Any,
    scores: Mapping[str, int],
    note: str = "",
    has_conflict: bool = False,
) -> Review:
    """One reviewer's view of an application, or that they must not judge it; the last one sent counts."""
    require(sits_in_jury(juror, actor) and application.edition_id == juror.edition_id, NotYours)
    hold_edition(application.edition)
    application = lock(application)
    require(is_judged(application), CannotBeJudged, happened=standing(application))
    require(not belongs_to_applicant(actor, application), OwnApplication)
    require(not is_rival(actor, application.edition), AppliesToo)
    rubric = rubric_of(application.edition)
    require(rubric, ScoresMissing)
    codes = [one.code for one in rubric.criteria.all()]
    given = {} if has_conflict else {code: scores.get(code) for code in codes}
    require(all(score in SCORES for score in given.values()), ScoresMissing)
    told = {"rubric": rubric, "scores": given, "note": note, "has_conflict": has_conflict}
    known = lock_all(Review.objects.filter(application=application, juror=juror)).first()
    review = known or Review(application=application, juror=juror)
    for name, value in told.items():
        setattr(review, name, value)
    review.sent_at = timezone.now()
    review.save()
    record("reviewed", application, actor=actor, scores=given, conflict=has_conflict, rubric=rubric.version)
    return review


def ask_to_read_again(application: Application) -> int:
    """Tell whoever judged what was sent before that it was sent anew; how many were written to."""
    reviews = list(reviews_of_earlier_sending(application))
    for review in reviews:
        person = review.juror.person
        with override(person.language):
            link = settings.SITE_URL + reverse(
                "fairs:judge_one", args=[application.edition.slug, application.pk]
            )
        post_mail(
            "fairs/mail/read_again.txt",
            to=person.email,
            language=person.language,
            key=f"read_again:{review.pk}:{application.sent_at:%Y%m%d%H%M%S%f}",
            application=application,
            link=link,
        )
    return len(reviews)


def copy_how_it_is_judged(old: Edition, new: Edition) -> None:
    """The rubric, the number of places and the quotas, for a clone; the jury is asked anew."""
    if rubric := rubric_of(old):
        criteria = [
            {"code": one.code, "weight": one.weight, **{name: getattr(one, name) for name in NAMES}}
            for one in rubric.criteria.all()
        ]
        _new_rubric(new, criteria, version=1)
    if plan := SelectionPlan.objects.filter(edition=old).first():
        copied = SelectionPlan.objects.create(edition=new, places=plan.places)
        GroupQuota.objects.bulk_create(
            GroupQuota(plan=copied, group=one.group, region_id=one.region_id, least=one.least)
            for one in plan.quotas.all()
        )
