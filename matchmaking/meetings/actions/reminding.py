"""Both who meet are reminded a day, an hour and ten minutes before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from fairs.sessions.clocks import LEADS, due_lead
from matchmaking.meetings.actions.letters import letter_to
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import soon
from matchmaking.parties.models import Delegate, Party
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all
from moussem.core.rounds import in_chunks

AT_ONCE = 200
Due = tuple[Meeting, Delegate, Party, timedelta]


def remind_of_meetings(now: datetime | None = None) -> int:
    """How many reminders were written. Safe to run twice: each has a key with the hour that it tells."""
    now = now or timezone.now()
    written, rows = 0, iter(in_chunks(soon(now, LEADS[0])))
    while chunk := list(islice(rows, AT_ONCE)):
        written += _remind_of(chunk, now)
    return written


@transaction.atomic
def _remind_of(meetings: Iterable[Meeting], now: datetime) -> int:
    due: dict[str, Due] = {}
    for one in meetings:
        if lead := due_lead(one.slot.begins, now, one.changed_at):
            for delegate, other in one.sides():
                if delegate.left_at is None:
                    due[_key(one, delegate, lead)] = (one, delegate, other, lead)
    # A text is written once, not every five minutes of a day.
    known = set(OutboxMessage.objects.filter(key__in=due).values_list("key", flat=True))
    fresh = [_reminder(key, *told) for key, told in due.items() if key not in known]
    post_all(fresh)
    return len(fresh)


def _key(meeting: Meeting, delegate: Delegate, lead: timedelta) -> str:
    minutes = int(lead.total_seconds() // 60)
    return f"meeting-reminder:{meeting.pk}:{delegate.pk}:{meeting.slot.begins:%Y%m%dT%H%MZ}:{minutes}"


def _reminder(key: str, meeting: Meeting, delegate: Delegate, other: Party, lead: timedelta) -> OutboxMessage:
    hours, minutes = divmod(int(lead.total_seconds() // 60), 60)
    return letter_to(meeting, delegate, other, "reminder", key=key, hours=hours, minutes=minutes)
