"""Two requests with one lot number, on a database with row locks."""

from decimal import Decimal

from catalogue.actions.lots import add_lot
from catalogue.errors import LotCodeTaken
from catalogue.models import Lot
from tests.factories.catalogue import ProductFactory
from tests.factories.organisations import MembershipFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def test_one_lot_number_sent_for_two_products_at_once_is_one_lot():
    seller = MembershipFactory()
    products = [ProductFactory(organisation=seller.organisation, lots=[]) for _n in range(2)]

    def add(product):
        return add_lot(product, code="T-26", harvest_year=2026, quantity=Decimal(1), actor=seller.user)

    answers = at_once(*[lambda product=product: add(product) for product in products])

    assert [type(answer) for answer in answers if not isinstance(answer, Lot)] == [LotCodeTaken]
    assert Lot.objects.count() == 1
