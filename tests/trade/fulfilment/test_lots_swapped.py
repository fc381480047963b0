"""Whose goods are moved to other lots after the seller has said yes hears of it, and goes on hearing."""

from decimal import Decimal

import pytest

from catalogue.holders import orders_holding
from catalogue.models import Lot
from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment.actions import accept_order, cancel_order, rearrange_lots
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def order():
    """An order of 500 g that is taken from the lot of 2024."""
    side = seller()
    product = ProductFactory(organisation=side.organisation, lots=[(2024, "800"), (2025, "1000")])
    return placed_order(seller_side=side, wanted=[(product, Decimal(500))])


def swap(order, year):
    line, actor = order.lines.get(), owner_of(order.seller)
    lot = Lot.objects.get(harvest_year=year)
    rearrange_lots(order, actor=actor, line_id=line.pk, parts={lot.pk: Decimal(500)})
    return lot


def letters():
    return [one.payload for one in OutboxMessage.objects.filter(key__contains="lots_changed").order_by("pk")]


def test_buyer_is_told_once_which_lots_the_goods_come_from_now(order):
    accept_order(order, actor=owner_of(order.seller))
    old = Lot.objects.get(harvest_year=2024)

    new = swap(order, 2025)

    (letter,) = letters()
    assert letter["to"] == order.user.email
    body = letter["body"].replace("\N{NO-BREAK SPACE}", " ")
    assert f"Before:\n- lot {old.code} of 2024: 500 g\n" in body
    assert f"Now:\n- lot {new.code} of 2025: 500 g\n" in body


def test_nobody_is_told_while_the_seller_has_not_answered(order):
    old = Lot.objects.get(harvest_year=2024)

    new = swap(order, 2025)

    assert letters() == []
    assert (orders_holding(old), orders_holding(new)) == (0, 1)


def test_order_goes_on_holding_a_lot_that_it_was_promised_until_it_is_cancelled(order):
    accept_order(order, actor=owner_of(order.seller))
    old = Lot.objects.get(harvest_year=2024)

    new = swap(order, 2025)

    assert (orders_holding(old), orders_holding(new)) == (1, 1)
    assert Lot.objects.get(pk=old.pk).reserved == 0
    cancel_order(order, code="other", reason="Hail.", actor=owner_of(order.seller))
    assert (orders_holding(old), orders_holding(new)) == (0, 0)
