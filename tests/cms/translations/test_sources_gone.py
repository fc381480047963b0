"""A translation goes offline with its source, is told to who wrote it, and comes back with it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from wagtail.models import PageLogEntry
from wagtail.signals import unpublished
from wagtail_localize.models import StringTranslation

from cms.desk.waiting import waiting_for
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


def test_translation_that_is_not_whole_when_its_source_is_back_is_over_no_more(client, source):
    with time_machine.travel(EARLY, tick=False):
        again(source, expire_at=TEN)
    with time_machine.travel(TEN + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        StringTranslation.objects.filter(data="*Court.").delete()
        again(source, expire_at=NOON)
        answer = client.get(ADDRESSES[1])
        waiting = [one for one in waiting_for(ArticlePage.objects.all()) if one.unsaid]

    page = in_arabic()
    assert (page.live, page.expired, page.expire_at) == (False, False, NOON)
    assert (answer.status_code, "La récolte" in answer.text) == (200, True)
    assert [(one.locale.language_code, one.unsaid) for one in waiting] == [("ar", [(page, 1)])]


def test_translation_that_became_whole_after_its_source_was_back_waits_to_be_published(source):
    source.unpublish()
    (lost,) = StringTranslation.objects.filter(data="*Court.")
    StringTranslation.objects.filter(pk=lost.pk).delete()
    again(source)
    StringTranslation.objects.bulk_create([lost])

    (waiting,) = [one for one in waiting_for(ArticlePage.objects.all()) if one.begun]
    assert [page.pk for page in waiting.begun] == [in_arabic().pk]


def test_languages_agree_after_a_second_ending_though_one_did_not_come_back(client, source):
    translation = source.get_translations().get()
    translation.slug = "hasad"
    again(translation, slug="hasad")
    with time_machine.travel(EARLY, tick=False):
        again(source, expire_at=TEN)
    with time_machine.travel(TEN + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        StringTranslation.objects.filter(data="*Court.").delete()
        again(source, expire_at=NOON)
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        places = ("/fr/news/recolte/", "/ar/news/hasad/", "/ar/news/recolte/", "/en/news/recolte/")
        ended = [client.get(address).status_code for address in places]
        again(source, expire_at=None)

    assert ended == [410] * 4
    assert (in_arabic().expired, in_arabic().expire_at) == (False, None)


def test_who_brings_a_page_back_hears_which_language_did_not_come_back(source):
    person = chief()
    person.post(f"/editors/pages/{source.pk}/unpublish/")
    StringTranslation.objects.filter(data="*Court.").delete()
    answer = person.post(f"/editors/bulk/wagtailcore/page/publish/?id={source.pk}&next=/editors/")

    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert [one.startswith("It did not come back in: Arabic.") for one in said[-1:]] == [True]
    assert "did not come back with its source" in person.get("/editors/").text


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


@pytest.mark.parametrize("way", ["pages/{}/delete/", "bulk/wagtailcore/page/delete/?id={}"])
def test_who_deletes_a_page_is_told_first_what_readers_lose_with_it(source, way):
    person, address = chief(), f"/editors/{way.format(source.pk)}"

    asked = person.get(address).text

    assert "Readers lose it too, because it is translated from this page: Arabic." in asked
    assert ("It comes back by itself" in asked, "La récolte" in asked) == (False, True)
    assert seen(person) == [200, 200]


def test_who_deleted_a_page_is_told_which_languages_went_with_it(source):
    answer = chief().post(f"/editors/pages/{source.pk}/delete/")

    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said[1:] == [
        "Also offline, kept as a page of its own: Arabic. Who translated it hears of it.",
    ]


def test_nothing_is_said_of_languages_where_a_deleted_page_has_none(house):
    page, person = article_in("fr"), chief()
    address = f"/editors/pages/{page.pk}/delete/"

    assert "Readers lose it too" not in person.get(address).text
    assert len(list(get_messages(person.post(address).wsgi_request))) == 1


def test_page_of_another_language_stays_online_and_is_named_to_who_deletes_one(house):
    alone = article("The harvest", slug="alone")
    article("Le tri", slug="alone", language="fr", translation_key=alone.translation_key)

    asked = chief().get(f"/editors/pages/{alone.pk}/delete/").text

    assert ("These stay online" in asked, "Le tri</a> (French)" in asked) == (True, True)


def test_language_that_goes_with_a_source_is_said_to_stay_nowhere(source):
    english = translation_into("en", source)
    say(english, mark="+")
    publish_translation(english, by=UserFactory(is_superuser=True))
    numbers = f"id={source.pk}&id={in_arabic().pk}"

    text = chief().get(f"/editors/bulk/wagtailcore/page/unpublish/?{numbers}&next=/editors/").text

    assert "because it is translated from this page: English." in text
    assert "These stay online" not in text


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (
            "unpublish",
            "If the pages below it are taken offline too, in other languages: translations",
        ),
        ("delete", "Of the pages below it, which are deleted too, in other languages: translations that"),
    ],
)
def test_pages_below_are_counted_with_what_goes_and_what_stays(source, way, said):
    alone = article("Le tri", slug="alone", language="fr")
    article("The sorting", slug="alone", translation_key=alone.translation_key)
    for address in (
        f"/editors/pages/{source.get_parent().pk}/{way}/",
        f"/editors/bulk/wagtailcore/page/{way}/?id={source.get_parent().pk}&next=/editors/",
    ):
        text = chief().get(address).text

        (sentence,) = [line for line in text.splitlines() if said in line]
        assert (": 1; pages that stay online: 1." in sentence, "These stay online" in text) == (True, True)


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_pages_below_stay_nowhere_where_every_language_is_chosen(source, way):
    alone = article("Le tri", slug="alone", language="fr")
    article("The sorting", slug="alone", translation_key=alone.translation_key)
    above = [source.get_parent(), in_arabic().get_parent(), alone.get_translations().get().get_parent()]
    numbers = "&".join(f"id={page.pk}" for page in above)

    text = chief().get(f"/editors/bulk/wagtailcore/page/{way}/?{numbers}&next=/editors/").text

    assert "pages that stay online" not in text.replace("pages that stay online: 0", "")
