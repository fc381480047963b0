"""A page that is over says so: to its editor, and to who comes to its address."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.publication.actions import follow_the_clock
from tests.factories.pages import article
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
MINUTE = timezone.datetime(2026, 5, 4, 9, 30, tzinfo=timezone.get_default_timezone())
ENDED = "This page ended on"


@pytest.fixture
def ended(house):
    """A page that the clock took down."""
    with time_machine.travel(MINUTE - timedelta(days=1)):
        page = article("For a time", slug="for-a-time", expire_at=MINUTE)
    with time_machine.travel(MINUTE + timedelta(minutes=1)):
        follow_the_clock()
    page.refresh_from_db()
    return page


def desk(page):
    browser = browser_of(member_of("Publishers", language="en"))
    return browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_editor_reads_when_it_ended_and_no_end_to_come(ended):
    text = desk(ended)

    assert (ended.expired, f"{ENDED} 4 May 2026" in text, "Expiry:" in text) == (True, True, False)


def test_end_that_is_still_to_come_is_told_as_one(house):
    text = desk(article(expire_at=timezone.now() + timedelta(days=1)))

    assert (ENDED in text, "Expiry:" in text) == (False, True)


def test_reader_is_told_when_it_ended_and_where_to_go_on(client, ended):
    answer = client.get("/en/news/for-a-time/")

    assert answer.status_code == 410
    assert "ended on 4 May 2026" in answer.text
    assert '<a href="/en/news/">News</a>' in answer.text
    assert ("For a time" in answer.text, 'id="lost-search"' in answer.text) == (False, True)


def test_who_finds_no_page_may_search_for_one(client, house):
    answer = client.get("/en/nowhere/")

    assert (answer.status_code, 'id="lost-search"' in answer.text) == (404, True)
