"""A translation goes offline with its source, is told to who wrote it, and comes back with it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from wagtail.models import PageLogEntry
from wagtail.signals import unpublished
from wagtail_localize.models import StringTranslation

from cms.models import ArticlePage, WentWithSource
from cms.publication.tasks import come_out_and_disappear
from cms.translations.actions import publish_translation
from moussem.core.models import OutboxMessage
from tests.cms.scenes import chief
from tests.factories.pages import TEXT, article, article_in, say, translation_into
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration
EARLY = datetime(2026, 7, 1, 8, tzinfo=UTC)
TEN, NOON = EARLY.replace(hour=10), EARLY.replace(hour=12)
ADDRESSES = ("/fr/news/recolte/", "/ar/news/recolte/")


@pytest.fixture
def translator(db):
    return UserFactory(language="en", email="houda@example.org")


@pytest.fixture
def source(house, translator):
    """An article in French whose translation into Arabic is out."""
    page = article_in("fr", intro="Court.", body=TEXT)
    translation = translation_into("ar", page)
    say(translation, last_translated_by=translator)
    publish_translation(translation, by=UserFactory(is_superuser=True))
    return page


def seen(client):
    """Whether readers get the page in French and in Arabic."""
    return [client.get(address).status_code for address in ADDRESSES]


def in_arabic():
    return ArticlePage.objects.get(locale__language_code="ar")


def again(page, **fields):
    """The page published once more."""
    fresh = ArticlePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


@pytest.mark.parametrize(
    "way",
    ["pages/{}/unpublish/", "bulk/wagtailcore/page/unpublish/?id={}", "api/main/pages/{}/action/unpublish/"],
)
def test_translation_goes_offline_with_its_source_and_comes_back_with_it(client, source, way):
    chief().post(f"/editors/{way.format(source.pk)}")

    assert (in_arabic().live, in_arabic().expired) == (False, False)
    assert seen(client) == [404, 404]

    again(source)

    assert seen(client) == [200, 200]
    assert WentWithSource.objects.count() == 0


def test_who_takes_a_page_down_is_told_which_languages_go_with_it(source):
    person, address = chief(), f"/editors/pages/{source.pk}/unpublish/"

    asked = person.get(address).text
    answer = person.post(address)

    assert "Also taken offline, because it is translated from this page: Arabic." in asked
    (said,) = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "Also offline, until it is published again: Arabic." in said


def test_who_first_published_a_translation_hears_that_it_went_with_its_source(source):
    first, second = (UserFactory(language="en", is_superuser=True) for _person in range(2))
    page = in_arabic()
    PageLogEntry.objects.filter(page=page, action="wagtail.publish").update(user=first)
    page.save_revision(user=second).publish(user=second)

    chief().post(f"/editors/pages/{source.pk}/unpublish/")

    told = OutboxMessage.objects.filter(payload__subject__endswith="is offline with its source")
    assert {one.payload["to"] for one in told} == {"houda@example.org", first.email}


def test_nothing_is_said_of_languages_where_none_goes(house):
    page, person = article_in("fr"), chief()
    address = f"/editors/pages/{page.pk}/unpublish/"

    assert "Also taken offline" not in person.get(address).text
    (said,) = [str(message) for message in get_messages(person.post(address).wsgi_request)]
    assert "Also offline" not in said


def test_who_translated_it_is_told_once(source, translator):
    chief().post(f"/editors/pages/{source.pk}/unpublish/")

    told = OutboxMessage.objects.get(payload__to=translator.email).payload
    assert told["subject"] == "“*La récolte” is offline with its source"
    assert "Readers no longer see the page “La récolte”" in told["body"]


def test_translation_comes_back_as_readers_knew_it_whatever_was_drafted_since(client, source):
    again(in_arabic(), title="الحصاد")
    draft = in_arabic()
    draft.title = "مسودة"
    draft.save_revision()
    source.unpublish()
    again(source)

    assert in_arabic().title == "الحصاد"
    assert in_arabic().has_unpublished_changes is True


def test_translation_that_is_not_whole_any_more_stays_away_and_holds_nothing_up(client, source):
    source.unpublish()
    StringTranslation.objects.first().delete()
    again(source)

    assert ArticlePage.objects.get(pk=source.pk).live is True
    assert in_arabic().live is False


def test_translation_of_a_deleted_page_is_kept_as_a_page_of_its_own(client, source, translator):
    chief().post(f"/editors/pages/{source.pk}/delete/")

    assert ArticlePage.objects.filter(pk=source.pk).exists() is False
    assert in_arabic().live is False
    assert "was deleted" in OutboxMessage.objects.get(payload__to=translator.email).payload["body"]
    assert chief().get(f"/editors/pages/{in_arabic().pk}/edit/").status_code == 200

    again(in_arabic())

    assert client.get(ADDRESSES[1]).status_code == 200


def test_both_are_over_at_their_minute_and_come_back_when_the_source_is_given_another(client, source):
    with time_machine.travel(EARLY, tick=False):
        again(source, expire_at=TEN)
    with time_machine.travel(TEN + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        over = seen(client)
        again(source, expire_at=NOON)
        back = seen(client)
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        still = seen(client)
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        ended = seen(client)

    assert [over, back, still, ended] == [[410, 410], [200, 200], [200, 200], [410, 410]]


def test_pages_that_only_share_their_subject_stay(client, source):
    twin = article("The harvest", slug="recolte", translation_key=source.translation_key)
    source.unpublish()

    assert ArticlePage.objects.get(pk=twin.pk).live is True


def test_nothing_goes_where_its_translation_cannot_go(source):
    def breaks(instance, **facts):
        if instance.locale.language_code == "ar":
            raise RuntimeError

    unpublished.connect(breaks)
    try:
        with pytest.raises(RuntimeError):
            source.unpublish()
    finally:
        unpublished.disconnect(breaks)

    assert set(ArticlePage.objects.values_list("live", flat=True)) == {True}
    assert WentWithSource.objects.count() == 0


def test_who_takes_several_pages_down_reads_what_goes_and_what_stays(source):
    alone = article("The harvest", slug="alone")
    article("Le tri", slug="alone", language="fr", translation_key=alone.translation_key)
    numbers = f"id={source.pk}&id={alone.pk}"
    address = f"/editors/bulk/wagtailcore/page/unpublish/?{numbers}&next=/editors/"

    text = chief().get(address).text
    together = chief().get(f"{address}&id={alone.get_translations().get().pk}").text

    assert "Also taken offline, because it is translated from this page: Arabic." in text
    assert ("These stay online" in text, "Le tri</a> (French)" in text) == (True, True)
    assert "These stay online" not in together
