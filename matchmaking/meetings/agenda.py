"""What meetings add to somebody's days at a fair: themselves, and what is free between all that is there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from fairs.sessions.agenda import Line, meet
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.pacing import Pace, fits
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate, Matching, Slot


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
        told={"meeting": meeting, "other": other, "person": them.person, "is_sought": meeting.lacks(them)},
        label=other.label,
        is_busy=meeting.state != MeetingState.CANCELLED,
    )


def spent_of(
    delegate: Delegate, matching: Matching, slots: Sequence[Slot], taken: set[int]
) -> dict[int, str]:
    """The slots in which one more meeting is beyond somebody's limits: of the day, or without a pause.

    ``taken`` are those in which they meet.
    """
    paces = {n: Pace(n, slot.on, slot.block) for n, slot in enumerate(slots)}
    met = [paces[n] for n, slot in enumerate(slots) if slot.pk in taken]
    limits = {
        "most_a_day": delegate.most_a_day or matching.most_a_day,
        "most_in_a_row": delegate.most_in_a_row or matching.most_in_a_row,
    }
    by_day = Counter(one.day for one in met)
    return {
        slot.pk: "full" if by_day[slot.on] >= limits["most_a_day"] else "pause"
        for n, slot in enumerate(slots)
        if not fits(paces[n], met, paces=paces, **limits)
    }


def gaps_between(
    slots: Sequence[Slot], busy: Sequence[Line], lost: Mapping[int, str], now: datetime
) -> Iterator[Line]:
    """Slots to come in which nothing is, those that follow one another as one line.

    ``lost`` says of those in which nobody meets why: away, full or pause.
    """
    told = []
    for number, slot in enumerate(slots):
        is_taken = any(meet(line, slot) for line in busy)
        if not is_taken and slot.begins > now:
            told.append((number, slot, lost.get(slot.pk, "free")))
    # A gap in the numbers, a pause or another kind begins a new line.
    runs = groupby(enumerate(told), key=lambda pair: (pair[1][0] - pair[0], pair[1][1].block, pair[1][2]))
    for (_gap, _block, kind), found in runs:
        row = [slot for _n, (_number, slot, _kind) in found]
        template = f"matchmaking/parts/{kind}.html"
        yield Line(kind, row[0].begins, row[-1].ends, template, told={"slots": row}, is_busy=False)
