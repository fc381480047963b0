"""What meetings add to somebody's days at a fair: themselves, and what is free between all that is there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from fairs.sessions.agenda import Line, meet
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate, Slot


def line_of(meeting: Meeting, delegate: Delegate) -> Line:
    """A meeting, as one of the two who meet reads it; one that was cancelled takes no time."""
    other = meeting.request.across_from(delegate.party_id).organisation
    is_buyer = meeting.request.buyer_id == delegate.party_id
    them = meeting.exporter if is_buyer else meeting.buyer
    return Line(
        "meeting",
        meeting.slot.begins,
        meeting.slot.ends,
        "matchmaking/parts/met.html",
        told={"meeting": meeting, "other": other, "person": them.person},
        label=other.label,
        is_busy=meeting.state != MeetingState.CANCELLED,
    )


def gaps_between(
    slots: Sequence[Slot], busy: Sequence[Line], away: set[int], now: datetime
) -> Iterator[Line]:
    """Slots to come in which nothing is, those that follow one another as one line."""
    told = []
    for number, slot in enumerate(slots):
        is_taken = any(meet(line, slot) for line in busy)
        if not is_taken and slot.begins > now:
            told.append((number, slot, "away" if slot.pk in away else "free"))
    # A gap in the numbers, a pause or another kind begins a new line.
    runs = groupby(enumerate(told), key=lambda pair: (pair[1][0] - pair[0], pair[1][1].block, pair[1][2]))
    for (_gap, _block, kind), found in runs:
        row = [slot for _n, (_number, slot, _kind) in found]
        template = f"matchmaking/parts/{kind}.html"
        yield Line(kind, row[0].begins, row[-1].ends, template, told={"slots": row}, is_busy=False)
