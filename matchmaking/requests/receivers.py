"""Requests follow their parties and the end of the meetings."""

from typing import Any

from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.live.stands.actions import answer_from_elsewhere, take_up
from fairs.live.stands.events import message_answered, message_left
from fairs.live.stands.models import StandThread
from fairs.report.meetings import tells_enquiries
from matchmaking.parties.events import party_left
from matchmaking.parties.models import Matching, Party
from matchmaking.parties.queries import delegate_of
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.actions import answer_enquiry, enquire, lapse_all, withdraw_all_of
from matchmaking.requests.models import Enquiry
from matchmaking.requests.queries import enquiries_at
from matchmaking.requests.states import EnquiryState
from matchmaking.requests.tasks import recommend
from moussem.core.errors import Refusal
from moussem.core.events import moved

# As a question at a stand names the enquiry that it became.
ENQUIRY = "enquiry"


# Once more on commit, for whoever asked at that moment: their request was not seen before.
@receiver(party_left, sender=Party)
@party_left.within(order=40, sender=Party)
def withdraw_what_stood(party: Party, actor: Any, **facts: Any) -> None:
    """A party that leaves takes back its requests, or it does not leave."""
    withdraw_all_of(party, actor=actor)


@moved.within(order=50, sender=Matching)
def lapse_what_nobody_answered(subject: Matching, now: str, **facts: Any) -> None:
    """Meetings end with what waits for an answer."""
    if now == MatchingState.ENDED:
        lapse_all(subject.edition)


@receiver(moved, sender=Matching)
def _recommend_as_asking_opens(subject: Matching, now: str, **facts: Any) -> None:
    if now == MatchingState.ASKING:
        recommend.enqueue(subject.edition_id)


@tells_enquiries
def enquiries_of_the_report(edition: Edition) -> int:
    """How many questions exhibitors were asked at an edition, without those that were taken back."""
    return enquiries_at(edition).count()


@message_left.within(order=10, sender=StandThread)
def ask_by_enquiry(thread: StandThread, text: str, **facts: Any) -> None:
    """A question that found nobody at a stand is an enquiry, where its asker meets for a buyer.

    Where none may be asked, as while another waits, it stays a message on the desk of the stand.
    """
    delegate = delegate_of(thread.visitor, thread.exhibitor.edition)
    there = Party.objects.meeting().filter(edition=thread.exhibitor.edition_id, side=Side.EXPORTER)
    exporter = there.filter(exhibitor=thread.exhibitor).first()
    if delegate is None or exporter is None:
        return
    try:
        enquiry = enquire(delegate.party, exporter, actor=thread.visitor, text=text)
    except Refusal:
        return
    take_up(thread, f"{ENQUIRY}:{enquiry.pk}")


@message_answered.within(order=10, sender=StandThread)
def answer_the_enquiry(thread: StandThread, text: str, actor: Any, **facts: Any) -> None:
    """What is answered at the stand is answered; who does not meet for the exporter leaves it open."""
    name, _colon, key = thread.taken_up_as.partition(":")
    enquiry = Enquiry.objects.waiting().filter(pk=key).first() if name == ENQUIRY else None
    if enquiry is not None:
        try:
            answer_enquiry(enquiry, actor=actor, answer=text)
        except Refusal:
            return


@moved.within(order=60, sender=Enquiry)
def answer_at_the_stand(subject: Enquiry, now: str, actor: Any, **facts: Any) -> None:
    """An answered enquiry that began at a stand is answered there too."""
    if now == EnquiryState.ANSWERED:
        answer_from_elsewhere(f"{ENQUIRY}:{subject.pk}", text=subject.answer, actor=actor)
