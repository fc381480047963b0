"""Meetings in the form that calendars take, in a reader's language."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from fairs.sessions.calendars import Entry
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_of
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate

# Part of every identifier that calendars hold: never to be changed, wherever the site moves.
NAMESPACE = "meetings.moussem"


def entry_of(
    meeting: Meeting, delegate: Delegate, *, language: str, stamp: datetime | None = None, **changed: Any
) -> Entry:
    """A meeting as the calendar of one of the two keeps it; ``changed`` holds what is told otherwise."""
    edition = meeting.edition
    with override(language):
        other = meeting.request.across_from(delegate.party_id).organisation
        listed = pgettext("between items of a list", ", ")
        entry = Entry(
            uid=f"{meeting.uid}@{NAMESPACE}",
            begins=meeting.slot.begins,
            ends=meeting.slot.ends,
            zone=edition.time_zone,
            title=_("Meeting with %(party)s") % {"party": other.label},
            sequence=meeting.sequence,
            changed=stamp or meeting.changed_at,
            text=_description(meeting, delegate),
            place=listed.join(filter(None, (place_of(meeting), edition.place))),
            url=settings.SITE_URL + reverse("matchmaking:meeting", args=[edition.slug, meeting.pk]),
            is_cancelled=meeting.state == MeetingState.CANCELLED,
        )
    return replace(entry, **changed)


def _description(meeting: Meeting, delegate: Delegate) -> str:
    """Who comes, what it is about, and who interprets."""
    them = meeting.exporter if delegate.party_id == meeting.request.buyer_id else meeting.buyer
    goods = [str((line.product or line.family).label) for line in meeting.request.lines.all()]
    said = [str(them.person), pgettext("between items of a list", ", ").join(goods)]
    if meeting.interpreter:
        said.append(_("Interpreter: %(name)s") % {"name": meeting.interpreter.name})
    return "\n".join([meeting.edition.label, *filter(None, said)])


def entries_for(person: Any, meetings: Any) -> list[Entry]:
    """The meetings of a person, in their own language."""
    return [
        entry_of(
            one,
            one.buyer if one.buyer.person_id == person.pk else one.exporter,
            language=person.language,
        )
        for one in meetings
    ]
