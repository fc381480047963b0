"""Order, instalments and pro-forma as they are written down agree to the cent."""

import os
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from catalogue.models import PriceTier
from moussem.trade.basket.actions import add_to_basket
from moussem.trade.basket.models import Basket
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import reckoning_of
from moussem.trade.documents.models import Document
from moussem.trade.payment.errors import NothingToPay
from moussem.trade.payment.models import Instalment
from moussem.trade.shipping.models import FreightRate
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.checkout import answers_for, buying_member
from tests.factories.shipping import freight_rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# A thousand where every service runs, fewer on the way.
EXAMPLES = 1000 if os.environ.get("MOUSSEM_NO_SKIPS") else 50
CURRENCIES = ["EUR", "USD", "MAD"]
STEPS = [Decimal("0.1"), Decimal(25), Decimal(400)]
EDGES = [step + change for step in STEPS for change in (Decimal("-0.1"), Decimal(0), Decimal("0.1"))][1:]

prices = st.decimals("0.0001", "900", places=4)
quantities = st.sampled_from(EDGES) | st.decimals("0.1", "900", places=1)
lines = st.fixed_dictionaries(
    {
        "product": st.integers(0, 8),
        "prices": st.lists(prices, min_size=3, max_size=3).map(lambda some: sorted(some, reverse=True)),
        "quantity": quantities,
        "what": st.sampled_from(["goods", "goods", "sample", "both"]),
    }
)
carriage = st.tuples(st.decimals("0", "500", places=2), st.decimals("0", "9", places=4))


@pytest.fixture
def market():
    """A buyer, and three cooperatives of three products; what an example changes vanishes after it."""
    owners = SellerFactory.create_batch(3)
    step = STEPS[0]
    ladder = [(step, 1) for step in STEPS]
    products = [
        ProductFactory(organisation=owner, moq=step, order_multiple=step, ladder=ladder)
        for owner in owners
        for _number in range(3)
    ]
    for owner in owners:
        for currency in CURRENCIES:
            freight_rate(owner, "DAP", currency=currency)
    return buying_member(), products


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=set(Phase) - {Phase.explain},
)
@given(
    wanted=st.lists(lines, min_size=1, max_size=9, unique_by=lambda line: line["product"]),
    freight=st.lists(carriage, min_size=3, max_size=3),
    currency=st.sampled_from(CURRENCIES),
    plan=st.sampled_from(["deposit", "full"]),
)
def test_what_is_written_down_agrees_to_the_cent(market, wanted, freight, currency, plan):
    buyer, products = market
    with transaction.atomic():
        _price(products, wanted, freight, currency)
        basket = _basket(buyer, products, wanted, currency)
        _place_and_compare(basket, buyer, plan)
        transaction.set_rollback(True)


def _price(products, wanted, freight, currency):
    chosen = [(products[line["product"]], line["prices"]) for line in wanted]
    PriceTier.objects.filter(product__in=[product for product, _prices in chosen]).delete()
    PriceTier.objects.bulk_create(
        PriceTier(product=product, currency=currency, min_quantity=step, unit_price=price)
        for product, ladder in chosen
        for step, price in zip(STEPS, ladder, strict=True)
    )
    rates = FreightRate.objects.filter(currency=currency).order_by("seller")
    for rate, (rate.per_consignment, rate.per_kg) in zip(rates, freight, strict=True):
        rate.save()


def _basket(buyer, products, wanted, currency):
    basket = Basket.objects.create(owner=buyer.user, currency_code=currency)
    for line in wanted:
        product = products[line["product"]].__class__.objects.get(pk=products[line["product"]].pk)
        if line["what"] != "sample":
            add_to_basket(basket, product, line["quantity"], actor=buyer.user)
        if line["what"] != "goods":
            add_to_basket(basket, product, product.sample_quantity, actor=buyer.user, is_sample=True)
    return basket


def _place_and_compare(basket, buyer, plan):
    answers = answers_for(basket, buyer.organisation, plan=plan, term="DAP|road|", place="Lyon")
    reckoning = reckoning_of(view_of(basket), answers)
    click = {"answers": answers, "seen": reckoning.seen, "actor": buyer.user, "key": uuid4()}
    if not all(draft.total for draft in reckoning.drafts):
        with pytest.raises(NothingToPay):
            place_purchase(basket, **click)
        return

    purchase = place_purchase(basket, **click)

    orders = list(purchase.orders.order_by("number"))
    assert purchase.total == reckoning.total == sum(order.total_incl_tax for order in orders)
    event(f"{purchase.currency}, {len(orders)} cooperatives")
    for order, draft in zip(orders, reckoning.drafts, strict=True):
        lines = sum(line.line_price_incl_tax for line in order.lines.all())
        instalments = list(Instalment.objects.filter(plan__order=order).order_by("sequence"))
        paper = Document.objects.get(order=order).content
        assert lines + order.shipping_incl_tax == order.total_incl_tax == draft.total
        assert [i.amount for i in instalments] == [due.amount for due in reckoning.instalments_of(draft)]
        assert sum(i.amount for i in instalments) == order.payment_plan.total == order.total_incl_tax
        assert Decimal(paper["total"]) == order.total_incl_tax
        assert sum(Decimal(line["total"]) for line in paper["lines"]) == lines
        event(f"{len(instalments)} instalments")
