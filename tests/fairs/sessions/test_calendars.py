"""Calendars as other programs read them: icalendar, vobject, and the zone alone by dateutil."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import tz
from icalendar import Calendar

from fairs.editions.grid import moment
from fairs.sessions.calendars import Entry, Guest, feed, invitation, invitations

pytestmark = pytest.mark.unit

ZONE = "Africa/Casablanca"
CHANGED = datetime(2026, 1, 5, 8, tzinfo=UTC)
# Before, in and after Ramadan of two years, and around the last change; nine on the wall each time.
NINES = [
    *(date(2025, 2, 22), date(2025, 2, 24), date(2025, 4, 5), date(2025, 4, 7)),
    *(date(2026, 2, 14), date(2026, 2, 16), date(2026, 3, 21), date(2026, 3, 23)),
    *(date(2026, 9, 19), date(2026, 9, 21)),
]
TITLE = "الزعفران من الحقل إلى السوق العالمية: الجودة والسعر والثقة بين المنتج والمشتري"
GUEST = Guest("Agence des foires, Rabat", "fairs@moussem.example", "Amina Alaoui", "amina@example.com")


def entry(on=date(2026, 2, 16), hour=9, **told):
    begins = moment(on, time(hour), ZONE)
    told = {"title": "Saffron, by lots", "sequence": 0, "changed": CHANGED, **told}
    return Entry(f"{on}-{hour}@fairs.moussem", begins, begins + timedelta(hours=1), ZONE, **told)


RAMADANS = feed([entry(on) for on in NINES], name="Fair")
UTC_HOURS = [*[8, 9, 9, 8] * 2, 8, 9]


def test_zone_is_written_change_by_change():
    text = feed([entry()], name="Fair").decode()
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")].splitlines()

    changes = [line.partition(":")[2] for line in zone if line.startswith(("DTSTART", "TZOFFSETTO"))]
    assert changes == [
        *("19700101T000000", "+0100", "20250223T030000", "+0000", "20250406T020000", "+0100"),
        *("20260215T030000", "+0000", "20260322T020000", "+0100"),
        *("20260920T020000", "+0000"),
    ]


def test_event_is_written_with_what_calendars_compare():
    text = feed(
        [entry(sequence=3, place="Room A, Marrakech", url="https://m.example/s/1/")], name="F"
    ).decode()

    assert text[text.index("BEGIN:VEVENT") :].splitlines() == [
        "BEGIN:VEVENT",
        "SUMMARY:Saffron\\, by lots",
        "DTSTART;TZID=Africa/Casablanca:20260216T090000",
        "DTEND;TZID=Africa/Casablanca:20260216T100000",
        "DTSTAMP:20260105T080000Z",
        "UID:2026-02-16-9@fairs.moussem",
        "SEQUENCE:3",
        "LAST-MODIFIED:20260105T080000Z",
        "LOCATION:Room A\\, Marrakech",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://m.example/s/1/",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_instants_around_ramadan_are_read_back_by_icalendar():
    events = Calendar.from_ical(RAMADANS).walk("VEVENT")

    assert [one.decoded("dtstart") for one in events] == [entry(on).begins for on in NINES]
    assert [one.decoded("dtstart").astimezone(UTC).hour for one in events] == UTC_HOURS


def test_instants_around_ramadan_are_read_back_by_another_program():
    events = vobject.readOne(RAMADANS.decode()).vevent_list

    assert [one.dtstart.value.astimezone(UTC) for one in events] == [entry(on).begins for on in NINES]
    assert [one.dtend.value.astimezone(UTC) for one in events] == [entry(on).ends for on in NINES]


def test_zone_alone_says_every_hour_of_both_years_as_the_database_does():
    """A program that knows no zone by name has nothing but what the calendar says."""
    text = RAMADANS.decode()
    block = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    told, known = tz.tzical(io.StringIO(block)).get(ZONE), ZoneInfo(ZONE)
    hours = [datetime(2025, 1, 1) + timedelta(hours=n) for n in range(24 * 700)]
    sure = [one for one in hours if tz.datetime_exists(one, known) and not tz.datetime_ambiguous(one, known)]

    assert [
        one for one in sure if one.replace(tzinfo=told).utcoffset() != one.replace(tzinfo=known).utcoffset()
    ] == []
    assert len(hours) - len(sure) == 5


def test_hour_shown_twice_is_written_in_utc_the_second_time():
    first = datetime(2026, 2, 15, 1, 30, tzinfo=UTC)
    entries = [
        replace(entry(), begins=at, ends=at + timedelta(minutes=30))
        for at in (first, first + timedelta(hours=1))
    ]
    starts = [
        one
        for one in feed(entries, name="F").decode().splitlines()
        if one.startswith("DTSTART") and "0215T" in one
    ]

    assert starts[1:] == ["DTSTART;TZID=Africa/Casablanca:20260215T023000", "DTSTART:20260215T023000Z"]


def test_arabic_survives_folding_at_75_octets():
    text = feed([entry(title=TITLE, text=TITLE * 3)], name="معرض")

    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (TITLE, TITLE * 3)
    assert vobject.readOne(text.decode()).vevent.summary.value == TITLE


def test_cancelled_session_says_so_and_takes_no_time():
    (event,) = Calendar.from_ical(feed([entry(is_cancelled=True)], name="F")).walk("VEVENT")

    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


@pytest.mark.parametrize(("is_cancelled", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_invitation_names_both_sides_and_its_method(is_cancelled, method):
    text, told = invitation(entry(is_cancelled=is_cancelled, sequence=2), GUEST)
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")

    assert (told, calendar["method"], int(event["sequence"])) == (method, method, 2)
    assert (event["organizer"], event["organizer"].params["CN"]) == (
        *("mailto:fairs@moussem.example",),
        "Agence des foires, Rabat",
    )
    assert (event["attendee"], event["attendee"].params["PARTSTAT"]) == (
        *("mailto:amina@example.com",),
        "ACCEPTED",
    )


@pytest.mark.parametrize(
    ("held", "gone", "methods"),
    [
        (1, 0, ["REQUEST"]),
        (0, 1, ["CANCEL"]),
        (1, 2, ["REQUEST", "CANCEL", "CANCEL"]),
        (3, 0, ["PUBLISH"]),
        (2, 1, ["PUBLISH", "CANCEL"]),
    ],
)
def test_what_asks_for_an_answer_is_about_one_session_and_several_are_published(held, gone, methods):
    entries = [entry(hour=9 + n, is_cancelled=n < gone) for n in range(held + gone)]

    told = [(method, Calendar.from_ical(text)) for text, method in invitations(entries, GUEST)]

    assert [method for method, _calendar in told] == methods
    for method, calendar in told:
        events = calendar.walk("VEVENT")
        is_published = method == "PUBLISH"
        assert (str(calendar["method"]), len(events)) == (method, held if is_published else 1)
        # RFC 5546, 3.2.1: who is told is not named; 3.2.2 and 3.2.5: they are.
        assert {"attendee" in event for event in events} == {not is_published}
        assert {"organizer" in event for event in events} == {True}


def test_calendar_without_a_session_is_one_too():
    assert Calendar.from_ical(feed([], name="My agenda"))["x-wr-calname"] == "My agenda"
