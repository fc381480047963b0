"""One letter to each person for whom a new timetable changes something, and to nobody else."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.editions.models import Edition
from fairs.sessions.calendars import invitations
from fairs.sessions.entries import invited_to
from matchmaking.meetings.entries import entry_of
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import lines_told
from matchmaking.parties.models import Delegate
from matchmaking.parties.states import TableKind
from matchmaking.timetables.comparing import Change, Difference
from matchmaking.timetables.told import Told
from moussem.core.mail import Invitation, beside_or_attached, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all


def letters_about(
    edition: Edition, difference: Difference, meetings: Mapping[int, Meeting]
) -> list[OutboxMessage]:
    """The letters, not posted yet; ``meetings`` are those written, by their requests."""
    told = Told(edition, difference.places)
    _complete([meetings[one.request] for one in difference.places], edition, told)
    mails, now = [], timezone.now()
    for key, change in sorted(difference.by_person().items()):
        delegate = told.delegates[key]
        if delegate.left_at is not None:
            # Whoever was released reads nothing more of the meetings.
            continue
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
    for one in told.delegates.values():
        one.edition = edition
    for one in meetings:
        one.edition, one.request = edition, told.requests[one.request_id]
        one.slot, one.table = told.slots[one.slot_id], told.tables[one.table_id]
        one.buyer, one.exporter = told.delegates[one.buyer_id], told.delegates[one.exporter_id]
        one.interpreter = told.interpreters.get(one.interpreter_id)
        if one.table.kind == TableKind.BOOTH:
            one.table.owner = one.request.exporter
            one.booth_number = one.table.booth_number


def write_about_changes(edition: Edition, difference: Difference, meetings: Mapping[int, Meeting]) -> None:
    """Post a letter to each person for whom something changes."""
    post_all(letters_about(edition, difference, meetings))
