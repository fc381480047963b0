"""An order and its instalments agree to the cent, whatever is in the basket."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.pricing import line_total
from moussem.core.money import unit_of
from moussem.trade.basket.contents import GroupView, LineView
from moussem.trade.checkout.queries import instalments_of
from moussem.trade.order.drafts import OrderDraft

pytestmark = pytest.mark.unit
prices = st.decimals("0.0001", "20000", places=4)
quantities = st.decimals("0.001", "90000", places=3)
freights = st.decimals("0", "50000", places=2)
currencies = st.sampled_from(["EUR", "USD", "MAD"])


def a_line(price, quantity, currency, is_sample):
    return LineView(
        pk=0,
        product=None,
        quantity=quantity,
        is_sample=is_sample,
        unit_price=price,
        total=line_total(price, quantity, currency),
        gross_weight_kg=None,
        next_step=None,
        problems=(),
        fix_quantity=None,
        line=None,
    )


@settings(max_examples=1000, deadline=None)
@given(
    rows=st.lists(st.tuples(prices, quantities, st.booleans()), min_size=1, max_size=12),
    freight=freights,
    currency=currencies,
    full=st.booleans(),
)
def test_total_is_lines_and_freight_and_the_sum_of_the_instalments(rows, freight, currency, full):
    lines = tuple(a_line(price, quantity, currency, sample) for price, quantity, sample in rows)
    draft = OrderDraft(GroupView(None, lines, currency), None, "Lyon", "road", freight)

    dues = instalments_of(draft, currency, full=full)

    assert draft.total == sum(line.total for line in lines) + freight
    assert sum(due.amount for due in dues) == draft.total
    assert sum(due.share for due in dues) == 100
    assert all(due.amount % unit_of(currency) == 0 for due in dues)
    assert len(dues) == 1 or all(due.amount > 0 for due in dues)
