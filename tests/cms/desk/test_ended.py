"""A page that is over says so: to its editor, and to who comes to its address."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.models import ArticlePage
from cms.publication.actions import follow_the_clock
from tests.factories.pages import article, news
from tests.factories.roles import browser_of, member_of, sent

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


def test_who_brings_it_back_with_its_old_end_reads_what_is_wrong_above_the_page(ended):
    browser = browser_of(member_of("Publishers", language="en"))
    told = sent(ended, expire_at="2026-05-04 09:30", **{"action-publish": "1"})
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[ended.pk]), told)

    said = [str(one) for one in answer.context["messages"]]
    assert said[-1] == "Expiry date/time must be in the future."
    assert ArticlePage.objects.get(pk=ended.pk).live is False


@pytest.mark.parametrize(
    ("action", "sentence"),
    [("submit", "The page was not handed in:"), ("publish", "The page was not published:")],
)
def test_new_page_that_is_refused_is_not_said_not_to_be_created(house, action, sentence):
    browser = browser_of(member_of("Publishers", language="en"))
    address = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", news().pk])
    told = sent(ArticlePage(title="", subject="harvest"), **{f"action-{action}": "1"})
    answer = browser.post(address, told)

    (said,) = [str(one) for one in answer.context["messages"]]
    assert (sentence in said, "could not be created" in answer.text) == (True, False)
    assert ArticlePage.objects.count() == 0


def test_end_that_is_still_to_come_is_told_as_one(house):
    text = desk(article(expire_at=timezone.now() + timedelta(days=1)))

    assert (ENDED in text, "Expiry:" in text) == (False, True)


def test_start_that_is_behind_a_draft_is_told_as_none_to_come(house):
    with time_machine.travel(MINUTE - timedelta(days=1)):
        page = article(live=False, go_live_at=MINUTE)
        before = desk(page)
    with time_machine.travel(MINUTE + timedelta(days=1)):
        after = desk(page)

    assert ("Go-live:" in before, "Go-live:" in after) == (True, False)


def test_reader_is_told_when_it_ended_and_where_to_go_on(client, ended):
    answer = client.get("/en/news/for-a-time/")

    assert answer.status_code == 410
    assert "ended on 4 May 2026" in answer.text
    assert '<a href="/en/news/">News</a>' in answer.text
    assert ("For a time" in answer.text, 'id="lost-search"' in answer.text) == (False, True)


def test_who_finds_no_page_may_search_for_one(client, house):
    answer = client.get("/en/nowhere/")

    assert (answer.status_code, 'id="lost-search"' in answer.text) == (404, True)
