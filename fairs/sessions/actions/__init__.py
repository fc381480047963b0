"""What is done to a programme: planned, released, kept in agendas, reminded of."""

from fairs.sessions.actions.attending import (
    give_up_seat,
    leave_programme,
    leave_with_exhibitor,
    open_calendar,
    renew_calendar,
    seat_waiting,
    take_seat,
)
from fairs.sessions.actions.planning import (
    call_off_session,
    delete_part,
    delete_session,
    keep_room,
    keep_speaker,
    keep_track,
    plan_session,
    restore_session,
)
from fairs.sessions.actions.releasing import release_programme
from fairs.sessions.actions.reminding import remind

__all__ = [
    "call_off_session",
    "delete_part",
    "delete_session",
    "give_up_seat",
    "keep_room",
    "keep_speaker",
    "keep_track",
    "leave_programme",
    "leave_with_exhibitor",
    "open_calendar",
    "plan_session",
    "release_programme",
    "remind",
    "renew_calendar",
    "restore_session",
    "seat_waiting",
    "take_seat",
]
