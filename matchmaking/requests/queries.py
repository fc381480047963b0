"""Requests as the two parties and the organiser may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, When, prefetch_related_objects
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.parties.models import Party
from matchmaking.parties.states import Side
from matchmaking.requests.models import Enquiry, Request, RequestLine, RequestMessage, Wish
from matchmaking.requests.states import STANDING, EnquiryState, MessageState, RequestState


@dataclass(frozen=True)
class Tally:
    """How the requests of a party stand."""

    to_answer: int
    sent: int
    accepted: int


def _whole() -> QuerySet[Request]:
    lines = RequestLine.objects.select_related("product", "family").prefetch_related("product__texts")
    return Request.objects.select_related(
        "edition",
        "buyer__organisation__country",
        "exporter__organisation__province__region",
        "exporter__organisation__region",
        "held_slot",
        "asked_person",
    ).prefetch_related(Prefetch("lines", lines), "slots")


def requests_of(party: Party) -> QuerySet[Request]:
    """All requests of a party, whoever asked, the latest first."""
    return _whole().of(party)


def request_for(party: Party, pk: int) -> Request | None:
    """One request, for a party to it."""
    said = Prefetch("messages", RequestMessage.objects.select_related("person"))
    return requests_of(party).prefetch_related(said).filter(pk=pk).first()


def to_answer(party: Party) -> QuerySet[Request]:
    """What waits for the answer of a party, the oldest first."""
    return (
        requests_of(party).filter(state=RequestState.PENDING, waits_for=party.side).order_by("asked_at", "pk")
    )


def sent_by(party: Party) -> QuerySet[Request]:
    """What waits for the answer of others."""
    return requests_of(party).filter(state=RequestState.PENDING).exclude(waits_for=party.side)


def tally_of(party: Party) -> Tally:
    """How the requests of a party stand, in one query."""
    standing = Request.objects.of(party).standing().values_list("state", "waits_for")
    pending = [waits_for for state, waits_for in standing if state == RequestState.PENDING]
    mine = sum(1 for waits_for in pending if waits_for == party.side)
    return Tally(mine, len(pending) - mine, len(standing) - len(pending))


def accepted_of(party: Party) -> QuerySet[Request]:
    """What a party meets about, the latest answer first."""
    return requests_of(party).filter(state=RequestState.ACCEPTED).order_by("-answered_at", "-pk")


def closed_of(party: Party) -> QuerySet[Request]:
    """What became of requests that stand no more, the latest first."""
    return requests_of(party).exclude(state__in=STANDING)


def standing_of(party: Party) -> dict[int, Request]:
    """The request that stands with each other party, by the key of the other; without its lines."""
    found = Request.objects.of(party).standing()
    return {one.exporter_id if one.buyer_id == party.pk else one.buyer_id: one for one in found}


def standing_between(party: Party, other: Party) -> Request | None:
    """The request of two parties that stands, without its lines."""
    return Request.objects.standing().filter(**pair_of(party, other)).first()


def times_asked(party: Party, other: Party) -> int:
    """How often one party asked another at this edition, whatever became of it."""
    return Request.objects.filter(**pair_of(party, other), asked_by=party.side).count()


def open_count(party: Party) -> int:
    """How many requests that this party asked wait for an answer."""
    return Request.objects.of(party).filter(state=RequestState.PENDING, asked_by=party.side).count()


def messages_to_read(edition: Edition) -> QuerySet[RequestMessage]:
    """Messages that the organiser reads before the other side does, the oldest first."""
    held = held_messages().filter(request__edition=edition)
    whole = held.select_related(*(f"request__{side}__organisation" for side in Side.values))
    return whole.order_by("said_at", "pk")


def held_messages() -> QuerySet[RequestMessage]:
    """Messages of requests that stand, at any edition, that wait for its organiser."""
    return RequestMessage.objects.filter(state=MessageState.HELD, request__state__in=STANDING)


def messages_for(request: Request, party: Party) -> list[RequestMessage]:
    """What both sides said with a request, the oldest first, as this party may read it."""
    return [
        one for one in request.messages.all() if one.state == MessageState.SHOWN or one.side == party.side
    ]


@dataclass(frozen=True)
class ToldLine:
    """A line of a request, and what it was before the last counter-proposal where that differs."""

    line: RequestLine
    was: RequestLine | None = None
    is_gone: bool = False

    @property
    def lines(self) -> list[RequestLine]:
        """The line alone, where a list is told."""
        return [self.line]


def goods_told(request: Request) -> list[ToldLine]:
    """The lines of a request beside those that a counter-proposal put them in the place of."""
    found = [RequestLine.of_told(one) for one in request.lines_before]
    before = {(one.product_id, one.family_id): one for one in found}
    told = []
    for line in request.lines.all():
        was = before.pop((line.product_id, line.family_id), None)
        differs = was is not None and was.told != line.told
        told.append(ToldLine(line, was if differs else None))
    prefetch_related_objects(list(before.values()), "product__texts", "family")
    return told + [ToldLine(one, is_gone=True) for one in before.values() if one.product or one.family]


def held_slot_of(request: Request, now: datetime | None = None) -> Any:
    """The slot that both have in mind, as long as the proposal lasts and the slot is to come."""
    until = held_until_of(request)
    return request.held_slot if until and until > (now or timezone.now()) else None


def held_until_of(request: Request) -> datetime | None:
    """Until when both have the proposed slot in mind: never longer than until it begins."""
    if not (request.is_pending and request.held_slot and request.held_until):
        return None
    return min(request.held_until, request.held_slot.begins)


def wishes_of(party: Party) -> dict[int, bool]:
    """Whom a party wants to meet, and whom it does not, by the key of the other."""
    return dict(party.wishes.values_list("other", "is_wanted"))


def wishes_at(edition: Edition) -> QuerySet[Wish]:
    """All wishes of an edition, for its organiser."""
    return Wish.objects.filter(party__edition=edition).select_related(
        "party__organisation", "other__organisation"
    )


def is_unwanted(party: Party, by: Party) -> bool:
    """Whether one party does not want to meet another."""
    return by.wishes.filter(other=party, is_wanted=False).exists()


def unwanted_by(party: Party) -> set[int]:
    """Who does not want to meet a party, by their keys."""
    return set(Wish.objects.filter(other=party, is_wanted=False).values_list("party", flat=True))


def pair_of(party: Party, other: Party) -> dict[str, Party]:
    """Two parties by their sides."""
    buyer, exporter = (party, other) if party.side == Side.BUYER else (other, party)
    return {"buyer": buyer, "exporter": exporter}


def enquiries_at(edition: Edition) -> QuerySet[Enquiry]:
    """The questions that were asked at an edition and not taken back."""
    return Enquiry.objects.filter(edition=edition).exclude(state=EnquiryState.WITHDRAWN)


def enquiries_of(party: Party) -> QuerySet[Enquiry]:
    """The questions of a party, what is news to it first: to a buyer answers, to an exhibitor what waits."""
    found = Enquiry.objects.of(party).select_related(
        "edition", "buyer__organisation__country", "exporter__organisation__province", "asked_person"
    )
    waits = Q(state=EnquiryState.WAITING)
    first = [] if party.side == Side.BUYER else [Case(When(waits, then=0), default=1)]
    return found.order_by(*first, F("answered_at").desc(nulls_last=True), "-asked_at", "-pk")


def times_taken_back(buyer: Party, exporter: Party) -> int:
    """How many of its questions to an exhibitor a buyer took back at this edition."""
    return buyer.enquiries_made.filter(exporter=exporter, state=EnquiryState.WITHDRAWN).count()


def enquiry_waiting(buyer: Party, exporter: Party) -> Enquiry | None:
    """The question of a buyer that an exhibitor has still to answer."""
    return buyer.enquiries_made.waiting().filter(exporter=exporter).first()
