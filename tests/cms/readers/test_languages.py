"""A page in its reader's language, and what is told where it is not."""

import re
from datetime import date

import pytest
from django.conf import settings
from wagtail.models import Page

from cms.models import StoryPage
from cms.translations.actions import publish_translation
from tests.factories.pages import article_in, say, translation_into

pytestmark = pytest.mark.integration


def put_into(language, page, slug=None):
    """The page translated and published, at an address of its own where one is given."""
    translation = translation_into(language, page)
    say(translation)
    there = publish_translation(translation, by=None)
    if slug:
        there.slug = slug
        there.save_revision().publish()
    return there


def links_of(page, rel):
    """The links a page tells search engines of, by language."""
    link = rf'<link rel="{rel}"(?: hreflang="([\w-]+)")? href="{settings.SITE_URL}(/[^"]*)">'
    return dict(re.findall(link, page))


def test_missing_translation_is_read_in_the_language_it_exists_in(client, house):
    article_in("fr")
    page = client.get("/ar/news/recolte/").text

    assert '<html lang="ar" dir="rtl">' in page
    assert '<article class="told" lang="fr" dir="ltr">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert links_of(page, "canonical") == {"": "/fr/news/recolte/"}


def test_credit_of_a_picture_reads_the_way_of_the_reader_where_its_page_differs(client, picture):
    article_in("fr", picture=picture, picture_alt="Un champ")
    caption = '<figcaption class="told__credit"{}>'
    pages = [client.get(f"/{language}/news/recolte/").text for language in ("ar", "fr")]
    assert caption.format(' lang="ar" dir="rtl"') in pages[0]
    assert caption.format("") in pages[1]


def test_reader_is_told_which_language_it_is(client, house):
    article_in("fr")
    told = "This page is not translated into English yet; you read it in French."
    assert told in client.get("/en/news/recolte/").text


def test_page_in_its_own_language_says_nothing_of_others(client, house):
    article_in("fr")
    page = client.get("/fr/news/recolte/").text
    assert ("noindex" in page, 'role="note"' in page) == (False, False)
    assert links_of(page, "canonical") == {"": "/fr/news/recolte/"}


def test_search_engines_are_told_of_published_translations_only(client, house):
    article = article_in("fr")
    put_into("ar", article, slug="jany")
    page = client.get("/fr/news/recolte/").text
    assert links_of(page, "alternate") == {"ar": "/ar/news/jany/", "x-default": "/news/recolte/"}


def test_menu_of_languages_leads_to_the_address_of_each(client, house):
    put_into("ar", article_in("fr"), slug="jany")
    menu = client.get("/fr/news/recolte/").text.split('class="site-footer"')[1]
    found = re.findall(r'<a href="(/[^"]*)" hreflang="(\w+)"', menu)
    assert found == [("/en/news/recolte/", "en"), ("/fr/news/recolte/", "fr"), ("/ar/news/jany/", "ar")]


def test_address_of_another_language_leads_to_the_translation(client, house):
    put_into("ar", article_in("fr"), slug="jany")
    answer = client.get("/ar/news/recolte/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ar/news/jany/")


def test_address_without_a_language_leads_each_reader_to_their_own(client, house):
    put_into("ar", article_in("fr"), slug="jany")
    page = client.get("/news/recolte/", headers={"accept-language": "ar"}, follow=True)
    assert page.redirect_chain[-1][0] == "/ar/news/jany/"


@pytest.mark.parametrize("path", ["news/recolte/", "news/nothing/"])
def test_draft_is_read_in_no_language(client, house, path):
    article = article_in("fr")
    article.unpublish()
    assert [client.get(f"/{code}/{path}").status_code for code in ("en", "fr", "ar")] == [404] * 3


def test_page_of_a_language_whose_home_is_offline_says_that_it_is_another(client, house):
    article_in("en")
    Page.objects.get(slug="ar").unpublish()
    page = client.get("/ar/news/recolte/").text
    assert '<article class="told" lang="en" dir="ltr">' in page


def test_list_shows_what_is_translated_and_then_what_is_not(client, house):
    put_into("ar", article_in("fr"))
    article_in("fr", slug="argan", title="L’argan")
    arabic, english = client.get("/ar/news/").text, client.get("/en/news/").text

    assert re.findall(r'<li><a href="([^"]*)"><bdi lang="(\w+)"', arabic) == [("/ar/news/argan/", "fr")]
    assert re.findall(r'<li><a href="([^"]*)"><bdi lang="(\w+)"', english) == [
        ("/en/news/argan/", "fr"),
        ("/en/news/recolte/", "fr"),
    ]
    assert "In other languages" not in client.get("/fr/news/").text


def test_section_shows_what_it_has_in_other_languages(client, house):
    section = Page.objects.get(slug="stories", locale__language_code="fr").specific
    story = section.add_child(
        instance=StoryPage(locale=section.locale, title="Le safran", slug="safran", kind="origin")
    )
    story.save_revision().publish()
    found = re.findall(r'<li><a href="([^"]*)"><bdi lang="(\w+)"', client.get("/en/stories/").text)
    assert found == [("/en/stories/safran/", "fr")]


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "5 November 2026"), ("fr", "5 novembre 2026"), ("ar", "5 نونبر 2026")],
)
def test_day_of_an_article_is_written_as_elsewhere_on_the_site(client, house, language, day):
    article_in(language, date=date(2026, 11, 5), picture=None)
    written = f'<time datetime="2026-11-05">{day}</time>'
    assert [client.get(f"/{language}/news/{path}").text.count(written) for path in ("", "recolte/")] == [1, 1]


def test_day_of_a_page_in_another_language_is_written_in_the_readers(client, house):
    article_in("fr", date=date(2026, 11, 5))
    assert '<time datetime="2026-11-05">5 نونبر 2026</time>' in client.get("/ar/news/recolte/").text
