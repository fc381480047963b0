"""Days begin and end without anybody writing: the index follows them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalogue.models import Certificate, Product, StaleOffer
from catalogue.search import indexing
from catalogue.search.asked import Asked
from catalogue.search.results import results_of
from moussem.core.dates import today_here
from tests.factories.catalogue import CertificateFactory, ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def organic():
    return results_of(Asked(chosen={"is": ("organic",)}), "EUR", None).products


def tomorrow():
    return time_machine.travel(timezone.now() + timedelta(days=1))


def certified(product, *, products, **days):
    """The seller of a product has an organic certificate, which counts between these days."""
    CertificateFactory(
        organisation=product.organisation, products=products, covers_all=not products, type__code="EU-ORG"
    )
    Certificate.objects.update(**days)


@pytest.mark.parametrize("names_the_product", [True, False])
def test_certificate_that_begins_today_counts_from_today(shelf, names_the_product):
    product, _other = ProductFactory(), ProductFactory()
    certified(
        product,
        products=[product] if names_the_product else [],
        valid_from=today_here() + timedelta(days=1),
        valid_until=today_here() + timedelta(days=90),
    )
    indexing.note_the_day()
    indexing.rebuild()
    assert organic() == []

    with tomorrow():
        assert indexing.note_the_day() == 1
        indexing.refresh()
        assert organic() == [product]


def test_end_of_a_certificate_for_all_that_its_seller_offers_marks_all_of_it(shelf):
    product, _other = ProductFactory(), ProductFactory()
    second = ProductFactory(organisation=product.organisation)
    certified(product, products=[], valid_until=today_here())
    indexing.note_the_day()
    indexing.rebuild()
    assert {one.pk for one in organic()} == {product.pk, second.pk}

    with tomorrow():
        assert indexing.note_the_day() == 2
        assert set(StaleOffer.objects.values_list("product_id", flat=True)) == {product.pk, second.pk}
        indexing.refresh()
        assert organic() == []


def test_lot_past_its_date_is_no_stock_from_the_next_day_on(shelf):
    product = ProductFactory()
    product.lots.update(best_before=today_here())
    indexing.note_the_day()
    indexing.rebuild()
    in_stock = Asked(chosen={"is": ("in-stock",)})
    assert results_of(in_stock, "EUR", None).products == [product]

    with tomorrow():
        assert indexing.note_the_day() == 1
        indexing.refresh()
        assert results_of(in_stock, "EUR", None).products == []
        assert Product.objects.with_availability().get().available == 0


def test_days_that_nobody_looked_at_are_made_up_for(shelf):
    product = ProductFactory()
    certified(product, products=[product], valid_until=today_here() + timedelta(days=1))
    indexing.note_the_day()
    indexing.rebuild()

    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert (indexing.note_the_day(), indexing.note_the_day()) == (1, None)
        indexing.refresh()
        assert organic() == []


def test_certificate_that_ended_before_or_ends_later_marks_nothing(shelf):
    product = ProductFactory()
    indexing.note_the_day()
    for days in (-1, 1, 2):
        certified(product, products=[product], valid_until=today_here() + timedelta(days=days))
        with tomorrow():
            assert indexing.mark_what_expired(today_here() - timedelta(days=1)) == 0
