from django import template

from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_of

register = template.Library()


@register.simple_tag
def meeting_place(meeting: Meeting) -> str:
    """Where a meeting is held, in words."""
    return place_of(meeting)
