"""Order, instalments and pro-forma as they are written down agree to the cent."""

import os
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import quote_of
from moussem.trade.documents.models import Document
from moussem.trade.payment.models import Instalment
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.checkout import answers_for, buying_member
from tests.factories.shipping import freight_rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# A thousand where the services are; a taste of it while one works.
EXAMPLES = 1000 if os.environ.get("MOUSSEM_NO_SKIPS") else 40
STEP = Decimal(100)
EDGES = [STEP - Decimal("0.1"), STEP, STEP + Decimal("0.1")]

a_line = st.fixed_dictionaries(
    {
        "seller": st.integers(0, 2),
        "price": st.one_of(st.decimals("0.0101", "9", places=4), st.decimals("9", "900", places=4)),
        # What the second step of the ladder is of the first.
        "falls_to": st.decimals("0.5", "1", places=2),
        "quantity": st.one_of(st.decimals("0.1", "900", places=1), st.sampled_from(EDGES)),
        "is_sample": st.booleans(),
    }
)


@pytest.fixture
def buyer():
    """A buyer whose baskets vanish after each example."""
    return buying_member()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(a_line, min_size=1, max_size=5),
    per_kg=st.decimals("0", "9", places=4),
    currency=st.sampled_from(["EUR", "USD", "MAD"]),
    plan=st.sampled_from(["deposit", "full"]),
)
def test_what_is_written_down_agrees_to_the_cent(buyer, rows, per_kg, currency, plan):
    with transaction.atomic():
        _place_and_compare(buyer, rows, per_kg, currency, plan)
        transaction.set_rollback(True)


def _basket(buyer, rows, per_kg, currency):
    sellers = {row["seller"]: None for row in rows}
    for number in sellers:
        sellers[number] = SellerFactory()
        freight_rate(sellers[number], "DAP", currency=currency, per_kg=per_kg)
    bulk, samples = [], []
    for row in rows:
        second = max(Decimal("0.0101"), row["price"] * row["falls_to"]).quantize(Decimal("0.0001"))
        product = ProductFactory(
            organisation=sellers[row["seller"]],
            moq=Decimal("0.1"),
            order_multiple=Decimal("0.1"),
            sample_quantity=Decimal("0.1"),
            ladder=[("0.1", row["price"]), (STEP, second)],
        )
        (samples if row["is_sample"] else bulk).append((product, row["quantity"]))
    basket = filled_basket(
        *(product for product, _ in bulk),
        owner=buyer.user,
        currency=currency,
        samples=[product for product, _ in samples],
    )
    for line, (_product, quantity) in zip(
        basket.lines.filter(is_sample=False).order_by("pk"), bulk, strict=True
    ):
        line.quantity = quantity
        line.save()
    return basket


def _place_and_compare(buyer, rows, per_kg, currency, plan):
    basket = _basket(buyer, rows, per_kg, currency)
    answers = answers_for(basket, buyer.organisation, plan=plan, term="DAP|road|", place="Lyon")
    quote = quote_of(view_of(basket), answers)

    purchase = place_purchase(basket, answers=answers, seen_total=quote.total, actor=buyer.user, key=uuid4())

    orders = list(purchase.orders.order_by("number"))
    event(f"{len(orders)} cooperatives in {currency}")
    assert len(orders) == len({row["seller"] for row in rows})
    assert purchase.total == quote.total == sum(order.total_incl_tax for order in orders)
    for order, draft in zip(orders, quote.drafts, strict=True):
        _compare(order, draft, quote)


def _compare(order, draft, quote):
    lines = sum(line.line_price_incl_tax for line in order.lines.all())
    instalments = list(Instalment.objects.filter(plan__order=order).order_by("sequence"))
    paper = Document.objects.get(order=order).content
    event(f"{len(instalments)} instalments")
    assert lines + order.shipping_incl_tax == order.total_incl_tax == draft.total
    assert [i.amount for i in instalments] == [due.amount for due in quote.instalments_of(draft)]
    assert sum(i.amount for i in instalments) == order.payment_plan.total == order.total_incl_tax
    assert Decimal(paper["total"]) == order.total_incl_tax
    assert sum(Decimal(line["total"]) for line in paper["lines"]) == lines
