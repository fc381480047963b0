"""Who meets for a party, and when."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fairs.editions.rules import refuse_once_over
from matchmaking.parties.actions.settling import (
    add_delegate,
    bring_back,
    let_somebody_meet,
    settle_parties,
)
from matchmaking.parties.errors import (
    HoursIncomplete,
    LastDelegate,
    MeetingThen,
    MeetsElsewhere,
    NotOfThisParty,
)
from matchmaking.parties.events import delegates_lost, delegates_named, party_left, slots_freed
from matchmaking.parties.models import Absence, Delegate, Party, Slot
from matchmaking.parties.queries import lost_now, people_of
from matchmaking.parties.rules import may_arrange, may_speak_for
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record, record_each
from moussem.core.rounds import in_chunks, try_each
from moussem.people.models import User


def _may_change(actor: Any, party: Party) -> bool:
    return may_speak_for(actor, party) or may_arrange(actor, party.edition)


def hold_party(party: Party, *, actor: Any) -> Party:
    """A party under lock, for who meets for it or arranges the meetings.

    They are asked about again under it: whoever waited for the lock may have been released meanwhile.
    """
    require(_may_change(actor, party), NotYours)
    refuse_once_over(party.edition)
    held = lock(party)
    held.edition = party.edition
    require(_may_change(actor, held), NotYours)
    return held


@transaction.atomic
def change_party(
    party: Party, *, actor: Any, languages: Sequence[str], table_kinds: Sequence[str] = ()
) -> Party:
    """What a party speaks, and where it meets."""
    party = hold_party(party, actor=actor)
    party.languages, party.table_kinds = list(languages), list(table_kinds)
    party.save(update_fields=["languages", "table_kinds"])
    record("party_changed", party, actor=actor, languages=list(languages), table_kinds=list(table_kinds))
    return party


@transaction.atomic
def set_guarantee(party: Party, *, actor: Any, guarantee: int | None) -> Party:
    """How many meetings the timetable keeps for a party; None: as many as for everybody on its side."""
    require(may_arrange(actor, party.edition), NotYours)
    refuse_once_over(party.edition)
    party = lock(party)
    party.guarantee = guarantee
    party.save(update_fields=["guarantee"])
    record("guarantee_set", party, actor=actor, guarantee=guarantee)
    return party


def name_delegate(party: Party, *, actor: Any, person: User) -> None:
    """One more person meets for a party, unless they meet for another one and still act for it.

    Called outside of any transaction: meetings that they leave are locked before parties are.
    """
    require(_may_change(actor, party), NotYours)
    refuse_once_over(party.edition)
    release_lost(lost_now().filter(edition=party.edition_id, person=person.pk))
    _name(party, actor=actor, person=person)


@transaction.atomic
def _name(party: Party, *, actor: Any, person: User) -> None:
    lock(party.edition)
    party = hold_party(party, actor=actor)
    require(people_of(party).filter(pk=person.pk).exists(), NotOfThisParty)
    require(add_delegate(party, person), MeetsElsewhere, person=person.get_full_name() or person.email)
    record("delegate_named", party, actor=actor, person=person.pk)
    delegates_named.announce(Party, party=party)


@transaction.atomic
def release_delegate(delegate: Delegate, *, actor: Any) -> None:
    """A person meets for the party no more; refused while they have a meeting to come or are the last one."""
    party = hold_party(delegate.party, actor=actor)
    delegate = lock(delegate)
    require(party.delegates.there().exclude(pk=delegate.pk).exists(), LastDelegate)
    require(not delegate.seats.filter(slot__ends__gt=timezone.now()).exists(), MeetingThen)
    delegate.left_at = timezone.now()
    delegate.save(update_fields=["left_at"])
    record("delegate_released", party, actor=actor, person=delegate.person_id)


def release_lost(lost: QuerySet[Delegate]) -> int:
    """The parties of delegates who act for them no more go on without them; how many. Safe to run twice."""
    parties = Party.objects.filter(pk__in=lost.order_by().values("party")).select_related("edition")
    return sum(1 for _one in try_each(in_chunks(parties), _release_lost_of))


def _release_lost_of(party: Party) -> None:
    if not people_of(party).exists():
        # A buyer for whom nobody comes any more is no party.
        settle_parties(party.edition)
    _go_on_without_lost(party)


@transaction.atomic
def _go_on_without_lost(party: Party) -> None:
    """Meetings go to those who are there; where nobody would be, whoever acts for the party meets for it."""
    # Delegates come and go under this lock, one party after the other: whoever is let go here may be named
    # there at the same moment. Before the meetings and the party, as for whoever settles all parties.
    lock(party.edition)
    lost = list(party.delegates.lost().select_related("person"))
    if not lost:
        return
    let_somebody_meet(party)
    delegates_lost.announce(Delegate, party=party, delegates=lost)
    party = lock(party)
    Delegate.objects.filter(pk__in=[one.pk for one in lost]).update(left_at=timezone.now())
    told = [(party, {"person": one.person_id}) for one in lost]
    record_each("delegate_released", told, actor=None)


def meet_again(unmet: QuerySet[Party]) -> int:
    """Whoever acts for these parties meets for them, while nobody does; for how many. Safe to run twice."""
    return sum(try_each(in_chunks(unmet.select_related("edition")), _meet_again_for))


@transaction.atomic
def _meet_again_for(party: Party) -> bool:
    lock(party.edition)
    party = lock(party)
    is_met = party.left_at is None and let_somebody_meet(party)
    if is_met:
        delegates_named.announce(Party, party=party)
    return is_met


@transaction.atomic
def name_again(delegate: Delegate) -> None:
    """Whoever left their party and acts for it again meets for it, unless they meet for another one."""
    lock(delegate.party.edition)
    party, delegate = lock(delegate.party), lock(delegate)
    acts = people_of(party).filter(pk=delegate.person_id).exists()
    is_out = party.left_at is None and delegate.left_at is not None
    if is_out and acts and add_delegate(party, delegate.person):
        record("delegate_named", party, actor=None, person=delegate.person_id)


@transaction.atomic
def set_hours(
    delegate: Delegate,
    *,
    actor: Any,
    time_zone: str,
    wakes: time | None,
    sleeps: time | None,
    most_a_day: int | None = None,
    most_in_a_row: int | None = None,
) -> Delegate:
    """By whose clocks, in which hours and how much a person meets.

    Meetings that are booked already stay: whoever changes their hours is asked to look at them.
    """
    require(_may_change(actor, delegate.party), NotYours)
    refuse_once_over(delegate.party.edition)
    has_none = wakes is None and sleeps is None
    require(has_none or (None not in (wakes, sleeps) and wakes != sleeps), HoursIncomplete)
    delegate = lock(delegate)
    require(_may_change(actor, delegate.party), NotYours)
    told: dict[str, Any] = {
        "time_zone": time_zone,
        "wakes": wakes,
        "sleeps": sleeps,
        "most_a_day": most_a_day,
        "most_in_a_row": most_in_a_row,
    }
    for name, value in told.items():
        setattr(delegate, name, value)
    delegate.save(update_fields=list(told))
    slots_freed.announce(Party, party=delegate.party)
    record("hours_set", delegate, actor=actor, **{name: str(value) for name, value in told.items()})
    return delegate


@transaction.atomic
def set_absences(delegate: Delegate, *, actor: Any, slots: Iterable[Slot]) -> None:
    """The slots in which a person does not meet, in place of those said before."""
    # The party first: whoever books a meeting for it holds that lock.
    hold_party(delegate.party, actor=actor)
    delegate, slots = lock(delegate), list(slots)
    require(not delegate.seats.filter(slot__in=slots).exists(), MeetingThen)
    kept = {one.pk for one in slots}
    if delegate.absences.exclude(slot__in=kept).delete()[0]:
        slots_freed.announce(Party, party=delegate.party)
    delegate.absences.all().delete()
    Absence.objects.bulk_create(Absence(delegate=delegate, slot=slot) for slot in slots)
    record("absences_set", delegate, actor=actor, slots=[slot.pk for slot in slots])


def _is_theirs(party: Party, actor: Any) -> bool:
    return people_of(party).filter(pk=actor.pk).exists()


def _may_bring_back(actor: Any, party: Party) -> bool:
    own = _is_theirs(party, actor) and not party.was_taken_out
    return own or may_arrange(actor, party.edition)


@transaction.atomic
def leave_meetings(party: Party, *, actor: Any) -> Party:
    """A party takes no part in meetings any more; what it has asked and booked goes with it."""
    require(_may_change(actor, party), NotYours)
    refuse_once_over(party.edition)
    # Its requests and meetings first: whoever books holds them while they wait for both parties.
    party_left.announce(Party, party=party, actor=actor)
    party = lock(party)
    if party.left_at is None:
        require(_may_change(actor, party), NotYours)
        party.left_at, party.wants_no_meetings = timezone.now(), True
        party.was_taken_out = not _is_theirs(party, actor)
        party.save(update_fields=["left_at", "wants_no_meetings", "was_taken_out"])
        record("party_left", party, actor=actor)
    return party


@transaction.atomic
def come_back(party: Party, *, actor: Any) -> Party:
    """A party that wanted no meetings takes part again, as long as it comes to the fair.

    Whom the organiser took out, the organiser alone brings back.
    """
    require(_may_bring_back(actor, party), NotYours)
    refuse_once_over(party.edition)
    # The edition first: whoever settles its parties holds it while they wait for each of them.
    lock(party.edition)
    party = lock(party)
    if party.left_at is None:
        return party
    require(_may_bring_back(actor, party), NotYours)
    party.wants_no_meetings = party.was_taken_out = False
    party.save(update_fields=["wants_no_meetings", "was_taken_out"])
    record("party_came_back", party, actor=actor)
    bring_back(party)
    return party
