import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from cms.installation.actions import plant
from cms.menus import held as menus_now
from cms.menus.held import links_now
from cms.menus.models import Menu, MenuLink
from cms.models import HomePage, PlainPage
from moussem.core.models import LastRun
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
# What stands in the footer before an editor wrote a page for it.
SHELVES = {
    "en": ["Terroirs", "Stories", "Programmes", "At the fairs", "Contact"],
    "fr": ["Terroirs", "Récits", "Programmes", "Aux salons", "Contact"],
}


@pytest.fixture
def about(house):
    """A page of the footer, published in French."""
    home = HomePage.objects.get(locale__language_code="fr")
    page = home.add_child(instance=PlainPage(title="Qui nous sommes", slug="about", locale=home.locale))
    page.save_revision().publish()
    plant()
    return page


def labels(menu, language):
    return [link.label for link in links_now(menu, language)]


def test_news_and_market_notes_stand_in_the_main_menu_of_each_language(house):
    links = {code: links_now(Menu.MAIN, code) for code in ("en", "fr", "ar")}

    assert {code: [tuple(link)[:2] for link in found] for code, found in links.items()} == {
        "en": [("/en/news/", "News"), ("/en/markets/", "Market notes")],
        "fr": [("/fr/news/", "Actualités"), ("/fr/markets/", "Notes de marché")],
        "ar": [("/ar/news/", "الأخبار"), ("/ar/markets/", "مذكرات الأسواق")],
    }


def test_menu_comes_after_the_marketplaces_own_links(client, house):
    text = client.get("/fr/products/").text

    assert text.count('<a class="site-nav__link" href="/fr/news/">Actualités</a>') == 1
    assert text.index('href="/fr/fairs/"') < text.index('href="/fr/news/"')


def test_link_we_stand_on_is_marked(client, house):
    assert 'href="/en/news/" aria-current="true">News</a>' in client.get("/en/news/").text


def test_page_of_the_footer_is_linked_in_its_language_alone(client, about):
    assert labels(Menu.FOOTER, "fr") == ["Qui nous sommes", *SHELVES["fr"]]
    assert labels(Menu.FOOTER, "en") == SHELVES["en"]
    assert '<a href="/fr/about/">Qui nous sommes</a>' in client.get("/fr/").text


def test_link_that_an_editor_took_away_is_not_planted_again(about):
    MenuLink.objects.filter(page=about).delete()
    plant()

    assert labels(Menu.FOOTER, "fr") == SHELVES["fr"]


def test_page_leaves_the_menu_when_it_is_unpublished_and_comes_back(about):
    about.unpublish()
    assert labels(Menu.FOOTER, "fr") == SHELVES["fr"]

    about.save_revision().publish()
    assert labels(Menu.FOOTER, "fr") == ["Qui nous sommes", *SHELVES["fr"]]


def test_page_that_moved_is_led_to_where_it_is(about):
    about.slug = "qui-nous-sommes"
    about.save_revision().publish()

    hrefs = [link.href for link in links_now(Menu.FOOTER, "fr")]
    assert (hrefs[0], hrefs[-1]) == ("/fr/qui-nous-sommes/", "/fr/contact/")


def test_deleted_page_leaves_no_link(about):
    labels(Menu.FOOTER, "fr")
    Page.objects.get(pk=about.pk).delete()

    assert labels(Menu.FOOTER, "fr") == SHELVES["fr"]


def test_page_of_another_language_is_not_led_to(about):
    english = Locale.objects.get(language_code="en")
    MenuLink.objects.create(menu=Menu.FOOTER, locale=english, page=about)

    assert labels(Menu.FOOTER, "en") == SHELVES["en"]


def test_warm_menus_ask_nothing(about, django_assert_num_queries):
    labels(Menu.FOOTER, "fr")

    with django_assert_num_queries(0):
        assert labels(Menu.MAIN, "fr") == ["Actualités", "Notes de marché"]


def test_change_of_another_process_is_seen_at_the_next_look(about, settings):
    assert labels(Menu.FOOTER, "fr") == ["Qui nous sommes", *SHELVES["fr"]]
    # As another process writes it: this one hears of nothing.
    MenuLink.objects.filter(page=about).update(label="À propos")
    LastRun.objects.filter(pk=menus_now.STAMP).update(fingerprint="another")

    assert labels(Menu.FOOTER, "fr") == ["Qui nous sommes", *SHELVES["fr"]]
    settings.MENUS_LOOKED_AT_EVERY = 0
    assert labels(Menu.FOOTER, "fr") == ["À propos", *SHELVES["fr"]]


def test_home_page_that_is_taken_away_gives_way_to_the_marketplaces_own(client, house):
    page = HomePage.objects.get(locale__language_code="fr")
    assert client.get("/fr/").context["page"] == page

    page.unpublish()

    assert "page" not in client.get("/fr/").context
    assert client.get("/en/").context["page"] == HomePage.objects.get(locale__language_code="en")


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_address_outside_the_site_is_refused(refused, house, address):
    link = MenuLink(menu=Menu.FOOTER, locale=Locale.objects.first(), label="Away", address=address)
    refused(ValidationError, link.full_clean)


def test_links_are_kept_under_the_menu_and_the_language_they_show_in(house):
    text = browser_of(member_of("Publishers", language="en")).get("/editors/snippets/cms/menulink/").text

    places = re.findall(r'class="menus__place"[^>]*>([^<]+)<', text)
    assert places == [
        f"{menu} · {language}"
        for menu in ("Main menu, after the marketplace’s own links", "Footer")
        for language in ("Arabic", "English", "French")
    ]
    assert 'colspan="4"' in text
