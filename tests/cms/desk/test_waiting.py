"""What waits for translation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.desk.waiting import waiting_for
from cms.translations.actions import follow_source, publish_translation, take_changes
from tests.factories.pages import article_in, say, translation_into
from tests.factories.roles import browser_of, member_of

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


def lags():
    """By language: titles with how many passages are left, and those that readers see as they were."""
    return {
        each.locale.language_code: (
            [(page.draft_title, left) for page, left in each.unsaid],
            [page.draft_title for page in each.behind],
        )
        for each in waiting_for(Page.objects.all())
        if each.unsaid or each.behind
    }


@pytest.fixture
def everywhere(house):
    """An article in French that is published in every language."""
    source = article_in("fr")
    for language, mark in (("ar", "*"), ("en", "+")):
        translation = translation_into(language, source)
        say(translation, mark=mark)
        publish_translation(translation, by=None)
    source.refresh_from_db()
    return source


def in_arabic():
    return Translation.objects.get(target_locale__language_code="ar")


def published(source, **fields):
    for name, value in fields.items():
        setattr(source, name, value)
    source.save_revision().publish()
    follow_source(source, by=None)


def test_page_waits_in_every_language_until_each_has_what_one_of_them_took(everywhere):
    published(everywhere, title="La cueillette", intro="Elle commence.")
    take_changes(in_arabic().source)
    assert (lags(), waits()) == (
        {"en": ([("+La récolte", 2)], []), "ar": ([("*La récolte", 2)], [])},
        {"en": ([], [], []), "ar": ([], [], [])},
    )

    say(in_arabic(), mark="*")
    publish_translation(in_arabic(), by=None)
    assert lags() == {"en": ([("+La récolte", 2)], [])}


def test_machine_draft_of_a_published_page_waits_for_who_confirms_it(everywhere):
    StringTranslation.objects.filter(data="*La récolte").update(translation_type="machine")

    assert lags() == {"ar": ([("*La récolte", 1)], [])}


def test_words_that_are_said_and_not_published_wait(everywhere):
    published(everywhere, title="La cueillette")
    take_changes(in_arabic().source)
    say(in_arabic(), mark="*")

    assert lags() == {"en": ([("+La récolte", 1)], []), "ar": ([], ["*La cueillette"])}


@pytest.mark.parametrize("held", ["locked", "unpublished word"])
def test_page_that_is_held_behind_the_blocks_of_its_source_waits(everywhere, picture, held):
    arabic = in_arabic().get_target_instance()
    if held == "locked":
        Page.objects.filter(pk=arabic.pk).update(locked=True)
    else:
        StringTranslation.objects.filter(data="*La récolte").update(data="الحصاد")
    published(everywhere, picture=picture, picture_alt="")

    assert lags() == {"ar": ([], ["*La récolte"])}


def test_page_that_is_published_anew_as_it_was_waits_for_nobody(everywhere):
    published(everywhere)

    assert (lags(), waits()) == ({}, {})


def test_translator_of_a_page_that_readers_see_is_told_what_is_left_in_it(everywhere):
    browser = browser_of(member_of("Translators", language="en"))
    address = reverse("wagtailadmin_pages:edit", args=[in_arabic().get_target_instance().pk])
    assert "Until it is, and the page is published" not in browser.get(address).text

    published(everywhere, title="La cueillette")
    take_changes(in_arabic().source)

    assert "1 passage is not translated or not confirmed yet." in browser.get(address).text
    home = browser.get(reverse("wagtailadmin_home")).text
    assert home.count("1 passage to translate or confirm") == 2


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
