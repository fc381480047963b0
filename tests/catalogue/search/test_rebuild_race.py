"""Two that build the index at once: one does, the other steps aside, and nobody's work is thrown away."""

from threading import Event

import pytest

from catalogue.models import Rebuild
from catalogue.search import indexing
from tests.factories.catalogue import ProductFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


@pytest.mark.parametrize("_time", range(5))
def test_of_two_rebuilds_at_once_one_builds_and_the_other_steps_aside(shelf, _time):
    products = ProductFactory.create_batch(3)
    aside = Event()

    def one():
        written = indexing.rebuild(lambda _done, _of: aside.wait(5))
        if written is None:
            aside.set()
        return written

    answers = at_once(one, one)

    assert sorted(answers, key=str) == [3, None]
    assert {int(each) for each in shelf.current().ids()} == {product.pk for product in products}
    assert (Rebuild.objects.count(), Rebuild.objects.filter(finished_at=None).count()) == (1, 0)
    assert shelf.building() is None
