"""A buyer asks an exhibitor a plain question, and reads the answer."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from matchmaking.parties.actions import hold_matching
from matchmaking.parties.models import Party
from matchmaking.parties.queries import matching_of
from matchmaking.parties.rules import may_speak_for
from matchmaking.parties.states import Side
from matchmaking.requests.actions.asking import hold_pair
from matchmaking.requests.actions.letters import write_of_enquiry, write_of_unanswered
from matchmaking.requests.errors import (
    EnquiredOften,
    EnquirySaysNothing,
    EnquiryWaits,
    NoEnquiriesNow,
    NotThePair,
    TooManyEnquiries,
)
from matchmaking.requests.models import Enquiry
from matchmaking.requests.queries import times_taken_back
from matchmaking.requests.rules import MOST_ENQUIRIES, MOST_TIMES, may_enquire
from matchmaking.requests.states import EnquiryState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move, move_each
from moussem.core.text import has_words


@transaction.atomic
def enquire(party: Party, other: Party, *, actor: Any, text: str) -> Enquiry:
    """A question of a buyer to an exhibitor, one at a time; the exhibitor is written to."""
    require(may_speak_for(actor, party), NotYours)
    require(may_enquire(matching_of(party.edition)), NoEnquiriesNow)
    require(party.side == Side.BUYER, NotThePair)
    require(has_words(text), EnquirySaysNothing)
    # Whoever ends the meetings at this moment waits for this question, and closes it with the others.
    require(may_enquire(hold_matching(party.edition, shared=True)), NoEnquiriesNow)
    hold_pair(party, other, actor=actor)
    waiting, named = party.enquiries_made.waiting(), {"party": other.organisation.label}
    require(not waiting.filter(exporter=other).exists(), EnquiryWaits, **named)
    require(waiting.count() < MOST_ENQUIRIES, TooManyEnquiries, most=MOST_ENQUIRIES)
    times = times_taken_back(party, other)
    require(times < MOST_TIMES, EnquiredOften, times=times, **named)
    enquiry = Enquiry.objects.create(
        edition=party.edition, buyer=party, exporter=other, text=text.strip(), asked_person=actor
    )
    record("enquired", enquiry, actor=actor)
    write_of_enquiry(other, enquiry, "asked")
    return enquiry


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, *, actor: Any, answer: str) -> Enquiry:
    """The exhibitor's answer, once; whoever asked reads it, after the fair as well."""
    require(may_speak_for(actor, enquiry.exporter), NotYours)
    matching = matching_of(enquiry.edition)
    # Words would pass by an organiser who reads them first since.
    require(matching is not None and not matching.reads_messages, NoEnquiriesNow)
    require(has_words(answer), EnquirySaysNothing)
    enquiry = lock(enquiry)
    # Whoever waited for the lock may have been released meanwhile.
    require(may_speak_for(actor, enquiry.exporter), NotYours)
    enquiry.answer, enquiry.answered_person, enquiry.answered_at = answer.strip(), actor, timezone.now()
    move(enquiry, EnquiryState.ANSWERED, actor=actor, also=("answer", "answered_person", "answered_at"))
    write_of_enquiry(enquiry.buyer, enquiry, "answered")
    return enquiry


@transaction.atomic
def withdraw_enquiry(enquiry: Enquiry, *, actor: Any) -> Enquiry:
    """The buyer takes back a question that waits, which counts no more."""
    require(may_speak_for(actor, enquiry.buyer), NotYours)
    enquiry = lock(enquiry)
    # Whoever waited for the lock may have been released meanwhile.
    require(may_speak_for(actor, enquiry.buyer), NotYours)
    return move(enquiry, EnquiryState.WITHDRAWN, actor=actor)


def take_back_enquiries_of(buyer: Party, *, actor: Any) -> int:
    """All that waits of a buyer is taken back; how many. Safe to run twice."""
    found = list(lock_all(buyer.enquiries_made.waiting()))
    move_each(found, EnquiryState.WITHDRAWN, actor=actor)
    return len(found)


def lapse_enquiries(asked: QuerySet[Enquiry], *, actor: Any) -> int:
    """Those that wait are closed, as nobody answers them here; their buyers are told. Safe to run twice."""
    found = list(lock_all(asked.waiting()).select_related("edition", "exporter__organisation"))
    move_each(found, EnquiryState.LAPSED, actor=actor)
    write_of_unanswered(found)
    return len(found)
