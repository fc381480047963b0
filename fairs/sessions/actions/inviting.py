"""What is written to somebody about a session that they keep, for them and for their calendar."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.sessions.calendars import invitation
from fairs.sessions.clocks import differ
from fairs.sessions.entries import invited_to, kept_entry
from fairs.sessions.models import Attendance
from moussem.core.mail import Invitation, write_mail
from moussem.core.models import OutboxMessage


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


def mail_about(
    attendance: Attendance, template: str, *, key: str, invitation: Invitation | None = None, **told: Any
) -> OutboxMessage:
    """A mail about one session, with its hours in the edition's zone and in the reader's own."""
    session, person = attendance.session, attendance.person
    edition, showing = session.edition, session.showing
    with override(person.language):
        page = settings.SITE_URL + reverse("fairs:session", args=[edition.slug, session.pk])
        agenda = settings.SITE_URL + reverse("fairs:agenda", args=[edition.slug])
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
