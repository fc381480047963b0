"""Sessions as iCalendar (RFC 5545, and RFC 5546 for what is asked of a calendar). No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
    vUri,
)

from fairs.sessions.clocks import is_said_twice, turns_between

PRODUCT = "-//Moussem//Programme of a fair//EN"
# A clock that is set a little before or after the last session is told too.
AROUND = timedelta(days=366)
REFRESHED = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """A session as a calendar keeps it, its words in one language."""

    uid: str
    begins: datetime
    ends: datetime
    zone: str
    title: str
    sequence: int
    changed: datetime
    text: str = ""
    place: str = ""
    url: str = ""
    track: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Guest:
    """Who asks and who comes."""

    organiser: str
    organiser_email: str
    name: str
    email: str


def feed(entries: Sequence[Entry], *, name: str) -> bytes:
    """A calendar to subscribe to."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return _text_of(calendar, entries).encode()


def invitation(entry: Entry, guest: Guest) -> tuple[str, str]:
    """What a guest's calendar is asked to do about one session: the text, and REQUEST or CANCEL."""
    (told,) = invitations([entry], guest)
    return told


def invitations(entries: Sequence[Entry], guest: Guest) -> list[tuple[str, str]]:
    """The same of several at once: what is to be held, then what is to be taken out.

    A REQUEST and a CANCEL are about one thing (RFC 5546, 3.2.2 and 3.2.5), and so are taken in by calendars;
    several to be held are published in one text, each that goes is taken out by a text of its own.
    """
    held = [entry for entry in entries if not entry.is_cancelled]
    told = [(_publishing(held, guest), "PUBLISH")] if len(held) > 1 else []
    single = [entry for entry in entries if entry.is_cancelled or not told]
    single.sort(key=lambda entry: entry.is_cancelled)
    return told + [_asking(entry, guest) for entry in single]


def _publishing(entries: Sequence[Entry], guest: Guest) -> str:
    """Whoever reads what is published is not named in it."""
    calendar = _calendar("PUBLISH")
    for entry in entries:
        calendar.add_component(_organised(entry, guest))
    return _text_of(calendar, entries)


def _asking(entry: Entry, guest: Guest) -> tuple[str, str]:
    method = "CANCEL" if entry.is_cancelled else "REQUEST"
    calendar = _calendar(method)
    calendar.add_component(_event_of(entry, guest))
    return _text_of(calendar, [entry]), method


def _text_of(calendar: Calendar, entries: Sequence[Entry]) -> str:
    """A calendar in writing. Its zones are half of it and the same for everybody: they are written once."""
    zones = "".join(
        _zone_text(zone, *_span([entry for entry in entries if entry.zone == zone]))
        for zone in sorted({entry.zone for entry in entries})
    )
    text: str = calendar.to_ical().decode()
    return text.replace("BEGIN:VEVENT", f"{zones}BEGIN:VEVENT", 1)


def _organised(entry: Entry, guest: Guest) -> Event:
    event = _event(entry)
    organiser = vCalAddress(f"mailto:{guest.organiser_email}")
    organiser.params["CN"] = vText(guest.organiser)
    event["ORGANIZER"] = organiser
    return event


def _event_of(entry: Entry, guest: Guest) -> Event:
    event = _organised(entry, guest)
    attendee = vCalAddress(f"mailto:{guest.email}")
    attendee.params["CN"] = vText(guest.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # They chose the session themselves: nothing is asked back.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def zone_of(name: str, entries: Iterable[Entry]) -> Timezone:
    """The clocks of a zone around some sessions: each change as itself, since no rule tells Ramadan."""
    return _zone_between(name, *_span(entries))


@lru_cache(maxsize=256)
def _zone_text(name: str, first: datetime, last: datetime) -> str:
    text: str = _zone_between(name, first, last).to_ical().decode()
    return text


def _span(entries: Iterable[Entry]) -> tuple[datetime, datetime]:
    """The days of whose clocks some sessions make a calendar speak."""
    spans = [(entry.begins, entry.ends) for entry in entries]
    first, last = min(begins for begins, _ in spans), max(ends for _, ends in spans)
    return _midnight(first - AROUND), _midnight(last + AROUND)


def _zone_between(name: str, first: datetime, last: datetime) -> Timezone:
    zone = Timezone()
    zone.add("tzid", name)
    turns = list(turns_between(name, first, last))
    least = min(turn.after for turn in turns)
    for turn in turns:
        part = TimezoneStandard() if turn.after == least else TimezoneDaylight()
        part.add("dtstart", turn.wall)
        part.add("tzoffsetfrom", turn.before)
        part.add("tzoffsetto", turn.after)
        zone.add_component(part)
    return zone


def _midnight(at: datetime) -> datetime:
    """The beginning of a day, so that what is reckoned for one hour serves the others."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("last-modified", entry.changed.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _written(entry.begins, entry.zone))
    event.add("dtend", _written(entry.ends, entry.zone))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    for name, words in (("description", entry.text), ("location", entry.place)):
        if words:
            event.add(name, words)
    if entry.track:
        event.add("categories", [entry.track])
    if entry.url:
        event.add("url", vUri(entry.url))
    return event


def _written(at: datetime, zone: str) -> datetime:
    """A moment on the clocks of its zone; in UTC when they show its hour a second time."""
    return at.astimezone(UTC if is_said_twice(at, zone) else ZoneInfo(zone))
