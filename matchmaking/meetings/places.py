"""Where a meeting is held, in words."""

from django.utils.translation import gettext as _

from matchmaking.meetings.models import Meeting
from matchmaking.parties.states import TableKind


def place_of(meeting: Meeting) -> str:
    """The table or room by its number; a booth by the one above it, where the plan gives one."""
    table = meeting.table
    if table.kind == TableKind.BOOTH:
        told = {"party": table.owner.organisation.label, "number": getattr(meeting, "booth_number", None)}
        return (_("Booth %(number)s, %(party)s") if told["number"] else _("The booth of %(party)s")) % told
    words = {
        TableKind.STANDARD: _("Table %(number)s in the meeting area"),
        TableKind.PRIVATE: _("Private room %(number)s"),
        TableKind.VIRTUAL: _("Video call %(number)s"),
    }
    return words[table.kind] % {"number": table.number}
