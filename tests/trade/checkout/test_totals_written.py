"""Order, instalments and pro-forma as they are written down agree to the cent."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import quote_of
from moussem.trade.documents.models import Document
from moussem.trade.payment.models import Instalment
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member
from tests.factories.shipping import freight_rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def buyer():
    """A buyer whose baskets vanish after each example."""
    return buying_member()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.decimals("0.0101", "900", places=4), st.decimals("0.1", "900", places=1)),
        min_size=1,
        max_size=4,
    ),
    per_kg=st.decimals("0", "9", places=4),
    currency=st.sampled_from(["EUR", "USD", "MAD"]),
    plan=st.sampled_from(["deposit", "full"]),
)
def test_what_is_written_down_agrees_to_the_cent(buyer, rows, per_kg, currency, plan):
    with transaction.atomic():
        _place_and_compare(buyer, rows, per_kg, currency, plan)
        transaction.set_rollback(True)


def _place_and_compare(buyer, rows, per_kg, currency, plan):
    products = [
        ProductFactory(moq=Decimal("0.1"), order_multiple=Decimal("0.1"), ladder=[("0.1", price)])
        for price, _quantity in rows
    ]
    for product in products:
        freight_rate(product.organisation, "DAP", currency=currency, per_kg=per_kg)
    basket = filled_basket(*products, owner=buyer.user, currency=currency)
    for line, (_price, quantity) in zip(basket.lines.order_by("pk"), rows, strict=True):
        line.quantity = quantity
        line.save()
    answers = answers_for(basket, buyer.organisation, plan=plan, term="DAP|road|", place="Lyon")
    quote = quote_of(view_of(basket), answers)

    purchase = place_purchase(basket, answers=answers, seen_total=quote.total, actor=buyer.user, key=uuid4())

    orders = list(purchase.orders.order_by("number"))
    assert purchase.total == quote.total == sum(order.total_incl_tax for order in orders)
    for order, draft in zip(orders, quote.drafts, strict=True):
        lines = sum(line.line_price_incl_tax for line in order.lines.all())
        instalments = list(Instalment.objects.filter(plan__order=order).order_by("sequence"))
        paper = Document.objects.get(order=order).content
        assert lines + order.shipping_incl_tax == order.total_incl_tax == draft.total
        assert [i.amount for i in instalments] == [due.amount for due in quote.instalments_of(draft)]
        assert sum(i.amount for i in instalments) == order.payment_plan.total == order.total_incl_tax
        assert Decimal(paper["total"]) == order.total_incl_tax
        assert sum(Decimal(line["total"]) for line in paper["lines"]) == lines
