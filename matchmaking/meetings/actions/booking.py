"""A meeting takes its seats, or none of them.

Locks are taken in one order: the matching, which those who book share, the request, its meeting, both
parties by their keys, the people who meet for them, at whichever fair, and the slot. Whoever comes
late is turned away before the locks that others wait for, and reads what is left once all are let go. What is
free is read again under them, and the unique constraints of the seats have the last word.

Whoever keeps a talk or changes their hours needs none of these locks. Said at the very moment of a booking it
is as good as said just after it: the meeting stands, and its people see in their agenda what else is on.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.meetings.actions.calling import close_call_of
from matchmaking.meetings.actions.letters import letters_about, post_booked, write_about
from matchmaking.meetings.actions.seating import take_seats
from matchmaking.meetings.errors import (
    BookedAlready,
    MeetingBegun,
    MeetingPinned,
    MovedOften,
    NoCommonSlot,
    NotAccepted,
    NotLive,
    NotMovedNow,
    SlotTaken,
    ThereAlready,
)
from matchmaking.meetings.models import Meeting, Seat
from matchmaking.meetings.openings import Opening, Room, both_are_free, openings_in, paces_of
from matchmaking.meetings.queries import booked_in_full, has_meeting, lines_told, meeting_of, times_moved
from matchmaking.meetings.states import MeetingState, Origin
from matchmaking.parties.actions import hold_matching, lock_people
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.queries import meeting_for, spoken_for
from matchmaking.parties.rules import may_arrange
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept_silently, may_be_accepted, withdraw
from matchmaking.requests.models import Request
from matchmaking.requests.rules import MOST_TIMES
from matchmaking.requests.states import Priority, RequestState
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move_each, standing
from moussem.core.outbox import post_all

AT_ONCE = 200


def accept_and_book(
    request: Request,
    *,
    actor: Any,
    slot: Slot,
    priority: str = Priority.NICE,
    answer: str = "",
    seen: str | None = None,
) -> Meeting:
    """A request is accepted and its meeting booked in one transaction, once meetings are live.

    Whoever is second to a slot keeps the request as it was and reads the next slots that suit both.
    """
    try:
        with transaction.atomic():
            matching = hold_matching(request.edition, shared=True)
            require(matching.state == MatchingState.LIVE, NotLive)
            accepted = may_be_accepted(request, actor=actor, matching=matching, answer=answer, seen=seen)
            accepted.edition = request.edition
            _refuse_once_taken(accepted, slot)
            # Written under the lock on the request alone: others wait for those that follow.
            accept_silently(accepted, actor=actor, priority=priority, answer=answer)
            opening = _locked_opening(accepted, slot, matching, speaking=actor)
            return _book(accepted, opening, actor=actor, origin=Origin.LIVE)
    except (IntegrityError, _SlotFull):
        raise _taken(Room(request, matching)) from None


def book(request: Request, *, actor: Any, slot: Slot, origin: str = Origin.LIVE) -> Meeting:
    """The meeting of an accepted request that has none, by one of its parties or by the organiser."""
    arranges = may_arrange(actor, request.edition)
    speaks = spoken_for(actor, request)
    require(arranges or speaks, NotYours)
    try:
        with transaction.atomic():
            matching = hold_matching(request.edition, shared=True)
            require(arranges or matching.state == MatchingState.LIVE, NotLive)
            locked = lock(request)
            require(locked.state == RequestState.ACCEPTED, NotAccepted)
            require(not has_meeting(locked), BookedAlready)
            locked.edition = request.edition
            speaking = None if arranges else actor
            _refuse_once_taken(locked, slot)
            opening = _locked_opening(locked, slot, matching, speaking=speaking)
            return _book(locked, opening, actor=actor, origin=origin)
    except (IntegrityError, _SlotFull):
        raise _taken(Room(request, matching)) from None


class _SlotFull(Exception):
    """There is no room in the slot; what is left is read after the locks are let go."""


def _taken(room: Room) -> SlotTaken | NoCommonSlot:
    """What is told whoever comes second: the next three slots, or that there is none."""
    openings = openings_in(room)
    return SlotTaken(openings=openings) if openings else NoCommonSlot()


def _refuse_once_taken(request: Request, slot: Slot) -> None:
    """Whoever comes late is turned away before they wait for anybody."""
    if not both_are_free(request, slot):
        raise _SlotFull


def _locked_opening(
    request: Request,
    slot: Slot,
    matching: Matching,
    *,
    speaking: Any | None,
    moving: Meeting | None = None,
) -> Opening:
    """Where the meeting fits in a slot, read under locks on both parties, their people and the slot.

    ``speaking`` is whoever books as one of those who meet: they may have been released while they waited.
    """
    paces = paces_of(request.edition_id)
    sides = Party.objects.filter(pk__in=(request.buyer_id, request.exporter_id))
    for party in lock_all(sides.select_related("organisation")):
        party.edition = request.edition
        setattr(request, party.side, party)
    # Whoever stops to meet for them from here on is released behind these locks, with what is booked.
    meeting = meeting_for(request.buyer_id, request.exporter_id)
    lock_people({one.person_id for one in meeting})
    # New hours of the edition may have taken the slot away since the page was shown.
    found = lock_all(Slot.objects.filter(pk=slot.pk, edition=request.edition_id)).first()
    if found is None or found.begins <= timezone.now():
        raise _SlotFull
    room = Room(request, matching, [found], moving=moving, meeting=meeting, paces=paces)
    require(speaking is None or room.has(speaking), NotYours)
    opening = room.opening(found)
    if opening is None:
        raise _SlotFull
    return opening


def _book(request: Request, opening: Opening, *, actor: Any, origin: str) -> Meeting:
    meeting = Meeting.objects.create(
        edition=request.edition,
        request=request,
        origin=origin,
        slot=opening.slot,
        table=opening.table,
        buyer=opening.buyer,
        exporter=opening.exporter,
        interpreter=opening.interpreter,
        chosen_at=timezone.now(),
    )
    take_seats([meeting])
    record(
        "meeting_booked",
        meeting,
        actor=actor,
        slot=opening.slot.pk,
        table=opening.table.pk,
        origin=str(origin),
    )
    post_booked(meeting)
    return meeting


def move_meeting(meeting: Meeting, *, actor: Any, slot: Slot) -> Meeting:
    """A meeting gets another slot, by one of its parties or the organiser; refused, it stays where it was."""
    arranges = may_arrange(actor, meeting.edition)
    speaks = spoken_for(actor, meeting.request)
    require(speaks or arranges, NotYours)
    try:
        with transaction.atomic():
            matching = hold_matching(meeting.edition, shared=True)
            require(arranges or matching.state == MatchingState.LIVE, NotMovedNow)
            meeting = lock(meeting)
            _refuse_once_begun(meeting)
            require(arranges or not meeting.is_pinned, MeetingPinned)
            require(meeting.slot_id != slot.pk, ThereAlready)
            times = 0 if arranges else times_moved(meeting, speaks[0])
            require(times < MOST_TIMES, MovedOften, times=times)
            speaking = None if arranges else actor
            _refuse_once_taken(meeting.request, slot)
            # The letters tell what it is about; nobody has to wait for that.
            prefetch_related_objects([meeting.request], Prefetch("lines", lines_told()))
            opening = _locked_opening(meeting.request, slot, matching, speaking=speaking, moving=meeting)
            return _move(meeting, opening, actor=actor, party=next(iter(speaks), None))
    except (IntegrityError, _SlotFull):
        raise _taken(Room(meeting.request, matching, moving=meeting)) from None


def _move(meeting: Meeting, opening: Opening, *, actor: Any, party: Party | None) -> Meeting:
    was = meeting.slot
    # Told of the meeting as it was: who does not come any more after the move.
    leaving = letters_about(meeting, "handed_over")
    for name in ("slot", "table", "buyer", "exporter", "interpreter"):
        setattr(meeting, name, getattr(opening, name))
    meeting.sequence += 1
    meeting.changed_at = meeting.chosen_at = timezone.now()
    meeting.buyer_late = meeting.exporter_late = 0
    close_call_of(meeting, actor=actor)
    meeting.call = None
    meeting.save()
    meeting.seats.all().delete()
    take_seats([meeting])
    record("meeting_moved", meeting, actor=actor, was=was.pk, now=opening.slot.pk)
    coming = {opening.buyer.person.email, opening.exporter.person.email}
    post_all([one for one in leaving if one.payload["to"] not in coming])
    write_about(meeting, "moved", was=was, moved_by=party)
    return meeting


def _refuse_once_begun(meeting: Meeting) -> None:
    if meeting.state != MeetingState.BOOKED:
        raise MoveNotAllowed(happened=standing(meeting))
    require(meeting.slot.begins > timezone.now(), MeetingBegun)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: Any, reason: str = "") -> Meeting:
    """The organiser takes a meeting out; its request stays accepted and may get another slot."""
    require(may_arrange(actor, meeting.edition), NotYours)
    meeting = lock(meeting)
    _refuse_once_begun(meeting)
    return _cancel(meeting, actor=actor, reason=reason)


def _cancel(meeting: Meeting, *, actor: Any, reason: str) -> Meeting:
    _cancel_each([meeting], actor=actor, reason=reason)
    return meeting


def _cancel_each(meetings: Sequence[Meeting], *, actor: Any, reason: str, party: Party | None = None) -> None:
    """Locked meetings lose their seats, and both who were to meet are told, in as many queries as for one.

    ``party`` is whoever of the two called them off; nobody of them where the organiser did.
    """
    Seat.objects.filter(meeting__in=[one.pk for one in meetings]).delete()
    for one in meetings:
        close_call_of(one, actor=actor)
        one.reason, one.sequence, one.changed_at = reason, one.sequence + 1, timezone.now()
        one.called_off_by = party
    also = ("reason", "sequence", "changed_at", "called_off_by")
    move_each(meetings, MeetingState.CANCELLED, actor=actor, reason=reason, also=also)
    post_all(letter for one in meetings for letter in letters_about(one, "cancelled"))


@transaction.atomic
def cancel_of_requests(
    requests: Iterable[Request],
    *,
    party: Party,
    actor: Any,
    reason: str,
    told: dict[int, set[int]],
    **facts: Any,
) -> None:
    """Meetings go with requests that a party withdraws, unless they have begun. Safe to run twice.

    ``told`` learns, by the key of the request, who is written to about it here.
    """
    held = keys_held(Meeting.objects.filter(request__in=[one.pk for one in requests]))
    full = booked_in_full().filter(pk__in=held).order_by("pk")
    meetings = [one for one in full if one.slot.begins > timezone.now()]
    _cancel_each(meetings, actor=actor, reason=reason, party=party)
    told |= {one.request_id: {one.buyer.person_id, one.exporter.person_id} for one in meetings}


@transaction.atomic
def cancel_of_edition(edition: Edition, *, actor: Any, reason: str) -> int:
    """Every meeting of an edition that does not take place, each told to both who meet; how many."""
    held = keys_held(Meeting.objects.filter(edition=edition))
    for first in range(0, len(held), AT_ONCE):
        chunk = booked_in_full().filter(pk__in=held[first : first + AT_ONCE]).order_by("pk")
        _cancel_each(list(chunk), actor=actor, reason=reason)
    return len(held)


def keys_held(meetings: QuerySet[Meeting]) -> list[int]:
    """Which of some meetings are booked, under locks.

    Without a join: PostgreSQL leaves out a row that got another slot while its lock was waited for.
    """
    booked = meetings.filter(state=MeetingState.BOOKED)
    return [one.pk for one in lock_all(booked.only("pk"))]


@transaction.atomic
def call_off(request: Request, *, actor: Any, reason: str = "", seen: str | None = None) -> Request:
    """A party takes back a request, and with it a meeting that has not begun, in one transaction."""
    request = lock(request)
    found = meeting_of(request)
    if found is not None:
        _refuse_once_begun(lock(found))
    return withdraw(request, actor=actor, reason=reason, seen=seen)


@transaction.atomic
def pin(meeting: Meeting, *, actor: Any, is_pinned: bool) -> Meeting:
    """The organiser's word that a timetable leaves a meeting where it is, or may move it."""
    require(may_arrange(actor, meeting.edition), NotYours)
    meeting = lock(meeting)
    meeting.is_pinned = is_pinned
    meeting.save(update_fields=["is_pinned"])
    record("meeting_pinned", meeting, actor=actor, is_pinned=is_pinned)
    return meeting
