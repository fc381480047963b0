"""What changes while an index is written comes into it, whoever is first and whoever is late."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from catalogue.models import PriceTier, Product, StaleOffer
from catalogue.search import indexing
from catalogue.search.asked import Asked
from catalogue.search.engine import EngineDown
from catalogue.search.results import results_of
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.catalogue.search.meanwhile import just_before
from tests.factories.catalogue import ProductFactory

pytestmark = pytest.mark.integration
on_a_server = [pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")]
# Prices are read before this column of their products, marks with this one.
ROWS, MARKS = '"catalogue_product"."harvest_months"', '"catalogue_staleoffer"."product_id"'
CHEAP = Decimal("0.50")


def cheap():
    """The products that visitors find under a thousand euro a kilogram."""
    return results_of(Asked(low=0.0, high=1000.0), "EUR", None).products


def reprice(product, price):
    PriceTier.objects.filter(product=product, currency="EUR").update(unit_price=price)
    record("changed", product, actor=None)


@pytest.mark.django_db
def test_change_while_its_product_is_being_written_is_written_next(shelf):
    product = ProductFactory()
    indexing.rebuild()
    record("changed", product, actor=None)

    with just_before(ROWS, lambda: reprice(product, CHEAP)):
        assert indexing.refresh() == 2

    assert (cheap(), StaleOffer.objects.count()) == ([product], 0)


@pytest.mark.django_db
@pytest.mark.parametrize("slow", [indexing.refresh, indexing.rebuild])
@pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=on_a_server)])
def test_state_read_earlier_and_written_later_is_refused(searching, engine, slow):
    searching(engine)
    product = ProductFactory()
    indexing.rebuild()
    record("changed", product, actor=None)

    def somebody_else():
        reprice(product, CHEAP)
        indexing.refresh()

    with just_before(ROWS, somebody_else):
        slow()

    assert (cheap(), StaleOffer.objects.count()) == ([product], 0)


@pytest.mark.django_db
@pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=on_a_server)])
def test_marks_that_came_after_another_writer_are_not_numbered_before_it(searching, engine):
    searching(engine)
    product = ProductFactory()
    indexing.rebuild()

    def somebody_else():
        record("changed", product, actor=None)
        indexing.refresh()
        reprice(product, CHEAP)

    with just_before(MARKS, somebody_else):
        indexing.refresh()

    assert (cheap(), StaleOffer.objects.count()) == ([product], 0)


@pytest.mark.django_db
def test_what_a_rebuild_passed_over_without_a_mark_is_found_when_it_stands(shelf, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    passed, *others = ProductFactory.create_batch(6)
    Product.objects.filter(pk=passed.pk).update(is_public=False)

    def progress(_done, _of):
        Product.objects.filter(pk=passed.pk).update(is_public=True)
        Product.objects.filter(pk=others[0].pk).update(is_public=False)

    indexing.rebuild(progress)

    assert StaleOffer.objects.count() == 0
    assert {int(one) for one in shelf.current().ids()} == {passed.pk, *(one.pk for one in others[1:])}


class Importing(threading.Thread):
    """A seller's import: it changes a price early and commits late."""

    def __init__(self, product):
        super().__init__(daemon=True)
        self.product, self.has_changed, self.may_end = product, threading.Event(), threading.Event()

    def run(self):
        try:
            with transaction.atomic():
                reprice(self.product, CHEAP)
                self.has_changed.set()
                self.may_end.wait(20)
        finally:
            connection.close()

    def __enter__(self):
        self.start()
        assert self.has_changed.wait(20)

    def __exit__(self, *_error):
        self.may_end.set()
        self.join(20)


@pytest.fixture
def two_connections(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def refresh_all_of_its_seller(product):
    record("changed", product.organisation, actor=None)
    indexing.refresh()


def rebuild_all(_product):
    indexing.rebuild()


@pytest.mark.service
@pytest.mark.parametrize("meanwhile", [refresh_all_of_its_seller, rebuild_all])
def test_transaction_that_commits_after_the_index_was_written_comes_into_it(
    two_connections, shelf, meanwhile
):
    product = ProductFactory()
    indexing.rebuild()

    with Importing(product):
        meanwhile(product)
        assert cheap() == []
    indexing.heal()

    assert (cheap(), StaleOffer.objects.count()) == ([product], 0)


class Writing(threading.Thread):
    """Another thread of this process, in the middle of a document that it writes; it may break off there."""

    def __init__(self, engine, document, breaks_off):
        super().__init__(daemon=True)
        self.engine, self.document, self.breaks_off = engine, document, breaks_off
        self.has_begun, self.may_end, self.told = threading.Event(), threading.Event(), ""

    def documents(self):
        yield self.document
        self.has_begun.set()
        self.may_end.wait(20)
        if self.breaks_off:
            raise RuntimeError("broken off")

    def run(self):
        try:
            self.engine.write(self.documents())
            self.engine.settle()
        except RuntimeError as error:
            self.told = str(error)

    def __enter__(self):
        self.start()
        assert self.has_begun.wait(20)
        return self

    def __exit__(self, *_error):
        self.may_end.set()
        self.join(20)


@pytest.mark.django_db
@pytest.mark.parametrize("breaks_off", [True, False])
def test_two_threads_of_a_process_write_one_after_the_other(searching, breaks_off):
    shelf = searching("embedded")
    products = ProductFactory.create_batch(2)
    indexing.rebuild()
    PriceTier.objects.filter(currency="EUR").update(unit_price=CHEAP)
    engine, documents = shelf.current(), list(indexing.documents([one.pk for one in products], 1))

    with Writing(engine, documents[0], breaks_off) as other, pytest.raises(EngineDown):
        engine.write(documents[1:])
    engine.write(documents[1:])
    engine.settle()

    written = documents[breaks_off:]
    assert other.told == ("broken off" if breaks_off else "")
    assert {str(product.pk) for product in cheap()} == {document.id for document in written}
