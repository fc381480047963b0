"""One letter to each person for whom a new timetable changes something, and to nobody else."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.editions.models import Edition
from fairs.sessions.calendars import invitations
from fairs.sessions.clocks import differ
from fairs.sessions.entries import invited_to
from matchmaking.meetings.entries import entry_of
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import lines_told, with_booths
from matchmaking.parties.models import Delegate, MeetingTable, Slot
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request
from matchmaking.timetables.comparing import Change, Difference, Place
from moussem.core.mail import Invitation, beside_or_attached, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all


class Told:
    """Places in words: slots, tables, people and the other side, read in four queries."""

    def __init__(self, edition: Edition, places: Iterable[Place]) -> None:
        places = list(places)
        people = {key for one in places for key in one.people}
        self.slots = {one.pk: one for one in Slot.objects.filter(edition=edition)}
        tables = with_booths(MeetingTable.objects.filter(edition=edition))
        self.tables = {one.pk: one for one in tables}
        found = Delegate.objects.filter(pk__in=people).select_related("person", "party__organisation")
        self.delegates = {one.pk: one for one in found}
        asked = Request.objects.filter(pk__in={one.request for one in places})
        sides = asked.select_related("buyer__organisation", "exporter__organisation")
        self.requests = {one.pk: one for one in sides}

    def row(self, place: Place, delegate: int | None = None) -> dict[str, Any]:
        """Where a meeting is, and whom it is with for one of the two."""
        request = self.requests[place.request]
        other = request.exporter if delegate == place.buyer else request.buyer
        return {
            "request": request,
            "slot": self.slots.get(place.slot),
            "table": self.tables.get(place.table),
            "other": other.organisation,
            "is_proposal": place.is_proposal,
        }

    def rows_of(self, delegate: int, change: Change) -> dict[str, list[Any]]:
        """What changes for one person, each by its time."""
        return {
            "new": [self.row(one, delegate) for one in self.by_time(change.new)],
            "cancelled": [self.row(one, delegate) for one in self.by_time(change.cancelled)],
            "moved": [
                {"was": self.row(was, delegate), "now": self.row(now, delegate)}
                for was, now in sorted(change.moved, key=lambda pair: self.begins(pair[1]))
            ],
        }

    def has_own_clock(self, edition: Edition, delegate: Delegate, change: Change) -> bool:
        """Whether the clocks of a person show other hours than those of the fair at any of these moments."""
        zones = (edition.time_zone, delegate.time_zone)
        places = places_in(change)
        return any(differ(self.slots[one.slot].begins, *zones) for one in places)

    def by_time(self, places: Iterable[Place]) -> list[Place]:
        """Places in the order of their slots."""
        return sorted(places, key=self.begins)

    def begins(self, place: Place) -> Any:
        """The moment at which a place begins."""
        return (self.slots[place.slot].begins, place.request)


def places_in(difference: Change) -> list[Place]:
    """Every place that a change speaks of."""
    moved = [place for pair in difference.moved for place in pair]
    return [*difference.new, *difference.cancelled, *moved]


def letters_about(
    edition: Edition, difference: Difference, meetings: Mapping[int, Meeting]
) -> list[OutboxMessage]:
    """The letters, not posted yet; ``meetings`` are those written, by their requests."""
    told = Told(edition, places_in(difference))
    _complete([meetings[one.request] for one in places_in(difference)], edition, told)
    mails, now = [], timezone.now()
    for key, change in sorted(difference.by_person().items()):
        delegate = told.delegates[key]
        person = delegate.person
        asked = beside_or_attached(_asked_of(delegate, change, meetings, now))
        with override(person.language):
            home, agenda = (
                settings.SITE_URL + reverse(name, args=[edition.slug])
                for name in ("matchmaking:home", "fairs:agenda")
            )
        mails.append(
            write_mail(
                "matchmaking/mail/timetable.txt",
                to=person.email,
                language=person.language,
                edition=edition,
                delegate=delegate,
                link=home,
                agenda=agenda if asked.get("also") else "",
                **asked,
                has_own_clock=told.has_own_clock(edition, delegate, change),
                **told.rows_of(key, change),
            )
        )
    return mails


def _asked_of(
    delegate: Delegate, change: Change, meetings: Mapping[int, Meeting], now: datetime
) -> list[Invitation]:
    """What a person's calendar is asked: to hold all that is new or moved, and to take out the rest."""
    comes = [*change.new, *(after for _before, after in change.moved)]
    told = [(place, False) for place in comes] + [(place, True) for place in change.cancelled]
    person = delegate.person
    entries = [
        entry_of(
            meetings[place.request], delegate, language=person.language, stamp=now, is_cancelled=is_cancelled
        )
        for place, is_cancelled in told
    ]
    guest = invited_to(delegate.edition, person)
    return [Invitation(*one) for one in invitations(entries, guest)]


def _complete(meetings: list[Meeting], edition: Edition, told: Told) -> None:
    """Everything that a calendar says of meetings, in as many queries however many they are."""
    asked = list(told.requests.values())
    prefetch_related_objects(asked, Prefetch("lines", lines_told()))
    interpreters = edition.interpreters.in_bulk({one.interpreter_id for one in meetings})
    for one in told.delegates.values():
        one.edition = edition
    for one in meetings:
        one.edition, one.request = edition, told.requests[one.request_id]
        one.slot, one.table = told.slots[one.slot_id], told.tables[one.table_id]
        one.buyer, one.exporter = told.delegates[one.buyer_id], told.delegates[one.exporter_id]
        one.interpreter = interpreters.get(one.interpreter_id)
        if one.table.kind == TableKind.BOOTH:
            one.table.owner = one.request.exporter
            one.booth_number = one.table.booth_number


def write_about_changes(edition: Edition, difference: Difference, meetings: Mapping[int, Meeting]) -> None:
    """Post a letter to each person for whom something changes."""
    post_all(letters_about(edition, difference, meetings))
