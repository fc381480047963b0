"""A meeting is asked for, and the request is changed until it is answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from matchmaking.parties.actions import hold_matching
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.queries import matching_of, meeting_for, spoken_for
from matchmaking.parties.rules import may_speak_for
from matchmaking.requests.actions.letters import write_to
from matchmaking.requests.errors import (
    AnswerInstead,
    AskedAlready,
    AskedOften,
    NobodyMeets,
    NotAskingNow,
    NothingToTalkAbout,
    NotTheirProduct,
    NotThePair,
    QuotaReached,
    SlotNotHere,
    TakesNoRequests,
    TheyAskedYou,
    TooManyLines,
    WordsNotRead,
)
from matchmaking.requests.models import Request, RequestLine, RequestMessage
from matchmaking.requests.queries import is_unwanted, open_count, pair_of, standing_between, times_asked
from matchmaking.requests.rules import MOST_LINES, MOST_SLOTS, MOST_TIMES, may_ask, quota_of
from matchmaking.requests.states import MessageState, Priority
from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock_all
from moussem.core.log import record
from moussem.core.moves import standing
from moussem.core.shown import require_as_shown

Line = Mapping[str, Any]


def ask(party: Party, other: Party, *, actor: Any, lines: Sequence[Line], **told: Any) -> Request:
    """A request of one party to another, about what is in ``lines``.

    A line is ``{"product": …}`` or ``{"family": …}``, with a ``quantity`` and its ``unit`` where one is
    named.
    ``told`` holds ``priority``, ``language``, ``message`` and ``slots``. Of two who ask each other at
    the same moment the second reads that they were asked.
    """
    try:
        with transaction.atomic():
            return _ask(party, other, actor=actor, lines=lines, **told)
    except IntegrityError:
        # The other side was quicker by an instant: their request stands now.
        _refuse_twice(party, other)
        raise


def _ask(
    party: Party,
    other: Party,
    *,
    actor: Any,
    lines: Sequence[Line],
    priority: str = Priority.NICE,
    language: str = "",
    message: str = "",
    slots: Sequence[Slot] = (),
) -> Request:
    require(may_speak_for(actor, party), NotYours)
    require(may_ask(matching_of(party.edition), timezone.now()), NotAskingNow)
    # Whoever ends the meetings at this moment waits for this request, and lets it lapse with the others.
    matching = hold_matching(party.edition, shared=True)
    require(may_ask(matching, timezone.now()), NotAskingNow)
    hold_pair(party, other, actor=actor)
    _refuse_twice(party, other)
    times = times_asked(party, other)
    require(times < MOST_TIMES, AskedOften, party=other.organisation.label, times=times)
    quota = quota_of(matching, party)
    require(open_count(party) < quota, QuotaReached, quota=quota)
    pair = pair_of(party, other)
    lines = checked_lines(pair["exporter"], lines)
    request = Request.objects.create(
        edition=party.edition,
        **pair,
        asked_by=party.side,
        waits_for=other.side,
        priority=priority,
        language=language,
        asked_person=actor,
    )
    write_message(request, message, side=party.side, actor=actor, matching=matching)
    write_lines(request, lines, checked_slots(request, slots))
    record("meeting_asked", request, actor=actor, lines=len(lines), priority=str(priority))
    write_to(other, request, "asked")
    return request


def hold_pair(party: Party, other: Party, *, actor: Any) -> None:
    """Both under locks; refuse words between parties that do not meet, or to one that wants or reads none.

    Twenty tabs of one party wait for each other, so that the quota holds; and who leaves the meetings or says
    "no thanks" at this moment either finds these words with the others, or is not written to any more.
    """
    is_pair = (
        party.edition_id == other.edition_id
        and party.side != other.side
        and party.organisation_id != other.organisation_id
    )
    require(is_pair, NotThePair)
    sides = {one.pk: one for one in lock_all(Party.objects.filter(pk__in=(party.pk, other.pk)))}
    there = meeting_for(party.pk, other.pk)
    # Whoever waited for the locks may have been released meanwhile.
    speaks = any(one.party_id == party.pk and one.person_id == actor.pk for one in there)
    require(speaks and sides[party.pk].left_at is None, NotYours)
    takes = sides[other.pk].left_at is None and not is_unwanted(party, by=other)
    require(takes, TakesNoRequests, party=other.organisation.label)
    require(any(one.party_id == other.pk for one in there), NobodyMeets, party=other.organisation.label)


def _refuse_twice(party: Party, other: Party) -> None:
    if found := standing_between(party, other):
        refusal = AskedAlready if found.asked_by == party.side else TheyAskedYou
        raise refusal(party=other.organisation.label)


def checked_lines(exporter: Party, lines: Sequence[Line]) -> list[Line]:
    """What a request names, as long as the exporter offers it."""
    lines = list(lines)
    require(lines, NothingToTalkAbout)
    require(len(lines) <= MOST_LINES, TooManyLines, most=MOST_LINES)
    products = {line["product"].pk for line in lines if line.get("product")}
    offered = exporter.organisation.products.listed().filter(pk__in=products).count()
    require(offered == len(products), NotTheirProduct)
    return lines


def checked_slots(request: Request, slots: Sequence[Slot]) -> list[Slot]:
    """Preferred slots, as long as they are of this edition and to come."""
    slots = list(slots)[:MOST_SLOTS]
    now = timezone.now()
    require(all(one.edition_id == request.edition_id and one.begins > now for one in slots), SlotNotHere)
    return slots


def write_message(request: Request, text: str, *, side: str, actor: Any, matching: Matching) -> None:
    """What a side says with what it asks or proposes now, in place of what it said with it before.

    Where the organiser reads messages, a text that is another one waits for them again.
    """
    known = request.messages.filter(side=side, said_at=request.told_at).first()
    if text == (known.text if known else ""):
        return
    if not text:
        known.delete()
        return
    said = known or RequestMessage(request=request, side=side, said_at=request.told_at)
    said.person, said.text = actor, text
    said.state = MessageState.HELD if matching.reads_messages else MessageState.SHOWN
    said.save()


def refuse_words_unread(matching: Matching | None, words: str) -> None:
    """Where the organiser reads messages first, words of an answer would pass by it."""
    require(not (words and matching and matching.reads_messages), WordsNotRead)


def require_shown(request: Request, seen: str | None) -> None:
    """A request under lock is as it was looked at: a colleague or the other side may have changed it."""
    if seen is not None:
        require_as_shown(seen, request.digest)


def write_lines(request: Request, lines: Sequence[Line], slots: Sequence[Slot]) -> None:
    """The lines and preferred slots of a request, in place of those it had."""
    request.lines.all().delete()
    RequestLine.objects.bulk_create(RequestLine(request=request, **line) for line in lines)
    request.slots.set(slots)


@transaction.atomic
def edit_request(
    request: Request,
    *,
    actor: Any,
    lines: Sequence[Line],
    priority: str,
    language: str = "",
    message: str = "",
    slots: Sequence[Slot] = (),
    seen: str | None = None,
) -> Request:
    """Whoever asked, or proposed something else, changes it until it is answered."""
    matching = matching_of(request.edition)
    require(may_ask(matching, timezone.now()), NotAskingNow)
    known, request = request, lock_all(Request.objects.filter(pk=request.pk)).get()
    # Whoever waited for the lock may have been released meanwhile.
    speaks = spoken_for(actor, known)
    require(speaks, NotYours)
    (party,) = speaks
    if not request.is_pending:
        raise MoveNotAllowed(happened=standing(request))
    # By the locked row: the other side may have proposed something else meanwhile.
    require(party.side != request.waits_for, AnswerInstead)
    require_shown(request, seen)
    lines = checked_lines(request.exporter, lines)
    write_message(request, message, side=party.side, actor=actor, matching=matching)
    request.language = language
    request.save(update_fields=[request.set_priority(party.side, priority), "language"])
    write_lines(request, lines, checked_slots(request, slots))
    record("request_edited", request, actor=actor, lines=len(lines), priority=str(priority))
    return request
