"""What was stopped, red or damaged comes back without a change lost, and without a person."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from catalogue.models import PriceTier, Product, Rebuild, StaleOffer
from catalogue.search import elastic, indexing, shelves
from catalogue.search.asked import Asked
from catalogue.search.engine import EngineDown
from catalogue.search.fields import CODES, NUMBERS, SHAPE, shape_of
from catalogue.search.ranking import Plan
from catalogue.search.results import results_of
from catalogue.search.ways import Clause
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.catalogue.search.meanwhile import just_before
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
needs_server = pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")


class Stopped(Exception):
    pass


def stop(*_done):
    raise Stopped


def cheapened(product):
    PriceTier.objects.filter(product=product, currency="EUR").update(unit_price=Decimal("0.50"))
    record("changed", product, actor=None)
    indexing.index_what_changed.call()


def cheap():
    return [product.pk for product in results_of(Asked(high=1000.0), "EUR", None).products]


def test_change_between_the_death_of_a_rebuild_and_its_going_on_is_not_lost(shelf, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    first, *_others = ProductFactory.create_batch(9)
    indexing.rebuild()
    with pytest.raises(Stopped):
        indexing.rebuild(stop)
    Rebuild.objects.filter(finished_at=None).update(heard_at=timezone.now() - timedelta(minutes=2))
    cheapened(first)

    heal_the_index()

    assert (cheap(), StaleOffer.objects.count()) == ([first.pk], 0)


@needs_server
@pytest.mark.service
def test_change_while_an_index_is_red_is_there_when_it_comes_back(searching, monkeypatch):
    monkeypatch.setattr(elastic, "RECOVERS", "100ms")
    shelf = searching("elasticsearch")
    first, *_others = ProductFactory.create_batch(3)
    indexing.rebuild()
    (sound,) = shelf._shapes(shelf.alias)
    indices, red = shelf.engine.client.indices, f"{shelf.alias}-nowhere"
    settings = {**elastic.SETTINGS, "index.routing.allocation.require._name": "nowhere"}
    indices.create(index=red, mappings=elastic._mapping(), settings=settings, wait_for_active_shards=0)
    for gone, come in ((sound, red), (red, sound)):
        moves = [
            {"remove": {"index": gone, "alias": shelf.alias}},
            {"add": {"index": come, "alias": shelf.alias}},
        ]
        indices.update_aliases(actions=moves)
        if come == red:
            cheapened(first)
            assert StaleOffer.objects.count() == 1

    heal_the_index()

    assert (cheap(), StaleOffer.objects.count()) == ([first.pk], 0)


def test_new_index_that_took_too_little_does_not_replace_a_good_one(shelf, client):
    ProductFactory.create_batch(12)
    indexing.rebuild()
    Product.objects.update(unit="ell")

    with pytest.raises(EngineDown, match="only 0 of 12 products could be indexed"):
        indexing.rebuild()

    assert client.get("/en/products/", {"q": "saffron"}).context["page"].paginator.count == 12


def test_index_of_other_fields_has_another_shape():
    assert shape_of(CODES, NUMBERS) == SHAPE
    others = (shape_of(CODES[:-1], NUMBERS), shape_of(CODES, NUMBERS[:-1]))
    assert SHAPE not in (*others, shape_of(CODES, NUMBERS, ("keyword", "float")))


@pytest.mark.parametrize("damage", ["bytes", "folder"])
def test_damaged_pointer_is_mended_by_the_clock(searching, client, monkeypatch, damage):
    monkeypatch.setattr(shelves, "LOOK_EVERY", 0)
    shelf = searching("embedded")
    product = ProductFactory()
    indexing.rebuild()
    pointer = shelf.root / "current"
    pointer.unlink()
    pointer.mkdir() if damage == "folder" else pointer.write_bytes(b"\xff\xfe")

    assert client.get("/en/products/", {"q": "saffron"}).context["products"] == [product]
    heal_the_index()

    answer = client.get("/en/products/", {"q": "saffron"}).context
    assert (answer["products"], answer["results"].is_makeshift) == ([product], False)


@pytest.mark.parametrize("sort", ["lead_time", "moq", "new", "price"])
def test_no_page_of_a_sorted_list_repeats_what_another_showed(shelf, client, sort):
    products = ProductFactory.create_batch(45, listed_at=timezone.now())
    indexing.rebuild()
    keys = sorted((product.pk for product in products), reverse=sort == "new")

    shown = []
    for page in range(1, 4):
        answer = client.get("/en/products/", {"q": "saffron", "sort": sort, "page": str(page)})
        shown += [product.pk for product in answer.context["products"]]
        record("changed", products[20], actor=None)
        indexing.refresh()

    assert shown == keys


@needs_server
@pytest.mark.service
def test_what_left_and_came_back_is_not_taken_out_by_an_older_round(searching):
    shelf = searching("elasticsearch")
    product = ProductFactory()
    indexing.rebuild()
    indexing.put(shelf.current(), [product.pk], version=2 * indexing.next_version())
    Product.objects.filter(pk=product.pk).update(is_public=False)

    indexing.put(shelf.current(), [product.pk], version=indexing.next_version())

    assert shelf.current().count() == 1


def test_folder_can_be_written_after_a_batch_that_broke_off(searching):
    shelf = searching("embedded")
    product = ProductFactory()
    indexing.rebuild()

    def broken():
        yield from indexing.documents([product.pk], 0)
        raise Stopped

    with pytest.raises(Stopped):
        shelf.current().write(broken())
    record("changed", product, actor=None)
    indexing.refresh()

    assert (StaleOffer.objects.count(), cheap()) == (0, [])
    assert len(list(shelf.root.glob(f"{SHAPE}-*"))) == 1


def test_folder_can_be_written_by_others_after_the_database_failed(searching):
    shelf = searching("embedded")
    product = ProductFactory()
    indexing.rebuild()

    with pytest.raises(Stopped), just_before('"catalogue_product"."id" AS "pk" FROM', stop):
        indexing.put(shelf.current(), [product.pk], version=0)

    assert type(shelf)(shelf.root).current().write([]) == 0


def test_odd_question_condemns_no_sound_folder(searching):
    shelf = searching("embedded")
    ProductFactory()
    indexing.rebuild()

    with pytest.raises(EngineDown):
        shelf.current().ask(Plan(needs=(Clause("no such field", ("x",)),)))

    assert shelf.fits()


def test_folder_of_the_index_before_is_taken_away(searching):
    shelf = searching("embedded")
    ProductFactory()
    for _round in range(3):
        indexing.rebuild()

    assert len(list(shelf.root.glob(f"{SHAPE}-*"))) == 1


@needs_server
@pytest.mark.service
def test_nobody_else_waits_for_a_server_that_hangs(searching, line, client, monkeypatch):
    monkeypatch.setattr(elastic, "PATIENCE", 0.3)
    searching("elasticsearch", line.url)
    product = ProductFactory()
    indexing.rebuild()
    line.cut()
    line.mend()
    line.hangs, before = True, line.callers

    answers = [client.get("/en/products/", {"q": "saffron"}).context for _visitor in range(3)]

    assert [(answer["products"], answer["results"].is_makeshift) for answer in answers] == [
        ([product], True)
    ] * 3
    assert line.callers - before == 1


def test_same_count_of_others_is_found_out_on_the_next_day(shelf):
    first = ProductFactory()
    indexing.rebuild()
    heal_the_index()
    Product.objects.filter(pk=first.pk).update(is_public=False)
    second = ProductFactory()
    StaleOffer.objects.all().delete()
    heal_the_index()
    assert list(shelf.current().ids()) == [str(first.pk)]

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        heal_the_index()

    assert list(shelf.current().ids()) == [str(second.pk)]
