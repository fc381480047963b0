"""Two at once, on a database with row locks."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Alerted, Request, SavedSearch
from catalogue.wanted.actions import MOST_OPEN, ask_for, save_search, tell_news
from catalogue.wanted.queries import unsubscribe_token
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.catalogue import ProductFactory
from tests.factories.people import UserFactory
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql


def test_two_rounds_at_once_tell_each_product_once():
    for person in UserFactory.create_batch(3):
        save_search("q=safran", name="Saffron", actor=person, language="en", currency="EUR")
    ProductFactory.create_batch(2)
    # At noon, whatever the hour of the test: nobody is written to at night.
    tomorrow = timezone.now().replace(hour=12, minute=0) + timedelta(days=1)

    sent = at_once(*[lambda: tell_news(tomorrow)] * 3)

    assert (sum(sent), OutboxMessage.objects.filter(kind="mail").count()) == (3, 3)
    assert Alerted.objects.count() == 6
    assert LogEntry.objects.filter(verb="alerted").count() == 3


def test_search_saved_twice_at_once_is_saved_once():
    person = UserFactory()

    def save():
        return save_search("q=safran", name="Saffron", actor=person, language="en", currency="EUR")

    answers = at_once(save, save, save)

    assert sorted(is_new for _search, is_new in answers) == [False, False, True]
    assert SavedSearch.objects.count() == 1


def test_last_free_request_is_taken_once():
    person = UserFactory()
    for number in range(MOST_OPEN - 1):
        ask_for(f"Product {number}", actor=person, organisation=None, language="en")

    asking = [partial(ask_for, f"Last {number}") for number in range(3)]
    answers = at_once(*[partial(ask, actor=person, organisation=None, language="en") for ask in asking])

    assert [one.code for one in answers if isinstance(one, Refusal)] == ["too_many_requests"] * 2
    assert Request.objects.count() == MOST_OPEN


@pytest.mark.parametrize("name", ["change", "delete", "unsubscribe"])
def test_search_that_is_deleted_while_its_page_waits_is_not_there(desk, saved, name):
    search = saved()
    key = unsubscribe_token(search) if name == "unsubscribe" else search.pk
    address = reverse(f"wanted:{name}", args=[key])

    with while_it_waits(search, lambda: desk.post(address, {"name": "Mine"})) as answer:
        SavedSearch.objects.all().delete()

    assert (answer.result().status_code, SavedSearch.objects.count()) == (404, 0)
