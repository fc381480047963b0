"""Addresses that pages had once."""

import pytest
from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import ArticlePage
from cms.translations.actions import publish_translation, take_changes
from tests.cms.scenes import chief
from tests.factories.pages import article_in, say, translation_into

# What is written once a change is committed must be there.
pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def renamed(page, slug):
    """The page under another address, published."""
    page = Page.objects.get(pk=page.pk).specific
    page.slug = slug
    page.save_revision().publish()
    return page


def lead(client, address):
    """Where an address leads at once."""
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_old_address_leads_to_the_new_one_for_good(client, house, language):
    renamed(article_in(language), "jany")
    assert lead(client, f"/{language}/news/recolte/") == (301, f"/{language}/news/jany/")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_two_changes_are_one_step(client, house, language):
    renamed(renamed(article_in(language), "jany"), "safran")
    assert lead(client, f"/{language}/news/recolte/") == (301, f"/{language}/news/safran/")
    assert lead(client, f"/{language}/news/jany/") == (301, f"/{language}/news/safran/")


def test_moved_page_is_found_with_all_that_stands_below_it(client, house):
    section = Page.objects.get(slug="stories", locale__language_code="fr")
    other = Page.objects.get(slug="programmes", locale__language_code="fr")
    page = article_in("fr")
    page.move(section, pos="last-child")
    Page.objects.get(pk=page.pk).move(other, pos="last-child")
    assert lead(client, "/fr/news/recolte/") == (301, "/fr/programmes/recolte/")
    assert lead(client, "/fr/stories/recolte/") == (301, "/fr/programmes/recolte/")


def test_page_that_stands_at_an_old_address_is_read_there(client, house):
    renamed(article_in("fr"), "jany")
    article_in("fr", title="Une autre")
    assert "<h1>Une autre</h1>" in client.get("/fr/news/recolte/").text


def test_page_that_goes_back_to_its_old_address_does_not_lead_in_a_circle(client, house):
    renamed(renamed(article_in("fr"), "jany"), "recolte")
    assert client.get("/fr/news/recolte/").status_code == 200
    assert lead(client, "/fr/news/jany/") == (301, "/fr/news/recolte/")


def test_old_address_in_a_language_that_never_had_the_page_leads_for_now_to_where_it_is_read(client, house):
    renamed(article_in("fr"), "jany")
    assert lead(client, "/ar/news/recolte/") == (302, "/ar/news/jany/")
    assert client.get("/ar/news/jany/").status_code == 200


def test_translation_that_takes_a_new_address_leaves_a_redirect(client, house):
    source = article_in("fr")
    translation = translation_into("ar", source)
    say(translation)
    publish_translation(translation, by=None)
    renamed(source, "safran")
    take_changes(translation.source)
    publish_translation(translation, by=None)
    assert ArticlePage.objects.get(locale__language_code="ar").slug == "safran"
    assert lead(client, "/ar/news/recolte/") == (301, "/ar/news/safran/")


def test_page_that_was_taken_offline_leads_nowhere(client, house):
    renamed(article_in("fr"), "jany").unpublish()
    assert lead(client, "/fr/news/recolte/") == (404, None)


def test_editor_may_lead_an_address_anywhere_on_the_site(client, house):
    Redirect.objects.create(old_path="/fr/safran", redirect_link="/fr/products/?q=safran")
    assert lead(client, "/fr/safran/") == (302, "/fr/products/?q=safran")


def test_page_of_another_language_comes_before_the_redirects_of_a_third(client, house):
    renamed(article_in("fr"), "jany")
    article_in("en", title="The one that stands")
    answer = client.get("/ar/news/recolte/")

    assert (answer.status_code, "The one that stands" in answer.text) == (200, True)


def test_redirect_of_the_language_asked_for_comes_before_a_page_of_another(client, house):
    renamed(article_in("fr"), "jany")
    article_in("en", title="The one that stands")

    assert lead(client, "/fr/news/recolte/") == (301, "/fr/news/jany/")


def test_browser_asks_again_where_a_page_has_gone(client, house):
    renamed(article_in("fr"), "jany")
    there = client.get("/fr/news/recolte/")
    back = renamed(ArticlePage.objects.get(slug="jany"), "recolte")

    assert (there.status_code, there["Cache-Control"]) == (301, "no-cache")
    assert client.get("/fr/news/recolte/").status_code == 200
    assert client.get("/fr/news/jany/")["Location"] == f"/fr/news/{back.slug}/"


def test_redirect_that_ends_where_it_begins_leads_nowhere(client, house):
    Redirect.objects.create(old_path="/en/self", redirect_link=f"{settings.SITE_URL}/en/self/")
    Redirect.objects.create(old_path="/fr/only", redirect_link=f"{settings.SITE_URL}/en/only/")

    assert [lead(client, one) for one in ("/en/self/", "/en/only/")] == [(404, None)] * 2
    assert lead(client, "/fr/only/") == (302, f"{settings.SITE_URL}/en/only/")


@pytest.mark.parametrize(
    ("between", "way"),
    [
        ((), "/en/a → /en/a"),
        (("/en/b",), "/en/a → /en/b → /en/a"),
        (("/en/b", "/en/c"), "/en/a → /en/b → /en/c → /en/a"),
    ],
)
def test_redirect_that_leads_in_a_circle_is_refused(house, between, way):
    site, whole = settings.SITE_URL, ("/en/a", *between, "/en/a")
    for before, after in zip(between, whole[2:], strict=True):
        Redirect.objects.create(old_path=before, redirect_link=f"{site}{after}/")
    known = Redirect.objects.count()
    told = {"old_path": "/en/a/", "redirect_link": f"{site}{whole[1]}/"}

    answer = chief().post("/editors/redirects/add/", told)

    assert f"This redirect would lead in a circle: {way}." in answer.text
    assert Redirect.objects.count() == known


def test_redirect_to_a_circle_of_others_is_not_one(house):
    site = settings.SITE_URL
    Redirect.objects.create(old_path="/en/b", redirect_link=f"{site}/en/c/")
    Redirect.objects.create(old_path="/en/c", redirect_link=f"{site}/en/b/")

    chief().post("/editors/redirects/add/", {"old_path": "/en/a/", "redirect_link": f"{site}/en/b/"})

    assert Redirect.objects.filter(old_path="/en/a").count() == 1
