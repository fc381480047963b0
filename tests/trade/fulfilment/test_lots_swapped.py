"""Whose goods are moved to other lots after the seller has said yes hears of it, and goes on hearing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

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


def read(client, order, person=None, name="orders:order"):
    client.force_login(person or owner_of(order.buyer))
    text = client.get(reverse(name, args=[order.number])).content.decode()
    return text.replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")


@pytest.mark.parametrize("answered", [False, True])
def test_page_and_history_say_which_lot_took_the_place_of_which_with_its_date(client, order, answered):
    if answered:
        accept_order(order, actor=owner_of(order.seller))
    old = Lot.objects.get(harvest_year=2024)
    Lot.objects.filter(harvest_year=2025).update(best_before=date(2028, 6, 30))

    new = swap(order, 2025)

    said = f"Lot {old.code} was replaced by lot {new.code} (best before {date_format(date(2028, 6, 30))})"
    page, desk = read(client, order), read(client, order, owner_of(order.seller), "desk:order")
    assert (page.count(said), desk.count(said)) == (2, 2)
    assert f"{order.lines.get().label}: {said}" in page


def test_lots_that_are_as_they_were_stay_in_the_history_alone(client, order):
    old, new = Lot.objects.get(harvest_year=2024), swap(order, 2025)
    swap(order, 2024)

    page = read(client, order)

    assert page.count(f"Lot {old.code} was replaced by lot {new.code}") == 1
    assert page.count(f"Lot {new.code} was replaced by lot {old.code}") == 1


@pytest.mark.parametrize(("side", "name"), [("buyer", "orders:order"), ("seller", "desk:order")])
def test_lots_that_were_changed_are_read_once_for_page_and_history(client, order, side, name):
    swap(order, 2025)

    with CaptureQueriesContext(connection) as asked:
        page = read(client, order, owner_of(getattr(order, side)), name)

    by_key = [one for one in asked if 'WHERE "catalogue_lot"."id" IN' in one["sql"]]
    assert (page.count("was replaced by"), len(by_key)) == (2, 1)


def test_lot_that_is_kept_no_more_is_told_without_a_gap(client, order):
    new = swap(order, 2025)
    swap(order, 2024)
    new.reservations.all().delete()
    new.delete()

    page = read(client, order)

    assert (page.count("The seller chose other lots for a line"), "replaced by" in page) == (2, False)


def test_part_of_a_lot_that_another_replaces_is_told_as_a_part(client, order):
    old, new = Lot.objects.order_by("harvest_year")
    parts = {old.pk: Decimal(200), new.pk: Decimal(300)}
    line = order.lines.get().pk
    rearrange_lots(order, actor=owner_of(order.seller), line_id=line, parts=parts)

    assert f"A part of lot {old.code} was replaced by lot {new.code}" in read(client, order)


def test_page_of_an_order_whose_lots_were_never_changed_says_nothing_of_it(client, order):
    assert "replaced by" not in read(client, order)


def test_order_goes_on_holding_a_lot_that_it_was_promised_until_it_is_cancelled(order):
    accept_order(order, actor=owner_of(order.seller))
    old = Lot.objects.get(harvest_year=2024)

    new = swap(order, 2025)

    assert (orders_holding(old), orders_holding(new)) == (1, 1)
    assert Lot.objects.get(pk=old.pk).reserved == 0
    cancel_order(order, code="other", reason="Hail.", actor=owner_of(order.seller))
    assert (orders_holding(old), orders_holding(new)) == (0, 0)
