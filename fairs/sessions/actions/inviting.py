"""What is written to somebody about a session that they keep, for them and for their calendar."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from fairs.editions.models import Edition
from fairs.sessions.calendars import invitation, invitations
from fairs.sessions.clocks import differ
from fairs.sessions.entries import invited_to, kept_entry
from fairs.sessions.models import Attendance
from fairs.sessions.queries import coming_to
from fairs.sessions.states import AttendanceState
from moussem.core.mail import Invitation, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.sites import address_of


def invite(
    attendance: Attendance, template: str, *, now: datetime | None = None, **told: Any
) -> OutboxMessage:
    """A mail about a seat that asks the reader's calendar to hold the session as it is now."""
    return _write(attendance, template, stamp=now or timezone.now(), **told)


def call_off(
    attendance: Attendance, template: str, *, now: datetime | None = None, **told: Any
) -> OutboxMessage:
    """A mail that takes the session out of the reader's calendar."""
    return _write(attendance, template, stamp=now or timezone.now(), leaves=True, **told)


def _write(
    attendance: Attendance, template: str, *, stamp: datetime, leaves: bool = False, **told: Any
) -> OutboxMessage:
    person, edition = attendance.person, attendance.session.edition
    entry = kept_entry(attendance, language=person.language, stamp=stamp)
    if leaves:
        entry = replace(entry, is_cancelled=True)
    text, method = invitation(entry, invited_to(edition, person))
    key = f"session:{attendance.pk}:{method}:{entry.sequence}"
    return mail_about(attendance, template, key=key, invitation=Invitation(text, method), **told)


def cancellations_of(edition: Edition) -> dict[int, list[Invitation]]:
    """Whoever keeps a session of a withdrawn edition, with what takes their seats out of a calendar."""
    kept: dict[int, list[Attendance]] = defaultdict(list)
    for attendance in coming_to(edition):
        kept[attendance.person_id].append(attendance)
    return {person: _cancellations(seats, edition) for person, seats in kept.items()}


def _cancellations(kept: list[Attendance], edition: Edition) -> list[Invitation]:
    """Somebody who only waits for a seat was never asked to hold one."""
    person = kept[0].person
    seats = [one for one in kept if one.state == AttendanceState.SEATED]
    entries = [kept_entry(one, language=person.language) for one in seats]
    return [Invitation(*one) for one in invitations(entries, invited_to(edition, person))]


def mail_about(
    attendance: Attendance, template: str, *, key: str, invitation: Invitation | None = None, **told: Any
) -> OutboxMessage:
    """A mail about one session, with its hours in the edition's zone and in the reader's own."""
    session, person = attendance.session, attendance.person
    edition, showing = session.edition, session.showing
    page = address_of("fairs:session", edition.slug, session.pk, language=person.language)
    agenda = address_of("fairs:agenda", edition.slug, language=person.language)
    elsewhere = differ(showing.begins_at, edition.time_zone, person.time_zone)
    return write_mail(
        f"fairs/mail/{template}.txt",
        to=person.email,
        language=person.language,
        key=key,
        invitation=invitation,
        showing=showing,
        edition=edition,
        own_zone=person.time_zone if elsewhere else "",
        page=page,
        agenda=agenda,
        **told,
    )
