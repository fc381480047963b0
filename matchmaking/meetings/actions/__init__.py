"""A meeting gets its seats, moves, is cancelled, and both sides say what became of it."""

from matchmaking.meetings.actions.afterwards import run_late, say_held, write_note
from matchmaking.meetings.actions.booking import (
    accept_and_book,
    book,
    call_off,
    cancel_meeting,
    cancel_of_edition,
    cancel_of_requests,
    move_meeting,
    pin,
)
from matchmaking.meetings.actions.calling import go_on_longer, open_call_of
from matchmaking.meetings.actions.reminding import remind_of_meetings
from matchmaking.meetings.actions.standing_in import (
    fill_in,
    fill_in_for,
    let_colleagues_meet,
    let_them_meet,
)

__all__ = [
    "accept_and_book",
    "book",
    "call_off",
    "cancel_meeting",
    "cancel_of_edition",
    "cancel_of_requests",
    "fill_in",
    "fill_in_for",
    "go_on_longer",
    "let_colleagues_meet",
    "let_them_meet",
    "move_meeting",
    "open_call_of",
    "pin",
    "remind_of_meetings",
    "run_late",
    "say_held",
    "write_note",
]
