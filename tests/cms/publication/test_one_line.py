"""A title is one line wherever it is told, in whatever language and by whatever door it came."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from wagtail.models import Page

from cms.models import ArticlePage
from cms.translations.actions import publish_translation
from tests.cms.scenes import chief
from tests.factories.pages import article, article_in, say, translation_into
from tests.factories.people import UserFactory
from tests.factories.roles import sent, typed_body

pytestmark = pytest.mark.integration
BROKEN = "Saffron\r\nBcc: x@example.org\x0b\u2028is \u202ein"
WHOLE = "Saffron Bcc: x@example.org is in"


def titles_told(client):
    """The title in the feed, and in what networks are told."""
    feed = fromstring(client.get("/en/news/feed/").content)
    entry = feed.find("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title").text
    shared = re.search(r'property="og:title" content="([^"]*)"', client.get("/en/news/one/").text)[1]
    return entry, shared


def test_title_is_one_line_in_the_feed_and_where_it_is_shared(client, house):
    article(BROKEN, slug="one", intro="First\nsecond.", search_description="One\ntwo")

    assert titles_told(client) == (WHOLE, WHOLE)
    page = ArticlePage.objects.get()
    assert (page.intro, page.search_description) == ("First second.", "One two")


def test_title_that_a_desk_posts_is_one_line(house):
    page = article("Before", live=False)
    broken = {"title": "Saffron\nis in", **typed_body()}
    chief().post(f"/editors/pages/{page.pk}/edit/", sent(page, **broken))

    assert Page.objects.get(pk=page.pk).draft_title == "Saffron is in"
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Saffron is in"


def test_title_of_a_translation_is_one_line_as_a_draft_and_as_a_page(house):
    translation = translation_into("ar", article_in("fr"))
    say(translation, {"La récolte": "الحصاد<br/>الأول &amp; الأخير"})
    drafted = Page.objects.filter(draft_title="الحصاد الأول & الأخير").count()

    publish_translation(translation, by=UserFactory(is_superuser=True))

    assert drafted == ArticlePage.objects.filter(title="الحصاد الأول & الأخير").count()
    assert translation.get_target_instance().title == "الحصاد الأول & الأخير"
