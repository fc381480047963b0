"""A meeting by video gets the room of its call, goes on while both are free, and loses it with its place."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fairs.live.actions import close_room, open_call
from fairs.live.errors import CallNotNow
from fairs.live.models import LiveCall, LiveRoom
from fairs.live.rules import is_call_held_at
from matchmaking.meetings.actions.seating import take_seats
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Slot
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock, lock_if_free
from moussem.core.log import record
from moussem.core.moves import standing

# What comes later than this after a meeting follows it no more.
LONGEST_PAUSE = timedelta(minutes=20)


@transaction.atomic
def open_call_of(meeting: Meeting, *, actor: Any, now: datetime | None = None) -> LiveRoom:
    """The room of a meeting by video for the two who meet, around its time; opened twice, it is one."""
    now = now or timezone.now()
    meeting = lock(meeting)
    people = [meeting.buyer.person, meeting.exporter.person]
    require(meeting.is_by_video and actor in people, NotYours)
    if meeting.state == MeetingState.CANCELLED:
        raise MoveNotAllowed(happened=standing(meeting))
    if meeting.call is not None:
        invited = set(meeting.call.members.values_list("person", flat=True))
        if meeting.call.is_open and {one.pk for one in people} <= invited:
            require(is_call_held_at(meeting.call.call, now), CallNotNow)
            return meeting.call
    hours = {"begins_at": meeting.slot.begins, "ends_at": meeting.slot.ends}
    require(is_call_held_at(LiveCall(**hours), now), CallNotNow)
    close_call_of(meeting, actor=actor)
    meeting.call = open_call(meeting.edition, people, actor=actor, **hours)
    meeting.save(update_fields=["call"])
    return meeting.call


def close_call_of(meeting: Meeting, *, actor: Any) -> None:
    """Close the room of a meeting that is held elsewhere, by others or not at all; what was said stays."""
    if meeting.call_id:
        close_room(LiveRoom.objects.get(pk=meeting.call_id), actor=actor)


@transaction.atomic
def go_on_longer(room: LiveRoom, *, actor: Any) -> datetime | None:
    """Until when the call of a meeting goes on: its people, their place and interpreter get the next slot.

    None where no slot follows, one of them has something else in it, or the meeting is just being changed:
    whoever changes it waits for the room of its call, which is held here, so nobody waits for them.
    """
    found = Meeting.objects.filter(call=room).exclude(state=MeetingState.CANCELLED).first()
    ends = room.call.ends_at
    if found is None or found.slot.begins > timezone.now():
        return None
    meeting = lock_if_free(found)
    if meeting is None:
        return None
    after = Slot.objects.filter(
        edition=meeting.edition_id, begins__gte=ends, begins__lte=ends + LONGEST_PAUSE
    ).first()
    if after is None:
        return None
    try:
        with transaction.atomic():
            take_seats([meeting], slot=after)
    except IntegrityError:
        return None
    record("meeting_prolonged", meeting, actor=actor, slot=after.pk)
    return after.ends
