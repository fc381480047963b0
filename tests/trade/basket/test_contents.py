from datetime import date
from decimal import Decimal

import pytest

from catalogue.models import PriceTier
from moussem.trade.basket.models import Line
from moussem.trade.basket.queries import view_of
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def only_line(basket):
    (line,) = view_of(basket).lines
    return line


def troubles(basket):
    """The codes of the only line's problems, and its fix."""
    line = only_line(basket)
    return [problem.code for problem in line.problems], line.fix_quantity


def test_basket_is_grouped_by_seller_in_the_order_of_addition():
    first, second = SellerFactory(), SellerFactory()
    products = [ProductFactory(organisation=seller) for seller in (first, second, first)]

    view = view_of(filled_basket(*products))

    assert [group.seller for group in view.groups] == [first, second]
    assert [line.product for line in view.groups[0].lines] == [products[0], products[2]]
    assert (view.groups[0].subtotal, view.subtotal) == (Decimal("3300.00"), Decimal("4950.00"))


def test_line_is_priced_at_the_step_its_quantity_reaches():
    line = only_line(filled_basket(ProductFactory(), quantity=2500))

    assert (line.unit_price, line.total) == (Decimal("3.10"), Decimal("7750.00"))
    assert line.next_step.min_quantity == 10_000
    assert line.problems == ()


def test_sample_costs_the_first_step_for_the_sample_quantity():
    line = only_line(filled_basket(samples=[ProductFactory()]))

    assert (line.quantity, line.unit_price, line.total) == (5, Decimal("3.30"), Decimal("16.50"))
    assert (line.next_step, line.problems) == (None, ())


@pytest.mark.parametrize(
    ("quantity", "problems", "fix"),
    [
        (500, [], None),
        (120, ["below_minimum"], 500),
        (550, ["not_a_multiple"], 600),
        (13_000, ["not_enough_left"], 12_000),
        (Decimal("12000.5"), ["not_a_multiple", "not_enough_left"], 12_000),
    ],
)
def test_quantity_that_cannot_be_ordered_is_said_with_the_one_that_can(quantity, problems, fix):
    assert troubles(filled_basket(ProductFactory(), quantity=quantity)) == (problems, fix)


def test_tenth_of_a_kilogram_can_be_ordered():
    rose_oil = ProductFactory(
        unit="kg",
        moq=Decimal("0.1"),
        order_multiple=Decimal("0.1"),
        ladder=[("0.1", "9800")],
        lots=[(2025, 3)],
    )

    line = only_line(filled_basket(rose_oil, quantity="0.3"))

    assert (line.total, line.problems) == (Decimal("2940.00"), ())


def test_lots_that_cannot_fill_a_minimum_order_leave_nothing_to_fix():
    assert troubles(filled_basket(ProductFactory(lots=[(2025, 499)]))) == (["none_left"], None)


def test_withdrawn_product_is_said():
    product = ProductFactory()
    basket = filled_basket(product)
    product.is_public = False
    product.save()

    assert troubles(basket) == (["withdrawn"], None)
    assert (only_line(basket).total, view_of(basket).subtotal) == (None, 0)


def test_lapsed_price_is_said_the_day_after_its_last():
    product = ProductFactory(prices_valid_until=date(2020, 1, 1))

    assert troubles(filled_basket(product)) == (["price_lapsed"], None)


def test_product_without_a_ladder_in_the_currency_is_said_and_counts_nothing():
    product = ProductFactory()
    basket = filled_basket(product, currency="USD")
    PriceTier.objects.filter(product=product, currency="USD").delete()

    assert troubles(basket) == (["not_offered_in"], None)
    assert view_of(basket).subtotal == 0


def test_a_sample_and_an_order_of_one_product_share_what_is_left():
    product = ProductFactory(lots=[(2025, 500)])
    basket = filled_basket(product, samples=[product])

    order, sample = view_of(basket).lines

    assert (order.problems, [problem.code for problem in sample.problems]) == ((), ["none_left"])


def test_gross_weight_is_unknown_as_soon_as_one_product_does_not_tell():
    seller = SellerFactory()
    packed, loose = ProductFactory(organisation=seller), ProductFactory(organisation=seller, packed=False)

    assert view_of(filled_basket(packed)).groups[0].gross_weight_kg == Decimal("1.200")
    assert view_of(filled_basket(packed, loose)).groups[0].gross_weight_kg is None


def test_oscars_own_basket_counts_the_same_money():
    basket = filled_basket(ProductFactory(), ProductFactory(ladder=[("500", "0.3333")]), quantity=2600)
    from moussem.trade.partner.strategy import Selector

    basket.strategy = Selector().strategy()

    assert basket.total_incl_tax == basket.total_excl_tax == view_of(basket).subtotal
    assert Line.objects.count() == 2
