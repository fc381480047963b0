"""Meetings as their two parties and the organiser may see them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.floor.models import Allotment
from fairs.live.models import LiveRoom
from matchmaking.meetings.models import Meeting, Note, Seat
from matchmaking.meetings.states import PINNED, MeetingState, Origin
from matchmaking.parties.models import Delegate, Matching, MeetingTable, Party, Slot
from matchmaking.parties.queries import named, named_house, words_of
from matchmaking.parties.states import MATCHING_STANDS, TIMED_STANDS, MatchingState, Side, TableKind
from matchmaking.requests.models import Request, RequestLine, RequestMessage
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.core.shown import keyed_digest


def _lean() -> QuerySet[Meeting]:
    """Meetings with what a letter about them needs: PostgreSQL plans a join of twenty tables for longer than
    it reads them.
    """
    return Meeting.objects.select_related("slot", "request", "buyer", "exporter").prefetch_related(
        "edition__series__organiser",
        "table__owner__organisation",
        "interpreter",
        "buyer__person",
        "exporter__person",
        "request__buyer__organisation",
        "request__exporter__organisation",
    )


def _booth_of(exhibitor: str) -> Subquery:
    held = Allotment.objects.current().filter(exhibitor=OuterRef(exhibitor))
    return Subquery(held.values("booth__number")[:1])


def with_booths(tables: QuerySet[MeetingTable]) -> QuerySet[MeetingTable]:
    """Tables with whose booth they are, and the number above it."""
    owned = tables.select_related("owner__organisation")
    return owned.annotate(booth_number=_booth_of("owner__exhibitor"))


def _whole() -> QuerySet[Meeting]:
    """Meetings with all that a page shows of them.

    Both parties are read in a query each. In one join with all the rest there would be 23 tables: more than
    PostgreSQL puts in a good order, and while its statistics are old, it reads each of them through for every
    row of the others.
    """
    homes = ("country", "province__region", "region")
    parties = Party.objects.select_related(*(f"organisation__{one}" for one in homes))
    return (
        Meeting.objects.select_related(
            "edition",
            "slot",
            "table__owner__organisation",
            "interpreter",
            "buyer__person",
            "exporter__person",
            "request",
        )
        .prefetch_related(Prefetch("request__buyer", parties), Prefetch("request__exporter", parties))
        .annotate(booth_number=_booth_of("table__owner__exhibitor"))
        .order_by("slot__begins", "pk")
    )


def seats_at(kind: str, slots: Iterable[Slot]) -> set[tuple[int, int]]:
    """The tables of a kind at which somebody meets in some slots: keys of table and slot."""
    taken = Seat.objects.filter(table__kind=kind, slot__in=[one.pk for one in slots])
    return set(taken.order_by().values_list("table", "slot"))


def with_goods(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with what they are about."""
    return meetings.prefetch_related(Prefetch("request__lines", lines_told()))


def lines_told() -> QuerySet[RequestLine]:
    """What requests are about, with the words for it."""
    return RequestLine.objects.select_related("product", "family").prefetch_related("product__texts")


def booth_number_of(table: MeetingTable) -> str | None:
    """The number above the booth that a table is."""
    if table.kind != TableKind.BOOTH:
        return None
    held = Allotment.objects.current().filter(exhibitor=table.owner.exhibitor_id)
    return held.values_list("booth__number", flat=True).first()


def _is_theirs(party: Party) -> Q:
    return Q(request__buyer=party) | Q(request__exporter=party)


def held_by(party: Party) -> dict[int, Meeting]:
    """The meetings of a party that stand, by the key of their request: when they are, and where."""
    found = (
        Meeting.objects.standing()
        .filter(_is_theirs(party))
        .select_related("slot", "table__owner__organisation", "request", "buyer", "exporter")
        .annotate(booth_number=_booth_of("table__owner__exhibitor"))
    )
    return {one.request_id: one for one in found}


def meeting_for(party: Party, pk: int) -> Meeting | None:
    """One meeting, for a party to it."""
    said = Prefetch("request__messages", RequestMessage.objects.select_related("person"))
    return with_goods(_whole()).prefetch_related(said).filter(_is_theirs(party), pk=pk).first()


def agenda_of(delegate: Delegate) -> QuerySet[Meeting]:
    """The meetings of one person by their time; of those cancelled what is to come and has no other time."""
    own = Q(buyer=delegate) | Q(exporter=delegate)
    anew = Meeting.objects.standing().filter(
        request__buyer=OuterRef("request__buyer"), request__exporter=OuterRef("request__exporter")
    )
    missed = Q(slot__begins__gt=timezone.now()) & ~Exists(anew)
    return with_goods(_whole().filter(own, ~Q(state=MeetingState.CANCELLED) | missed))


def kept_by(person: Any) -> QuerySet[Meeting]:
    """Every meeting of a person until they were released, the cancelled ones too, as calendars keep them."""
    own = Q()
    for side in Side.values:
        stays = Q(**{f"{side}__left_at": None}) | Q(slot__begins__lte=F(f"{side}__left_at"))
        own |= Q(**{f"{side}__person": person}) & stays
    return with_goods(_whole().filter(own))


def soon(now: datetime, within: timedelta) -> QuerySet[Meeting]:
    """Booked meetings that begin within a time from now."""
    coming = Q(slot__begins__gt=now, slot__begins__lte=now + within)
    return _lean().filter(coming, state=MeetingState.BOOKED)


def meetings_at(edition: Edition) -> QuerySet[Meeting]:
    """All meetings of an edition, for its organiser."""
    return _whole().filter(edition=edition)


def meetings_found(
    edition: Edition, *, text: str = "", on: date | None = None, place: str = "", state: str = ""
) -> QuerySet[Meeting]:
    """The meetings of an edition by their slots and tables, for its organiser, narrowed by what was asked.

    ``text`` is looked for in the names of both sides and in the numbers of tables and booths; without a
    state all that stand are found.
    """
    found = meetings_at(edition).order_by("slot__begins", "table__kind", "table__number", "pk")
    for word in words_of(text):
        houses = [named_house(f"request__{side}__organisation", word) for side in Side.values]
        people = [named(f"{side}__person", word) for side in Side.values]
        numbers = [Q(booth_number__iexact=word)]
        if word.isdecimal() and len(word) < 5:
            numbers.append(Q(table__number=int(word)) & ~Q(table__kind=TableKind.BOOTH))
        found = found.filter(reduce(or_, (*houses, *people, *numbers)))
    if on:
        found = found.filter(slot__on=on)
    if place in TableKind.values:
        found = found.filter(table__kind=place)
    if state == PINNED:
        return found.filter(state=MeetingState.BOOKED, is_pinned=True)
    return found.filter(state=state) if state in MeetingState.values else found.standing()


def meetings_of(party: Party) -> QuerySet[Meeting]:
    """The meetings of a party that stand, by their time, for its organiser."""
    return _whole().filter(_is_theirs(party)).standing()


def booked_in_full() -> QuerySet[Meeting]:
    """Booked meetings with all that their letters need."""
    with_booth = with_goods(_lean()).annotate(booth_number=_booth_of("table__owner__exhibitor"))
    return with_booth.filter(state=MeetingState.BOOKED)


def without_somebody() -> QuerySet[Meeting]:
    """Booked meetings that are not over, to which one side sends nobody since its delegate was released."""
    gone = Q(buyer__left_at__isnull=False) | Q(exporter__left_at__isnull=False)
    return Meeting.objects.filter(gone, state=MeetingState.BOOKED, slot__ends__gt=timezone.now())


def has_meeting(request: Request) -> bool:
    """Whether a request has a meeting that stands."""
    return Meeting.objects.filter(request=request).standing().exists()


def meeting_of(request: Request) -> Meeting | None:
    """The meeting of a request that stands."""
    return _whole().filter(request=request).standing().first()


def meeting_of_call(room: LiveRoom) -> Meeting | None:
    """The meeting that a call is for."""
    return _lean().filter(call=room).first()


def times_moved(meeting: Meeting, party: Party) -> int:
    """How often a party gave a meeting another slot."""
    return _times("meeting_moved", meeting, party)


def times_late(meeting: Meeting, party: Party) -> int:
    """How often a party said that it comes later to a meeting."""
    return _times("running_late", meeting, party)


def _times(verb: str, meeting: Meeting, party: Party) -> int:
    done = LogEntry.objects.filter(
        subject_type=meeting._meta.label_lower, subject_id=str(meeting.pk), verb=verb
    )
    return done.filter(actor__in=party.delegates.values("person")).count()


def delegate_in(meeting: Meeting, party: Party) -> Any:
    """Who meets for a party."""
    return meeting.buyer if party.pk == meeting.request.buyer_id else meeting.exporter


def stands_of(matching: Matching | None) -> Any:
    """How far the meetings of an edition are, in a sentence; what is published does not follow."""
    state = matching.state if matching else MatchingState.PREPARING
    if matching and state == MatchingState.ASKING:
        placed = Meeting.objects.standing().filter(edition=matching.edition_id, origin=Origin.TIMETABLE)
        return TIMED_STANDS if placed.exists() else MATCHING_STANDS[state]
    return MATCHING_STANDS[state]


def agreed_at(edition: Edition) -> QuerySet[Meeting]:
    """Every meeting of an edition that was not cancelled."""
    return Meeting.objects.filter(edition=edition).standing().order_by()


def ended_between(edition: Edition, buyers: Iterable[int], sellers: Iterable[int]) -> QuerySet[Meeting]:
    """Meetings of some organisations that were held or missed at earlier editions, with what was noted."""
    ended = Meeting.objects.filter(
        state__in=(MeetingState.HELD, MeetingState.MISSED),
        slot__on__lt=edition.starts_on,
        request__buyer__organisation__in=buyers,
        request__exporter__organisation__in=sellers,
    )
    whole = ended.exclude(edition=edition).select_related("slot", "request__buyer", "request__exporter")
    return whole.prefetch_related("notes").order_by("pk")


def word_of_note(meeting: Meeting, *, text: str | None, next_step: str | None, follow_up_on: Any) -> str:
    """What tells apart two notes of a meeting in its log, without their words."""
    facts = ["\n".join((text or "").splitlines()), next_step or "", follow_up_on or ""]
    return keyed_digest(facts, place=f"note:{meeting.pk}")


def notes_written(note: Note) -> QuerySet[LogEntry]:
    """The log of what a party noted of a meeting, oldest first."""
    return history_of(note.meeting).filter(verb="note_written", facts__party=note.party_id)
