"""A colleague meets in the place of whoever acts for the party no more."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from matchmaking.meetings.actions.booking import keys_held
from matchmaking.meetings.actions.calling import close_call_of
from matchmaking.meetings.actions.letters import letters_about, letters_with, letters_without
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.openings import Room
from matchmaking.meetings.queries import booked_in_full, without_somebody
from matchmaking.parties.actions import lock_people, name_again
from matchmaking.parties.models import Delegate, Matching, Party
from matchmaking.parties.queries import matching_of
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.models import LogEntry
from moussem.core.outbox import post_all
from moussem.core.rounds import try_each


@transaction.atomic
def let_colleagues_meet(party: Party, delegates: Iterable[Delegate], **facts: Any) -> None:
    """Meetings of those who act for a party no more are a colleague's who is free then.

    Where nobody is, the meeting stays booked; its people and the organiser are told that somebody is missing.
    """
    lost = [one.pk for one in delegates]
    held = keys_held(Meeting.objects.filter(Q(buyer__in=lost) | Q(exporter__in=lost)))
    booked = booked_in_full().filter(pk__in=held).order_by("pk")
    coming = [one for one in booked if one.slot.ends > timezone.now()]
    sides = {key for one in coming for key in (one.request.buyer_id, one.request.exporter_id)}
    list(lock_all(Party.objects.filter(pk__in=sides)))
    lock_people(Delegate.objects.there().filter(party__in=sides).order_by().values("person"))
    matching = matching_of(party.edition)
    for one in coming:
        assert matching is not None
        _hand_over(one, party, matching)


def _hand_over(meeting: Meeting, party: Party, matching: Matching) -> None:
    meeting.request.edition = meeting.edition
    colleague = Room(meeting.request, matching, [meeting.slot], moving=meeting).stand_in(party, meeting.slot)
    was = getattr(meeting, party.side)
    if colleague is None and was.left_at is not None:
        return
    is_news = not _was_told(meeting, was)
    told = _for(was, letters_about(meeting, "released")) if is_news else []
    if colleague is None and is_news:
        told += letters_without(meeting, party, was)
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    if colleague is not None:
        # A call that was to go on longer ends with whoever agreed to it.
        meeting.seats.exclude(slot=meeting.slot).delete()
        meeting.seats.filter(delegate=was).update(delegate=colleague, person=colleague.person_id)
        setattr(meeting, party.side, colleague)
        close_call_of(meeting, actor=None)
        meeting.call = None
        told += _for(colleague, letters_about(meeting, "booked"))
        if not is_news:
            told += letters_with(meeting, party, colleague)
    meeting.save(update_fields=[str(party.side), "call", "sequence", "changed_at"])
    now = colleague.pk if colleague else None
    record("meeting_handed_over", meeting, actor=None, was=was.pk, now=now)
    post_all(told)


def _was_told(meeting: Meeting, delegate: Delegate) -> bool:
    """Whether somebody knows already that they come to a meeting no more, since nobody was free then.

    Whoever comes to a meeting that has moved since was told of its new place.
    """
    logged = LogEntry.objects.filter(subject_type=meeting._meta.label_lower, subject_id=str(meeting.pk))
    about = Q(facts__was=delegate.pk) | Q(facts__now=delegate.pk)
    told = Q(about, verb="meeting_handed_over") | Q(verb="meeting_moved")
    last = logged.filter(told).order_by("pk").last()
    return last is not None and last.verb == "meeting_handed_over" and last.facts["was"] == delegate.pk


@transaction.atomic
def let_them_meet(delegate: Delegate, **facts: Any) -> None:
    """Whoever was told that they come no more, and acts for their party again, is told where they come.

    So are those who were told that nobody does.
    """
    held = keys_held(Meeting.objects.filter(Q(buyer=delegate) | Q(exporter=delegate)))
    for one in booked_in_full().filter(pk__in=held).order_by("pk"):
        if one.slot.ends > timezone.now() and _was_told(one, delegate):
            one.sequence, one.changed_at = one.sequence + 1, timezone.now()
            one.save(update_fields=["sequence", "changed_at"])
            record("meeting_handed_over", one, actor=None, was=None, now=delegate.pk)
            told = letters_with(one, one.request.party_of(delegate.party.side), delegate)
            post_all(_for(delegate, letters_about(one, "booked")) + told)


def fill_in() -> None:
    """Where a side sends nobody, whoever is free or acts for it again by now meets. Safe to run twice."""
    _fill_in(without_somebody())


def fill_in_for(party: Party, **facts: Any) -> None:
    """The same of one party, for whom somebody meets, or is free, who was not before."""
    _fill_in(without_somebody().filter(Q(buyer__party=party) | Q(exporter__party=party)))


def _fill_in(meetings: QuerySet[Meeting]) -> None:
    missing: dict[Party, set[Delegate]] = {}
    for meeting in meetings.select_related("buyer__party__edition", "exporter__party__edition"):
        for one in (meeting.buyer, meeting.exporter):
            if one.left_at is not None:
                missing.setdefault(one.party, set()).add(one)
    for _done in try_each(missing, lambda party: _find_somebody(party, missing[party])):
        pass


@transaction.atomic
def _find_somebody(party: Party, gone: Iterable[Delegate]) -> None:
    """A colleague who is free, else whoever had to come and may again."""
    # Before the meetings, as whoever lets somebody go.
    lock(party.edition)
    let_colleagues_meet(party, gone)
    for one in gone:
        if without_somebody().filter(Q(buyer=one) | Q(exporter=one)).exists():
            name_again(one)


def _for(delegate: Delegate, letters: list[Any]) -> list[Any]:
    return [one for one in letters if one.payload["to"] == delegate.person.email]
