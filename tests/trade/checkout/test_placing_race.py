"""Buyers who place their orders in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Event
from uuid import uuid4

from django.db import connection, transaction

from catalogue.errors import LotGone
from catalogue.models import Lot
from moussem.core.errors import Refusal
from moussem.core.locks import lock
from moussem.organisations.actions import change_role
from moussem.organisations.models import Membership
from moussem.organisations.states import Role, Verification
from moussem.trade.basket.models import Basket
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.errors import BasketNotReady
from moussem.trade.order.models import ApprovalRequest, LotReservation, Order, Purchase
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member, seen_of
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
BUYERS, WINNERS = 50, 10


def click(product, member=None):
    """A buyer who is about to press the button."""
    member = member or buying_member()
    basket = filled_basket(product, owner=member.user)
    answers = answers_for(basket, member.organisation)
    seen = seen_of(basket, answers)
    return partial(place_purchase, basket, answers=answers, seen=seen, actor=member.user, key=uuid4())


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


def test_a_list_that_is_written_keeps_no_buyer_waiting():
    product = ProductFactory()
    press = click(product)
    kept, done = Event(), Event()

    def write_a_list():
        with transaction.atomic():
            lock(product.organisation)
            kept.set()
            assert done.wait(20)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(run_alone, write_a_list)
        assert kept.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            assert type(press()) is Purchase
        finally:
            done.set()
            writing.result()


def test_placing_and_a_change_of_role_do_not_wait_for_each_other_for_ever():
    for _round in range(10):
        limit = ApprovalLimitFactory()
        member = limit.membership
        owner = MembershipFactory(organisation=member.organisation, role=Role.OWNER)
        press = click(ProductFactory(), member)

        answers = at_once(
            press,
            lambda: change_role(member, role=Role.VIEWER, actor=owner.user),  # noqa: B023
        )

        assert all(isinstance(one, Purchase | Refusal | Membership | ApprovalRequest) for one in answers)


def test_two_baskets_sent_at_once_share_one_trust_and_one_sample():
    member = buying_member(verification=Verification.DECLARED)
    product = ProductFactory(ladder=[("500", "0.01")])
    first = filled_basket(samples=[product], owner=member.user)
    answers = answers_for(first, member.organisation)
    seen = seen_of(first, answers)
    colleague = MembershipFactory(organisation=member.organisation, role=Role.OWNER)
    second = filled_basket(samples=[product], owner=colleague.user)
    presses = [
        partial(place_purchase, basket, answers=answers, seen=seen, actor=basket.owner, key=uuid4())
        for basket in (first, second)
    ]

    made = at_once(*presses)

    assert sorted(type(one).__name__ for one in made) == ["Purchase", "SampleUnderway"]


def run_alone(work):
    try:
        work()
    finally:
        connection.close()
