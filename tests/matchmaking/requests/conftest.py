"""An edition that takes requests, with a buyer, an exporter and what they may talk about."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from matchmaking.models import Slot
from matchmaking.requests.actions import ask
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of


@pytest.fixture
def fair(db):
    """A buyer and an exporter with one product, each with somebody who speaks for it."""
    edition = meeting_edition()
    buyer, exporter = buyer_at(edition), exporter_at(edition)
    return SimpleNamespace(
        edition=edition,
        organiser=organiser_of(edition),
        buyer=buyer,
        exporter=exporter,
        buys=speaker_of(buyer),
        sells=speaker_of(exporter),
        product=ProductFactory(organisation=exporter.organisation),
        slots=list(Slot.objects.filter(edition=edition)[:3]),
    )


@pytest.fixture
def asks(fair):
    """The buyer asks the exporter for a meeting about 20 kg of its product."""

    def run(**told):
        lines = [{"product": fair.product, "quantity": Decimal(20), "unit": "kg"}]
        return ask(fair.buyer, fair.exporter, **{"actor": fair.buys, "lines": lines, **told})

    return run


@pytest.fixture
def suited(fair):
    """Four exporters of what the buyer comes for, each with more of it in a year than the one before."""
    family = fair.edition.guests.get().needs.get().family
    exporters = [exporter_at(fair.edition) for _ in range(4)]
    for one, made in zip(exporters, (50, 100, 250, 500), strict=True):
        organisation = one.organisation
        ProductFactory(
            organisation=organisation, product_class=family, unit="kg", capacity_per_year=made, moq=1
        )
    return SimpleNamespace(**vars(fair), family=family, exporters=exporters)
