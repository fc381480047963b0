"""An edition with its organiser, and a programme of sessions."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import factory

from fairs.editions.grid import moment
from fairs.editions.models import Break, Day, Edition, Series
from fairs.editions.states import BreakKind, EditionState, Mode
from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from fairs.sessions.actions import release_programme
from fairs.sessions.models import Room, Session, Speaker, Track
from moussem.organisations.states import Kind
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

ZONE = "Africa/Casablanca"
FIRST = date(2030, 5, 6)
# Well before the doors open: what is kept now is kept in time.
BEFORE = datetime(2030, 5, 1, 12, tzinfo=UTC)
NAMES = ("name_en", "name_fr", "name_ar")


def organiser_of_fairs() -> Any:
    """The owner of an agency that holds fairs."""
    return MembershipFactory(organisation__kind=Kind.AGENCY)


class ProgrammeEditionFactory(factory.django.DjangoModelFactory):
    """An announced edition of three days in May 2030, from nine to six with lunch at one."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    series = factory.LazyFunction(
        lambda: Series.objects.create(organiser=organiser_of_fairs().organisation, name_en="Fair")
    )
    slug = factory.Sequence(lambda n: f"programme-fair-{n}")
    mode = Mode.HYBRID
    state = EditionState.OPEN
    name_en, name_fr, name_ar = "Fair of saffron", "Foire du safran", "معرض الزعفران"
    place_en, place_fr, place_ar = "Marrakech", "Marrakech", "مراكش"
    starts_on = FIRST
    ends_on = factory.LazyAttribute(lambda one: one.starts_on + timedelta(days=2))

    @factory.post_generation
    def days_and_breaks(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        Day.objects.bulk_create(
            Day(edition=self, on=self.starts_on + timedelta(days=number), opens=time(9), closes=time(18))
            for number in range(3)
        )
        Break.objects.create(edition=self, kind=BreakKind.LUNCH, begins=time(13), ends=time(14))


def organiser(edition: Edition) -> Any:
    """The person who runs an edition."""
    return edition.series.organiser.memberships.get().user


def attendee(edition: Edition, person: Any = None, **told: Any) -> Any:
    """Somebody who is admitted to an edition."""
    person = person or UserFactory(**told)
    Guest.objects.create(edition=edition, person=person, state=GuestState.ADMITTED)
    return person


class RoomFactory(factory.django.DjangoModelFactory):
    """A room of a new edition."""

    class Meta:
        model = Room

    edition = factory.SubFactory(ProgrammeEditionFactory)
    name_en, name_fr, name_ar = "Room Toubkal", "Salle Toubkal", "قاعة توبقال"


class TrackFactory(factory.django.DjangoModelFactory):
    """A track of a new edition."""

    class Meta:
        model = Track

    edition = factory.SubFactory(ProgrammeEditionFactory)
    name_en, name_fr, name_ar = "Quality", "Qualité", "الجودة"


class SpeakerFactory(factory.django.DjangoModelFactory):
    """Somebody who speaks at a new edition."""

    class Meta:
        model = Speaker

    edition = factory.SubFactory(ProgrammeEditionFactory)
    name, name_ar = "Ilham Tazi", "إلهام التازي"


class SessionFactory(factory.django.DjangoModelFactory):
    """A session of the first day from ten to eleven, in a room, not released."""

    class Meta:
        model = Session

    class Params:
        day = 0
        hour = 10

    edition = factory.SubFactory(ProgrammeEditionFactory)
    room = factory.SubFactory(RoomFactory, edition=factory.SelfAttribute("..edition"))
    name_en, name_fr, name_ar = "Saffron by lots", "Le safran par lots", "الزعفران بالدفعات"
    mode = Mode.IN_PERSON
    languages = ["fr"]
    begins_at = factory.LazyAttribute(
        lambda one: moment(one.edition.starts_on + timedelta(days=one.day), time(one.hour), ZONE)
    )
    ends_at = factory.LazyAttribute(lambda one: one.begins_at + timedelta(hours=1))


def release(edition: Edition, now: datetime = BEFORE) -> Any:
    """The next version of a programme."""
    return release_programme(edition, actor=organiser(edition), now=now)


def shown_session(**told: Any) -> Session:
    """A session that visitors see."""
    session = SessionFactory(**told)
    release(session.edition)
    return Session.objects.select_related("showing", "edition__series__organiser").get(pk=session.pk)
