"""Sessions in the form that calendars take, in a reader's language."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils.translation import override, pgettext

from fairs.editions.models import Edition
from fairs.sessions.calendars import Entry, Guest
from fairs.sessions.models import Attendance, Session, Showing
from moussem.core.sites import address_of

# Part of every identifier that calendars hold: never to be changed, wherever the site moves.
NAMESPACE = "fairs.moussem"


def entry_of(
    session: Session, edition: Edition, *, language: str, turn: int = 0, stamp: datetime | None = None
) -> Entry:
    """A released session as a calendar keeps it; ``turn`` counts what its reader changed about it."""
    showing: Showing = session.showing
    # A withdrawal is one more change of each session, told with the next number.
    withdrawn = edition.withdrawn_at
    with override(language):
        places = [showing.room.label if showing.room else "", edition.place]
        return Entry(
            uid=f"{session.uid}@{NAMESPACE}",
            begins=showing.begins_at,
            ends=showing.ends_at,
            zone=edition.time_zone,
            title=showing.label,
            sequence=showing.sequence + turn + bool(withdrawn),
            changed=stamp or withdrawn or showing.release.at,
            text=_description(showing),
            place=pgettext("between items of a list", ", ").join(filter(None, places)),
            url=address_of("fairs:session", edition.slug, session.pk),
            track=showing.track.label if showing.track else "",
            is_cancelled=showing.is_cancelled or edition.is_withdrawn,
        )


def _description(showing: Showing) -> str:
    named = pgettext("between items of a list", ", ").join(one.label for one in showing.speakers)
    return "\n\n".join(filter(None, (showing.text, named)))


def kept_entry(attendance: Attendance, *, language: str, **changed: Any) -> Entry:
    """A session as it stands in the calendar of who keeps it."""
    session = attendance.session
    return entry_of(session, session.edition, language=language, turn=attendance.turn, **changed)


def invited_to(edition: Edition, person: Any) -> Guest:
    """Who invites whom."""
    return Guest(
        organiser=edition.series.organiser.label,
        organiser_email=_bare(settings.DEFAULT_FROM_EMAIL),
        name=str(person),
        email=person.email,
    )


def _bare(address: str) -> str:
    return sanitize_address(address, "utf-8").rpartition("<")[2].rstrip(">")
