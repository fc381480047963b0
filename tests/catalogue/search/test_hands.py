"""An index that every processor helped to build holds what one alone writes."""

import pytest

from catalogue.models import Product
from catalogue.search import hands, indexing
from catalogue.search.hands import many_hands
from tests.factories.catalogue import ProductFactory
from tests.races import on_postgresql

pytestmark = on_postgresql


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(hands, "MANY", 1)


def test_documents_of_many_hands_are_those_of_one_in_the_same_order(shelf):
    keys = [product.pk for product in ProductFactory.create_batch(5)]
    alone = list(indexing.documents(keys, 7))

    with many_hands() as read:
        assert list(read(keys, 7)) == alone


def test_index_built_by_many_hands_holds_all_that_is_listed(shelf):
    products = ProductFactory.create_batch(5)
    Product.objects.filter(pk=products[0].pk).update(is_public=False)

    with many_hands() as read:
        assert indexing.rebuild(read=read) == 4

    assert {int(each) for each in shelf.current().ids()} == {product.pk for product in products[1:]}
