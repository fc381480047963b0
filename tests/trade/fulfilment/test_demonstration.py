import pytest

from catalogue.models import Lot
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.trade.fulfilment.demonstration import place_the_orders
from moussem.trade.order.models import Order
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import buyer, incoterm, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_the_demonstration_has_an_order_in_every_stage_and_places_it_once():
    incoterm("EXW")
    side = buyer()
    type(side.user).objects.filter(pk=side.user_id).update(email="buyer@demo.example")
    for code in ("c01", "c04"):
        cooperative = seller().organisation
        Organisation.objects.filter(pk=cooperative.pk).update(code=code)
        ProductFactory(organisation=cooperative)

    place_the_orders()
    log = LogEntry.objects.count()
    place_the_orders()

    states = ["delivered", "shipped", "ready", "accepted", "refused", "placed", "placed"]
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == states
    assert LogEntry.objects.count() == log
    held = [(lot.reserved, lot.sold) for lot in Lot.objects.order_by("pk")]
    assert held == [(1000, 500), (1000, 500)]


def test_without_its_people_the_demonstration_places_nothing():
    place_the_orders()

    assert Order.objects.count() == 0
