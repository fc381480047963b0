"""What of a page a translator is given, and what is carried over."""

import pytest
from wagtail_localize.segments.extract import extract_segments

from cms.models import ArticlePage
from tests.factories.pages import say, translation_into

pytestmark = pytest.mark.integration

WORDS = {
    *("La récolte", "Elle commence.", "Un champ violet"),
    *('Le <b>safran</b> <a id="a1">fleurit</a>.', "Un champ", "En octobre", "À gauche", "À droite"),
    *("On sait lire un champ.", "Le Matin", "Récolte", "tonnes", "Taliouine", "Taznakht", "Ministère"),
    *("Octobre", "On cueille", "Novembre", "On sèche", "À goûter", "De Taliouine"),
    *("Venez.", "S’inscrire", "Le film", "On voit un champ."),
}


@pytest.fixture
def arabic(article, django_capture_on_commit_callbacks):
    """The article in Arabic, every word marked, published."""
    translation = translation_into("ar", article)
    say(translation)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    return ArticlePage.objects.get(locale__language_code="ar")


def test_every_word_of_every_block_is_given_to_the_translator(article):
    told = {segment.string.data for segment in extract_segments(article) if hasattr(segment, "string")}
    assert told == WORDS


def test_translation_has_the_words_of_its_language_and_the_choices_of_its_source(arabic, article):
    body = {block.block_type: block.value for block in arabic.body}

    assert (arabic.title, arabic.intro, arabic.picture_alt) == (
        "*La récolte",
        "*Elle commence.",
        "*Un champ violet",
    )
    assert (arabic.picture, arabic.subject, arabic.date) == (article.picture, article.subject, article.date)
    assert str(body["text"]) == '<p>*Le <b>safran</b> <a href="https://example.org/">fleurit</a>.</p>'
    assert [one["alt"] for one in body["gallery"]] == ["*À gauche", "*À droite"]
    assert [str(row["value"]) for row in body["figures"]["rows"]] == ["12.5", "7"]
    assert [step["title"] for step in body["timeline"]] == ["*On cueille", "*On sèche"]
    assert (body["action"]["label"], body["action"]["address"]) == ("*S’inscrire", "/fairs/")
    assert (body["video"]["title"], body["video"]["address"]) == ("*Le film", "https://vimeo.com/123456789")
    assert body["documents"][0].title == "Tarif"


def test_shelf_searches_for_the_same_in_every_language(arabic, chosen):
    by_query, by_hand = (block.value for block in arabic.body if block.block_type == "products")
    assert (by_query["title"], by_query["query"], by_query["count"]) == ("*À goûter", "safran bio", 4)
    assert (by_hand["title"], list(by_hand["chosen"])) == ("*De Taliouine", [chosen["product"]])


def test_source_keeps_its_link_and_its_date_under_the_title_of_the_translation(arabic):
    assert arabic.sources == "*Le Matin | https://example.org/ | 2026"


def test_address_is_the_sources_until_a_translator_gives_another(arabic):
    assert arabic.url_path == "/ar/news/recolte/"


def test_page_sent_to_a_translator_is_not_published_by_that(article):
    translation_into("ar", article)
    assert [page.live for page in ArticlePage.objects.filter(locale__language_code="ar")] == [False]
