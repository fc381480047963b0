"""Fifty buyers, one lot: needs real row locks, so a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, connections

from catalogue.actions.stock import take_from_lots
from catalogue.errors import LotGone
from catalogue.models import Lot
from tests.factories.catalogue import ProductFactory

pytestmark = [
    pytest.mark.service,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"),
]
BUYERS = 50


def race(attempt):
    """The answers of fifty threads that start together."""
    barrier = Barrier(BUYERS)

    def run(number):
        barrier.wait(timeout=30)
        try:
            return attempt(number)
        except LotGone as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(BUYERS) as pool:
        return list(pool.map(run, range(BUYERS)))


def test_of_fifty_buyers_exactly_ten_get_a_lot_that_holds_ten_minimum_orders():
    product = ProductFactory(moq=Decimal(500), lots=[(2025, 5000)])

    answers = race(lambda _number: take_from_lots([(product, product.moq)]))

    refusals = [answer for answer in answers if isinstance(answer, LotGone)]
    assert len(answers) - len(refusals) == 10
    assert [refusal.facts["left"] for refusal in refusals] == ["0"] * 40
    lot = Lot.objects.get()
    assert (lot.reserved, lot.available) == (Decimal(5000), Decimal(0))


def test_buyers_who_want_the_same_lots_in_another_order_do_not_wait_for_each_other():
    first, second = ProductFactory(lots=[(2025, 9000)]), ProductFactory(lots=[(2025, 9000)])
    orders = [
        [(first, Decimal(100)), (second, Decimal(100))],
        [(second, Decimal(100)), (first, Decimal(100))],
    ]

    answers = race(lambda number: take_from_lots(orders[number % 2]))

    assert [len(answer) for answer in answers] == [2] * BUYERS
    assert list(Lot.objects.values_list("reserved", flat=True)) == [Decimal(5000)] * 2
