"""Somebody runs late; both say whether a meeting was held, and note for themselves what came of it."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from matchmaking.meetings.actions.letters import letters_about
from matchmaking.meetings.errors import FollowUpEarly, LateOften, MeetingOver, NotBegun, TooLate
from matchmaking.meetings.models import Meeting, Note
from matchmaking.meetings.queries import times_late, word_of_note
from matchmaking.meetings.states import OVER, MeetingState
from matchmaking.parties.models import Party
from matchmaking.parties.rules import may_speak_for
from matchmaking.parties.states import Side
from matchmaking.requests.rules import MOST_TIMES
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move, standing
from moussem.core.outbox import post_all


def _of(meeting: Meeting, party: Party, actor: Any) -> Meeting:
    """The meeting under lock, for somebody who speaks for one of its parties."""
    is_own = party.pk in (meeting.request.buyer_id, meeting.request.exporter_id)
    require(is_own and may_speak_for(actor, party), NotYours)
    meeting = lock(meeting)
    # Whoever waited for the lock may have been released meanwhile.
    require(may_speak_for(actor, meeting.request.party_of(party.side)), NotYours)
    return meeting


def _refuse_unless(meeting: Meeting, *states: str) -> None:
    if meeting.state not in states:
        raise MoveNotAllowed(happened=standing(meeting))


@transaction.atomic
def run_late(meeting: Meeting, *, party: Party, actor: Any, minutes: int) -> Meeting:
    """A party says that it comes some minutes later; the other reads it at once."""
    meeting = _of(meeting, party, actor)
    lasts = int((meeting.slot.ends - meeting.slot.begins) / timedelta(minutes=1))
    require(0 < minutes <= lasts, TooLate, minutes=lasts)
    _refuse_unless(meeting, MeetingState.BOOKED)
    require(timezone.now() < meeting.slot.ends, MeetingOver)
    own = f"{party.side}_late"
    if getattr(meeting, own) == minutes:
        return meeting
    times = times_late(meeting, party)
    require(times < MOST_TIMES, LateOften, times=times)
    setattr(meeting, own, minutes)
    meeting.save(update_fields=[own])
    record("running_late", meeting, actor=actor, minutes=minutes, party=party.pk)
    other = meeting.exporter if party.side == Side.BUYER else meeting.buyer
    letters = letters_about(meeting, "late", minutes=minutes)
    post_all([one for one in letters if one.payload["to"] == other.person.email])
    return meeting


@transaction.atomic
def say_held(
    meeting: Meeting, *, party: Party, actor: Any, was_held: bool, has_waited: bool = False
) -> Meeting:
    """A party says whether the meeting was held.

    It was when one says so and the other does not deny it; where one does, it counts neither way. Whoever
    ``has_waited`` came, and the other did not. Both may put right what they said.
    """
    meeting = _of(meeting, party, actor)
    _refuse_unless(meeting, MeetingState.BOOKED, *OVER)
    require(meeting.slot.begins <= timezone.now(), NotBegun)
    has_waited = has_waited and not was_held
    told = {f"{party.side}_says": was_held, f"{party.side}_waited": has_waited}
    for name, value in told.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(told))
    record("said_held", meeting, actor=actor, party=party.pk, was_held=was_held, has_waited=has_waited)
    said = {meeting.buyer_says, meeting.exporter_says} - {None}
    agreed = MeetingState.HELD if True in said else MeetingState.MISSED
    now = MeetingState.DIFFERS if len(said) > 1 else agreed
    if meeting.state != now:
        move(meeting, now, actor=actor)
    return meeting


@transaction.atomic
def write_note(
    meeting: Meeting,
    *,
    party: Party,
    actor: Any,
    text: str = "",
    next_step: str = "",
    follow_up_on: date | None = None,
) -> Note:
    """What a party keeps of a meeting for itself, and what it does next; the latest text stands."""
    meeting = _of(meeting, party, actor)
    day = date_format(meeting.slot.on, "DATE_FORMAT")
    require(follow_up_on is None or follow_up_on >= meeting.slot.on, FollowUpEarly, day=day)
    said = {"text": text, "next_step": next_step, "follow_up_on": follow_up_on}
    told = {**said, "written_by": actor, "written_at": timezone.now()}
    note, _new = Note.objects.update_or_create(meeting=meeting, party=party, defaults=told)
    word = word_of_note(meeting, **said)
    record("note_written", meeting, actor=actor, party=party.pk, next_step=next_step, word=word)
    return note
