import pytest

from moussem.trade.partner.actions import partner_of, stock_record_of
from moussem.trade.partner.models import Partner, StockRecord
from moussem.trade.partner.strategy import Selector
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_products_of_one_seller_share_its_partner():
    seller = SellerFactory(name="Tizi")
    first, second = ProductFactory.create_batch(2, organisation=seller)

    records = [stock_record_of(product) for product in (first, second, first)]

    assert records == [records[0], records[1], records[0]]
    assert list(Partner.objects.values_list("organisation_id", "name")) == [(seller.pk, "Tizi")]
    assert list(StockRecord.objects.order_by("pk").values_list("product_id", "price", "num_in_stock")) == [
        (first.pk, None, None),
        (second.pk, None, None),
    ]


def test_partner_takes_the_sellers_new_name():
    seller = SellerFactory(name="Tizi")
    partner = partner_of(seller)
    seller.name = "Tizi-Zaafran"

    assert partner_of(seller) == partner
    assert Partner.objects.get().name == "Tizi-Zaafran"


def test_oscar_prices_a_product_at_its_minimum_order():
    product = ProductFactory(ladder=[("100", "5"), ("500", "3.30")])

    offer = Selector().strategy().fetch_for_product(product)

    assert (offer.price.excl_tax, offer.price.currency) == (
        product.tiers.get(currency="EUR", min_quantity=500).unit_price,
        "EUR",
    )
    assert offer.availability.is_purchase_permitted(12_000) == (True, "")
    assert offer.availability.is_purchase_permitted(12_001) == (False, "")
