from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_at, place_of
from matchmaking.meetings.queries import delegate_in
from matchmaking.parties.models import MeetingTable, Party
from matchmaking.parties.states import TableKind
from matchmaking.timetables.states import Mark

register = template.Library()


@register.simple_tag
def meeting_place(meeting: Meeting) -> str:
    """Where a meeting is held, in words."""
    return place_of(meeting)


@register.simple_tag
def sends_nobody(meeting: Meeting, party: Party) -> bool:
    """Whether nobody comes for a party to its meeting at the moment."""
    return meeting.lacks(delegate_in(meeting, party))


@register.simple_tag
def table_place(table: MeetingTable) -> str:
    """A table that was read with its booth, in words."""
    return place_at(table, table.booth_number)


@register.simple_tag
def table_name(table: MeetingTable) -> str:
    """A table under the heading of its kind: its number; of a booth the plan's, and whose it is."""
    if table.kind != TableKind.BOOTH:
        return format_html("<bdi>{}</bdi>", table.number)
    owner = format_html('<bdi class="soft small">{}</bdi>', table.owner.organisation.label)
    return format_html("<bdi>{}</bdi> {}", table.booth_number, owner) if table.booth_number else owner


@register.simple_tag
def mark_cell(mark: str) -> SafeString:
    """A cell of a drawn timetable, with its word for who hears it; a free one is empty."""
    if not mark:
        return SafeString("<td></td>")
    cell = '<td class="is-{}"><span class="visually-hidden">{}</span></td>'
    return format_html(cell, mark, Mark(mark).label)
