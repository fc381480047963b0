"""A request is accepted, declined, countered, taken back, or lapses."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from matchmaking.models import Meeting, Request, Seat, Slot
from matchmaking.parties.actions import advance_matching, leave_meetings, plan_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, counter, decline, lapse_all, withdraw
from matchmaking.requests.errors import (
    AnswerInstead,
    NotAskingNow,
    NotTheirProduct,
    NotYourTurn,
    ReasonMissing,
    SlotNotHere,
    WordsNotRead,
)
from matchmaking.requests.queries import held_slot_of
from matchmaking.requests.states import DeclineReason, Priority, RequestState
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, meeting_edition, speaker_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def request_(asks):
    found = asks(message="We roast.")
    OutboxMessage.objects.all().delete()
    return found


def written_to():
    return [one.payload["to"] for one in OutboxMessage.objects.order_by("pk")]


def test_accepting_tells_the_other_side_and_books_nothing_before_the_timetable(fair, request_):
    accepted = accept(request_, actor=fair.sells, priority=Priority.MUST, answer="Gladly.")

    assert (accepted.state, accepted.answer_priority, accepted.answer) == ("accepted", "must", "Gladly.")
    assert written_to() == [fair.buys.email]
    assert Meeting.objects.count() == 0


def test_only_the_side_whose_answer_is_awaited_answers(fair, request_, refused):
    refused(NotYourTurn, accept, request_, actor=fair.buys)
    refused(NotYourTurn, decline, request_, actor=fair.buys, reason=DeclineReason.TIME)
    refused(NotYourTurn, counter, request_, actor=fair.buys, lines=[{"product": fair.product}])
    for stranger in (UserFactory(), speaker_of(buyer_at(fair.edition))):
        refused(NotYours, accept, request_, actor=stranger)
        refused(NotYours, withdraw, request_, actor=stranger)


def test_declining_needs_a_reason_and_ends_the_request(fair, request_, refused):
    for nothing in ("", "because"):
        refused(ReasonMissing, decline, request_, actor=fair.sells, reason=nothing)

    declined = decline(request_, actor=fair.sells, reason=DeclineReason.MARKET, answer="Not to Chile.")

    assert (declined.state, declined.reason, declined.answer) == ("declined", "market", "Not to Chile.")
    assert written_to() == [fair.buys.email]
    refused(MoveNotAllowed, accept, request_, actor=fair.sells)


def test_a_pair_may_ask_again_after_a_refusal(fair, asks, request_):
    decline(request_, actor=fair.sells, reason=DeclineReason.TIME)

    assert asks().state == RequestState.PENDING


def test_a_counter_proposal_hands_the_answer_back_with_other_goods(fair, request_, refused):
    other = ProductFactory(organisation=fair.exporter.organisation)
    lines = [{"product": other, "quantity": Decimal(5), "unit": "kg"}]

    countered = counter(request_, actor=fair.sells, lines=lines, message="This one?")

    assert [line.product for line in countered.lines.all()] == [other]
    assert (countered.asked_by, countered.asked_person) == ("buyer", fair.buys)
    assert countered.waits_for == "buyer"
    assert written_to() == [fair.buys.email]
    refused(NotYourTurn, accept, request_, actor=fair.sells)
    assert accept(request_, actor=fair.buys).state == RequestState.ACCEPTED


def test_a_proposed_slot_is_kept_in_mind_for_some_hours_and_blocks_nobody(fair, request_):
    plan_matching(fair.edition, actor=fair.organiser, hold_hours=2)
    lines = [{"product": fair.product}]

    countered = counter(request_, actor=fair.sells, lines=lines, held_slot=fair.slots[1])

    assert held_slot_of(countered) == fair.slots[1]
    assert held_slot_of(countered, timezone.now() + timedelta(hours=3)) is None
    assert Seat.objects.count() == 0


def test_slots_that_were_preferred_stay_beside_a_proposed_one(fair, asks):
    request = asks(slots=fair.slots[:2])

    counter(request, actor=fair.sells, lines=[{"product": fair.product}], held_slot=fair.slots[2])

    assert list(request.slots.all()) == fair.slots


def test_a_proposed_slot_of_another_edition_is_refused_however_many_there_are(fair, request_, refused):
    elsewhere = Slot.objects.filter(edition=meeting_edition()).first()
    told = {"lines": [{"product": fair.product}], "held_slot": elsewhere}
    many = list(Slot.objects.filter(edition=fair.edition)[:12])

    refused(SlotNotHere, counter, request_, actor=fair.sells, **told)
    refused(SlotNotHere, counter, request_, actor=fair.sells, slots=many, **told)


def test_a_counter_proposal_names_goods_of_the_exporter(fair, request_, refused):
    refused(NotTheirProduct, counter, request_, actor=fair.sells, lines=[{"product": ProductFactory()}])


def test_whoever_asked_takes_it_back_and_whoever_was_asked_declines(fair, request_, refused):
    refused(AnswerInstead, withdraw, request_, actor=fair.sells)

    assert withdraw(request_, actor=fair.buys).state == RequestState.WITHDRAWN
    assert written_to() == [fair.sells.email]
    refused(MoveNotAllowed, withdraw, request_, actor=fair.sells)
    refused(MoveNotAllowed, withdraw, request_, actor=fair.buys)


def test_both_sides_take_back_what_they_agreed_on(fair, request_):
    accept(request_, actor=fair.sells)

    assert withdraw(request_, actor=fair.sells, reason="We are ill.").state == RequestState.WITHDRAWN


def test_who_leaves_the_meetings_takes_everything_back(fair, request_, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        leave_meetings(fair.buyer, actor=fair.buys)

    assert Request.objects.get().state == RequestState.WITHDRAWN
    assert written_to() == [fair.sells.email]


def test_what_nobody_answered_lapses_with_the_meetings(fair, request_, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        advance_matching(fair.edition, MatchingState.ENDED, actor=fair.organiser)

    assert Request.objects.get().state == RequestState.LAPSED
    assert lapse_all(fair.edition) == 0


def test_nothing_is_answered_once_meetings_have_ended(fair, request_, refused):
    advance_matching(fair.edition, MatchingState.ENDED, actor=fair.organiser)

    refused(NotAskingNow, accept, request_, actor=fair.sells)


def test_answers_are_taken_after_the_last_moment_to_ask(fair, request_):
    plan_matching(fair.edition, actor=fair.organiser, asked_until=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert accept(request_, actor=fair.sells).state == RequestState.ACCEPTED


def test_where_messages_are_read_first_answers_carry_no_words(fair, request_, refused):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)

    refused(WordsNotRead, accept, request_, actor=fair.sells, answer="Call me.")
    told = {"actor": fair.sells, "reason": DeclineReason.TIME, "answer": "Call me."}
    refused(WordsNotRead, decline, request_, **told)
    refused(WordsNotRead, withdraw, request_, actor=fair.buys, reason="Call me.")
    assert accept(request_, actor=fair.sells).state == RequestState.ACCEPTED
