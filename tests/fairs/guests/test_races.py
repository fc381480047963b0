"""Hosted places and registrations at the same moment."""

from functools import partial

from fairs.guests.actions import offer_hosting, plan_hosting
from fairs.guests.errors import NoHostedPlaces
from fairs.guests.queries import hosted_places_taken
from fairs.models import Guest, HostingOffer
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, buyer_member, needs
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def test_of_twenty_offers_at_once_as_many_stand_as_there_are_places():
    edition = EditionFactory(announced=True)
    organiser = who_runs(edition)
    plan_hosting(edition, actor=organiser, places=5, meetings=8)
    guests = [buyer(edition) for _ in range(20)]

    answers = at_once(
        *[partial(offer_hosting, guest, actor=organiser, support="Two nights") for guest in guests]
    )

    assert sum(isinstance(answer, HostingOffer) for answer in answers) == 5
    assert sum(isinstance(answer, NoHostedPlaces) for answer in answers) == 15
    assert hosted_places_taken(edition) == 5


def test_one_person_who_registers_ten_times_at_once_is_registered_once():
    edition, member, wants = EditionFactory(announced=True), buyer_member(), needs()

    at_once(*[partial(buyer, edition, member, wants) for _ in range(10)])

    assert (Guest.objects.count(), Guest.objects.get().needs.count()) == (1, 1)
