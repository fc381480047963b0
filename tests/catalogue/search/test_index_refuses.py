"""An index that refuses writes or has fields of its own is begun anew, and starves no other."""

import math
import time

import pytest

from catalogue.models import Rebuild, StaleOffer
from catalogue.search import elastic, indexing
from catalogue.search.document import Document
from catalogue.search.engine import EngineDown, Refused
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.catalogue.search.test_index_damage import answered
from tests.catalogue.search.test_index_half_built import cheap, cheapen, silent
from tests.factories.catalogue import ProductFactory

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL"),
    pytest.mark.django_db,
]


def close(shelf, index):
    shelf.engine.client.indices.close(index=index)


def block_writes(shelf, index):
    shelf.engine.client.indices.put_settings(index=index, settings={"index.blocks.write": True})


def make_read_only(shelf, index):
    shelf.engine.client.indices.put_settings(index=index, settings={"index.blocks.read_only": True})


def hide(shelf, index):
    shelf.engine.client.indices.put_settings(index=index, settings={"index.blocks.metadata": True})


def hide_and_make_read_only(shelf, index):
    make_read_only(shelf, index)
    hide(shelf, index)


def lose_the_write_index(shelf, index):
    indices = shelf.engine.client.indices
    for alias in indices.get_alias(index=index)[index]["aliases"]:
        indices.put_alias(index=index, name=alias, is_write_index=False)


REFUSALS = [close, block_writes, make_read_only, hide, hide_and_make_read_only, lose_the_write_index]
refusing = pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)


@pytest.fixture
def shelf(searching):
    return searching("elasticsearch")


def all_is_well(shelf, count):
    """The index that is asked holds all, nothing waits, and nothing is left beside it."""
    beside = list(shelf._shapes(shelf.beside))
    return (shelf.fits(), shelf.current().count(), StaleOffer.objects.count(), beside) == (True, count, 0, [])


@refusing
def test_half_built_index_that_refuses_writes_is_begun_anew(shelf, refuse):
    ProductFactory.create_batch(3)
    target = shelf.begin()
    refuse(shelf, target)
    Rebuild.objects.create(target=target, version=1)
    silent()

    heal_the_index()

    assert all_is_well(shelf, 3)


@refusing
def test_half_built_index_that_refuses_writes_starves_no_sound_one(shelf, refuse):
    products = ProductFactory.create_batch(3)
    indexing.rebuild()
    target = shelf.begin()
    refuse(shelf, target)
    Rebuild.objects.create(target=target, version=1)
    cheapen(*products)

    indexing.refresh()

    assert cheap() == {product.pk for product in products}
    assert all_is_well(shelf, 3)


@refusing
def test_index_that_is_asked_and_refuses_writes_is_built_anew(shelf, refuse):
    products = ProductFactory.create_batch(3)
    indexing.rebuild()
    (asked,) = shelf._shapes(shelf.alias)
    refuse(shelf, asked)
    cheapen(*products)

    assert not shelf.fits()
    heal_the_index()

    assert all_is_well(shelf, 3)
    assert cheap() == {product.pk for product in products}


@pytest.mark.parametrize(
    ("refuse", "told"), [(hide, "metadata"), (hide_and_make_read_only, "metadata, read_only")]
)
def test_block_on_the_index_that_is_asked_is_said_and_visitors_are_answered(
    shelf, client, caplog, refuse, told
):
    ProductFactory.create_batch(3)
    indexing.rebuild()
    (asked,) = shelf._shapes(shelf.alias)
    refuse(shelf, asked)

    shelf._looked_at = -math.inf
    meanwhile = answered(client)
    heal_the_index()

    said = [one.getMessage() for one in caplog.records if one.name == "catalogue.search.shelves"]
    assert said[0] == f"The index {asked} is blocked on its server: {told}"
    assert (meanwhile, answered(client)) == ((200, 3, True), (200, 3, False))


def test_index_of_somebody_else_that_hides_what_it_is_is_no_trouble_of_ours(shelf):
    ProductFactory.create_batch(3)
    indexing.rebuild()
    stranger = shelf.engine.make(f"{shelf.alias}-elsewhere")
    hide(shelf, stranger)
    (asked,) = shelf._shapes(shelf.alias)

    heal_the_index()

    assert all_is_well(shelf, 3)
    assert list(shelf._shapes(shelf.alias)) == [asked]


def test_index_that_begins_to_refuse_between_the_look_and_the_write_starves_no_sound_one(shelf, monkeypatch):
    product = ProductFactory()
    indexing.rebuild()
    target = shelf.begin()
    Rebuild.objects.create(target=target, version=1)
    block_writes(shelf, target)
    monkeypatch.setattr(elastic.ElasticEngine, "takes_writes", lambda _self: True)
    record("changed", product, actor=None)

    indexing.refresh()

    assert (StaleOffer.objects.count(), list(shelf._shapes(shelf.beside))) == (0, [])


def test_full_disk_is_waited_for_and_nothing_is_thrown_away(shelf):
    ProductFactory()
    indexing.rebuild()
    (asked,) = shelf._shapes(shelf.alias)
    full = {"index.blocks.read_only_allow_delete": True}
    shelf.engine.client.indices.put_settings(index=asked, settings=full)

    with pytest.raises(EngineDown) as refused:
        indexing.put(shelf.engine, [1], version=1)

    assert (shelf.fits(), isinstance(refused.value, Refused)) == (True, False)


def altered(name, kind):
    """The fields of an index that says it is of today's shape, one of them as it should not be; None gone."""
    mapping = elastic._mapping()
    mapping["properties"].pop(name)
    if kind:
        mapping["properties"][name] = {"type": kind}
    return mapping


@pytest.fixture
def odd_index(shelf, monkeypatch):
    """``odd_index(name, kind)``: such an index is the one that is asked."""

    def make(name, kind):
        mapping = altered(name, kind)
        with monkeypatch.context() as before:
            before.setattr(elastic, "_mapping", lambda: mapping)
            shelf.engine.make(shelf.alias)

    return make


@pytest.mark.parametrize("kind", ["date", None])
def test_index_that_has_other_fields_than_it_says_is_built_anew(shelf, odd_index, kind):
    product = ProductFactory()
    odd_index("moq", kind)
    record("changed", product, actor=None)

    assert not shelf.fits()
    heal_the_index()

    assert all_is_well(shelf, 1)


def test_field_that_an_index_lacks_is_its_fault_and_no_documents(shelf, odd_index):
    odd_index("moq", None)

    with pytest.raises(Refused):
        shelf.engine.write([Document("1", {}, {"moq": 5.0}, (), ())])


def test_one_document_that_does_not_fit_keeps_no_other_out(shelf):
    indexing.rebuild()
    codes = {"1": "09", "2": "9" * 40_000}
    documents = [Document(key, {"hs": (code,)}, {}, (), ()) for key, code in codes.items()]

    assert shelf.engine.write(documents) == 1


def test_answer_that_drips_holds_a_page_for_three_seconds_and_the_next_for_none(searching, line, client):
    searching("elasticsearch", line.url)
    ProductFactory()
    indexing.rebuild()
    line.drips = 0.3

    taken = []
    for _page in range(2):
        begun = time.monotonic()
        page = client.get("/en/products/", {"q": "saffron"})
        taken.append(time.monotonic() - begun)
        assert (page.status_code, page.context["results"].is_makeshift) == (200, True)

    assert (taken[0] < 5, taken[1] < 2) == (True, True)
