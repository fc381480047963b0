"""The demonstration as its files tell it: in three languages, brought in once, in line with the files."""

import json

import pytest
from django.test import override_settings
from PIL import Image
from wagtail.models import Page

from cms.answers.models import FormPage
from cms.models import ArticlePage, Picture, ProgrammePage
from cms.showcase.actions import show_pages
from tests.factories.catalogue import ProductFactory

pytestmark = pytest.mark.integration
TITLES = {"en": "New saffron", "fr": "Safran nouveau", "ar": "زعفران جديد"}


def told(titles, **fields):
    """A page as its file tells it; its body leads to the list of products and shows a shelf."""
    link = '<p><a href="/search/?q=saffron">Look</a></p>'
    body = [{"type": "text", "value": link}, {"type": "products", "value": {"slugs": ["threads"]}}]
    said = {"intro": "In short.", "picture_alt": "A field", "seo_description": "Short.", "body": body}
    texts = {language: {"title": title, **said} for language, title in titles.items()}
    sources = [{"title": "Book", "address": "", "date": "2026-01-01"}]
    return {"slug": "one", "date": "2026-10-12", "sources": sources, "texts": texts, **fields}


@pytest.fixture
def folder(house, tmp_path):
    """A folder with one article and its picture."""
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (1600, 1000), "#d98a00").save(tmp_path / "pictures" / "field.webp")
    keep(tmp_path, "articles", told(TITLES, section="harvest", picture="pictures/field.webp"))
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path


def keep(folder, kind, page):
    """Write the file of a page."""
    path = folder / "pages" / kind / f"{page['slug']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page), encoding="utf-8")


def test_page_is_shown_in_three_languages_that_are_translations_of_one_another(folder):
    assert show_pages(folder) == 3

    pages = ArticlePage.objects.live()
    assert {page.locale.language_code: page.title for page in pages} == TITLES
    assert len({page.translation_key for page in pages}) == 1
    assert len({json.dumps([block["id"] for block in page.body.raw_data]) for page in pages}) == 1
    assert {page.picture.title for page in pages} == {"field"}


def test_words_of_the_contact_are_written_on_the_form_that_stands_there(folder):
    keep(folder, "plain", {**told(TITLES), "slug": "contact"})

    show_pages(folder)

    pages = Page.objects.filter(slug="contact").specific()
    said = {page.locale.language_code: (type(page), page.title) for page in pages}
    assert said == {language: (FormPage, title) for language, title in TITLES.items()}


def test_showing_again_changes_nothing(folder):
    show_pages(folder)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "path"))

    assert show_pages(folder) == 0

    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "path")) == before
    assert Picture.objects.count() == 1


def test_page_is_brought_in_line_with_its_file(folder):
    show_pages(folder)
    key = ArticlePage.objects.first().translation_key
    keep(folder, "articles", told({**TITLES, "en": "Newer saffron"}, section="quality"))

    assert show_pages(folder) == 3

    page = ArticlePage.objects.get(locale__language_code="en")
    assert (page.title, page.subject, page.translation_key) == ("Newer saffron", "quality", key)


def test_words_lead_to_the_list_of_products_in_their_language(folder):
    show_pages(folder)
    page = ArticlePage.objects.get(locale__language_code="fr")
    assert page.body.raw_data[0]["value"] == '<p><a href="/fr/products/?q=saffron">Look</a></p>'


def test_shelf_holds_the_products_that_are_named(folder):
    product = ProductFactory(slug="threads")
    show_pages(folder)
    value = ArticlePage.objects.first().body.raw_data[1]["value"]
    assert ([item["value"] for item in value["chosen"]], value["count"]) == ([product.pk], 1)


def test_facts_stand_beside_the_text_of_a_page(folder):
    keep(folder, "programmes", told(TITLES))
    facts = {"apply_until": "2023-11-10", "texts": {"fr": {"run_by": "Une agence"}}}
    (folder / "facts.json").write_text(json.dumps({"programmes/one": facts}), encoding="utf-8")

    show_pages(folder)

    page = ProgrammePage.objects.get(locale__language_code="fr")
    assert (page.run_by, page.apply_until.isoformat()) == ("Une agence", "2023-11-10")


def test_titles_of_our_own_sources_are_translated_and_all_others_are_marked_as_english(folder):
    ours = {"en": "Our own", "fr": "À nous", "ar": "لنا"}
    sources = [{"title": ours}, {"title": "Book", "date": "2026-01-01"}]
    keep(folder, "articles", {**told(TITLES, section="harvest"), "sources": sources})

    show_pages(folder)

    kept = {page.locale.language_code: page.sources for page in ArticlePage.objects.all()}
    assert kept == {
        "en": "Our own\nBook | | 2026-01-01",
        "fr": "À nous\nBook | | 2026-01-01 | en",
        "ar": "لنا\nBook | | 2026-01-01 | en",
    }


def test_our_own_credit_is_written_as_the_language_of_the_reader_is(client, folder):
    show_pages(folder)
    said = {"en": '<bdi dir="ltr">Moussem</bdi>', "ar": '<bdi dir="rtl">موسم</bdi>'}
    assert [said[language] in client.get(f"/{language}/news/one/").text for language in said] == [True, True]
