"""Addresses at which no page of an editor would ever be read."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.models import HomePage
from cms.pages.readable import is_taken
from tests.factories.pages import article, home, write

pytestmark = pytest.mark.integration
ROOMS = ["admin", "demo", "documents", "editors", "media", "static", "webhooks"]


@pytest.mark.parametrize("slug", [*ROOMS, "feed"])
def test_page_below_the_home_page_takes_no_address_of_another_room(house, slug):
    with pytest.raises(ValidationError) as refusal:
        write(None, "plain", below=home(), slug=slug)

    assert list(refusal.value.message_dict) == ["slug"]
    assert Page.objects.filter(slug=slug).count() == 0


def test_feed_is_an_address_of_no_page_at_any_level(house):
    with pytest.raises(ValidationError) as refusal:
        article(slug="feed")

    assert list(refusal.value.message_dict) == ["slug"]


def test_name_of_a_room_is_free_further_down(house, client):
    article(slug="media", title="On media")

    assert client.get("/en/news/media/").status_code == 200
    assert is_taken("media-kit") is False


def test_map_leaves_out_a_page_without_an_address(house, client):
    page = write(None, "plain", below=home(), slug="about")
    Page.objects.filter(pk=page.pk).update(slug="media", url_path=page.url_path.replace("about", "media"))
    stray = HomePage.objects.first().get_parent().add_child(instance=Page(title="Stray", slug="stray"))
    stray.add_child(instance=Page(title="Below", slug="below"))

    told = client.get("/sitemap-editors.xml").text

    assert (told.count("None"), "/en/news/" in told) == (0, True)
