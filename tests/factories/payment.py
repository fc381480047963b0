"""An order that waits to be paid, with nothing in it that payment does not read."""

from datetime import date
from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.utils import timezone

from moussem.trade.order.models import Line, Order, Purchase
from moussem.trade.payment.actions import plan_each, record_wire
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.trade import owner_of

IBAN = "MA64011519000001205000534921"
BOOKED_ON = date(2026, 11, 20)
_numbers = count(1)


def seller_side(**fields):
    """The owner's membership of a cooperative with a bank account."""
    bank = {"bank_name": "CIH Bank", "iban": IBAN, "bic": "CIHMMAMC"}
    return MembershipFactory(organisation=OrganisationFactory(**{**bank, **fields}))


def buyer_side(**fields):
    """The owner's membership of a buyer in Lyon."""
    return MembershipFactory(organisation=OrganisationFactory(buyer=True, **fields))


def an_order(total="1000.00", currency="EUR", *, sample=False, seller=None, buyer=None):
    """A placed order of one line without a payment plan."""
    seller, buyer = seller or seller_side(), buyer or buyer_side()
    number, total = f"P-2026-{next(_numbers):06d}", Decimal(total)
    purchase = Purchase.objects.create(
        number=number,
        key=uuid4(),
        buyer=buyer.organisation,
        placed_by=buyer.user,
        currency=currency,
        total=total,
    )
    order = Order.objects.create(
        number=f"{number}-1",
        purchase=purchase,
        user=buyer.user,
        buyer=buyer.organisation,
        seller=seller.organisation,
        currency=currency,
        total_incl_tax=total,
        total_excl_tax=total,
        date_placed=timezone.now(),
    )
    Line.objects.create(
        order=order,
        title="Saffron",
        partner_name=seller.organisation.name,
        line_price_excl_tax=total,
        line_price_incl_tax=total,
        line_price_before_discounts_excl_tax=total,
        line_price_before_discounts_incl_tax=total,
        is_sample=sample,
    )
    return order


def instalments(total="1000.00", currency="EUR", **sides):
    """The deposit and the balance of a new order."""
    return list(plan_each([an_order(total, currency, **sides)], full=False)[0].instalments.all())


def seller_of(instalment):
    """The person who owns the cooperative that an instalment pays."""
    return owner_of(instalment.plan.order.seller)


def booked(instalment, amount, number="R-1", currency="EUR"):
    """A transfer that the seller recorded for an instalment."""
    actor = seller_of(instalment)
    return record_wire(instalment, Decimal(amount), currency, number, BOOKED_ON, actor=actor, is_meant=True)
