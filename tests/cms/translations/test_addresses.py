"""Addresses that differ by language."""

import pytest
from wagtail_localize.models import SegmentOverride

from cms.models import ArticlePage
from cms.translations.actions import keep_typed, publish_translation
from cms.translations.actions import say as say_passage
from cms.translations.addresses import addresses_of
from cms.translations.errors import AddressNotAllowed, NotInOrder, NotTranslated
from cms.translations.passages import passages_of
from tests.factories.pages import article_in, say, translation_into

pytestmark = pytest.mark.integration


@pytest.fixture
def arabic(article):
    """A translation whose passages are all said."""
    translation = translation_into("ar", article)
    say(translation)
    return translation


def typed(translation, **by_source):
    """What a form sends for the addresses of a page, by those of its source."""
    return {one.key: by_source[one.source] for one in addresses_of(translation) if one.source in by_source}


def test_addresses_of_a_page_are_its_own_and_those_of_its_links_and_films(arabic):
    found = [one.source for one in addresses_of(arabic)]
    assert sorted(found) == ["https://example.org/", "https://vimeo.com/123456789", "recolte"]


def test_language_has_an_address_and_a_link_of_its_own(arabic):
    own = {"recolte": "jany", "https://example.org/": "https://example.org/ar/"}
    keep_typed(arabic, [], typed(arabic, **own), by=None)

    page = publish_translation(arabic, by=None)
    assert page.url_path == "/ar/news/jany/"
    assert 'href="https://example.org/ar/"' in str(page.body[0].value)


def test_emptied_address_is_the_sources_again(arabic):
    keep_typed(arabic, [], typed(arabic, recolte="jany"), by=None)
    keep_typed(arabic, [], typed(arabic, recolte=""), by=None)
    assert publish_translation(arabic, by=None).slug == "recolte"


def test_address_that_another_page_has_is_refused_with_its_reason(arabic):
    article_in("ar", slug="jany", title="صفحة أخرى")
    keep_typed(arabic, [], typed(arabic, recolte="jany"), by=None)
    with pytest.raises(NotInOrder, match="jany"):
        publish_translation(arabic, by=None)
    assert list(ArticlePage.objects.filter(slug="jany").values_list("title", flat=True)) == ["صفحة أخرى"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("https://example.org/", "javascript:alert(1)"),
        ("https://example.org/", "java\tscript:alert(1)"),
        ("https://example.org/", "http://example.org/"),
        ("https://example.org/", "ftp://example.org/"),
        ("https://example.org/", "//example.org/"),
        ("https://example.org/", "example.org"),
        ("https://vimeo.com/123456789", "https://films.example/1"),
    ],
)
def test_address_of_a_script_or_of_a_film_elsewhere_is_refused(arabic, refused, source, text):
    refusal = refused(AddressNotAllowed, keep_typed, arabic, [], typed(arabic, **{source: text}), by=None)
    assert refusal.facts == {"addresses": text}


@pytest.mark.parametrize("text", ["/fairs/", "mailto:a@example.org", "tel:+212528000000"])
def test_link_leads_wherever_one_of_a_text_may(arabic, text):
    keep_typed(arabic, [], typed(arabic, **{"https://example.org/": text}), by=None)
    assert f'href="{text}"' in str(publish_translation(arabic, by=None).body[0].value)


def test_refused_addresses_are_named_and_the_others_kept(arabic):
    links = {"https://example.org/": "http://a.example/", "https://vimeo.com/123456789": "https://b.example/"}
    with pytest.raises(AddressNotAllowed) as caught:
        keep_typed(arabic, [], typed(arabic, recolte="jany", **links), by=None)

    assert sorted(caught.value.facts["addresses"].split(", ")) == sorted(links.values())
    assert {one.source: one.own for one in addresses_of(arabic) if one.own} == {"recolte": "jany"}


def test_script_that_was_kept_by_another_way_is_not_published(arabic, refused):
    link = next(one for one in addresses_of(arabic) if one.source == "https://example.org/")
    SegmentOverride.objects.create(
        context=link.segment.context, locale=arabic.target_locale, data_json='"javascript:alert(1)"'
    )
    refused(AddressNotAllowed, publish_translation, arabic, by=None)


@pytest.mark.parametrize(
    "text", ["<script>x</script>", '<b onclick="x()">a</b>', '<a href="javascript:x">a</a>']
)
def test_passage_with_a_script_is_not_published(arabic, refused, text):
    passage = next(one for one in passages_of(arabic) if not one.is_plain)
    say_passage(arabic, passage, text, by=None)
    refused(NotTranslated, publish_translation, arabic, by=None)
