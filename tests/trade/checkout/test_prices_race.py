"""A seller writes other prices, or another multiple, while a buyer presses the button."""

from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Sum

from catalogue.actions.ladders import set_ladder
from catalogue.actions.products import change_details
from catalogue.models import Lot
from catalogue.pricing import Tier
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.errors import BasketNotReady, TotalChanged
from moussem.trade.order.models import Line, Order, Purchase
from moussem.trade.payment.models import Instalment
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member, seen_of
from tests.factories.organisations import MembershipFactory
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql
ROUNDS = 8


def scene():
    """A product at 3 EUR, its seller, and a buyer who read the review and is about to press the button."""
    product = ProductFactory(ladder=[("500", "3.00")])
    seller = MembershipFactory(organisation=product.organisation).user
    member = buying_member()
    basket = filled_basket(product, owner=member.user)
    answers = answers_for(basket, member.organisation)
    seen = seen_of(basket, answers)
    press = partial(place_purchase, basket, answers=answers, seen=seen, actor=member.user, key=uuid4())
    return product, seller, press, seen.total


def dearer(product, seller):
    """A ladder of 4 EUR."""
    steps = [Tier(Decimal(500), Decimal(4))]
    return partial(set_ladder, product, "EUR", steps, actor=seller, jump_is_meant=True)


def coarser(product, seller):
    """A multiple that the quantity in the basket does not fit."""
    return partial(change_details, product, order_multiple=Decimal(400), actor=seller)


def said(purchase):
    """What the buyer pays, by the purchase, its lines and its instalments."""
    lines = Line.objects.filter(order__purchase=purchase).aggregate(sum=Sum("line_price_excl_tax"))["sum"]
    due = Instalment.objects.filter(plan__order__purchase=purchase).aggregate(sum=Sum("amount"))["sum"]
    return purchase.total, lines, due


@pytest.mark.parametrize("change", [dearer, coarser])
def test_what_changes_after_the_order_was_reckoned_leaves_the_buyer_the_price_that_was_read(change):
    product, seller, press, total = scene()

    with while_it_waits(Lot.objects.get(product=product), press) as answer:
        change(product, seller)()

    assert said(answer.result()) == (total, Decimal(1500), total)


@pytest.mark.parametrize(("change", "refusal"), [(dearer, TotalChanged), (coarser, BasketNotReady)])
def test_buyer_pays_what_was_read_or_nothing_is_ordered_and_the_sentence_says_so(change, refusal):
    for _round in range(ROUNDS):
        product, seller, press, total = scene()
        before = Order.objects.count()

        answer, _changed = at_once(press, change(product, seller))

        if isinstance(answer, Purchase):
            assert said(answer) == (total, Decimal(1500), total)
        else:
            assert type(answer) is refusal
            assert "Nothing was ordered; your basket and your answers were kept." in answer.message
            assert (Order.objects.count(), Lot.objects.get(product=product).reserved) == (before, 0)


@pytest.mark.parametrize(("change", "refusal"), [(dearer, TotalChanged), (coarser, BasketNotReady)])
def test_change_that_came_first_is_told_before_anything_is_ordered(change, refusal):
    product, seller, press, _total = scene()
    change(product, seller)()

    (answer,) = at_once(press)

    assert (type(answer), Order.objects.count()) == (refusal, 0)
