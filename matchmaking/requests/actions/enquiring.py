"""A buyer asks an exhibitor a plain question, and reads the answer."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from matchmaking.parties.models import Party
from matchmaking.parties.queries import matching_of
from matchmaking.parties.rules import may_speak_for
from matchmaking.parties.states import Side
from matchmaking.requests.actions.asking import require_pair
from matchmaking.requests.actions.letters import write_of_enquiry
from matchmaking.requests.errors import (
    EnquiryAnswered,
    EnquirySaysNothing,
    EnquiryWaits,
    NoEnquiriesNow,
    NotThePair,
    TooManyEnquiries,
)
from matchmaking.requests.models import Enquiry
from matchmaking.requests.rules import MOST_ENQUIRIES, may_enquire
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record


@transaction.atomic
def enquire(party: Party, other: Party, *, actor: Any, text: str) -> Enquiry:
    """A question of a buyer to an exhibitor, one at a time; the exhibitor is written to."""
    require(may_speak_for(actor, party), NotYours)
    require(may_enquire(matching_of(party.edition)), NoEnquiriesNow)
    require(party.side == Side.BUYER, NotThePair)
    require_pair(party, other)
    require(text.strip(), EnquirySaysNothing)
    # Two people of one party who ask at once wait for each other.
    party = lock(party)
    waiting = party.enquiries_made.waiting()
    require(not waiting.filter(exporter=other).exists(), EnquiryWaits, party=other.organisation.label)
    require(waiting.count() < MOST_ENQUIRIES, TooManyEnquiries, most=MOST_ENQUIRIES)
    enquiry = Enquiry.objects.create(
        edition=party.edition, buyer=party, exporter=other, text=text.strip(), asked_person=actor
    )
    record("enquired", enquiry, actor=actor)
    write_of_enquiry(other, enquiry, "asked")
    return enquiry


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, *, actor: Any, answer: str) -> Enquiry:
    """The exhibitor's answer, once; whoever asks reads it, after the fair as well."""
    require(may_speak_for(actor, enquiry.exporter), NotYours)
    matching = matching_of(enquiry.edition)
    # Words would pass by an organiser who reads them first since.
    require(matching is not None and not matching.reads_messages, NoEnquiriesNow)
    require(answer.strip(), EnquirySaysNothing)
    enquiry = lock(enquiry)
    require(enquiry.is_waiting, EnquiryAnswered)
    enquiry.answer, enquiry.answered_person, enquiry.answered_at = answer.strip(), actor, timezone.now()
    enquiry.save(update_fields=["answer", "answered_person", "answered_at"])
    record("enquiry_answered", enquiry, actor=actor)
    write_of_enquiry(enquiry.buyer, enquiry, "answered")
    return enquiry
