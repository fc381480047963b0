"""A translation keeps pace with its source, whoever moves the minute of which."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localtime

from cms.desk.waiting import waiting_for
from cms.models import ArticlePage
from cms.publication.tasks import come_out_and_disappear
from cms.translations.actions import publish_translation
from cms.translations.errors import SourceNotOut
from tests.factories.pages import TEXT, article_in, block, say, translation_into
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, sent, typed_body

pytestmark = pytest.mark.integration
EARLY = datetime(2026, 7, 1, 8, tzinfo=UTC)
TEN, NOON = EARLY.replace(hour=10), EARLY.replace(hour=12)
ADDRESSES = ("/fr/news/recolte/", "/ar/news/recolte/")


@pytest.fixture
def publisher(db):
    return UserFactory(is_superuser=True, is_staff=True)


def both(publisher, **minutes):
    """An article in French and its finished translation, published or timed as the article is."""
    translation = translation_into("ar", article_in("fr", intro="Court.", body=TEXT, **minutes))
    say(translation)
    publish_translation(translation, by=publisher)
    return translation


def by_a_task(source, publisher, **minutes):
    """Published by the house itself."""
    for name, minute in minutes.items():
        setattr(source, name, minute)
    source.save_revision().publish()


def at_the_desk(source, publisher, **minutes):
    """Published by the button of an editor's desk, where a page that waits is taken off its minute first."""
    browser = browser_of(publisher)
    if source.scheduled_revision:
        off = reverse(
            "wagtailadmin_pages:revisions_unschedule", args=[source.pk, source.scheduled_revision.pk]
        )
        browser.post(off)
    kept = {name: getattr(source, name) for name in ("go_live_at", "expire_at")} | minutes
    typed = {name: localtime(minute).strftime("%Y-%m-%d %H:%M") for name, minute in kept.items() if minute}
    form = sent(source, **typed_body(), **typed, **{"action-publish": "1"})
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[source.pk]), form)
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[source.get_parent().pk])


def by_a_program(source, publisher, **minutes):
    """Published by what asks in somebody's name."""
    for name, minute in minutes.items():
        setattr(source, name, minute)
    source.save_revision()
    answer = browser_of(publisher).post(f"/editors/api/main/pages/{source.pk}/action/publish/")
    assert answer.status_code == 200


@pytest.fixture(params=[by_a_task, at_the_desk, by_a_program])
def change(request, publisher):
    """The source with other minutes, published again, by each way there is."""

    def changed(translation, **minutes):
        source = ArticlePage.objects.get(pk=translation.source.get_source_instance().pk)
        request.param(source, publisher, **minutes)

    return changed


def seen(client, moment):
    """What readers of both languages get a second after this moment."""
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        come_out_and_disappear()
        return [client.get(address).status_code for address in ADDRESSES]


def test_translation_comes_out_in_the_minute_of_its_source(client, house, publisher):
    with time_machine.travel(EARLY):
        both(publisher, go_live_at=TEN)

    assert seen(client, TEN) == [200, 200]
    assert ArticlePage.objects.filter(live=True).count() == 2


def test_translation_waits_for_a_source_that_was_postponed(client, house, publisher, change):
    with time_machine.travel(EARLY):
        change(both(publisher, go_live_at=TEN), go_live_at=NOON)

    assert (seen(client, TEN), seen(client, NOON)) == ([404, 404], [200, 200])
    assert ArticlePage.objects.filter(live=True).count() == 2


def test_translation_waits_for_a_source_that_was_taken_off_its_minute(client, house, publisher):
    with time_machine.travel(EARLY):
        source = both(publisher, go_live_at=TEN).source.get_source_instance()
        source.revisions.update(approved_go_live_at=None)

    assert seen(client, NOON) == [404, 404]


def test_translation_is_not_read_once_its_source_waits_for_a_minute(client, house, publisher, change):
    with time_machine.travel(EARLY):
        translation = both(publisher)
        translation.source.get_source_instance().unpublish()
        change(translation, go_live_at=TEN)

    assert (seen(client, EARLY), seen(client, TEN)) == ([404, 404], [200, 200])
    assert ArticlePage.objects.filter(live=True).count() == 2


def test_translation_is_published_by_no_list_before_its_source(house, publisher, refused):
    translation = both(publisher)
    page = translation.get_target_instance()
    page.unpublish()
    translation.source.get_source_instance().unpublish()

    refused(SourceNotOut, page.get_latest_revision().publish, user=publisher)
    page.refresh_from_db()
    assert page.live is False


@pytest.mark.parametrize("again", [False, True])
def test_translation_is_over_when_its_source_is(client, house, publisher, change, again):
    with time_machine.travel(EARLY):
        translation = both(publisher)
        change(translation, expire_at=NOON)
        if again:
            translation.get_target_instance().get_latest_revision().publish(user=publisher)

    assert (seen(client, TEN), seen(client, NOON)) == ([200, 200], [410, 410])


@pytest.mark.parametrize(("own", "then"), [(NOON, None), (TEN, TEN)])
def test_translation_follows_a_later_end_unless_it_ends_earlier_itself(house, publisher, change, own, then):
    with time_machine.travel(EARLY):
        translation = both(publisher)
        change(translation, expire_at=NOON)
        ArticlePage.objects.filter(locale=translation.target_locale).update(expire_at=own)
        change(translation, expire_at=None)

    assert translation.get_target_instance().expire_at == then


def test_what_is_over_here_is_not_read_in_another_language(client, house, publisher):
    with time_machine.travel(EARLY):
        translation = both(publisher)
        ArticlePage.objects.filter(locale=translation.target_locale).update(expire_at=TEN)

    assert seen(client, TEN) == [200, 410]


def plan_with(translation, publisher, shelf):
    """The source planned for the minute it has, with a shelf more."""
    page = translation.source.get_source_instance().get_latest_revision_as_object()
    page.body = json.dumps([*page.body.get_prep_value(), shelf])
    page.save_revision(user=publisher).publish(user=publisher)


def test_block_that_a_planned_source_was_given_since_comes_out_in_every_language(client, house, publisher):
    shelf = block("products", {"title": "", "query": "safran", "chosen": [], "count": 4})
    with time_machine.travel(EARLY):
        translation = both(publisher, go_live_at=TEN)
        plan_with(translation, publisher, shelf)
        before = translation.get_target_instance()

    assert (before.live, seen(client, TEN)) == (False, [200, 200])
    assert [one.block_type for one in translation.get_target_instance().body] == ["text", "products"]
    with time_machine.travel(NOON):
        assert [one.count for one in waiting_for(ArticlePage.objects.all()) if one.behind] == []


def test_page_that_cannot_follow_its_source_at_its_minute_is_told_of(client, house, publisher):
    shelf = block("products", {"title": "", "query": "safran", "chosen": [], "count": 4})
    with time_machine.travel(EARLY):
        translation = both(publisher, go_live_at=TEN)
        plan_with(translation, publisher, shelf)
        ArticlePage.objects.filter(locale=translation.target_locale).update(locked=True)

    assert seen(client, TEN) == [200, 200]
    page = translation.get_target_instance()
    assert [one.block_type for one in page.body] == ["text"]
    behind = [each.behind for each in waiting_for(ArticlePage.objects.all())]
    assert [one.pk for pages in behind for one in pages] == [page.pk]


def test_words_that_a_planned_source_was_given_since_wait_for_a_translator(client, house, publisher):
    shelf = block("products", {"title": "Du jour", "query": "safran", "chosen": [], "count": 4})
    with time_machine.travel(EARLY):
        translation = both(publisher, go_live_at=TEN)
        plan_with(translation, publisher, shelf)
        before = [each.changed for each in waiting_for(ArticlePage.objects.all())]

    assert seen(client, TEN) == [200, 200]
    page = translation.get_target_instance()
    after = [each.changed for each in waiting_for(ArticlePage.objects.all())]
    assert [one.block_type for one in page.body] == ["text"]
    told = [[one.pk for pages in listed for one in pages] for listed in (before, after)]
    assert told == [[page.pk], [page.pk]]
