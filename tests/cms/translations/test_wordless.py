"""Blocks, pictures and choices have no words: they are the same in every language, without a translator."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation

from cms.desk.waiting import waiting_for
from cms.models import ArticlePage
from cms.translations.actions import follow_source, publish_translation, send_to_review
from tests.factories.pages import article_in, block, say, translation_into
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
STAYS = "Readers still see it as it was in: {}. It waits there for who translates it."


@pytest.fixture
def publisher(db):
    return UserFactory(is_superuser=True, is_staff=True, language="en")


@pytest.fixture
def arabic(house, publisher):
    """A translation that readers see."""
    translation = translation_into("ar", article_in("fr", intro="Elle commence.", picture_alt="Un champ"))
    say(translation)
    publish_translation(translation, by=publisher)
    return translation


def source_of(translation):
    return ArticlePage.objects.get(locale=translation.source.locale)


def page_of(translation):
    return ArticlePage.objects.get(locale=translation.target_locale)


def shelf(query, title=""):
    return block("products", {"title": title, "query": query, "chosen": [], "count": 4})


def publish_with(translation, *shelves, by=None, first=False, **fields):
    """The source published with these shelves beside its text; its translations follow on commit."""
    page = source_of(translation)
    text = [one for one in page.body.get_prep_value() if one["type"] == "text"]
    page.body = json.dumps([*shelves, *text] if first else [*text, *shelves])
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)
    follow_source(page, by=by)
    return source_of(translation)


def kinds(page):
    return [one.block_type for one in page.body]


def republished(page, by, **typed):
    """What is said to who publishes a page at the desk as it is, or with what is typed."""
    (text,) = [one for one in page.body.get_prep_value() if one["type"] == "text"]
    told = {**typed_body("On pèse."), "body-0-id": text["id"], "picture_alt": page.picture_alt, **typed}
    for number, one in enumerate(page.body.get_prep_value()[1:], start=1):
        fields = {"deleted": "", "order": str(number), "type": "products", "id": one["id"]}
        fields |= {"value-title": "", "value-chosen-count": "0", "value-count": "4"}
        told |= {f"body-{number}-{name}": value for name, value in fields.items()}
        told |= {f"body-{number}-value-query": one["value"]["query"], "body-count": str(number + 1)}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = browser_of(by).post(address, sent(page, **told, **{"action-publish": "yes"}))
    return [str(one) for one in get_messages(answer.wsgi_request)]


def state_of(translation):
    page = page_of(translation)
    return kinds(page), page.revisions.count(), page.latest_revision_id


def test_shelf_without_words_is_read_in_every_language_at_once(arabic, publisher):
    english = translation_into("en", source_of(arabic))
    say(english, mark="+")
    publish_translation(english, by=publisher)

    publish_with(arabic, shelf("safran"), by=publisher)

    found = [(kinds(page_of(one)), page_of(one).title) for one in (arabic, english)]
    assert found == [(["text", "products"], "*La récolte"), (["text", "products"], "+La récolte")]
    entry = PageLogEntry.objects.filter(page=page_of(arabic).pk, action="wagtail.publish").latest("timestamp")
    assert entry.user == publisher


def test_translations_follow_by_themselves_when_the_desk_publishes(
    arabic, publisher, django_capture_on_commit_callbacks
):
    page = source_of(arabic)
    (text,) = page.body.get_prep_value()
    told = {**typed_body("On pèse."), "body-count": "2", "body-0-id": text["id"]}
    shelf_sent = {"deleted": "", "order": "1", "type": "products", "id": "", "value-title": ""}
    shelf_sent |= {"value-query": "safran", "value-chosen-count": "0", "value-count": "4"}
    told |= {f"body-1-{name}": value for name, value in shelf_sent.items()}
    told |= {"picture_alt": page.picture_alt, "action-publish": "yes"}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(publisher).post(address, sent(page, **told))

    entry = PageLogEntry.objects.filter(page=page_of(arabic).pk, action="wagtail.publish").latest("timestamp")
    assert (kinds(page_of(arabic)), entry.user) == (["text", "products"], publisher)


def test_order_query_and_picture_are_those_of_the_source(arabic, publisher, picture):
    first, second = shelf("safran"), shelf("argan")
    publish_with(arabic, first, second, by=publisher)
    first["value"]["query"] = "miel"
    publish_with(arabic, second, first, first=True, by=publisher, picture=picture)

    page = page_of(arabic)
    queries = [one.value["query"] for one in page.body if one.block_type == "products"]
    assert (kinds(page), queries, page.picture) == (
        ["products", "products", "text"],
        ["argan", "miel"],
        picture,
    )


def test_translation_that_reads_as_its_source_is_left_as_it_is(arabic, publisher):
    publish_with(arabic, shelf("safran"), by=publisher)
    before = state_of(arabic)

    publish_with(arabic, *[one for one in source_of(arabic).body.get_prep_value() if one["type"] != "text"])

    assert state_of(arabic) == before


def test_other_words_wait_for_a_translator_with_all_that_came_with_them(arabic, publisher):
    before = state_of(arabic)

    publish_with(arabic, shelf("safran", title="À goûter"), by=publisher)

    assert state_of(arabic) == before
    (waiting,) = [one for one in waiting_for(ArticlePage.objects.all()) if one.locale.language_code == "ar"]
    assert [page.pk for page in waiting.changed] == [page_of(arabic).pk]


def test_nothing_untranslated_comes_out_with_a_shelf(arabic, publisher):
    StringTranslation.objects.filter(data="*Elle commence.").delete()
    before = state_of(arabic)

    publish_with(arabic, shelf("safran"), by=publisher)

    assert state_of(arabic) == before
    arabic.source.refresh_from_db()
    assert [one["type"] for one in json.loads(json.loads(arabic.source.content_json)["body"])] == [
        "text",
        "products",
    ]


def write_words(arabic, publisher):
    StringTranslation.objects.filter(data="*Elle commence.").update(data="كتب")


def write_a_draft(arabic, publisher):
    page_of(arabic).save_revision(user=publisher)


def hand_in(arabic, publisher):
    send_to_review(arabic, by=member_of("Translators"))


def lock_it(arabic, publisher):
    ArticlePage.objects.filter(pk=page_of(arabic).pk).update(locked=True, locked_by=publisher)


@pytest.mark.parametrize("write", [write_words, write_a_draft, hand_in, lock_it])
def test_what_somebody_is_writing_comes_out_by_nobody_else(arabic, publisher, write):
    write(arabic, publisher)
    before = state_of(arabic)

    publish_with(arabic, shelf("safran"), by=publisher)

    assert (state_of(arabic), page_of(arabic).intro) == (before, "*Elle commence.")
    page = browser_of(publisher).get(reverse("wagtailadmin_pages:edit", args=[page_of(arabic).pk])).text
    assert ("Other blocks of the source have changed." in page, "Take its changes" in page) == (True, True)


@pytest.mark.parametrize("write", [write_words, write_a_draft, hand_in, lock_it])
def test_who_publishes_the_source_hears_which_language_stays_behind(arabic, publisher, write):
    english = translation_into("en", source_of(arabic))
    say(english, mark="+")
    publish_translation(english, by=publisher)
    write(arabic, publisher)
    publish_with(arabic, shelf("safran"), by=publisher)

    assert STAYS.format("Arabic") in republished(source_of(arabic), publisher)


def test_who_publishes_other_words_hears_that_they_are_not_translated(arabic, publisher):
    page = source_of(arabic)

    assert republished(page, publisher, title="La cueillette")[1:] == [STAYS.format("Arabic")]


def test_nothing_is_said_where_every_language_has_what_its_source_has(arabic, publisher):
    assert len(republished(source_of(arabic), publisher)) == 1


def test_translator_takes_the_blocks_into_a_draft_or_publishes_them(arabic, publisher):
    write_words(arabic, publisher)
    publish_with(arabic, shelf("safran"), by=publisher)
    browser, address = browser_of(publisher), reverse("wagtailadmin_pages:edit", args=[page_of(arabic).pk])

    said = get_messages(browser.post(address, {"action": "changes"}).wsgi_request)
    assert [str(one) for one in said] == [
        "The passages are those of the source now; what reads as before keeps its translation."
    ]
    latest = page_of(arabic).get_latest_revision_as_object()
    assert (kinds(page_of(arabic)), kinds(latest), latest.intro) == (["text"], ["text", "products"], "كتب")
    assert "Other blocks" not in browser.get(address).text

    browser.post(address, {"action": "publish"})
    assert (kinds(page_of(arabic)), page_of(arabic).intro) == (["text", "products"], "كتب")


def test_publishing_brings_blocks_that_nobody_took(arabic, publisher):
    page = source_of(arabic)
    page.body = json.dumps([*page.body.get_prep_value(), shelf("safran")])
    page.save_revision().publish()
    address = reverse("wagtailadmin_pages:edit", args=[page_of(arabic).pk])
    assert "Other blocks of the source have changed." in browser_of(publisher).get(address).text

    publish_translation(arabic, by=publisher)

    assert kinds(page_of(arabic)) == ["text", "products"]


def test_translation_that_is_offline_stays_so(arabic, publisher):
    page_of(arabic).unpublish()

    publish_with(arabic, shelf("safran"), by=publisher)

    assert (page_of(arabic).live, kinds(page_of(arabic))) == (False, ["text"])


def test_page_of_its_own_follows_nobody(arabic, publisher):
    Translation.objects.filter(target_locale=Locale.objects.get(language_code="ar")).update(enabled=False)

    publish_with(arabic, shelf("safran"), by=publisher)

    assert kinds(page_of(arabic)) == ["text"]


def test_who_publishes_several_pages_hears_of_which_readers_read_the_old_words(arabic, publisher):
    page, other = source_of(arabic), article_in("fr", title="Le tri", slug="tri")
    page.title = "La cueillette"
    page.save_revision()
    numbers = f"id={page.pk}&id={other.pk}"

    answer = browser_of(publisher).post(f"/editors/bulk/wagtailcore/page/publish/?{numbers}&next=/editors/")

    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert [one for one in said if "Readers still" in one] == [f"La cueillette: {STAYS.format('Arabic')}"]
