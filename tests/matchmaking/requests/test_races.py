"""Requests at the same moment."""

from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fairs.editions.actions import withdraw_edition
from fairs.editions.errors import EditionWithdrawn
from matchmaking.models import Enquiry, Party, Request
from matchmaking.parties.actions import advance_matching, leave_meetings, plan_matching
from matchmaking.parties.errors import MatchingEnded
from matchmaking.parties.queries import matching_of
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import (
    accept,
    answer_enquiry,
    ask,
    counter,
    decline,
    edit_request,
    enquire,
    wish,
    withdraw,
    withdraw_enquiry,
)
from matchmaking.requests.errors import AskedAlready, NotYourTurn, QuotaReached, TakesNoRequests, TheyAskedYou
from matchmaking.requests.states import DeclineReason, Priority
from moussem.core.errors import MoveNotAllowed, Refusal
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql


def pair():
    """A buyer and an exporter, and a product to talk about."""
    edition = meeting_edition()
    buyer, exporter = buyer_at(edition), exporter_at(edition)
    return buyer, exporter, [{"product": ProductFactory(organisation=exporter.organisation)}]


def refusal_of(write):
    """The refusal that a write meets; what it gives back where it meets none."""
    try:
        return write()
    except Refusal as refusal:
        return refusal


def test_of_two_who_ask_each_other_at_once_one_request_stands_and_the_other_reads_of_it():
    for _ in range(5):
        buyer, exporter, lines = pair()

        answers = at_once(
            partial(ask, buyer, exporter, actor=speaker_of(buyer), lines=lines),
            partial(ask, exporter, buyer, actor=speaker_of(exporter), lines=lines),
        )

        assert sorted(type(answer).__name__ for answer in answers) == ["Request", "TheyAskedYou"]
        assert Request.objects.of(buyer).count() == 1


def test_twenty_tabs_of_one_buyer_ask_one_exporter_once():
    buyer, exporter, lines = pair()
    actor = speaker_of(buyer)

    answers = at_once(*[partial(ask, buyer, exporter, actor=actor, lines=lines) for _ in range(20)])

    assert sum(isinstance(answer, AskedAlready) for answer in answers) == 19
    assert Request.objects.count() == 1


def test_twenty_tabs_of_one_buyer_send_as_many_requests_as_the_quota_allows():
    edition, family = meeting_edition(), FamilyFactory()
    plan_matching(edition, actor=organiser_of(edition), quota_buyer=5)
    buyer, exporters = buyer_at(edition), [exporter_at(edition) for _ in range(20)]
    actor, lines = speaker_of(buyer), [{"family": family}]

    answers = at_once(*[partial(ask, buyer, one, actor=actor, lines=lines) for one in exporters])

    assert sum(isinstance(answer, Request) for answer in answers) == 5
    assert sum(isinstance(answer, QuotaReached) for answer in answers) == 15
    assert Request.objects.count() == 5


def test_of_an_answer_and_a_withdrawal_at_once_both_read_what_came_of_it():
    for _ in range(5):
        buyer, exporter, lines = pair()
        request = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)

        answers = at_once(
            partial(decline, request, actor=speaker_of(exporter), reason=DeclineReason.TIME),
            partial(withdraw, request, actor=speaker_of(buyer)),
        )

        assert sum(isinstance(answer, MoveNotAllowed) for answer in answers) == 1
        request.refresh_from_db()
        assert request.state in ("declined", "withdrawn")


def test_an_edit_and_a_counter_proposal_at_once_leave_the_lines_of_one_of_them():
    buyer, exporter, lines = pair()
    request = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)
    ours, theirs = ([{"family": FamilyFactory(slug=name, name=name)}] for name in ("ours", "theirs"))

    answers = at_once(
        partial(edit_request, request, actor=speaker_of(buyer), lines=ours, priority=Priority.NICE),
        partial(counter, request, actor=speaker_of(exporter), lines=theirs),
    )

    # Whoever edits after the counter-proposal finds that the request is not theirs any more.
    assert sum(isinstance(answer, Request) for answer in answers) in (1, 2)
    request.refresh_from_db()
    assert [line.family.slug for line in request.lines.all()] == ["theirs"]
    assert request.waits_for == "buyer"


def test_twenty_answers_at_once_are_one_answer():
    buyer, exporter, lines = pair()
    request = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)

    answers = at_once(*[partial(accept, request, actor=speaker_of(exporter)) for _ in range(20)])

    assert sum(isinstance(answer, Request) for answer in answers) == 1
    assert not any(isinstance(answer, TheyAskedYou | NotYourTurn) for answer in answers)


def test_whoever_leaves_as_they_are_asked_leaves_no_request_behind():
    for _ in range(5):
        buyer, exporter, lines = pair()

        answers = at_once(
            partial(ask, buyer, exporter, actor=speaker_of(buyer), lines=lines),
            partial(leave_meetings, exporter, actor=speaker_of(exporter)),
        )

        assert isinstance(answers[0], Request | TakesNoRequests)
        assert isinstance(answers[1], Party)
        assert Request.objects.standing().of(buyer).count() == 0


def test_whoever_leaves_as_they_are_asked_a_question_leaves_none_waiting():
    for _ in range(5):
        buyer, exporter, _lines = pair()

        answers = at_once(
            partial(enquire, buyer, exporter, actor=speaker_of(buyer), text="Do you dye?"),
            partial(leave_meetings, exporter, actor=speaker_of(exporter)),
        )

        assert isinstance(answers[0], Enquiry | TakesNoRequests)
        assert Enquiry.objects.of(buyer).waiting().count() == 0


@pytest.mark.parametrize("write", ["ask", "enquire"])
def test_whoever_writes_while_no_thanks_is_said_reads_that_nothing_is_taken(write):
    buyer, exporter, lines = pair()
    told = {"actor": speaker_of(buyer)}
    writes = {
        "ask": partial(ask, buyer, exporter, lines=lines, **told),
        "enquire": partial(enquire, buyer, exporter, text="Do you dye?", **told),
    }

    with while_it_waits(exporter, partial(refusal_of, writes[write])) as answer:
        wish(exporter, buyer, actor=speaker_of(exporter), is_wanted=False)

    assert isinstance(answer.result(), TakesNoRequests)
    assert (Request.objects.count(), Enquiry.objects.count()) == (0, 0)


def ended(edition):
    """No meeting of the fair is made any more."""
    advance_matching(edition, MatchingState.ENDED, actor=organiser_of(edition))


def withdrawn(edition):
    """The fair does not take place."""
    withdraw_edition(edition, actor=organiser_of(edition), reason="Rain.")


ENDS = [(ended, MatchingEnded), (withdrawn, EditionWithdrawn)]


@pytest.mark.parametrize(("ends", "refusal"), ENDS)
@pytest.mark.parametrize("write", ["ask", "enquire"])
def test_nothing_is_asked_at_a_fair_whose_meetings_end_at_that_moment(write, ends, refusal):
    buyer, exporter, lines = pair()
    told = {"actor": speaker_of(buyer)}
    writes = {
        "ask": partial(ask, buyer, exporter, lines=lines, **told),
        "enquire": partial(enquire, buyer, exporter, text="Do you dye?", **told),
    }

    with while_it_waits(matching_of(buyer.edition), partial(refusal_of, writes[write])) as answer:
        ends(buyer.edition)

    assert isinstance(answer.result(), refusal)
    assert (Request.objects.count(), Enquiry.objects.count()) == (0, 0)
    assert LogEntry.objects.filter(verb__in=("meeting_asked", "enquired")).count() == 0
    written = [one["subject"] for one in OutboxMessage.objects.values_list("payload", flat=True)]
    assert [one for one in written if buyer.organisation.label in one] == []


@pytest.mark.parametrize("ends", [ended, withdrawn])
def test_what_is_asked_as_the_meetings_end_lapses_with_them(ends):
    for _ in range(5):
        buyer, exporter, lines = pair()

        at_once(
            partial(ask, buyer, exporter, actor=speaker_of(buyer), lines=lines),
            partial(enquire, buyer, exporter, actor=speaker_of(buyer), text="Do you dye?"),
            partial(ends, buyer.edition),
        )

        assert matching_of(buyer.edition).state == MatchingState.ENDED
        assert (Request.objects.standing().count(), Enquiry.objects.waiting().count()) == (0, 0)


def test_no_thanks_waits_for_a_question_that_is_being_written():
    buyer, exporter, _lines = pair()
    say = partial(wish, exporter, buyer, actor=speaker_of(exporter), is_wanted=False)

    with while_it_waits(exporter, say) as said:
        Enquiry.objects.create(
            edition=buyer.edition, buyer=buyer, exporter=exporter, text="?", asked_person=speaker_of(buyer)
        )

    assert (said.result().is_wanted, Enquiry.objects.count()) == (False, 1)


def test_of_an_answer_and_a_question_taken_back_at_once_one_holds():
    for _ in range(5):
        buyer, exporter, _lines = pair()
        asked = enquire(buyer, exporter, actor=speaker_of(buyer), text="Do you dye?")

        answers = at_once(
            partial(answer_enquiry, asked, actor=speaker_of(exporter), answer="Yes."),
            partial(withdraw_enquiry, asked, actor=speaker_of(buyer)),
        )

        assert sum(isinstance(answer, MoveNotAllowed) for answer in answers) == 1
        asked.refresh_from_db()
        assert (asked.state, asked.answer) in (("answered", "Yes."), ("withdrawn", ""))


def test_of_an_answer_and_an_edit_at_once_nobody_accepts_what_they_did_not_read():
    for _ in range(5):
        buyer, exporter, lines = pair()
        request = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)
        more = [{**lines[0], "quantity": 2000, "unit": "kg"}]

        at_once(
            partial(accept, request, actor=speaker_of(exporter), seen=request.digest),
            partial(edit_request, request, actor=speaker_of(buyer), lines=more, priority=Priority.NICE),
        )

        request.refresh_from_db()
        told = (request.state, request.lines.get().quantity)
        assert told in (("accepted", None), ("pending", 2000))


def test_answer_that_a_device_sends_twice_at_once_is_given_once():
    for _ in range(5):
        buyer, exporter, _lines = pair()
        asked = enquire(buyer, exporter, actor=speaker_of(buyer), text="Do you dye?")
        page = reverse("matchmaking:enquiry", args=[buyer.edition.slug, asked.pk])
        sent = {"answer": "Yes.", "once": str(uuid4()), "later": "1"}

        person = speaker_of(exporter)

        def send(page=page, sent=sent, person=person):
            client = Client()
            client.force_login(person)
            return client.post(page, sent, headers={"accept": "application/json"}).status_code

        assert at_once(send, send) == [200, 200]
        assert LogEntry.objects.filter(verb="moved.answered", subject_id=asked.pk).count() == 1
