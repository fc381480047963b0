"""A live fair with a buyer and an exporter who have a request between them."""

from datetime import date
from types import SimpleNamespace

import pytest

from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Slot
from matchmaking.parties.actions import advance_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of


@pytest.fixture
def live(db):
    """A fair at which accepted requests are booked at once."""
    # In May no clock changes.
    edition = meeting_edition(starts_on=date(2030, 5, 6))
    buyer, exporter = buyer_at(edition), exporter_at(edition)
    organiser = organiser_of(edition)
    product = ProductFactory(organisation=exporter.organisation)
    request = ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"product": product}])
    advance_matching(edition, MatchingState.LIVE, actor=organiser)
    return SimpleNamespace(
        edition=edition,
        organiser=organiser,
        buyer=buyer,
        exporter=exporter,
        buys=speaker_of(buyer),
        sells=speaker_of(exporter),
        product=product,
        request=request,
        slots=list(Slot.objects.filter(edition=edition)),
    )


@pytest.fixture
def books(live):
    """The exporter accepts the request in a slot, by its number."""

    def run(number=0):
        return accept_and_book(live.request, actor=live.sells, slot=live.slots[number])

    return run


@pytest.fixture
def rival(live):
    """Another buyer who meets the same exporter, booked into a slot by its number."""

    def run(number=0):
        other = buyer_at(live.edition)
        asked = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
        return accept_and_book(asked, actor=live.sells, slot=live.slots[number])

    return run
