"""Elasticsearch goes away, fills up, comes back: nothing is lost and no person is needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import Rebuild, StaleOffer
from catalogue.search import indexing
from catalogue.search.engine import EngineDown
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.factories.catalogue import ProductFactory

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL"),
    pytest.mark.django_db,
]


def listed(client):
    """The status of the list, what it shows, and whether it says that the search is away."""
    page = client.get("/en/products/", {"q": "saffron"})
    return page.status_code, len(page.context["products"]), page.context["results"].is_makeshift


def changed(*products):
    for product in products:
        record("changed", product, actor=None)


def test_server_killed_while_visitors_search_and_back_again(searching, line, client):
    searching("elasticsearch", line.url)
    ProductFactory.create_batch(3)
    indexing.rebuild()
    assert listed(client) == (200, 3, False)

    line.cut()
    assert listed(client) == (200, 3, True)

    line.mend()
    assert listed(client) == (200, 3, False)


def test_server_killed_in_the_middle_of_indexing_loses_no_change(searching, line, client):
    shelf = searching("elasticsearch", line.url)
    products = ProductFactory.create_batch(3)
    indexing.rebuild()
    products += ProductFactory.create_batch(40)
    changed(*products)
    line.bytes_left = 6_000

    with pytest.raises(EngineDown):
        indexing.refresh()
    assert StaleOffer.objects.count() == len(products)
    line.mend()
    heal_the_index()

    assert {int(one) for one in shelf.current().ids()} == {product.pk for product in products}
    assert not StaleOffer.objects.exists()


def test_server_killed_in_the_middle_of_a_rebuild_is_gone_on_with(searching, line, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    shelf = searching("elasticsearch", line.url)
    products = ProductFactory.create_batch(12)

    with pytest.raises(EngineDown):
        indexing.rebuild(lambda _done, _of: line.cut())
    line.mend()
    Rebuild.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
    heal_the_index()

    assert shelf.current().count() == len(products)
    assert shelf.building() is None


def test_full_disk_refuses_writes_and_what_waits_goes_when_there_is_room(searching, client):
    shelf = searching("elasticsearch")
    first = ProductFactory()
    indexing.rebuild()
    block = {"index.blocks.read_only_allow_delete": True}
    shelf.engine.client.indices.put_settings(index=shelf.alias, settings=block)
    second = ProductFactory()
    changed(first, second)

    with pytest.raises(EngineDown):
        indexing.refresh()
    assert listed(client) == (200, 1, False)
    shelf.engine.client.indices.put_settings(
        index=shelf.alias, settings={"index.blocks.read_only_allow_delete": None}
    )
    heal_the_index()

    assert listed(client) == (200, 2, False)


def test_closed_index_is_answered_for_by_the_database(searching, client):
    shelf = searching("elasticsearch")
    ProductFactory()
    indexing.rebuild()
    shelf.engine.client.indices.close(index=shelf.alias)

    assert listed(client) == (200, 1, True)
    shelf.engine.client.indices.open(index=shelf.alias)
    assert listed(client) == (200, 1, False)


def test_half_finished_index_that_was_deleted_is_begun_again(searching):
    shelf = searching("elasticsearch")
    ProductFactory.create_batch(2)
    Rebuild.objects.create(
        target=shelf.begin(), version=1, reached=10**9, heard_at=timezone.now() - timedelta(minutes=2)
    )
    shelf.engine.client.indices.delete(index=Rebuild.objects.get().target)

    heal_the_index()

    assert shelf.current().count() == 2


def test_older_state_of_a_product_never_replaces_a_later_one(searching):
    shelf = searching("elasticsearch")
    product = ProductFactory()
    indexing.rebuild()
    later = Rebuild.objects.get().version + 10

    indexing.put(shelf.current(), [product.pk], version=later)
    shelf.current().remove([str(product.pk)], version=later - 5)
    shelf.current().settle()

    assert shelf.current().count() == 1
