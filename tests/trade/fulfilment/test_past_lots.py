"""Goods whose lot passes its best-before date after the order do not leave; the desk says what to do."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Lot
from moussem.core.dates import today_here
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.actions import PackedRow, accept_order, mark_ready, rearrange_lots, ship_order
from moussem.trade.fulfilment.queries import past_lines
from moussem.trade.order.states import OrderState
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.trade import buyer, owner_of, placed_order, seller, settle, shipped_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CHOOSE = "Choose another lot"
PAST = "past their best-before date"


@pytest.fixture
def order():
    """An order of 500 g that is kept in the lot of 2024; the one of 2025 is free."""
    side = seller()
    product = ProductFactory(organisation=side.organisation, lots=[(2024, "800"), (2025, "1000")])
    Lot.objects.filter(harvest_year=2024).update(code="OLD-1")
    Lot.objects.filter(harvest_year=2025).update(code="NEW-1")
    return placed_order(seller_side=side, wanted=[(product, Decimal(500))])


def passes(code="OLD-1"):
    Lot.objects.filter(code=code).update(best_before=today_here() - timedelta(days=1))


def pack(order):
    rows = [PackedRow(line.pk, 1, Decimal("0.5"), Decimal("1.2")) for line in order.lines.all()]
    return mark_ready(
        order, actor=owner_of(order.seller), rows=rows, photos=[ContentFile(b"a", name="a.webp")]
    )


def ship(order):
    return ship_order(order, actor=owner_of(order.seller), carrier="DHL", reference="")


def swap(order, code="NEW-1"):
    parts = {Lot.objects.get(code=code).pk: Decimal(500)}
    line = order.lines.get().pk
    return rearrange_lots(order, actor=owner_of(order.seller), line_id=line, parts=parts)


def read(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(name, args=args)).content.decode()


def test_goods_of_a_lot_past_its_date_are_not_packed_and_other_lots_are_offered(order, unchanged):
    accept_order(order, actor=owner_of(order.seller))
    passes()

    with unchanged(), pytest.raises(errors.LotIsPast) as refused:
        pack(order)

    said = refused.value.message.replace("\N{NO-BREAK SPACE}", " ")
    assert "Lot OLD-1 of" in said
    assert "Take the goods from another lot: NEW-1 (1,000 g)." in said
    swap(order)
    assert pack(order).status == OrderState.READY


def test_packed_goods_of_a_lot_past_its_date_do_not_leave_until_they_are_of_another(order, unchanged):
    accept_order(order, actor=owner_of(order.seller))
    pack(order)
    settle(order)
    passes()

    with unchanged(), pytest.raises(errors.LotIsPast):
        ship(order)

    swap(order)
    assert ship(order).status == OrderState.SHIPPED
    assert list(Lot.objects.order_by("harvest_year").values_list("reserved", "sold")) == [(0, 0), (0, 500)]


def test_packed_goods_of_good_lots_stay_as_they_are(order, unchanged):
    accept_order(order, actor=owner_of(order.seller))
    pack(order)

    with unchanged(), pytest.raises(errors.LotsAreFixed):
        swap(order)


def test_packed_line_of_a_good_lot_stays_as_it_is_beside_one_past_its_date(client, order, unchanged):
    one, other = (
        ProductFactory(organisation=order.seller, lots=[(2023, "800"), (2025, "1000")]) for _ in range(2)
    )
    Lot.objects.filter(product=one, harvest_year=2023).update(code="OLD-2")
    wanted = [(one, Decimal(500)), (other, Decimal(500))]
    order = placed_order(seller_side=order.seller.memberships.get(), wanted=wanted)
    accept_order(order, actor=owner_of(order.seller))
    pack(order)
    passes("OLD-2")
    old, good = order.lines.order_by("pk")
    client.force_login(owner_of(order.seller))

    pages = [client.get(reverse("desk:lots", args=[order.number, line.pk])) for line in (old, good)]
    with unchanged(), pytest.raises(errors.LotsAreFixed):
        parts = {other.lots.get(harvest_year=2025).pk: Decimal(500)}
        rearrange_lots(order, actor=owner_of(order.seller), line_id=good.pk, parts=parts)

    assert [page.status_code for page in pages] == [200, 302]


def test_order_without_another_lot_is_told_so(order, unchanged):
    accept_order(order, actor=owner_of(order.seller))
    passes("OLD-1")
    passes("NEW-1")

    with unchanged(), pytest.raises(errors.LastLotIsPast) as refused:
        pack(order)

    assert "no other lot is in stock" in refused.value.message


def test_lots_that_keep_shortest_are_offered_first_each_with_its_date(order):
    accept_order(order, actor=owner_of(order.seller))
    passes()
    soon = today_here() + timedelta(days=40)
    LotFactory(product=order.lines.get().product, code="SOON-1", quantity="600", best_before=soon)

    with pytest.raises(errors.LotIsPast) as refused:
        pack(order)

    assert "SOON-1 (600\N{NO-BREAK SPACE}g, best before " in refused.value.message
    assert refused.value.message.index("SOON-1") < refused.value.message.index("NEW-1")


@pytest.mark.parametrize("answered", [False, True])
def test_seller_reads_what_to_do_and_the_buyer_stays_unworried(client, order, answered):
    if answered:
        accept_order(order, actor=owner_of(order.seller))
    passes()
    person, reader = owner_of(order.seller), owner_of(order.buyer)

    home, page = read(client, person, "desk:home"), read(client, person, "desk:order", order.number)
    bought = read(client, reader, "orders:order", order.number)

    lots = reverse("desk:lots", args=[order.number, order.lines.get().pk])
    assert ("Orders from lots past their date" in home, "OLD-1" in home) == (True, True)
    assert (PAST in page, CHOOSE in page, lots in page) == (True, True, True)
    assert (PAST in bought, CHOOSE in bought) == (False, False)
    swap(order)
    assert CHOOSE not in read(client, person, "desk:order", order.number)
    assert "Orders from lots past their date" not in read(client, person, "desk:home")


def test_desk_of_one_seller_shows_no_lot_order_or_buyer_of_another(client, order):
    other = placed_order(buyer_side=buyer(name="Kyoto Spices"))
    Lot.objects.filter(product=other.lines.get().product).update(code="OTHER-1")
    passes()
    passes("OTHER-1")

    told = [read(client, owner_of(one.seller), "desk:home") for one in (order, other)]

    def shown_of(one, code):
        return [[text in page for text in (code, one.number, one.buyer.name)] for page in told]

    assert shown_of(order, "OLD-1") == [[True] * 3, [False] * 3]
    assert shown_of(other, "OTHER-1") == [[False] * 3, [True] * 3]


@pytest.mark.parametrize("lines", [1, 3])
def test_page_of_an_order_asks_the_same_however_many_lines_are_past(client, django_assert_num_queries, lines):
    side = seller()
    products = [ProductFactory(organisation=side.organisation, lots=[(2024, "800")]) for _ in range(lines)]
    order = placed_order(seller_side=side, wanted=[(product, Decimal(500)) for product in products])
    Lot.objects.update(best_before=today_here() - timedelta(days=1))
    for product in products:
        LotFactory(product=product, quantity="600")
    person = owner_of(side.organisation)
    read(client, person, "desk:order", order.number)

    with django_assert_num_queries(20):
        page = client.get(reverse("desk:order", args=[order.number])).content.decode()

    assert page.count(CHOOSE) == lines


@pytest.mark.parametrize("name", ["refuse", "lots", "pick"])
def test_pages_that_say_nothing_of_lots_past_do_not_ask_for_them(client, order, name):
    passes()
    client.force_login(owner_of(order.seller))
    args = [order.number, order.lines.get().pk] if name == "lots" else [order.number]

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(f"desk:{name}", args=args))

    assert (answer.status_code, [one["sql"] for one in asked if '"best_before" <' in one["sql"]]) == (200, [])


def test_packed_order_offers_its_lots_instead_of_the_carrier(client, order):
    accept_order(order, actor=owner_of(order.seller))
    pack(order)
    settle(order)
    passes()
    person = owner_of(order.seller)

    home = read(client, person, "desk:home")
    page = read(client, person, "desk:order", order.number)
    lots = read(client, person, "desk:lots", order.number, order.lines.get().pk)

    assert ("pack the goods of the other lot" in home, "arrived: the goods may leave" in home) == (
        True,
        False,
    )
    assert ("The goods have left" in page, CHOOSE in page) == (False, True)
    assert ("NEW-1" in lots, "past its best-before date" in lots) == (True, True)


def test_what_has_left_is_past_nothing(client):
    order = shipped_order()
    Lot.objects.update(best_before=today_here() - timedelta(days=1))

    assert past_lines(order) == []
    assert "Orders from lots past their date" not in read(client, owner_of(order.seller), "desk:home")
