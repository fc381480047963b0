"""However many are as good, each has days among the first; a page further on goes on where the last ended."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalogue.models import Product
from catalogue.search import indexing
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NUMBER = 90


def page_of(client, number):
    answer = client.get("/en/products/", {"q": "safran", "page": str(number)})
    return [product.pk for product in answer.context["products"]]


@pytest.fixture
def equals(shelf):
    sellers = SellerFactory.create_batch(30)
    for number in range(NUMBER):
        ProductFactory(organisation=sellers[number % 30])
    Product.objects.update(title="Saffron threads")
    indexing.rebuild()


def test_pages_of_one_day_show_each_of_many_equals_once(equals, client):
    shown = [key for number in range(1, 6) for key in page_of(client, number)]

    assert (len(shown), len(set(shown))) == (NUMBER, NUMBER)


def test_many_equals_all_have_their_days_among_the_first(equals, client):
    seen = set()
    for day in range(70):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            seen.update(page_of(client, 1))

    # Twenty of ninety a day: after seventy days, once in half a million runs, one was never shown.
    assert len(seen) == NUMBER
