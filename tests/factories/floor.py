"""A fair with its organiser, a hall of two rows, and exhibitors."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from fairs.applications.models import Category
from fairs.editions.models import Day, Edition, Series
from fairs.editions.states import EditionState, Mode
from fairs.floor.actions import start_hall
from fairs.floor.geometry import Table
from fairs.selection.models import Exhibitor
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind
from tests.factories.organisations import MembershipFactory, OrganisationFactory

TABLE = Table(rows=2, columns=4, width=30, depth=30, aisle=30)
NAMES = {"name_en": "Hall 1", "name_fr": "Hall 1", "name_ar": "القاعة 1"}


def fair(*, state=EditionState.OPEN, mode=Mode.IN_PERSON, table=TABLE, starts_in=30, series=None):
    """An edition of an agency, with two categories and a hall: ``edition, organiser, hall, categories``."""
    membership = MembershipFactory(organisation=OrganisationFactory(kind=Kind.AGENCY))
    if series is None:
        series = Series.objects.create(organiser=membership.organisation, name_en="Fair")
    first = timezone.localdate() + timedelta(days=starts_in)
    edition = Edition.objects.create(
        series=series,
        slug=f"fair-{series.pk}-{first:%Y-%m-%d}",
        state=EditionState.OPEN,
        mode=mode,
        name_en="Fair of Tests",
        starts_on=first,
        ends_on=first + timedelta(days=2),
    )
    Day.objects.create(edition=edition, on=first, opens="09:00", closes="18:00")
    categories = [
        Category.objects.create(edition=edition, position=at, name_en=name)
        for at, name in enumerate(("Saffron", "Rugs"))
    ]
    organiser = series.organiser.memberships.first().user
    hall = start_hall(edition, actor=organiser, table=table, **NAMES) if table else None
    if state != EditionState.OPEN:
        Edition.objects.filter(pk=edition.pk).update(state=state)
        edition.state = state
    return SimpleNamespace(edition=edition, organiser=organiser, hall=hall, categories=categories)


def exhibitor(edition, *, category=None, membership=None, **fields):
    """A cooperative that exhibits; its owner is ``exhibitor.owner``."""
    membership = membership or MembershipFactory()
    one = Exhibitor.objects.create(
        edition=edition, organisation=membership.organisation, category=category, **fields
    )
    one.owner = membership.user
    return one


def booth(scene, number):
    """A booth of the fair by its number."""
    return scene.edition.booths.get(number=number)


def many_exhibitors(edition, number=240):
    """As many exhibitors as the largest hall holds, written in two queries."""
    like = OrganisationFactory()
    organisations = Organisation.objects.bulk_create(
        OrganisationFactory.build(country=like.country, province=like.province, region=like.region)
        for _number in range(number)
    )
    return Exhibitor.objects.bulk_create(
        Exhibitor(edition=edition, organisation=one) for one in organisations
    )
