from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from catalogue.models import Certificate, Lot, Product
from tests.factories.catalogue import CertificateFactory, ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_product_speaks_the_readers_language():
    product = ProductFactory(title="Saffron")

    with override("ar"):
        assert product.label == f"زعفران {product.pk}"
    with override("en"):
        assert product.label == "Saffron"


def test_listed_products_leave_out_drafts():
    shown, _draft = ProductFactory(), ProductFactory(listed=False)

    assert list(Product.objects.listed()) == [shown]


def test_availability_is_what_the_lots_still_hold():
    product = ProductFactory(lots=[(2025, 100), (2026, 50)])
    Lot.objects.filter(product=product, harvest_year=2025).update(reserved=30, sold=20)

    (found,) = Product.objects.with_availability()

    assert found.available == Decimal(100)


@pytest.mark.parametrize(("day", "count"), [("2026-01-01", 1), ("2026-06-30", 1), ("2026-07-01", 0)])
def test_certificate_is_gone_the_day_after_its_last_one(day, count):
    CertificateFactory(valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))

    assert Certificate.objects.valid(on=date.fromisoformat(day)).count() == count
