"""A request is accepted, declined, countered, withdrawn, or lapses."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.queries import matching_of, spoken_for
from matchmaking.parties.rules import is_talking
from matchmaking.parties.states import OTHER_SIDE, TALKING, Side
from matchmaking.requests.actions.asking import (
    Line,
    checked_lines,
    checked_slots,
    refuse_words_unread,
    require_shown,
    write_lines,
    write_message,
)
from matchmaking.requests.actions.enquiring import lapse_enquiries, take_back_enquiries_of
from matchmaking.requests.actions.letters import write_to, write_to_each
from matchmaking.requests.actions.wishing import wish
from matchmaking.requests.errors import (
    AnswerInstead,
    NotAskingNow,
    NothingProposed,
    NotYourTurn,
    ReasonMissing,
)
from matchmaking.requests.events import requests_withdrawn
from matchmaking.requests.models import Request
from matchmaking.requests.queries import goods_told, held_slot_of, messages_for
from matchmaking.requests.states import STANDING, DeclineReason, Priority, RequestState
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move, move_each, standing
from moussem.core.rounds import in_chunks, try_each


def _to_answer(
    request: Request, actor: Any, seen: str | None, matching: Matching | None = None
) -> tuple[Request, Party, Matching]:
    """The request under lock, the party that answers, and how meetings are made, while it waits for them."""
    matching = matching or matching_of(request.edition)
    require(is_talking(matching), NotAskingNow)
    known, request = request, lock(request)
    # Whoever waited for the lock may have been released meanwhile.
    speaks = spoken_for(actor, known)
    require(speaks, NotYours)
    (party,) = speaks
    if not request.is_pending:
        raise MoveNotAllowed(happened=standing(request))
    if party.side != request.waits_for:
        raise NotYourTurn(party=request.party_of(request.waits_for).organisation.label)
    require_shown(request, seen)
    return request, party, matching


@transaction.atomic
def accept(
    request: Request,
    *,
    actor: Any,
    priority: str = Priority.NICE,
    answer: str = "",
    seen: str | None = None,
) -> Request:
    """The party that was asked wants to meet; the timetable finds the slot, and the other side is told.

    Here and below ``seen`` is the digest of the request as it was looked at, where a page stands between.
    """
    request, party, matching = _to_answer(request, actor, seen)
    refuse_words_unread(matching, answer)
    accept_silently(request, actor=actor, priority=priority, answer=answer)
    write_to(request.across(party), request, "accepted")
    return request


def may_be_accepted(
    request: Request, *, actor: Any, matching: Matching, answer: str = "", seen: str | None = None
) -> Request:
    """The request under lock, once nothing speaks against an answer, for who books before it is written."""
    request, _party, matching = _to_answer(request, actor, seen, matching)
    refuse_words_unread(matching, answer)
    return request


def accept_silently(
    request: Request, *, actor: Any, priority: str = Priority.NICE, answer: str = ""
) -> Request:
    """A request under lock is accepted, and whoever books at once tells the other side when."""
    request.answered_at, request.answer = timezone.now(), answer
    also = ("answered_at", request.set_priority(request.waits_for, priority), "answer")
    move(request, RequestState.ACCEPTED, actor=actor, also=also, priority=str(priority))
    return request


@transaction.atomic
def decline(
    request: Request, *, actor: Any, reason: str, answer: str = "", seen: str | None = None
) -> Request:
    """The party that was asked does not meet, and says why."""
    require(reason in DeclineReason.values, ReasonMissing)
    request, party, matching = _to_answer(request, actor, seen)
    refuse_words_unread(matching, answer)
    request.answered_at, request.reason, request.answer = timezone.now(), reason, answer
    also = ("answered_at", "reason", "answer")
    move(request, RequestState.DECLINED, actor=actor, reason=reason, also=also)
    write_to(request.party_of(OTHER_SIDE[party.side]), request, "declined")
    return request


@transaction.atomic
def decline_for_good(request: Request, *, actor: Any, **told: Any) -> Request:
    """The same, and nothing more is asked of this side by the other; both are written, or neither."""
    request = decline(request, actor=actor, **told)
    (party,) = spoken_for(actor, request)
    wish(party, request.across(party), actor=actor, is_wanted=False)
    return request


@transaction.atomic
def counter(
    request: Request,
    *,
    actor: Any,
    lines: Sequence[Line],
    message: str = "",
    slots: Sequence[Slot] | None = None,
    held_slot: Slot | None = None,
    priority: str = "",
    seen: str | None = None,
) -> Request:
    """Other goods, quantities or slots are proposed; the answer is the other side's now.

    ``held_slot`` is kept in mind for both until it expires or begins, and takes nobody's seat. Without
    ``slots`` those that were preferred before stay, as far as they are to come. Who asked, how much they want
    it and what was said before stay as they were.
    """
    request, party, matching = _to_answer(request, actor, seen)
    lines = checked_lines(request.exporter, lines)
    if slots is None:
        slots = list(request.slots.filter(begins__gt=timezone.now()))
    is_other = message or _differs(request, lines, slots, held_slot)
    require(is_other, NothingProposed)
    # The proposed one first: of too many the last are left out.
    slots = checked_slots(request, [*([held_slot] if held_slot else []), *slots])
    now = timezone.now()
    before = [one.told for one in request.lines.all()]
    request.waits_for, request.proposed_at = OTHER_SIDE[party.side], now
    request.set_priority(party.side, priority or request.priority_of(party.side))
    request.held_slot = held_slot
    kept = now + timedelta(hours=matching.hold_hours)
    request.held_until = min(kept, held_slot.begins) if held_slot else None
    request.lines_before = before
    request.save()
    write_message(request, message, side=party.side, actor=actor, matching=matching)
    write_lines(request, lines, slots)
    record("request_countered", request, actor=actor, lines=len(lines), slot=held_slot and held_slot.pk)
    reader = request.party_of(request.waits_for)
    # Words that the organiser reads first are not told by mail either.
    said = [one.text for one in messages_for(request, reader) if one.said_at == now]
    told = {"goods": goods_told(request), "slot": held_slot, "said": next(iter(said), "")}
    write_to(reader, request, "countered", **told)
    return request


def _differs(request: Request, lines: Sequence[Line], slots: Sequence[Slot], held_slot: Slot | None) -> bool:
    """Whether other goods, quantities or slots are named than those that stand."""
    stands = {(one.product_id, one.family_id, one.quantity, one.unit) for one in request.lines.all()}
    named = {
        (
            line["product"].pk if line.get("product") else None,
            line["family"].pk if line.get("family") else None,
            line.get("quantity"),
            line.get("unit", ""),
        )
        for line in lines
    }
    now = timezone.now()
    to_come = {one.pk for one in request.slots.all() if one.begins > now}
    return named != stands or held_slot != held_slot_of(request, now) or {one.pk for one in slots} != to_come


@transaction.atomic
def withdraw(request: Request, *, actor: Any, reason: str = "", seen: str | None = None) -> Request:
    """A party takes back what it asked, or a meeting that it accepted; the meeting is cancelled with it."""
    refuse_once_over(request.edition)
    refuse_words_unread(matching_of(request.edition), reason)
    known, request = request, lock(request)
    # Whoever waited for the lock may have been released meanwhile.
    speaks = spoken_for(actor, known)
    require(speaks, NotYours)
    # Whose answer is awaited declines; of what is answered or taken back already, the move tells.
    is_own = not request.is_pending or speaks[0].side != request.waits_for
    require(is_own, AnswerInstead)
    require_shown(request, seen)
    agreed = _agreed([request])
    _withdraw_each([request], party=speaks[0], actor=actor, reason=reason)
    _tell_of_withdrawn([request], party=speaks[0], agreed=agreed, actor=actor, reason=reason)
    return request


def _withdraw_each(requests: Sequence[Request], *, party: Party, actor: Any, reason: str = "") -> None:
    for one in requests:
        one.withdrawn_by, one.withdrawn_at, one.withdrawal_reason = party, timezone.now(), reason
    also = ("withdrawn_by", "withdrawn_at", "withdrawal_reason")
    move_each(requests, RequestState.WITHDRAWN, actor=actor, reason=reason, also=also)


def _agreed(requests: Iterable[Request]) -> set[int]:
    return {one.pk for one in requests if one.state == RequestState.ACCEPTED}


def _tell_of_withdrawn(
    requests: Sequence[Request], *, party: Party, agreed: set[int], actor: Any, reason: str = ""
) -> None:
    """Meetings go with requests of a party, and everybody on the other side reads of it once."""
    # By request, who was to meet and has been written to about the meeting itself.
    told: dict[int, set[int]] = {}
    requests_withdrawn.announce(
        Request, requests=requests, party=party, actor=actor, reason=reason, told=told
    )
    about = {"reason": reason, "agreed": agreed, "booked": set(told)}
    write_to_each(requests, OTHER_SIDE[party.side], "withdrawn", but=told, **about)


@transaction.atomic
def withdraw_all_of(party: Party, *, actor: Any) -> int:
    """A party that takes part no more takes back all that stands; how many. Safe to run twice.

    Its questions go too, and nobody answers those that it was asked.
    """
    found = list(lock_all(Request.objects.of(party).standing()))
    agreed = _agreed(found)
    # Without a reason: the log of the party tells it, and the other side reads no word of ours.
    _withdraw_each(found, party=party, actor=actor)
    _tell_of_withdrawn(found, party=party, agreed=agreed, actor=actor)
    if party.side == Side.BUYER:
        return len(found) + take_back_enquiries_of(party, actor=actor)
    return len(found) + lapse_enquiries(party.enquiries.all(), actor=actor)


def withdraw_for_those_who_left() -> int:
    """What was asked as a party left, and stands since, is taken back; for how many parties."""
    left = Party.objects.exclude(left_at=None).filter(edition__matching__state__in=TALKING)
    asked = Q(requests_to_buy__state__in=STANDING) | Q(requests_to_sell__state__in=STANDING)
    found = in_chunks(left.filter(asked).distinct())
    return sum(1 for _many in try_each(found, partial(withdraw_all_of, actor=None)))


@transaction.atomic
def lapse_all(edition: Edition) -> int:
    """Meetings of an edition have ended: what nobody answered lapses. Safe to run twice."""
    found = list(lock_all(Request.objects.filter(edition=edition, state=RequestState.PENDING)))
    move_each(found, RequestState.LAPSED, actor=None)
    return len(found) + lapse_enquiries(edition.enquiries.all(), actor=None)
