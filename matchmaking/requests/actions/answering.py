"""A request is accepted, declined, countered, withdrawn, or lapses."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.queries import matching_of
from matchmaking.parties.rules import is_talking, spoken_for
from matchmaking.parties.states import OTHER_SIDE, TALKING, Side
from matchmaking.requests.actions.asking import (
    Line,
    checked_lines,
    checked_slots,
    refuse_words_unread,
    require_shown,
    state_of_message,
    write_lines,
)
from matchmaking.requests.actions.enquiring import lapse_enquiries, take_back_enquiries_of
from matchmaking.requests.actions.letters import write_to, write_to_each
from matchmaking.requests.actions.wishing import wish
from matchmaking.requests.errors import AnswerInstead, NotAskingNow, NotYourTurn, ReasonMissing
from matchmaking.requests.events import requests_withdrawn
from matchmaking.requests.models import Request
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
    speaks = spoken_for(actor, (request.buyer, request.exporter))
    require(speaks, NotYours)
    (party,) = speaks
    request = lock(request)
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
    request, _party, matching = _to_answer(request, actor, seen)
    refuse_words_unread(matching, answer)
    accept_silently(request, actor=actor, priority=priority, answer=answer)
    write_to(request.asker, request, "accepted")
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
    request.answered_at, request.answer_priority, request.answer = timezone.now(), priority, answer
    also = ("answered_at", "answer_priority", "answer")
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
    (party,) = spoken_for(actor, (request.buyer, request.exporter))
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
    seen: str | None = None,
) -> Request:
    """Other goods, quantities or slots are proposed; the answer is the other side's now.

    ``held_slot`` is kept in mind for both until it expires, and takes nobody's seat. Without ``slots`` those
    that were preferred before stay, as far as they are to come.
    """
    request, party, matching = _to_answer(request, actor, seen)
    lines = checked_lines(request.exporter, lines)
    if slots is None:
        slots = list(request.slots.filter(begins__gt=timezone.now()))
    # The proposed one first: of too many the last are left out.
    slots = checked_slots(request, [*([held_slot] if held_slot else []), *slots])
    request.waits_for = OTHER_SIDE[party.side]
    # The message is of the side that spoke last, and so is the request.
    request.asked_by, request.asked_person = party.side, actor
    request.message, request.message_state = message, state_of_message(matching, message)
    request.held_slot = held_slot
    request.held_until = timezone.now() + timedelta(hours=matching.hold_hours) if held_slot else None
    request.save()
    write_lines(request, lines, slots)
    record("request_countered", request, actor=actor, lines=len(lines), slot=held_slot and held_slot.pk)
    write_to(request.party_of(request.waits_for), request, "countered")
    return request


@transaction.atomic
def withdraw(request: Request, *, actor: Any, reason: str = "", seen: str | None = None) -> Request:
    """A party takes back what it asked, or a meeting that it accepted; the meeting is cancelled with it."""
    speaks = spoken_for(actor, (request.buyer, request.exporter))
    require(speaks, NotYours)
    refuse_once_over(request.edition)
    refuse_words_unread(matching_of(request.edition), reason)
    request = lock(request)
    # Whose answer is awaited declines; of what is answered or taken back already, the move tells.
    is_own = not request.is_pending or speaks[0].side == request.asked_by
    require(is_own, AnswerInstead, party=request.asker.organisation.label)
    require_shown(request, seen)
    move(request, RequestState.WITHDRAWN, actor=actor, reason=reason)
    requests_withdrawn.announce(Request, requests=[request], actor=actor, reason=reason)
    write_to(request.party_of(OTHER_SIDE[speaks[0].side]), request, "withdrawn", reason=reason)
    return request


@transaction.atomic
def withdraw_all_of(party: Party, *, actor: Any) -> int:
    """A party that takes part no more takes back all that stands; how many. Safe to run twice.

    Its questions go too, and nobody answers those that it was asked.
    """
    found = list(lock_all(Request.objects.of(party).standing()))
    # Without a reason: the log of the party tells it, and the other side reads no word of ours.
    move_each(found, RequestState.WITHDRAWN, actor=actor)
    requests_withdrawn.announce(Request, requests=found, actor=actor, reason="")
    write_to_each(found, OTHER_SIDE[party.side], "withdrawn", reason="")
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
