"""The nouns of all rooms of this storey; each is kept in its own room."""

from matchmaking.meetings.models import Meeting, Note, Seat
from matchmaking.parties.models import (
    Absence,
    Closure,
    Delegate,
    Interpreter,
    InterpreterAbsence,
    Matching,
    MeetingTable,
    Party,
    Slot,
)
from matchmaking.requests.models import (
    Enquiry,
    Reckoning,
    Recommendation,
    Request,
    RequestLine,
    RequestMessage,
    Wish,
)
from matchmaking.timetables.models import Run, Version

__all__ = [
    "Absence",
    "Closure",
    "Delegate",
    "Enquiry",
    "Interpreter",
    "InterpreterAbsence",
    "Matching",
    "Meeting",
    "MeetingTable",
    "Note",
    "Party",
    "Reckoning",
    "Recommendation",
    "Request",
    "RequestLine",
    "RequestMessage",
    "Run",
    "Seat",
    "Slot",
    "Version",
    "Wish",
]
