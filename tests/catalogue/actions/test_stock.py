from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.actions.stock import Taken, give_back_to_lots, ship_from_lots, swap_lots, take_from_lots
from catalogue.errors import LotGone, LotPast
from catalogue.models import Lot
from moussem.core.dates import today_here
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.catalogue import LotFactory, ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def held():
    return list(Lot.objects.order_by("pk").values_list("reserved", "sold"))


def test_taking_empties_the_oldest_harvest_first():
    product = ProductFactory(lots=[])
    young = LotFactory(product=product, harvest_year=2025, quantity=1000)
    old = LotFactory(product=product, harvest_year=2024, quantity=300)

    taken = take_from_lots([(product, Decimal(500))])

    assert taken == [
        Taken(product.pk, old.pk, Decimal(300), 0),
        Taken(product.pk, young.pk, Decimal(200), 0),
    ]
    assert held() == [(Decimal(200), 0), (Decimal(300), 0)]


def test_what_keeps_shortest_goes_first_and_nothing_past_its_date():
    product, today = ProductFactory(lots=[]), today_here()
    past = LotFactory(product=product, harvest_year=2023, best_before=today - timedelta(days=1))
    long = LotFactory(product=product, harvest_year=2024, best_before=today + timedelta(days=90))
    short = LotFactory(product=product, harvest_year=2025, quantity=300, best_before=today)

    taken = take_from_lots([(product, Decimal(500))])

    assert [(part.lot_id, part.quantity) for part in taken] == [(short.pk, 300), (long.pk, 200)]
    assert (past.available, past.left) == (0, 12_000)
    with pytest.raises(LotGone) as refusal:
        take_from_lots([(product, Decimal(12_000))])
    assert refusal.value.facts["left"] == "11,800"


def test_goods_are_not_moved_to_a_lot_past_its_date_but_away_from_it():
    product = ProductFactory(lots=[])
    past = LotFactory(product=product, reserved=500, best_before=today_here() - timedelta(days=1))
    good = LotFactory(product=product)
    with pytest.raises(LotPast):
        swap_lots(product.pk, back={}, taken={past.pk: Decimal(1)})
    assert held() == [(500, 0), (0, 0)]

    swap_lots(product.pk, back={past.pk: Decimal(500)}, taken={good.pk: Decimal(500)})

    assert held() == [(0, 0), (500, 0)]


def test_two_entries_of_one_product_share_its_lots():
    product = ProductFactory(lots=[(2025, 505)])

    taken = take_from_lots([(product, Decimal(500)), (product, Decimal(5))])

    assert [(part.quantity, part.entry) for part in taken] == [(Decimal(500), 0), (Decimal(5), 1)]
    assert held() == [(Decimal(505), 0)]


def test_taking_more_than_is_left_is_refused_and_nothing_changes():
    plenty, scarce = ProductFactory(), ProductFactory(lots=[(2024, 300), (2025, 250)])

    with pytest.raises(LotGone) as refusal:
        take_from_lots([(plenty, Decimal(500)), (scarce, Decimal(600))])

    assert refusal.value.facts == {"title": scarce.label, "left": "550", "unit": "g"}
    assert held() == [(0, 0), (0, 0), (0, 0)]
    assert LogEntry.objects.count() == OutboxMessage.objects.count() == 0


def test_a_product_without_lots_has_nothing_left():
    product = ProductFactory(lots=[])

    with pytest.raises(LotGone) as refusal:
        take_from_lots([(product, Decimal(1))])

    assert refusal.value.facts["left"] == "0"


def test_what_is_given_back_can_be_taken_again():
    product = ProductFactory(lots=[(2025, 500)])
    parts = take_from_lots([(product, Decimal(500))])

    give_back_to_lots([(part.lot_id, part.quantity) for part in parts])

    assert held() == [(0, 0)]
    assert [part.quantity for part in take_from_lots([(product, Decimal(500))])] == [Decimal(500)]


def test_what_ships_is_sold_and_no_longer_reserved():
    product = ProductFactory(lots=[(2025, 800)])
    parts = take_from_lots([(product, Decimal("500.5"))])

    ship_from_lots([(part.lot_id, part.quantity) for part in parts])

    assert held() == [(0, Decimal("500.5"))]


@pytest.mark.parametrize("lines", [1, 10])
def test_taking_costs_the_same_queries_for_one_line_and_ten(lines, django_assert_num_queries):
    wanted = [(product, Decimal(500)) for product in ProductFactory.create_batch(lines)]

    # Two savepoints, one locking read, one update.
    with django_assert_num_queries(4):
        take_from_lots(wanted)
