"""An odd product, a restored backup, a slow engine: what all others see stays right."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from catalogue.models import OddOffer, Product, Rebuild, StaleOffer
from catalogue.search import indexing, narrowing
from catalogue.search.amounts import BASE_UNITS
from catalogue.search.asked import Asked
from catalogue.search.elastic import ElasticEngine
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.engine import EngineDown, Found
from catalogue.search.fields import MEASURES, errors_in
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.results import results_of
from catalogue.search.tables import reference_lexicon
from catalogue.states import BaseUnit
from catalogue.tasks import heal_the_index
from moussem.core.log import record
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(text="saffron"):
    return {product.pk for product in results_of(Asked(text), "EUR", None).products}


def test_every_unit_of_the_catalogue_is_one_that_quantities_are_compared_in():
    assert {BASE_UNITS[unit.value.lower()][0] for unit in BaseUnit} == set(MEASURES)


def test_one_product_that_cannot_be_read_keeps_no_other_waiting(shelf, caplog):
    odd, sound = ProductFactory.create_batch(2)
    Product.objects.filter(pk=odd.pk).update(unit="ell")

    assert (indexing.rebuild(), found()) == (1, {sound.pk})

    later = ProductFactory()
    for product in (odd, later):
        record("changed", product, actor=None)
    indexing.refresh()
    assert (found(), StaleOffer.objects.count()) == ({sound.pk, later.pk}, 0)
    assert f"Product {odd.pk} cannot be read for the search" in caplog.text


def test_product_that_cannot_be_read_any_more_stays_as_it_was(shelf):
    product = ProductFactory()
    indexing.rebuild()
    Product.objects.filter(pk=product.pk).update(unit="ell")
    record("changed", product, actor=None)

    indexing.refresh()

    assert found() == {product.pk}


def test_changes_after_a_restored_backup_reach_the_index(shelf):
    gone, kept = ProductFactory.create_batch(2)
    indexing.rebuild()
    # A backup brings the counters of its day back.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('catalogue_staleoffer', 'id'), 1)")
    gone.is_public = False
    gone.save()
    record("changed", gone, actor=None)

    indexing.refresh()

    assert found() == {kept.pk}


def scans(monkeypatch):
    """Each time that all of an index is read, from here on."""
    seen = []
    for engine in (ElasticEngine, EmbeddedEngine):
        ids = engine.ids
        monkeypatch.setattr(engine, "ids", lambda self, ids=ids: (seen.append(self.name), ids(self))[1])
    return seen


def test_product_that_cannot_be_read_has_the_whole_index_read_once(shelf, monkeypatch):
    odd, *_others = ProductFactory.create_batch(3)
    indexing.rebuild()
    shelf.current().remove([str(odd.pk)])
    shelf.current().settle()
    Product.objects.filter(pk=odd.pk).update(unit="ell")
    heal_the_index()
    seen = scans(monkeypatch)

    for _minute in range(4):
        heal_the_index()
    assert len(seen) == 0

    Product.objects.filter(pk=odd.pk).update(unit="kg")
    lost = shelf.current()
    lost.remove([next(iter(lost.ids()))])
    lost.settle()
    heal_the_index()
    assert (shelf.current().count(), StaleOffer.objects.count()) == (3, 0)


@pytest.mark.parametrize(("odd", "answered_by_engine"), [(11, True), (30, False)])
def test_site_without_an_index_takes_one_that_holds_most(shelf, odd, answered_by_engine):
    products = ProductFactory.create_batch(40)
    Product.objects.filter(pk__in=[product.pk for product in products[:odd]]).update(unit="ell")

    for _minute in range(3):
        heal_the_index()

    assert results_of(Asked("saffron"), "EUR", None).is_makeshift != answered_by_engine
    assert Rebuild.objects.count() == 1


def test_index_that_took_too_little_is_built_again_in_an_hour(shelf):
    ProductFactory.create_batch(3)
    Product.objects.update(unit="ell")
    heal_the_index()
    Product.objects.update(unit="kg")
    heal_the_index()
    assert not shelf.fits()

    with time_machine.travel(timezone.now() + indexing.UNSOUND_RESTS):
        heal_the_index()

    assert shelf.fits()


@pytest.mark.parametrize(
    ("stem", "errors"),
    [
        ("safron", 1),
        ("taliouine", 2),
        ("زعفران", 1),
        ("زعفران" * 40, 0),
        ("x" * 20, 0),
        ("字" * 9, 0),
        ("e471", 0),
    ],
)
def test_only_words_that_may_be_of_the_trade_are_forgiven(stem, errors):
    assert errors_in(stem) == errors


def test_few_words_of_a_question_are_forgiven():
    plan = plan_of(
        read(" ".join(f"quxo{letter * 3}" for letter in "abcdefghij"), reference_lexicon()),
        reference_lexicon(),
    )

    assert [word.forgiving for word in plan.words] == [True] * 6 + [False] * 4


class Slow:
    """An engine that has the goods, nothing that a word narrows to, and counts how often it was asked."""

    asked = 0

    def ask(self, plan, **_how):
        self.asked += 1
        return Found([], [], int(all(name == "product" for name, _clause in plan.filters)))


def test_words_are_given_up_when_the_time_of_a_page_is_over():
    text = "saffron organic fair trade women's cooperative Taliouine FOB Agadir 500 kg"
    plan = plan_of(read(text, reference_lexicon()), reference_lexicon())
    patient, hurried = Slow(), Slow()

    told = narrowing.narrowed(hurried, plan, until=0)

    assert told.relaxed == narrowing.narrowed(patient, plan).relaxed
    assert told.relaxed == tuple(name for name, _clause in plan.narrows)
    # The goods, with all words, alone; these beside others; each word; and all that holds the goods, since
    # none was kept.
    assert (hurried.asked, patient.asked) == (4, 4 + 3 + len(plan.narrows))


def lose(shelf, product):
    """The document of a product is gone, and nobody has written that it changed."""
    shelf.current().remove([str(product.pk)])
    shelf.current().settle()


class AwayOnce:
    """The engine does not answer the first who reads all of it."""

    def __init__(self, ids):
        self.ids, self.is_away = ids, True

    def __call__(self):
        if self.is_away:
            self.is_away = False
            raise EngineDown("away")
        return self.ids()


def test_difference_that_an_engine_away_left_is_mended_in_the_next_minute(shelf, monkeypatch):
    product, *_others = ProductFactory.create_batch(3)
    indexing.rebuild()
    lose(shelf, product)
    engine = shelf.current()
    monkeypatch.setattr(engine, "ids", AwayOnce(engine.ids))

    with pytest.raises(EngineDown):
        indexing.heal()
    indexing.heal()

    assert (shelf.current().count(), StaleOffer.objects.count()) == (3, 0)


def test_day_whose_look_broke_off_is_looked_through_again(shelf, monkeypatch):
    gone, kept = ProductFactory.create_batch(2)
    indexing.rebuild()
    # As many in either: only a look through all of it tells.
    lose(shelf, gone)
    Product.objects.filter(pk=kept.pk).update(is_public=False)
    engine = shelf.current()
    monkeypatch.setattr(engine, "ids", AwayOnce(engine.ids))

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        with pytest.raises(EngineDown):
            indexing.heal()
        indexing.heal()

    assert list(shelf.current().ids()) == [str(gone.pk)]


def test_document_that_is_lost_again_and_again_is_mended_each_time(shelf):
    product, odd, *_others = ProductFactory.create_batch(4)
    indexing.rebuild()
    lose(shelf, odd)
    Product.objects.filter(pk=odd.pk).update(unit="ell")
    heal_the_index()

    held = []
    for _time in range(3):
        lose(shelf, product)
        heal_the_index()
        held.append(shelf.current().count())

    assert held == [3, 3, 3]
    assert list(OddOffer.objects.values_list("product_id", flat=True)) == [odd.pk]


def test_product_that_can_be_read_again_hides_no_lost_one(shelf):
    lost, odd, *_others = ProductFactory.create_batch(3)
    indexing.rebuild()
    lose(shelf, odd)
    Product.objects.filter(pk=odd.pk).update(unit="ell")
    heal_the_index()
    Product.objects.filter(pk=odd.pk).update(unit="kg")
    record("changed", odd, actor=None)
    indexing.refresh()
    # As many as when only the odd one was missing.
    lose(shelf, lost)

    heal_the_index()

    assert (shelf.current().count(), OddOffer.objects.count()) == (3, 0)
