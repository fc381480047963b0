"""What waits for translation."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.desk.waiting import waiting_for
from cms.translations.actions import publish_translation
from tests.factories.pages import article_in, say, translation_into

pytestmark = pytest.mark.integration


def waits():
    """By language: titles never translated, begun, and changed at their source."""
    return {
        each.locale.language_code: tuple(
            [page.draft_title for page in pages] for pages in (each.never, each.begun, each.changed)
        )
        for each in waiting_for(Page.objects.all())
        if each.count
    }


def test_nothing_waits_in_a_new_house(house):
    assert waits() == {}


def test_published_page_waits_in_the_languages_it_has_not(house):
    article_in("fr")
    assert waits() == {"en": (["La récolte"], [], []), "ar": (["La récolte"], [], [])}


def test_begun_page_waits_until_it_is_published(house):
    translation = translation_into("ar", article_in("fr"))
    assert waits()["ar"] == ([], ["La récolte"], [])

    say(translation)
    publish_translation(translation, by=None)
    assert "ar" not in waits()


def test_page_waits_again_once_its_source_has_changed(house):
    source = article_in("fr")
    translation = translation_into("ar", source)
    say(translation)
    publish_translation(translation, by=None)
    source.refresh_from_db()
    source.save_revision().publish()
    # Published anew with the same words, there is nothing to translate.
    assert "ar" not in waits()

    source.title = "La cueillette"
    source.save_revision().publish()
    assert waits()["ar"] == ([], [], ["*La récolte"])


def test_page_that_waits_for_its_minute_waits_for_its_languages_too(house):
    source = article_in("fr")
    Page.objects.filter(pk=source.pk).update(live=False)
    source.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))

    assert waits() == {"en": (["La récolte"], [], []), "ar": (["La récolte"], [], [])}


def test_translation_that_is_over_with_its_source_waits_for_nobody(house):
    source = article_in("fr")
    begun, published = translation_into("ar", source), translation_into("en", source)
    say(published)
    publish_translation(published, by=None)
    Page.objects.filter(translation_key=source.translation_key).update(live=False, expired=True)

    assert begun.target_locale.language_code == "ar"
    assert waits() == {}


def test_list_asks_as_much_for_three_pages_as_for_one(house, django_assert_num_queries):
    for number in range(3):
        article_in("fr", slug=f"recolte-{number}")
        with django_assert_num_queries(4):
            waiting_for(Page.objects.all())
