"""Editions with a rubric and a jury, and applications that were judged."""

from datetime import timedelta

from django.utils import timezone

from fairs.applications.actions.applying import state_of
from fairs.models import Criterion, Juror, Review, Rubric, SelectionPlan
from tests.factories.fairs import ApplicationFactory, DeadlineFactory, EditionFactory
from tests.factories.people import UserFactory


def judging(*, places=2, jurors=2, **edition):
    """An announced edition whose deadline is over, with a rubric of two criteria, a jury and a plan."""
    edition = EditionFactory(announced=True, **edition)
    DeadlineFactory(edition=edition, last_day=timezone.localdate() - timedelta(days=2))
    rubric = Rubric.objects.create(edition=edition)
    for code, weight in (("product", 60), ("price", 40)):
        names = {f"name_{language}": code for language in ("en", "fr", "ar")}
        Criterion.objects.create(rubric=rubric, code=code, weight=weight, **names)
    for _number in range(jurors):
        Juror.objects.create(edition=edition, person=UserFactory())
    SelectionPlan.objects.create(edition=edition, places=places)
    return edition


def judged(edition, score, **organisation):
    """A sent application whose reviewers all gave each criterion this score."""
    application = ApplicationFactory(edition=edition, sent=True)
    for name, value in organisation.items():
        setattr(application.organisation, name, value)
    application.organisation.save()
    application.stated = state_of(application)
    application.save()
    rubric = edition.rubrics.get()
    for juror in edition.jurors.all():
        scores = {"product": score, "price": score}
        Review.objects.create(application=application, juror=juror, rubric=rubric, scores=scores)
    return application
