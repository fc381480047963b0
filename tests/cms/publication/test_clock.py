"""Pages come out and disappear at the minute an editor wrote on them, as clocks show it in Casablanca."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cms.publication.errors import AddressPlanned
from cms.publication.tasks import come_out_and_disappear
from cms.readers import queries
from moussem.core.models import OutboxMessage
from moussem.core.schedule import JOBS
from tests.factories.pages import article
from tests.factories.roles import browser_of, member_of, sent

pytestmark = pytest.mark.integration
HERE = ZoneInfo("Africa/Casablanca")
# Both in summer, when Casablanca is an hour ahead of Greenwich.
TEN = datetime(2026, 7, 1, 10, 0, tzinfo=HERE)
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=HERE)
EARLY = datetime(2026, 7, 1, 8, 0, tzinfo=HERE)


def at(moment, second=0):
    """The clock of the house rings at this moment."""
    travel = time_machine.travel(moment.replace(second=second), tick=False)
    travel.start()
    come_out_and_disappear()
    return travel


def seen(client):
    """Where readers find the article: by its address, in the news, on the shelf beside, on the front."""
    return {
        "address": client.get("/en/news/timed/").status_code,
        "news": "Timed" in client.get("/en/news/").text,
        "front": "Timed" in client.get("/en/").text,
        "beside": "Timed" in client.get("/en/news/other/").text,
        "shelf": [page.title for page in queries.articles_in("en") if page.title == "Timed"],
    }


HIDDEN = {"news": False, "front": False, "beside": False, "shelf": []}
SHOWN = {"address": 200, "news": True, "front": True, "beside": True, "shelf": ["Timed"]}


@pytest.fixture
def timed(house):
    """An article that comes out at ten and is over at noon, beside one that stays."""
    with time_machine.travel(EARLY):
        article("Other", slug="other")
        page = article("Timed", slug="timed", live=False, go_live_at=TEN, expire_at=NOON)
        page.get_latest_revision().publish()
    return page


def test_job_of_the_schedule_is_due_every_minute():
    assert JOBS["cms.publication.tasks.come_out_and_disappear"].every.total_seconds() == 60


@pytest.mark.parametrize(
    ("moment", "second", "found"),
    [
        (TEN.replace(hour=9, minute=59), 59, {"address": 404, **HIDDEN}),
        (TEN, 1, SHOWN),
        (NOON.replace(hour=11, minute=59), 59, SHOWN),
        (NOON, 1, {"address": 410, **HIDDEN}),
    ],
)
def test_page_is_seen_from_its_minute_to_its_minute(client, timed, moment, second, found):
    travel = at(moment, second)
    try:
        assert seen(client) == found
    finally:
        travel.stop()


def test_page_is_over_before_the_clock_has_come_to_take_it_down(client, timed):
    at(TEN, 1).stop()

    with time_machine.travel(NOON, tick=False):
        timed.refresh_from_db()
        assert timed.live is True
        assert seen(client) == {"address": 410, **HIDDEN}
        assert "It was written for a time that has passed" in client.get("/en/news/timed/").text


def test_draft_is_found_nowhere(client, house):
    article("Other", slug="other")
    article("Timed", slug="timed", live=False)

    assert seen(client) == {"address": 404, **HIDDEN}


def test_change_that_is_scheduled_leaves_what_readers_see(client, house):
    page = article("Timed", slug="timed")
    page.title, page.go_live_at = "Changed", TEN
    with time_machine.travel(EARLY):
        page.save_revision().publish()
        come_out_and_disappear()
        assert "Timed" in client.get("/en/news/timed/").text

    with time_machine.travel(TEN.replace(second=1)):
        come_out_and_disappear()
        assert "Changed" in client.get("/en/news/timed/").text


def planned(title, address, *, by, **fields):
    """A published page whose change, with another address, comes out at ten."""
    page = article(title, **fields)
    page.slug, page.go_live_at = address, TEN
    page.save_revision(user=by).publish(user=by)
    return page


def test_planned_page_whose_address_was_taken_stops_no_other_and_its_publisher_hears_of_it_once(house):
    person = member_of("Publishers", language="en")
    with time_machine.travel(EARLY):
        stuck = planned("Stuck", "taken", by=person, slug="stuck")
        innocent = article("Innocent", slug="innocent", live=False, go_live_at=TEN)
        innocent.get_latest_revision().publish(user=person)
        article("Taker", slug="taken")

    with time_machine.travel(TEN.replace(second=1)):
        come_out_and_disappear()
    with time_machine.travel(TEN.replace(minute=1)):
        come_out_and_disappear()

    innocent.refresh_from_db()
    stuck.refresh_from_db()
    (letter,) = [one.payload for one in OutboxMessage.objects.filter(kind="mail")]
    assert (innocent.live, stuck.slug) == (True, "stuck")
    assert (letter["to"], letter["subject"]) == (person.email, "“Stuck” could not come out")


def test_planned_page_comes_out_once_what_stood_in_its_way_is_gone(house):
    with time_machine.travel(EARLY):
        stuck = planned("Stuck", "taken", by=member_of("Publishers"), slug="stuck")
        taker = article("Taker", slug="taken")
    with time_machine.travel(TEN.replace(second=1)):
        come_out_and_disappear()

    taker.delete()
    with time_machine.travel(TEN.replace(minute=1)):
        come_out_and_disappear()

    stuck.refresh_from_db()
    assert (stuck.slug, stuck.scheduled_revision) == ("taken", None)


def test_address_that_a_planned_page_will_have_is_given_to_no_other(house, refused):
    person = member_of("Publishers", language="en")
    with time_machine.travel(EARLY):
        planned("Planned", "wanted", by=person, slug="planned")
        other = article("Other", slug="other")
        desk = browser_of(person).post(
            reverse("wagtailadmin_pages:edit", args=[other.pk]), sent(other, slug="wanted")
        )
        other.slug, other.go_live_at = "wanted", NOON
        revision = other.save_revision(user=person)
        refused(AddressPlanned, revision.publish, user=person)

    assert "The page “Planned” comes out at this address, “wanted”, on" in desk.text


def test_time_is_typed_as_clocks_show_it_in_casablanca(house):
    person = member_of("Publishers", time_zone="Asia/Tokyo")

    with time_machine.travel(EARLY):
        page = article(live=False)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        browser_of(person).post(address, sent(page, go_live_at="2026-07-01 10:00"))
        page.refresh_from_db()

    assert page.get_latest_revision_as_object().go_live_at == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def test_minute_that_is_over_is_refused_and_nothing_is_kept_of_it(house):
    page, person = article(live=False), member_of("Publishers", language="en")
    address, revision = reverse("wagtailadmin_pages:edit", args=[page.pk]), page.latest_revision

    answer = browser_of(person).post(address, sent(page, go_live_at="2020-01-01 10:00"))

    page.refresh_from_db()
    assert answer.status_code == 200
    assert "This minute is over, so the page would not wait for it." in answer.text
    assert (page.go_live_at, page.latest_revision) == (None, revision)


def test_minute_that_passed_since_it_was_set_keeps_nobody_from_writing_on(house):
    passed = datetime(2020, 1, 1, 9, 0, 7, tzinfo=UTC)
    page, person = article(live=False, go_live_at=passed), member_of("Editors")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    browser_of(person).post(address, sent(page, title="Written on", go_live_at="2020-01-01 10:00"))

    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Written on"


def test_form_says_whose_clock_its_minutes_are_of(house):
    person = member_of("Publishers", time_zone="Asia/Tokyo", language="en")

    shown = browser_of(person).get(reverse("wagtailadmin_pages:edit", args=[article().pk])).text

    assert shown.count("Times are in Casablanca time (UTC") == 2
