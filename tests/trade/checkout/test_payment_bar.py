import pytest

from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.queries import reckoning_of
from moussem.trade.checkout.templatetags.checkout import payment_bar
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def bar_of():
    """The bar of a basket under one plan."""
    member = buying_member()
    basket = filled_basket(ProductFactory(), owner=member.user)

    def drawn(plan):
        reckoning = reckoning_of(view_of(basket), answers_for(basket, member.organisation, plan=plan))
        return reckoning.total, payment_bar(reckoning)["parts"]

    return drawn


def test_bar_of_a_deposit_is_drawn_in_two_parts_that_make_the_whole(bar_of):
    total, parts = bar_of("deposit")

    assert [part["share"] for part in parts] == [30, 70]
    assert sum(part["amount"] for part in parts) == total
    assert [part["x"] for part in parts] == ["0.00", parts[0]["width"]]


def test_bar_of_one_payment_is_not_drawn(bar_of):
    assert bar_of("full")[1] == []
