"""No link of ours leads to a page that is over, though the clock has not come to take it down."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.menus.held import forget, links_now
from cms.menus.models import Menu, MenuLink
from tests.factories.pages import article

pytestmark = pytest.mark.integration


SOON = timedelta(minutes=5)


@pytest.fixture
def over(house):
    """A page that every process has read, and that is over since, still marked as live."""
    page = article("Over", slug="over", expire_at=timezone.now() + SOON)
    english = Locale.objects.get(language_code="en")
    MenuLink.objects.create(menu=Menu.FOOTER, locale=english, page=page)
    Redirect.objects.create(old_path="/en/news/before", redirect_page=page)
    forget()
    assert links_now(Menu.FOOTER, "en")[0].label == "Over"
    with time_machine.travel(timezone.now() + 2 * SOON):
        yield page
    forget()


def test_feed_tells_its_readers_that_a_page_is_over(client, house):
    article("Over", slug="over", expire_at=timezone.now() + SOON)
    address = "/en/news/feed/"
    known = client.get(address)
    again = {"If-None-Match": known["ETag"]}
    assert client.get(address, headers=again).status_code == 304

    with time_machine.travel(timezone.now() + 2 * SOON):
        answer = client.get(address, headers=again)
        assert (answer.status_code, "Over" in known.text, "Over" in answer.text) == (200, True, False)
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_menu_leads_to_nothing_that_is_over(over):
    assert "Over" not in [link.label for link in links_now(Menu.FOOTER, "en")]


def test_page_that_was_read_here_in_another_language_is_over_here_too(client, over):
    answer = client.get("/ar/news/over/")

    assert (answer.status_code, 'href="/ar/news/"' in answer.text) == (410, True)
    assert client.get("/ar/news/before-over/").status_code == 404


def test_who_asks_for_a_page_that_is_over_elsewhere_is_led_to_the_one_of_their_language(client, over):
    article("Le nôtre", slug="le-notre", language="fr", translation_key=over.translation_key)
    answer = client.get("/fr/news/over/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/fr/news/le-notre/")


def test_old_address_of_a_page_that_is_over_says_so(client, over):
    answer = client.get("/en/news/before/")

    assert (answer.status_code, "This page is over" in answer.text) == (410, True)


def test_old_address_says_of_no_other_language_that_it_is_over(client, over):
    Redirect.objects.create(old_path="/fr/news/before", redirect_page=over)

    assert client.get("/fr/news/before/").status_code == 404


def test_browser_asks_again_for_a_page_that_was_over(client, over):
    for address in ("/en/news/over/", "/ar/news/over/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")
