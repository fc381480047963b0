from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalogue.search import remembered
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def waiting(monkeypatch):
    """Work that was put beside a request; two products are already too many to read in one."""
    monkeypatch.setattr(remembered, "READ_IN_A_REQUEST", 1)
    return []


def names(memory, typed):
    return [one.name for one in memory.find(typed, "en") if one.kind == "product"]


def test_many_products_are_read_beside_the_request(waiting):
    ProductFactory(title="Zeppelin honey")
    ProductFactory(title="Zeppelin oil")
    held = remembered.Remembered(beside=lambda work, afterwards: waiting.append((work, afterwards)))

    held.refresh()
    before = names(held, "zepp")
    ((work, afterwards),) = waiting
    work()
    afterwards()

    assert (before, sorted(names(held, "zepp"))) == ([], ["Zeppelin honey", "Zeppelin oil"])


def test_questions_go_on_while_another_thread_reads(waiting):
    ProductFactory.create_batch(2)
    held = remembered.Remembered(beside=lambda work, afterwards: waiting.append((work, afterwards)))
    held.refresh()

    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        held.refresh()

    assert len(waiting) == 1


def test_a_look_reads_only_what_changed(django_assert_num_queries):
    product = ProductFactory(title="Zeppelin honey")
    held = remembered.Remembered()
    held.refresh()

    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        with django_assert_num_queries(2):
            held.refresh()
        product.save()
    with time_machine.travel(timezone.now() + timedelta(seconds=20)), django_assert_num_queries(4):
        held.refresh()


def test_a_fresh_memory_asks_the_database_nothing(django_assert_num_queries):
    held = remembered.Remembered()
    held.refresh()

    with django_assert_num_queries(0):
        held.refresh()


@pytest.mark.parametrize("typed", ["medj", "medjo", "medjool", "mejhoul", "medjol", "مجهول"])
def test_another_name_of_goods_suggests_products_that_are_called_otherwise(typed):
    ProductFactory(title="Majhoul dates", texts=False)
    ProductFactory(title="Saffron", texts=False)
    held = remembered.Remembered()
    held.refresh()

    assert names(held, typed) == ["Majhoul dates"]


def test_the_name_that_was_typed_is_told_beside_such_a_product():
    ProductFactory(title="Majhoul dates", texts=False)
    held = remembered.Remembered()
    held.refresh()

    assert [one.matched for one in held.find("medjo", "en") if one.kind == "product"] == ["medjool"]
