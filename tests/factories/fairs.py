"""Editions that can be announced, what they ask of exhibitors, and applications that can be sent."""

from datetime import time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from fairs.applications.states import ApplicationState, QuestionKind
from fairs.editions.states import BreakKind, EditionState, Mode
from fairs.models import Application, Break, Category, Day, Deadline, Edition, Question, Series
from moussem.organisations.models import Membership
from moussem.organisations.states import Kind, Role
from tests.factories.catalogue import ProductFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

WITHDRAWN = EditionState.WITHDRAWN


def organiser(**fields):
    """The owner's membership of an agency that holds fairs."""
    agency = OrganisationFactory(kind=Kind.AGENCY, name=factory.Sequence(lambda n: f"Agence {n}"))
    return MembershipFactory(organisation=agency, **fields)


class SeriesFactory(DjangoModelFactory):
    """A fair of terroir, held by an agency with an owner."""

    class Meta:
        model = Series

    name_en = factory.Sequence(lambda n: f"Terroir fair {n}")
    name_fr = factory.Sequence(lambda n: f"Foire du terroir {n}")
    name_ar = factory.Sequence(lambda n: f"معرض المنتجات المجالية {n}")
    organiser = factory.LazyFunction(lambda: organiser().organisation)


class EditionFactory(DjangoModelFactory):
    """A draft of three days that begins in sixty, with all that it takes to be announced.

    ``EditionFactory(announced=True)`` is announced; ``days=False`` leaves the days out.
    """

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    class Params:
        announced = factory.Trait(state=EditionState.OPEN)

    series = factory.SubFactory(SeriesFactory)
    slug = factory.Sequence(lambda n: f"terroir-{n}")
    mode = Mode.HYBRID
    name_en = factory.LazyAttribute(lambda one: one.series.name_en)
    name_fr = factory.LazyAttribute(lambda one: one.series.name_fr)
    name_ar = factory.LazyAttribute(lambda one: one.series.name_ar)
    place_en, place_fr, place_ar = "Agadir", "Agadir", "أكادير"
    summary_en, summary_fr, summary_ar = "Oils and honey.", "Huiles et miel.", "زيوت وعسل."
    withdrawn_at = factory.LazyAttribute(lambda one: timezone.now() if one.state == WITHDRAWN else None)
    withdrawal = factory.LazyAttribute(
        lambda one: "The halls were flooded." if one.state == WITHDRAWN else ""
    )
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))
    ends_on = factory.LazyAttribute(lambda one: one.starts_on + timedelta(days=2))

    @factory.post_generation
    def days(self, create, extracted, **kwargs):
        """Every date of the span from nine to six."""
        if extracted is False:
            return
        for number in range((self.ends_on - self.starts_on).days + 1):
            DayFactory(edition=self, on=self.starts_on + timedelta(days=number))


class DayFactory(DjangoModelFactory):
    """A day from nine to six."""

    class Meta:
        model = Day

    edition = factory.SubFactory(EditionFactory, days=False)
    on = factory.LazyAttribute(lambda one: one.edition.starts_on)
    opens, closes = time(9), time(18)


class BreakFactory(DjangoModelFactory):
    """Lunch from one to two, every day."""

    class Meta:
        model = Break

    edition = factory.SubFactory(EditionFactory)
    kind = BreakKind.LUNCH
    begins, ends = time(13), time(14)


class CategoryFactory(DjangoModelFactory):
    """Oils."""

    class Meta:
        model = Category

    edition = factory.SubFactory(EditionFactory)
    name_en, name_fr, name_ar = "Oils", "Huiles", "الزيوت"


class QuestionFactory(DjangoModelFactory):
    """A line that must be answered by everybody."""

    class Meta:
        model = Question

    edition = factory.SubFactory(EditionFactory)
    kind = QuestionKind.LINE
    is_required = True
    name_en, name_fr, name_ar = "What do you hope for?", "Qu’espérez-vous ?", "ماذا تأملون؟"


class DeadlineFactory(DjangoModelFactory):
    """For everybody, three weeks before the edition begins."""

    class Meta:
        model = Deadline

    edition = factory.SubFactory(EditionFactory, announced=True)
    last_day = factory.LazyAttribute(lambda one: one.edition.starts_on - timedelta(days=21))


class ApplicationFactory(DjangoModelFactory):
    """A complete draft of a cooperative with an owner, for an announced edition that asks nothing more.

    ``ApplicationFactory(sent=True)`` was sent; ``products=[]`` shows none.
    """

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        sent = factory.Trait(state=ApplicationState.SENT, sent_at=factory.LazyFunction(timezone.now))

    edition = factory.SubFactory(EditionFactory, announced=True)
    organisation = factory.LazyFunction(lambda: MembershipFactory().organisation)
    languages = ["ar", "fr"]

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        """One listed saffron of the applicant."""
        shown = [ProductFactory(organisation=self.organisation)] if extracted is None else extracted
        self.products.set(shown)


def who_runs(edition):
    """The person who owns the body that holds an edition."""
    return _owner_of(edition.series.organiser)


def who_applies(application):
    """The person who owns the applicant."""
    return _owner_of(application.organisation)


def _owner_of(organisation):
    return Membership.objects.get(organisation=organisation, role=Role.OWNER).user
