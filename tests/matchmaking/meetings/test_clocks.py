"""One agenda in Tokyo, Marrakech and New York across Ramadan 2026, on the page and in the feed.

Morocco's clocks go back on the 15th of February and forward on the 22nd of March, and back again on the
20th of September; New York's go forward on the 8th of March. The fair keeps its hours on the wall.
"""

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
import vobject
from django.urls import reverse
from icalendar import Calendar

from fairs.sessions.actions import open_calendar
from matchmaking.meetings.actions import accept_and_book, cancel_meeting, move_meeting
from matchmaking.models import Slot
from matchmaking.parties.actions import advance_matching, set_hours
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What each reader's clocks show beside nine o'clock at the fair, on the three days around each change.
FEBRUARY, NEW_YORKS, MARCH, LAST = date(2026, 2, 14), date(2026, 3, 7), date(2026, 3, 21), date(2026, 9, 19)
ZONES = {
    ("Asia/Tokyo", FEBRUARY): ["17:00–17:20", "18:00–18:20", "18:00–18:20"],
    ("Asia/Tokyo", NEW_YORKS): ["18:00–18:20", "18:00–18:20", "18:00–18:20"],
    ("Asia/Tokyo", MARCH): ["18:00–18:20", "17:00–17:20", "17:00–17:20"],
    ("Asia/Tokyo", LAST): ["17:00–17:20", "18:00–18:20", "18:00–18:20"],
    ("Africa/Casablanca", FEBRUARY): ["", "", ""],
    ("Africa/Casablanca", MARCH): ["", "", ""],
    ("Africa/Casablanca", LAST): ["", "", ""],
    ("America/New_York", FEBRUARY): ["03:00–03:20", "04:00–04:20", "04:00–04:20"],
    ("America/New_York", NEW_YORKS): ["04:00–04:20", "05:00–05:20", "05:00–05:20"],
    ("America/New_York", MARCH): ["05:00–05:20", "04:00–04:20", "04:00–04:20"],
    ("America/New_York", LAST): ["04:00–04:20", "05:00–05:20", "05:00–05:20"],
}
# Nine at the fair in UTC.
HOURS = {FEBRUARY: [8, 9, 9], NEW_YORKS: [9, 9, 9], MARCH: [9, 8, 8], LAST: [8, 9, 9]}
BEFORE = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def long_before():
    with time_machine.travel(BEFORE, tick=False):
        yield


def three_meetings(first, zone):
    """A buyer in a zone who meets an exporter at nine on each of three days; the edition and the buyer."""
    edition = meeting_edition(starts_on=first)
    buyer = buyer_at(edition)
    actor, delegate = speaker_of(buyer), buyer.delegates.get()
    set_hours(delegate, actor=actor, time_zone=zone, wakes=None, sleeps=None)
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    booked = []
    for slot in Slot.objects.filter(edition=edition)[::21]:
        exporter = exporter_at(edition)
        lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
        asked = ask(buyer, exporter, actor=actor, lines=lines)
        booked.append(accept_and_book(asked, actor=speaker_of(exporter), slot=slot))
    return edition, actor, booked


def feed_of(client, person):
    """The person's own calendar, as it is sent."""
    return client.get(reverse("fairs:own_calendar", args=[open_calendar(actor=person).secret])).content


@pytest.mark.parametrize(("zone", "first"), ZONES)
def test_the_page_tells_both_clocks_of_every_day(client, zone, first):
    edition, person, _booked = three_meetings(first, zone)
    client.force_login(person)

    answer = client.get(reverse("fairs:agenda", args=[edition.slug]))

    lines = [line for day in answer.context["days"] for line in day.lines if line.kind == "meeting"]
    unseen = str.maketrans("", "", "\u2066\u2069\u2060")
    told = [(line.at_fair.translate(unseen), line.for_me.translate(unseen)) for line in lines]
    assert told == [("09:00–09:20", mine) for mine in ZONES[zone, first]]
    page = answer.content.decode()
    assert [page.count(line.for_me) > 0 for line in lines] == [True] * 3


@pytest.mark.parametrize("first", HOURS)
def test_the_feed_tells_the_same_moments_to_every_program(client, first):
    _edition, person, booked = three_meetings(first, "Asia/Tokyo")

    content = feed_of(client, person)

    events = Calendar.from_ical(content).walk("VEVENT")
    assert [one.decoded("dtstart").astimezone(UTC).hour for one in events] == HOURS[first]
    assert [one.decoded("dtstart") for one in events] == [one.slot.begins for one in booked]
    assert [one.decoded("dtend") for one in events] == [one.slot.ends for one in booked]
    read = vobject.readOne(io.StringIO(content.decode())).vevent_list
    assert [one.dtstart.value.astimezone(UTC).hour for one in read] == HOURS[first]
    assert [one.dtstart.value.hour for one in read] == [9, 9, 9]


def test_the_feed_follows_what_moves_and_what_is_cancelled(client):
    edition, person, booked = three_meetings(FEBRUARY, "Asia/Tokyo")
    before = {str(one["uid"]) for one in Calendar.from_ical(feed_of(client, person)).walk("VEVENT")}

    move_meeting(booked[0], actor=person, slot=Slot.objects.filter(edition=edition)[1])
    cancel_meeting(booked[1], actor=organiser_of(edition))

    after = Calendar.from_ical(feed_of(client, person)).walk("VEVENT")
    assert {str(one["uid"]) for one in after} == before
    told = {
        str(one["uid"])[:36]: (one["sequence"], str(one["status"]), one.decoded("dtstart").hour)
        for one in after
    }
    assert [told[str(one.uid)] for one in booked] == [
        (1, "CONFIRMED", 9),
        (1, "CANCELLED", 9),
        (0, "CONFIRMED", 9),
    ]


def test_a_day_that_is_another_one_there_is_named(client):
    edition, person, _booked = three_meetings(FEBRUARY, "Pacific/Auckland")
    client.force_login(person)

    page = client.get(reverse("fairs:agenda", args=[edition.slug]))

    (first, *_rest) = [line for day in page.context["days"] for line in day.lines if line.kind == "meeting"]
    assert first.for_me == "\u206621:00–\u206021:20\u2069"
    late = page.context["days"][0].lines[-1]
    assert late.for_me == "\u206621:25–\u206005:40\u2069"
