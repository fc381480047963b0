"""An index that was damaged on its disk or its server: visitors are answered, and it is built anew."""

import random
import shutil
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import Rebuild, StaleOffer
from catalogue.search import elastic, embedded, indexing, site
from catalogue.search.embedded import PARTS
from catalogue.search.engine import EngineDown
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
on_a_server = [pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")]
elasticsearch = pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=on_a_server)])


def answered(client):
    """The status of the list, how much it shows, and whether the database answered."""
    page = client.get("/en/products/", {"q": "saffron"})
    return page.status_code, len(page.context["products"]), page.context["results"].is_makeshift


def replace(file, text):
    """Another file of the name: whoever has the old one open keeps it."""
    file.unlink()
    file.write_text(text)


def lose_the_table(folder):
    (folder / "meta.json").unlink()


def empty_the_table(folder):
    replace(folder / "meta.json", "")


def garble_the_table(folder):
    replace(folder / "meta.json", '{"segments": 3}')


def lose_a_part(part):
    def damage(folder):
        for file in folder.glob(f"*.{part}"):
            file.unlink()

    damage.__name__ = f"lose_{part}"
    return damage


def empty_a_part(folder):
    for file in folder.glob("*.store"):
        replace(file, "")


DAMAGES = [
    lose_the_table,
    empty_the_table,
    garble_the_table,
    empty_a_part,
    shutil.rmtree,
    *map(lose_a_part, PARTS),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_folder_is_answered_for_and_built_anew(searching, client, damage):
    shelf = searching("embedded")
    ProductFactory.create_batch(2)
    indexing.rebuild()
    damage(shelf.root / shelf._named())
    # As a process sees it that opens it after this.
    site._shelf.cache_clear()

    assert answered(client) == (200, 2, True)
    assert not site.shelf().fits()
    heal_the_index()

    assert site.shelf().fits()
    assert answered(client) == (200, 2, False)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_folder_damaged_under_a_process_that_has_it_open_is_built_anew(searching, client, damage):
    shelf = searching("embedded")
    ProductFactory.create_batch(2)
    indexing.rebuild()
    damaged = shelf._named()
    damage(shelf.root / damaged)

    assert answered(client)[:2] == (200, 2)
    assert not shelf.fits()
    heal_the_index()

    assert (shelf._named() == damaged, shelf.fits(), answered(client)) == (False, True, (200, 2, False))


def rot(file, at):
    """One bit of a file is another than was written."""
    held = bytearray(file.read_bytes())
    held[at] ^= 1
    file.unlink()
    file.write_bytes(bytes(held))


@pytest.mark.parametrize("part", PARTS)
def test_folder_with_one_bit_astray_is_built_anew(searching, part):
    shelf = searching("embedded")
    ProductFactory.create_batch(2)
    indexing.rebuild()
    for file in (shelf.root / shelf._named()).glob(f"*.{part}"):
        rot(file, file.stat().st_size // 3)

    assert not shelf.fits()
    heal_the_index()

    assert (site.shelf().fits(), site.shelf().current().count()) == (True, 2)


def test_words_that_a_bad_disk_garbled_are_an_engine_that_is_down(searching, client):
    shelf = searching("embedded")
    ProductFactory.create_batch(40)
    indexing.rebuild()
    kept = {file: file.read_bytes() for file in (shelf.root / shelf._named()).glob("*.term")}
    told = Counter()

    # On some of these the library panics.
    for seed in range(16):
        chance = random.Random(seed)
        for file, held in kept.items():
            replace(file, "")
            file.write_bytes(held)
            for _bit in range(6):
                rot(file, chance.randrange(len(held)))
        site._shelf.cache_clear()
        told.update(client.get("/en/products/", {"q": text}).status_code for text in ("saffron", "safron"))

    assert told == {200: 32}


def test_files_that_a_writer_joined_meanwhile_condemn_no_folder(searching, monkeypatch):
    shelf = searching("embedded")
    others = ProductFactory.create_batch(12)
    indexing.rebuild()
    engine, whole, waiting = shelf.current(), embedded.is_whole, [*others]

    def meanwhile(file):
        while waiting:
            indexing.put(engine, [waiting.pop().pk], version=0)
        return whole(file)

    monkeypatch.setattr(embedded, "is_whole", meanwhile)

    assert (engine.is_well(), waiting) == (True, [])


def test_folder_that_one_process_cannot_read_is_built_anew_by_another_that_still_can(searching):
    shelf = searching("embedded")
    ProductFactory()
    indexing.rebuild()
    assert shelf.fits()
    for file in (shelf.root / shelf._named()).glob("*.term"):
        replace(file, "what a bad disk gives back")

    with pytest.raises(EngineDown):
        type(shelf)(shelf.root).current()

    assert not shelf.fits()
    heal_the_index()
    assert (shelf.fits(), shelf.current().count()) == (True, 1)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_write_into_a_damaged_folder_keeps_the_mark(searching, damage):
    shelf = searching("embedded")
    product = ProductFactory()
    indexing.rebuild()
    damage(shelf.root / shelf._named())
    site._shelf.cache_clear()
    record("changed", product, actor=None)

    # The bell rings as after a commit; whatever comes of it, the clock has the last word.
    indexing.index_what_changed.call()
    heal_the_index()

    assert (site.shelf().current().count(), StaleOffer.objects.count()) == (1, 0)


@elasticsearch
def test_index_whose_parts_are_on_no_server_is_built_anew(searching, engine, client, monkeypatch):
    monkeypatch.setattr(elastic, "RECOVERS", "100ms")
    shelf = searching(engine)
    ProductFactory.create_batch(2)
    indexing.rebuild()
    indices, nowhere = shelf.engine.client.indices, f"{shelf.alias}-nowhere"
    # A server allocates anew what it once held, whatever is said; what it never held stays nowhere.
    settings = {**elastic.SETTINGS, "index.routing.allocation.require._name": "nowhere"}
    told = {"mappings": elastic._mapping(), "settings": settings, "wait_for_active_shards": 0}
    indices.create(index=nowhere, **told)
    taken = {"remove": {"index": f"{shelf.alias}-*", "alias": shelf.alias}}
    indices.update_aliases(actions=[taken, {"add": {"index": nowhere, "alias": shelf.alias}}])
    assert shelf.engine.client.cluster.health(index=shelf.alias)["status"] == "red"
    assert answered(client) == (200, 2, True)

    heal_the_index()

    assert answered(client) == (200, 2, False)


@elasticsearch
def test_one_document_that_the_server_refuses_does_not_keep_the_others_waiting(searching, engine):
    shelf = searching(engine)
    indexing.rebuild()
    # A word longer than the server keeps.
    refused = ProductFactory(organisation=SellerFactory(languages=["x" * 40_000]))
    good = ProductFactory.create_batch(2)
    for product in (refused, *good):
        record("changed", product, actor=None)

    indexing.refresh()

    assert {int(one) for one in shelf.current().ids()} == {product.pk for product in good}
    assert not StaleOffer.objects.exists()
    assert indexing.rebuild() == 2


def dead(**fields):
    """A rebuild whose process died two minutes ago."""
    return Rebuild.objects.create(version=1, heard_at=timezone.now() - timedelta(minutes=2), **fields)


@pytest.mark.parametrize("target", ["", "an-index-that-is-gone"])
def test_rebuild_of_a_dead_process_stops_no_change_for_longer_than_until_the_clock(shelf, target):
    first = ProductFactory()
    indexing.rebuild()
    dead(target=target, reached=10**9)
    second = ProductFactory()
    record("changed", second, actor=None)

    indexing.refresh()
    heal_the_index()

    assert not Rebuild.objects.filter(finished_at=None).exists()
    assert shelf.building() is None
    assert {int(one) for one in shelf.current().ids()} == {first.pk, second.pk}


def test_rebuild_that_is_alive_is_left_alone(shelf):
    ProductFactory()
    Rebuild.objects.create(version=1, target="elsewhere", heard_at=timezone.now() - timedelta(seconds=50))

    heal_the_index()

    assert Rebuild.objects.get().target == "elsewhere"
    assert not shelf.fits()


def test_folder_that_another_process_writes_keeps_changes_waiting(searching):
    shelf = searching("embedded")
    product = ProductFactory()
    indexing.rebuild()
    other = type(shelf)(shelf.root).current()
    other.write([])
    record("changed", product, actor=None)

    with pytest.raises(EngineDown):
        indexing.refresh()
    assert StaleOffer.objects.count() == 1
    other.settle()
    assert (indexing.refresh(), StaleOffer.objects.count()) == (1, 0)
