"""A timetable takes the place of the one before, for everybody at once or not at all.

Locks are taken in the order in which the other writers of meetings take theirs: the matching, requests,
meetings, parties, people, slots. Whoever books at the same moment holds its two parties, and whoever closes
a table or lets an interpreter go holds the slots: they are seen, or they wait.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.meetings.actions.calling import close_call_of
from matchmaking.meetings.actions.seating import take_seats
from matchmaking.meetings.models import Meeting, Seat
from matchmaking.meetings.states import MeetingState, Origin
from matchmaking.parties.actions import hold_matching, lock_people
from matchmaking.parties.models import (
    Absence,
    Closure,
    Delegate,
    InterpreterAbsence,
    Party,
    Slot,
)
from matchmaking.parties.queries import matching_of
from matchmaking.parties.rules import may_arrange
from matchmaking.requests.models import Request
from matchmaking.requests.states import RequestState
from matchmaking.timetables.actions.letters import write_about_changes
from matchmaking.timetables.comparing import Difference, Place, compare, places_from
from matchmaking.timetables.errors import DraftOutdated, NoDraft, PublishedAlready, SameTimetable, SeatTaken
from matchmaking.timetables.facts import place_of, read, standing_meetings
from matchmaking.timetables.fitting import changes_anything, obstacle_to, wanted_again, wanted_of
from matchmaking.timetables.models import Run, Version
from matchmaking.timetables.states import WITH_DRAFT
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record, record_each
from moussem.core.moves import move_each

AT_ONCE = 500


def publish(run: Run, *, actor: Any) -> Version:
    """A draft becomes what everybody holds, unless something it was made from has changed."""
    try:
        return _publish(run, actor=actor)
    except IntegrityError:
        # The seats have the last word, whatever was read before.
        raise DraftOutdated() from None


@transaction.atomic
def _publish(run: Run, *, actor: Any) -> Version:
    edition = run.edition
    require(may_arrange(actor, edition), NotYours)
    _lock_everything(edition)
    run = lock(run)
    require(run.state in WITH_DRAFT, NoDraft)
    require(not run.versions.exists(), PublishedAlready)
    facts = read(edition, with_pending=run.with_pending)
    wanted = wanted_of(facts, places_from(run.draft))
    require(obstacle_to(run, facts, wanted) is None, DraftOutdated)
    require(changes_anything(run, facts, wanted), SameTimetable)
    _keep_upset(run.upset, {one.pk for one in facts.slots})
    return _write(edition, wanted, actor=actor, run=run, figures=run.progress)


def roll_back(version: Version, *, actor: Any) -> Version:
    """What everybody held at an earlier version is held again, as far as it is still to come and possible."""
    try:
        return _roll_back(version, actor=actor)
    except IntegrityError:
        raise SeatTaken() from None


@transaction.atomic
def _roll_back(version: Version, *, actor: Any) -> Version:
    edition = version.edition
    require(may_arrange(actor, edition), NotYours)
    _lock_everything(edition)
    facts = read(edition)
    wanted = wanted_again(facts, version)
    difference = compare([place_of(one) for one in facts.meetings], wanted)
    require(not difference.is_empty or difference.quiet, SameTimetable)
    return _write(edition, wanted, actor=actor, went_back_to=version, figures=version.figures)


def _lock_everything(edition: Edition) -> None:
    hold_matching(edition)
    parties = Party.objects.filter(edition=edition)
    # The rows themselves are read again below: of thousands the locks alone are fetched here.
    for rows in (
        Request.objects.standing().filter(edition=edition),
        Meeting.objects.filter(edition=edition, state=MeetingState.BOOKED),
        parties,
    ):
        list(lock_all(rows.only("pk")))
    meeting = Delegate.objects.there().filter(party__in=parties.values("pk"))
    lock_people(meeting.order_by().values("person"))
    list(lock_all(Slot.objects.filter(edition=edition).only("pk")))


def _keep_upset(upset: dict[str, Any], known: set[int]) -> None:
    """What went wrong is written down, now that nobody is planned there."""
    told = (("tables", Closure, "table_id"), ("delegates", Absence, "delegate_id"))
    for name, model, column in (*told, ("interpreters", InterpreterAbsence, "interpreter_id")):
        rows = [
            model(**{column: int(key), "slot_id": slot})
            for key, slots in upset.get(name, {}).items()
            for slot in slots
            if slot in known
        ]
        model.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def _write(edition: Edition, wanted: list[Place], *, actor: Any, figures: Any, **why: Any) -> Version:
    """Meetings and seats as they are wanted, a version that holds them, and letters to those concerned."""
    meetings = {one.request_id: one for one in standing_meetings(edition)}
    held = [one for one in wanted if not one.is_proposal]
    difference = compare([place_of(one) for one in meetings.values()], held)
    # All seats that change are given up before any is taken: two who change places never meet on the way.
    changed = [*difference.moved, *difference.quiet]
    _give_up_seats([meetings[one.request] for one in difference.cancelled])
    _give_up_seats([meetings[was.request] for was, _now in changed])
    cancelled = [meetings[one.request] for one in difference.cancelled]
    for meeting in cancelled:
        close_call_of(meeting, actor=actor)
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    move_each(cancelled, MeetingState.CANCELLED, actor=actor, also=("sequence", "changed_at"))
    written = [_placed(meetings[was.request], now) for was, now in changed]
    # Calendars take the later of two messages, and a reminder of the old hour was none of the new one.
    for was, now in difference.moved:
        meeting = meetings[was.request]
        close_call_of(meeting, actor=actor)
        meeting.call = None
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
        # Whoever comes later to the old hour comes in time to the new one, which nobody chose.
        if was.slot != now.slot:
            meeting.buyer_late = meeting.exporter_late = 0
            meeting.chosen_at = None
    fields = ("slot", "table", "buyer", "exporter", "interpreter", "sequence", "changed_at")
    fields += ("buyer_late", "exporter_late", "call", "chosen_at")
    Meeting.objects.bulk_update(written, fields, batch_size=AT_ONCE)
    new = [_placed(Meeting(edition=edition, origin=Origin.TIMETABLE), one) for one in difference.new]
    Meeting.objects.bulk_create(new, batch_size=AT_ONCE)
    take_seats([*written, *new])
    record_each("meeting_booked", [(one, {"slot": one.slot_id}) for one in new], actor=actor)
    moved = [(meetings[was.request], {"was": was.slot, "now": now.slot}) for was, now in difference.moved]
    record_each("meeting_moved", moved, actor=actor)
    _propose(edition, [one for one in wanted if one.is_proposal])
    version = _version(edition, wanted, actor=actor, figures=figures, **why)
    write_about_changes(edition, difference, meetings | {one.request_id: one for one in new})
    record("timetable_published", edition, actor=actor, **_told(version, difference))
    return version


def _told(version: Version, difference: Difference) -> dict[str, Any]:
    return {
        "number": version.number,
        "new": len(difference.new),
        "moved": len(difference.moved),
        "cancelled": len(difference.cancelled),
    }


def _placed(meeting: Meeting, place: Place) -> Meeting:
    meeting.request_id, meeting.slot_id, meeting.table_id = place.request, place.slot, place.table
    meeting.buyer_id, meeting.exporter_id = place.people
    meeting.interpreter_id = place.interpreter
    return meeting


def _give_up_seats(meetings: Sequence[Meeting]) -> None:
    Seat.objects.filter(meeting__in=[one.pk for one in meetings]).delete()


def _propose(edition: Edition, places: Sequence[Place]) -> None:
    """Requests that wait for an answer are proposed their slot, unless the two have another one in mind."""
    matching = matching_of(edition)
    assert matching is not None
    now = timezone.now()
    slots = {one.request: one.slot for one in places}
    free = Request.objects.filter(pk__in=slots, state=RequestState.PENDING)
    waiting = list(free.filter(Q(held_slot=None) | Q(held_until__lte=now)))
    for one in waiting:
        one.held_slot_id, one.held_until = slots[one.pk], now + timedelta(hours=matching.hold_hours)
    Request.objects.bulk_update(waiting, ["held_slot", "held_until"], batch_size=AT_ONCE)


def _version(edition: Edition, wanted: Sequence[Place], *, actor: Any, figures: Any, **why: Any) -> Version:
    number = Version.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    held = [one.as_row() for one in wanted if not one.is_proposal]
    return Version.objects.create(
        edition=edition,
        number=number + 1,
        meetings=held,
        # What was accepted since the run counts as asked for, too.
        figures={**figures, "held": len(held), "asked": max(figures.get("asked", 0), len(held))},
        published_by=actor,
        **why,
    )
