from django import template

from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_at, place_of
from matchmaking.parties.models import MeetingTable

register = template.Library()


@register.simple_tag
def meeting_place(meeting: Meeting) -> str:
    """Where a meeting is held, in words."""
    return place_of(meeting)


@register.simple_tag
def table_place(table: MeetingTable) -> str:
    """A table that was read with its booth, in words."""
    return place_at(table, table.booth_number)
