"""Parties, their delegates and when these can meet, as each person may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from fairs.editions.grid import Slot as GridSlot
from fairs.editions.grid import slots_of as grid_of
from fairs.editions.models import Edition
from fairs.guests.models import Guest
from fairs.sessions.models import Attendance
from fairs.sessions.states import AttendanceState
from matchmaking.parties.hours import is_awake
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
from matchmaking.parties.states import TALKING, MatchingState, Side
from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Membership
from moussem.people.models import User

# So many people are asked about by a prepared question: those who meet for two parties, as a rule.
FEW = 6


def matching_of(edition: Edition) -> Matching | None:
    """How meetings are made at an edition; None while nobody has set them up."""
    return _matching().first(edition=edition.pk)


@cache
def _matching() -> Prepared[Matching]:
    return Prepared(Matching.objects.filter(edition=told("edition"))[:1])


def _delegates() -> QuerySet[Delegate]:
    return Delegate.objects.there().select_related("person")


def meeting_for(one: int, other: int) -> list[Delegate]:
    """Who meets now for two parties, by the keys of these; whoever books asks several times."""
    return _meeting_for().ask(one=one, other=other, now=timezone.now())


@cache
def _meeting_for() -> Prepared[Delegate]:
    there = Delegate.objects.there(told("now", DateTimeField())).select_related("person")
    return Prepared(there.filter(Q(party=told("one")) | Q(party=told("other"))))


def spoken_for(user: Any, request: Any) -> list[Any]:
    """Those of the two parties of a request for which this person meets, in one query."""
    if not user.is_authenticated:
        return []
    there = meeting_for(request.buyer_id, request.exporter_id)
    own = {one.party_id for one in there if one.person_id == user.pk}
    return [party for party in (request.buyer, request.exporter) if party.pk in own]


def _whole() -> QuerySet[Party]:
    return Party.objects.select_related("organisation__country", "organisation__province__region", "edition")


def parties_at(edition: Edition, side: str = "", text: str = "") -> QuerySet[Party]:
    """Who takes part in the meetings of an edition, for its organiser, with who meets for them.

    ``text`` narrows them by the names of organisations and of the people who meet.
    """
    there = Prefetch("delegates", _delegates(), to_attr="there")
    found = _whole().meeting().filter(edition=edition).prefetch_related(there)
    for word in words_of(text):
        person = Delegate.objects.there().filter(named("person", word), party=OuterRef("pk"))
        found = found.filter(named_house("organisation", word) | Exists(person))
    return found.filter(side=side) if side in Side.values else found


def delegates_at(edition: Edition, text: str = "") -> QuerySet[Delegate]:
    """Who meets at an edition, by organisation, for its organiser; narrowed by the same names."""
    found = _delegates().filter(edition=edition).select_related("party__organisation")
    for word in words_of(text):
        found = found.filter(named("person", word) | named_house("party__organisation", word))
    return found.order_by("party__organisation__name", "pk")


def words_of(text: str) -> list[str]:
    """The words that a list is narrowed by."""
    return text.split()[:8]


def named(link: str, word: str) -> Q:
    """Whether a word is in the name of a person, or in the address that stands for it."""
    fields = ("first_name", "last_name", "email")
    return reduce(or_, (Q(**{f"{link}__{field}__icontains": word}) for field in fields))


def named_house(link: str, word: str) -> Q:
    """Whether a word is in the name of an organisation, in either script."""
    return Q(**{f"{link}__name__icontains": word}) | Q(**{f"{link}__name_ar__icontains": word})


def party_of(user: Any, edition: Edition) -> Party | None:
    """The party for which this person meets at an edition."""
    if not user.is_authenticated:
        return None
    return _whole().meeting().filter(edition=edition, delegates__in=_delegates().filter(person=user)).first()


def party_of_colleagues(user: Any, edition: Edition) -> Party | None:
    """The party of an organisation to which this person belongs, whoever meets for it."""
    if not user.is_authenticated:
        return None
    houses = Membership.objects.active().filter(user=user).values("organisation")
    return _whole().meeting().filter(edition=edition, organisation__in=houses).order_by("pk").first()


def delegate_of(user: Any, edition: Edition) -> Delegate | None:
    """This person as a delegate at an edition."""
    if not user.is_authenticated:
        return None
    return _delegates().filter(edition=edition, person=user).select_related("party__organisation").first()


def lost_now() -> QuerySet[Delegate]:
    """Delegates at editions that make meetings still, who act for their party no more."""
    return Delegate.objects.lost().exclude(edition__matching__state=MatchingState.ENDED)


def unmet_now() -> QuerySet[Party]:
    """Parties at editions that take requests, for which nobody meets though somebody acts for them."""
    sells = Membership.objects.selling().filter(organisation=OuterRef("organisation"), user__is_active=True)
    comes = Guest.objects.buyers().filter(
        organisation=OuterRef("organisation"), edition=OuterRef("edition"), person__is_active=True
    )
    acts = Q(Exists(sells), side=Side.EXPORTER) | Q(Exists(comes), side=Side.BUYER)
    return Party.objects.meeting().met(False).filter(acts, edition__matching__state__in=TALKING)


def unmet_beside(people: Iterable[int]) -> QuerySet[Party]:
    """The same of the houses of these people, by their keys: one of them may be free to meet now."""
    people = list(people)
    houses = Membership.objects.filter(user__in=people).values("organisation")
    bought_for = Guest.objects.filter(person__in=people).values("organisation")
    return unmet_now().filter(Q(organisation__in=houses) | Q(organisation__in=bought_for))


def may_meet_with(party: Party) -> QuerySet[Party]:
    """The parties on the other side of the table for whom somebody meets now, for this one."""
    return across_from(party).met()


def across_from(party: Party) -> QuerySet[Party]:
    """The parties on the other side of the table, whether anybody meets for them now or not."""
    return (
        _whole()
        .meeting()
        .filter(edition=party.edition)
        .exclude(side=party.side)
        .exclude(organisation=party.organisation_id)
    )


def people_of(party: Party) -> QuerySet[User]:
    """Who could meet for a party: the buyers registered for it, or those who sell for the exhibitor."""
    if party.side == Side.BUYER:
        guests = party.edition.guests.buyers().filter(organisation=party.organisation_id)
        return User.objects.filter(is_active=True, pk__in=guests.values("person")).order_by("pk")
    selling = Membership.objects.selling().filter(organisation=party.organisation_id)
    return User.objects.filter(is_active=True, pk__in=selling.values("user")).order_by("pk")


def grid_slots(edition: Edition) -> list[tuple[Any, int, GridSlot]]:
    """The slots that the days of an edition give: the day, the block and the hours of each.

    A block ends where the pause before the next slot is longer than the one between two meetings.
    """
    pauses = [one.pause for one in edition.breaks.all()]
    found, block = [], -1
    for day in edition.days.all():
        before = None
        for slot in grid_of(
            day.opening,
            pauses,
            zone=edition.time_zone,
            minutes=edition.meeting_minutes,
            between=edition.between_minutes,
        ):
            gap = (slot.begins - before).total_seconds() / 60 if before else None
            block += gap is None or gap > edition.between_minutes
            found.append((day.on, block, slot))
            before = slot.ends
    return found


def slots_at(edition: Edition) -> QuerySet[Slot]:
    """The slots in which meetings of an edition are held, in their order."""
    return Slot.objects.filter(edition=edition)


def tables_at(edition: Edition) -> QuerySet[MeetingTable]:
    """The tables of an edition that are still there."""
    return MeetingTable.objects.filter(edition=edition, withdrawn_at=None).select_related(
        "owner__organisation"
    )


def interpreters_at(edition: Edition) -> QuerySet[Interpreter]:
    """The interpreters of an edition who are still there."""
    return Interpreter.objects.filter(edition=edition, left_at=None)


def away_of(delegates: Iterable[Delegate], slots: Iterable[Slot]) -> dict[int, set[int]]:
    """For each delegate the slots in which they cannot meet: asleep, away, in a talk, or elsewhere.

    By primary keys; what is booked for them at this fair is not counted. Two queries, however many.
    """
    delegates, slots = list(delegates), list(slots)
    away: dict[int, set[int]] = defaultdict(set)
    for delegate, slot in _absences([one.pk for one in delegates]):
        away[delegate].add(slot)
    if not slots:
        return away
    talks = defaultdict(list)
    for person, begins, ends in _busy_hours({one.person_id for one in delegates}, slots):
        talks[person].append((begins, ends))
    for one in delegates:
        if one.wakes is None and one.person_id not in talks:
            continue
        for slot in slots:
            asleep = not is_awake(
                slot.begins, slot.ends, zone=one.time_zone, wakes=one.wakes, sleeps=one.sleeps
            )
            heard = talks.get(one.person_id, ())
            listens = any(begins < slot.ends and slot.begins < ends for begins, ends in heard)
            if asleep or listens:
                away[one.pk].add(slot.pk)
    return away


def _absences(delegates: list[int]) -> Iterable[tuple[int, int]]:
    """Who said to be away in which slots."""
    if len(delegates) > FEW:
        return _said_away(Q(delegate__in=delegates))
    return _said_away_of_few().ask(**_of_few(delegates))


@cache
def _said_away_of_few() -> Prepared[tuple[int, int]]:
    return Prepared(_said_away(_any_of_few("delegate")))


def _said_away(delegates: Q) -> QuerySet[Absence, Any]:
    return Absence.objects.filter(delegates).order_by().values_list("delegate", "slot")


def _of_few(keys: Collection[int]) -> dict[str, int]:
    """So many keys for a prepared question about a few: one of which there is no need is named already."""
    named = [*keys, *[next(iter(keys), 0)] * (FEW - len(keys))]
    return {f"key{n}": key for n, key in enumerate(named)}


def _any_of_few(field: str) -> Q:
    return reduce(or_, (Q(**{field: told(f"key{n}")}) for n in range(FEW)))


def _busy_hours(people: set[int], slots: list[Slot]) -> Iterable[tuple[int, datetime, datetime]]:
    """Who is in a talk or meets elsewhere, from when to when, while some slots last."""
    first, last = min(one.begins for one in slots), max(one.ends for one in slots)
    editions = {slot.edition_id for slot in slots}
    if len(people) > FEW or len(editions) > 1:
        return _busy(Q(person__in=people), Q(edition__in=editions), first, last)
    return _busy_of_few().ask(**_of_few(people), edition=editions.pop(), first=first, last=last)


@cache
def _busy_of_few() -> Prepared[tuple[int, datetime, datetime]]:
    hours = (told(name, DateTimeField()) for name in ("first", "last"))
    return Prepared(_busy(_any_of_few("person"), Q(edition=told("edition")), *hours))


def _busy(people: Q, here: Q, first: Any, last: Any) -> QuerySet[Any, Any]:
    # By the hours that were released, as the person reads them; what is being planned keeps nobody away.
    attended = Attendance.objects.filter(
        people,
        state=AttendanceState.SEATED,
        session__showing__is_cancelled=False,
        session__showing__begins_at__lt=last,
        session__showing__ends_at__gt=first,
    )
    # Two fairs may be held on the same days; and whoever met for another party at this one may have left a
    # meeting there that nobody could take over.
    elsewhere = Delegate.objects.filter(people, seats__slot__begins__lt=last, seats__slot__ends__gt=first)
    elsewhere = elsewhere.exclude(here, left_at=None).order_by()
    heard = ("person", "session__showing__begins_at", "session__showing__ends_at")
    met = ("person", "seats__slot__begins", "seats__slot__ends")
    return attended.order_by().values_list(*heard).union(elsewhere.values_list(*met))


def closures_of(tables: Iterable[MeetingTable]) -> dict[int, set[int]]:
    """For each table the slots in which it is closed, by primary keys."""
    closed: dict[int, set[int]] = defaultdict(set)
    held = Closure.objects.filter(table__in=[one.pk for one in tables])
    for table, slot in held.values_list("table", "slot"):
        closed[table].add(slot)
    return closed


def interpreters_away(interpreters: Iterable[Interpreter]) -> dict[int, set[int]]:
    """For each interpreter the slots in which they are not there, by primary keys."""
    away: dict[int, set[int]] = defaultdict(set)
    held = InterpreterAbsence.objects.filter(interpreter__in=[one.pk for one in interpreters])
    for interpreter, slot in held.values_list("interpreter", "slot"):
        away[interpreter].add(slot)
    return away
