"""Where a meeting is held, in words."""

from django.utils.translation import gettext as _

from matchmaking.meetings.models import Meeting
from matchmaking.parties.models import MeetingTable
from matchmaking.parties.states import TableKind


def place_of(meeting: Meeting) -> str:
    """The table or room by its number; a booth by the one above it, where the plan gives one."""
    return place_at(meeting.table, getattr(meeting, "booth_number", None))


def place_at(table: MeetingTable, booth_number: str | None) -> str:
    """The same, of a table: the number of a booth is the plan's, which its own table does not know."""
    if table.kind == TableKind.BOOTH:
        told = {"party": table.owner.organisation.label, "number": booth_number}
        return (_("Booth %(number)s, %(party)s") if booth_number else _("The booth of %(party)s")) % told
    words = {
        TableKind.STANDARD: _("Table %(number)s in the meeting area"),
        TableKind.PRIVATE: _("Private room %(number)s"),
        TableKind.VIRTUAL: _("Video call %(number)s"),
    }
    return words[table.kind] % {"number": table.number}
