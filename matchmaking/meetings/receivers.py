"""A meeting goes with its request, and stands in the calendars of those who meet."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from fairs.editions.events import days_planned
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.live.purpose import prolongs_calls
from fairs.report.figures import Met
from fairs.report.meetings import tells_meetings
from fairs.sessions.beside import stands_in_calendar
from fairs.sessions.calendars import Entry
from matchmaking.meetings.actions import (
    cancel_of_edition,
    cancel_of_requests,
    fill_in_for,
    go_on_longer,
    let_colleagues_meet,
    let_them_meet,
)
from matchmaking.meetings.entries import entries_for
from matchmaking.meetings.errors import MeetingsOutside
from matchmaking.meetings.queries import agreed_at, ended_between, kept_by
from matchmaking.meetings.states import MeetingState, NextStep
from matchmaking.parties.events import delegate_back, delegates_lost, delegates_named, slots_freed
from matchmaking.parties.models import Delegate, Party
from matchmaking.parties.states import Side
from matchmaking.requests.events import requests_withdrawn
from matchmaking.requests.models import Request
from matchmaking.requests.past import Happened, tells_past
from moussem.core.errors import require
from moussem.core.events import moved

requests_withdrawn.within(order=50, sender=Request)(cancel_of_requests)
delegates_lost.within(order=50, sender=Delegate)(let_colleagues_meet)
# Once more on commit, for whoever was booked at that moment.
receiver(delegates_lost, sender=Delegate)(let_colleagues_meet)
receiver(delegate_back, sender=Delegate)(let_them_meet)
receiver(delegates_named, sender=Party)(fill_in_for)
receiver(slots_freed, sender=Party)(fill_in_for)
prolongs_calls(go_on_longer)


@receiver(moved, sender=Edition)
def _cancel_with_the_edition(subject: Edition, now: str, actor: Any, reason: str = "", **facts: Any) -> None:
    if now == EditionState.WITHDRAWN:
        cancel_of_edition(subject, actor=actor, reason=reason)


@days_planned.within(order=50)
def refuse_days_without_meetings(edition: Edition, **facts: Any) -> None:
    """A booked meeting is agreed between people: other days neither move nor lose it."""
    booked = edition.meetings.filter(state=MeetingState.BOOKED).values_list("slot__begins", "slot__ends")
    open_ = [(day.opens_at, day.closes_at) for day in edition.days.all()]
    outside = [
        begins
        for begins, ends in booked
        if not any(opens <= begins and ends <= closes for opens, closes in open_)
    ]
    require(not outside, MeetingsOutside, count=len(outside))


@stands_in_calendar
def meetings_in_the_calendar(person: Any) -> list[Entry]:
    """What a person's own calendar shows of their meetings at every fair."""
    return entries_for(person, kept_by(person))


@tells_meetings
def meetings_of_the_report(edition: Edition) -> list[Met]:
    """What the report of an edition counts of its meetings: whose they were, and what became of them."""
    rows = agreed_at(edition).values_list(
        "request__exporter__organisation", "request__buyer__organisation__country", "state"
    )
    return [
        Met(seller, market or "", state == MeetingState.HELD, state == MeetingState.MISSED)
        for seller, market, state in rows
    ]


@tells_past
def meetings_before(edition: Edition, buyers: Iterable[int], sellers: Iterable[int]) -> Iterable[Happened]:
    """Meetings at earlier editions. Both sides have to have noted a next step: notes are nobody else's."""
    for meeting in ended_between(edition, buyers, sellers):
        steps = [note.next_step for note in meeting.notes.all()]
        agreed = len(steps) == len(Side) and not {"", NextStep.NOTHING} & set(steps)
        held = meeting.state == MeetingState.HELD
        what = ("agreed" if agreed else "met") if held else "missed"
        buyer, seller = meeting.request.buyer.organisation_id, meeting.request.exporter.organisation_id
        yield Happened(what, buyer, seller, meeting.slot.on)
