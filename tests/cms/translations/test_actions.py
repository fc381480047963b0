"""When a translation may go out, and what readers see until then."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.models import ArticlePage
from cms.translations.actions import fill_from_memory, publish_translation, send_to_review, take_changes
from cms.translations.errors import (
    NotConfirmed,
    NotInOrder,
    NotTranslated,
    NotYoursToPublish,
    NotYoursToWrite,
    SourceNotOut,
)
from cms.translations.passages import has_changed
from tests.factories.pages import article_in, say, translation_into
from tests.factories.people import UserFactory
from tests.factories.roles import member_of

pytestmark = pytest.mark.integration


@pytest.fixture
def publisher(db):
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def arabic(house):
    """A translation that nobody began."""
    return translation_into("ar", article_in("fr", intro="Elle commence."))


def page_of(translation):
    return ArticlePage.objects.get(locale=translation.target_locale)


def test_page_with_a_machines_draft_is_not_published(arabic, publisher, refused):
    say(arabic)
    StringTranslation.objects.filter(data="*La récolte").update(translation_type="machine")
    assert refused(NotConfirmed, publish_translation, arabic, by=publisher).facts == {"count": 1}


def test_page_with_an_empty_passage_is_not_published(arabic, publisher, refused):
    assert refused(NotTranslated, publish_translation, arabic, by=publisher).facts == {"count": 3}


@pytest.mark.parametrize("state", [{}, {"translation_type": "machine"}])
def test_unfinished_page_is_not_published_from_a_list_either(arabic, publisher, state):
    if state:
        say(arabic, **state)
    with pytest.raises((NotConfirmed, NotTranslated)):
        page_of(arabic).get_latest_revision().publish(user=publisher)
    assert page_of(arabic).live is False


def test_finished_page_is_published(arabic, publisher):
    say(arabic)
    page = publish_translation(arabic, by=publisher)
    assert (page.live, page.title, page.intro, page.slug) == (
        True,
        "*La récolte",
        "*Elle commence.",
        "recolte",
    )


def test_title_too_long_for_a_page_is_refused_with_its_reason(arabic, publisher):
    say(arabic, {"La récolte": "ط" * 300})
    with pytest.raises(NotInOrder, match="255"):
        publish_translation(arabic, by=publisher)
    assert (page_of(arabic).live, page_of(arabic).draft_title) == (False, "ط" * 255)


def test_readers_see_what_was_published_while_a_change_is_translated(arabic, publisher):
    say(arabic)
    publish_translation(arabic, by=publisher)
    source = arabic.source.get_source_instance()
    source.title = "La récolte est finie"
    source.save_revision().publish()
    take_changes(arabic.source)

    with pytest.raises(NotTranslated):
        publish_translation(arabic, by=publisher)
    assert page_of(arabic).title == "*La récolte"
    kept = StringTranslation.objects.filter(data="*Elle commence.", locale=arabic.target_locale)
    assert kept.count() == 1


def test_translation_of_a_planned_page_goes_out_at_the_same_minute(house, publisher):
    soon = timezone.now() + timedelta(days=2)
    source = article_in("fr", go_live_at=soon)
    translation = translation_into("ar", source)
    say(translation)

    page = publish_translation(translation, by=publisher)
    assert (page.live, page.scheduled_revision.approved_go_live_at) == (False, soon)


def test_translation_does_not_go_out_before_its_source(arabic, publisher, refused):
    arabic.source.get_source_instance().unpublish()
    say(arabic)
    refused(SourceNotOut, publish_translation, arabic, by=publisher)


def test_draft_is_translated_as_it_is_written_now(client, house, publisher):
    source = article_in("fr", go_live_at=timezone.now() + timedelta(days=2))
    source.title = "Une autre récolte"
    source.save_revision()
    client.force_login(publisher)
    arabic = Locale.objects.get(language_code="ar")
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[source.pk]), {"locales": [arabic.pk]}
    )

    translation = Translation.objects.get(target_locale=arabic)
    assert "Une autre récolte" in {one.string.data for one in translation.source.stringsegment_set.all()}
    assert has_changed(translation.source, source) is False


@pytest.mark.parametrize("role", ["Translators", "Editors", "Authors"])
def test_translation_is_published_by_nobody_who_may_not(arabic, role, refused):
    say(arabic)
    refused(NotYoursToPublish, publish_translation, arabic, by=member_of(role))


def test_locked_translation_is_published_and_sent_on_by_nobody(arabic, refused):
    say(arabic)
    ArticlePage.objects.filter(locale=arabic.target_locale).update(locked=True)
    refused(NotYoursToPublish, publish_translation, arabic, by=member_of("Publishers"))
    refused(NotYoursToWrite, send_to_review, arabic, by=member_of("Translators"))
    refused(NotYoursToWrite, fill_from_memory, arabic, by=member_of("Translators"))
