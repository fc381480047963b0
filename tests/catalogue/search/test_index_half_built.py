"""An index that was begun and not finished: it heals, starves nobody, and no change is lost beside it."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalogue.models import PriceTier, Product, Rebuild, StaleOffer
from catalogue.search import elastic, indexing, shelves
from catalogue.search.asked import Asked
from catalogue.search.engine import EngineDown
from catalogue.search.results import results_of
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.catalogue.search.meanwhile import just_before
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
on_a_server = [pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")]
elasticsearch = pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=on_a_server)])


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(elastic, "RECOVERS", "100ms")
    monkeypatch.setattr(elastic, "WRITING", 3)


def red_index(shelf, alias):
    """An index of our making whose only part is on no server, under one of the aliases."""
    name = f"{shelf.alias}-nowhere"
    settings = {**elastic.SETTINGS, "index.routing.allocation.require._name": "nowhere"}
    shelf.engine.client.indices.create(
        index=name,
        mappings=elastic._mapping(),
        settings=settings,
        aliases={alias: {}},
        wait_for_active_shards=0,
    )
    return name


def silent(**fields):
    """The rebuild that is unfinished was not heard of for two minutes."""
    Rebuild.objects.filter(finished_at=None).update(heard_at=timezone.now() - timedelta(minutes=2), **fields)


def cheapen(*products):
    PriceTier.objects.filter(product__in=products, currency="EUR").update(unit_price=Decimal("0.50"))
    for product in products:
        record("changed", product, actor=None)


def cheap():
    return {product.pk for product in results_of(Asked(high=1000.0), "EUR", None).products}


def of_release(monkeypatch, shape):
    """From here on this is a process of another release."""
    for module in (shelves, elastic):
        monkeypatch.setattr(module, "SHAPE", shape)


@elasticsearch
def test_half_built_index_that_is_red_is_begun_anew(searching, engine):
    shelf = searching(engine)
    ProductFactory.create_batch(3)
    red = red_index(shelf, shelf.beside)
    Rebuild.objects.create(target=red, version=1)
    silent()

    heal_the_index()

    assert (shelf.fits(), shelf.current().count(), list(shelf._shapes(shelf.beside))) == (True, 3, [])
    assert not shelf.engine.client.indices.exists(index=red)


@elasticsearch
def test_half_built_index_that_is_red_starves_no_sound_one(searching, engine, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    shelf = searching(engine)
    products = ProductFactory.create_batch(9)
    indexing.rebuild()
    Rebuild.objects.create(target=red_index(shelf, shelf.beside), version=1)
    cheapen(*products)

    indexing.refresh()

    assert (cheap(), StaleOffer.objects.count()) == ({product.pk for product in products}, 0)
    assert shelf.building() is None


@elasticsearch
@pytest.mark.parametrize("is_leftover", [True, False])
def test_change_waits_while_the_index_that_is_asked_is_unwell(searching, engine, is_leftover):
    shelf = searching(engine)
    product, *_others = ProductFactory.create_batch(2)
    indexing.rebuild()
    (sound,) = shelf._shapes(shelf.alias)
    beside = shelf.engine.make(shelf.beside)
    if not is_leftover:
        Rebuild.objects.create(target=beside, version=indexing.next_version())
    red, indices = red_index(shelf, "nobody-asks"), shelf.engine.client.indices
    for gone, come in ((sound, red), (red, sound)):
        taken = {"remove": {"index": gone, "alias": shelf.alias}}
        indices.update_aliases(actions=[taken, {"add": {"index": come, "alias": shelf.alias}}])
        if come == red:
            cheapen(product)
            assert (indexing.refresh(), StaleOffer.objects.count()) == (0, 1)

    assert (indexing.refresh(), StaleOffer.objects.count(), cheap()) == (1, 0, {product.pk})


@pytest.mark.parametrize("is_old_one_asked", [True, False])
def test_process_of_another_release_takes_no_mark_while_a_rebuild_is_unfinished(
    shelf, monkeypatch, is_old_one_asked
):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    product, *_others = ProductFactory.create_batch(9)
    if is_old_one_asked:
        of_release(monkeypatch, "1.old")
        indexing.rebuild()
    of_release(monkeypatch, "2.new")
    told = []

    def progress(_done, _of):
        if not told:
            of_release(monkeypatch, "1.old")
            cheapen(product)
            told.append((indexing.refresh(), StaleOffer.objects.count()))
            of_release(monkeypatch, "2.new")

    indexing.rebuild(progress)

    assert (told, cheap(), StaleOffer.objects.count()) == ([(0, 1)], {product.pk}, 0)


def test_process_of_another_release_takes_no_mark_once_the_new_index_stands(shelf, monkeypatch):
    product = ProductFactory()
    of_release(monkeypatch, "2.new")
    indexing.rebuild()
    of_release(monkeypatch, "1.old")
    cheapen(product)

    assert (indexing.refresh(), StaleOffer.objects.count()) == (0, 1)
    of_release(monkeypatch, "2.new")
    assert (indexing.refresh(), cheap()) == (1, {product.pk})


def test_index_that_another_release_left_half_built_keeps_no_change_waiting(shelf, monkeypatch):
    product = ProductFactory()
    indexing.rebuild()
    shape = shelves.SHAPE
    of_release(monkeypatch, "1.old")
    shelf.begin()
    of_release(monkeypatch, shape)
    cheapen(product)

    assert (indexing.refresh(), StaleOffer.objects.count(), cheap()) == (1, 0, {product.pk})


def test_what_took_too_little_is_thrown_away(shelf):
    ProductFactory.create_batch(12)
    indexing.rebuild()
    Product.objects.update(unit="ell")

    with pytest.raises(EngineDown, match="only 0 of 12"):
        indexing.rebuild()

    assert shelf.building() is None
    if shelf.waits_for_building:
        assert len([one for one in shelf.root.iterdir() if one.is_dir()]) == 1
    else:
        assert list(shelf._shapes(shelf.beside)) == []


@elasticsearch
def test_indices_that_dead_rebuilds_have_left_go_when_another_begins(searching, engine):
    shelf = searching(engine)
    left = [shelf.engine.make(shelf.beside) for _each in range(2)]

    indexing.rebuild()

    assert [shelf.engine.client.indices.exists(index=name).body for name in left] == [False, False]
    assert list(shelf._shapes(f"{shelf.alias}-*")) == list(shelf._shapes(shelf.alias))


@elasticsearch
def test_only_the_new_index_is_left_of_three(searching, engine):
    shelf = searching(engine)
    for _each in range(3):
        indexing.rebuild()

    assert list(shelf._shapes(f"{shelf.alias}-*")) == list(shelf._shapes(shelf.alias))
    assert len(shelf._shapes(shelf.alias)) == 1


def test_half_built_index_of_another_release_is_not_gone_on_with(shelf, monkeypatch):
    of_release(monkeypatch, "1.old")
    begun = shelf.begin()
    of_release(monkeypatch, "2.new")
    Rebuild.objects.create(target=begun, version=1, reached=10**9)
    silent()
    ProductFactory()

    indexing.rebuild()

    assert (shelf.fits(), shelf.current().count()) == (True, 1)


@elasticsearch
def test_index_that_the_server_made_up_never_takes_the_place_of_ours(searching, engine, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    shelf = searching(engine)
    ProductFactory.create_batch(9)
    indexing.rebuild()
    ours, indices, steps = shelf._shapes(shelf.alias), shelf.engine.client.indices, []

    def progress(_done, _of):
        if not steps:
            steps.append(indices.delete(index=shelf.building()[0]))

    with pytest.raises(EngineDown):
        indexing.rebuild(progress)

    assert (shelf._shapes(f"{shelf.alias}*"), shelf.current().count()) == (ours, 9)


@elasticsearch
def test_guessed_index_is_not_swapped_in(searching, engine):
    shelf = searching(engine)
    indexing.rebuild()
    guessed, ours = f"{shelf.alias}-guessed", shelf._shapes(shelf.alias)
    shelf.engine.client.indices.create(index=guessed, aliases={shelf.beside: {}})

    with pytest.raises(EngineDown, match="not of our making"):
        shelf.swap(guessed)

    assert shelf._shapes(shelf.alias) == ours


@elasticsearch
@pytest.mark.parametrize("act", ["write", "remove"])
def test_nothing_is_written_where_no_index_of_ours_stands(searching, engine, act):
    shelf = searching(engine)
    product = ProductFactory()
    taken = indexing.documents([product.pk], 1) if act == "write" else [str(product.pk)]

    with pytest.raises(EngineDown):
        getattr(shelf.engine, act)(taken)

    assert shelf.engine.client.indices.get(index=f"{shelf.alias}*").body == {}


@elasticsearch
@pytest.mark.parametrize(
    ("status", "initializing", "is_read"), [("red", 0, False), ("red", 1, True), ("yellow", 0, True)]
)
def test_index_that_the_server_is_putting_right_is_not_given_up(
    searching, engine, line, status, initializing, is_read
):
    shelf = searching(engine, line.url)
    line.says = (
        "application/json",
        "Elasticsearch",
        json.dumps({"status": status, "initializing_shards": initializing}),
    )

    assert shelf.engine.can_be_read() == is_read


def reindexed(capsys):
    """What `reindex` says, and whether it is an error."""
    try:
        call_command("reindex")
    except CommandError as error:
        return "error", str(error)
    return "done", capsys.readouterr().out.splitlines()[-1]


@elasticsearch
def test_reindex_says_that_the_index_stands_where_only_what_follows_fails(searching, engine, capsys, line):
    shelf = searching(engine, line.url)
    ProductFactory.create_batch(2)

    # The line is cut when the marks are looked at that came meanwhile.
    with just_before('"catalogue_staleoffer"."product_id"', line.cut):
        StaleOffer.objects.create(product_id=1)
        told = reindexed(capsys)

    assert told == ("done", "2 offers indexed.")
    line.mend()
    heal_the_index()
    assert (shelf.fits(), StaleOffer.objects.count(), Rebuild.objects.count()) == (True, 0, 1)


def test_reindex_says_that_what_took_too_little_was_thrown_away(shelf, capsys):
    ProductFactory.create_batch(12)
    indexing.rebuild()
    Product.objects.update(unit="ell")

    assert reindexed(capsys) == (
        "error",
        "The new index was thrown away: only 0 of 12 products could be indexed: what stood before stays. "
        "The log says why.",
    )


def test_reindex_right_after_a_kill_is_an_error_where_it_did_nothing(shelf, capsys):
    ProductFactory.create_batch(2)
    Rebuild.objects.create(version=1)

    at_once = reindexed(capsys)
    silent()

    assert at_once == (
        "error",
        "Another process is building the index, or was stopped less than 60 seconds ago: nothing was done "
        "here. Run this again in a minute.",
    )
    assert reindexed(capsys) == ("done", "2 offers indexed.")


def test_slow_rebuild_that_another_has_finished_is_no_error(shelf, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    ProductFactory.create_batch(9)
    told = []

    def progress(_done, _of):
        if not told:
            silent()
            told.append(indexing.rebuild())

    assert (indexing.rebuild(progress), told) == (None, [9])
    assert (shelf.fits(), shelf.current().count(), Rebuild.objects.count()) == (True, 9, 1)


def older_index(shelf, monkeypatch, *without):
    """The index that is asked is one of a release that did not know some fields."""
    mapping = elastic._mapping

    def older():
        told = mapping()
        known = {name: kind for name, kind in told["properties"].items() if name not in without}
        return {**told, "properties": known, "dynamic": False, "_meta": {"shape": "1.old"}}

    monkeypatch.setattr(elastic, "_mapping", older)
    monkeypatch.setattr(shelves, "SHAPE", "1.old")
    indexing.rebuild()
    monkeypatch.undo()


@elasticsearch
def test_older_index_is_asked_what_it_knows_and_the_database_the_rest(searching, engine, client, monkeypatch):
    shelf = searching(engine)
    ProductFactory.create_batch(3, lead_time_days=5)
    older_index(shelf, monkeypatch, "lead_band", "order_moq")

    def told(**asked):
        page = client.get("/en/products/", {"q": "saffron", **asked}).context
        return page["page"].paginator.count, page["results"].is_makeshift

    assert (told(), told(lead="7"), told(sort="moq")) == ((3, False), (3, True), (3, True))
    heal_the_index()
    assert (told(), told(lead="7"), told(sort="moq")) == ((3, False), (3, False), (3, False))
