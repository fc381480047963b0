"""Whoever has a seat is reminded a day, an hour and ten minutes before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from fairs.sessions.actions.inviting import mail_about
from fairs.sessions.clocks import LEADS, due_lead
from fairs.sessions.models import Attendance
from fairs.sessions.queries import soon
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all
from moussem.core.rounds import in_chunks

AT_ONCE = 200


def remind(now: datetime | None = None) -> int:
    """How many reminders were written. Safe to run twice: each has a key with the hour that it tells."""
    now = now or timezone.now()
    written, rows = 0, iter(in_chunks(soon(now, LEADS[0])))
    while chunk := list(islice(rows, AT_ONCE)):
        written += _remind_of(chunk, now)
    return written


@transaction.atomic
def _remind_of(attendances: Iterable[Attendance], now: datetime) -> int:
    due = {}
    for one in attendances:
        if lead := due_lead(one.session.showing.begins_at, now, one.since):
            due[_key(one, lead)] = (one, lead)
    # A text is written once, not every five minutes of a day.
    known = set(OutboxMessage.objects.filter(key__in=due).values_list("key", flat=True))
    fresh = [_reminder(one, lead, key) for key, (one, lead) in due.items() if key not in known]
    post_all(fresh)
    return len(fresh)


def _key(attendance: Attendance, lead: timedelta) -> str:
    minutes = int(lead.total_seconds() // 60)
    return f"reminder:{attendance.pk}:{attendance.session.showing.begins_at:%Y%m%dT%H%MZ}:{minutes}"


def _reminder(attendance: Attendance, lead: timedelta, key: str) -> OutboxMessage:
    hours, minutes = divmod(int(lead.total_seconds() // 60), 60)
    return mail_about(attendance, "session_reminder", key=key, hours=hours, minutes=minutes)
