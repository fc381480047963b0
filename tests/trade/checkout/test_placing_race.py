"""Buyers who place their orders in the same moment."""

from decimal import Decimal
from functools import partial
from uuid import uuid4

from catalogue.errors import LotGone
from catalogue.models import Lot
from moussem.trade.basket.models import Basket
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.errors import BasketNotReady
from moussem.trade.order.models import LotReservation, Order, Purchase
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
BUYERS, WINNERS = 50, 10


def click(product, member=None):
    """A buyer who is about to press the button."""
    member = member or buying_member()
    basket = filled_basket(product, owner=member.user)
    answers = answers_for(basket, member.organisation)
    total = view_of(basket).subtotal
    return partial(place_purchase, basket, answers=answers, seen_total=total, actor=member.user, key=uuid4())


def test_of_fifty_buyers_exactly_ten_get_the_lot_and_the_others_are_told():
    product = ProductFactory(moq=Decimal(500), lots=[(2025, 500 * WINNERS)])

    answers = at_once(*[click(product) for _ in range(BUYERS)])

    won = [answer for answer in answers if isinstance(answer, Purchase)]
    told = [answer for answer in answers if isinstance(answer, LotGone | BasketNotReady)]
    assert (len(won), len(told)) == (WINNERS, BUYERS - WINNERS)
    assert all(product.title in refusal.message for refusal in told)
    lot = Lot.objects.get()
    assert (lot.reserved, lot.available) == (lot.quantity, 0)
    assert (Order.objects.count(), LotReservation.objects.count()) == (WINNERS, WINNERS)
    # Who lost gave the number back: there is no gap.
    assert sorted(purchase.number[-6:] for purchase in won) == [f"{n:06d}" for n in range(1, WINNERS + 1)]
    assert Basket.objects.filter(status=Basket.OPEN).count() == BUYERS - WINNERS


def test_one_button_pressed_five_times_at_once_places_once():
    press = click(ProductFactory())

    answers = at_once(*[press] * 5)

    assert len({answer.pk for answer in answers}) == 1
    assert (Purchase.objects.count(), Lot.objects.get().reserved) == (1, 500)
