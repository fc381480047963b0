"""A counter-proposal keeps who asked, how much each side wants it and what was said, and says something."""

from decimal import Decimal

import pytest
from django.urls import reverse

from matchmaking.parties.actions import plan_matching
from matchmaking.requests.actions import accept, counter, edit_request, withdraw
from matchmaking.requests.errors import AnswerInstead, NothingProposed
from matchmaking.requests.queries import messages_for
from matchmaking.requests.states import Priority
from moussem.core.models import OutboxMessage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def request_(asks):
    return asks(message="We roast.", priority=Priority.MUST)


@pytest.fixture
def as_asked(fair):
    """The goods of the request as they are."""
    return [{"product": fair.product, "quantity": Decimal("20.000"), "unit": "kg"}]


@pytest.fixture
def other(fair):
    return [{"product": fair.product, "quantity": Decimal(5), "unit": "kg"}]


def said(request, party):
    return [(one.side, one.text) for one in messages_for(request, party)]


def test_who_asked_how_much_they_want_it_and_what_they_said_stay(fair, request_, other):
    countered = counter(request_, actor=fair.sells, lines=other, message="Five?", priority=Priority.NICE)

    countered.refresh_from_db()
    assert (countered.asked_by, countered.asked_person, countered.waits_for) == ("buyer", fair.buys, "buyer")
    assert (countered.priority_of("buyer"), countered.priority_of("exporter")) == ("must", "nice")
    history = [("buyer", "We roast."), ("exporter", "Five?")]
    assert said(countered, fair.buyer) == said(countered, fair.exporter) == history


def test_a_history_grows_with_every_proposal_and_each_side_keeps_its_own_priority(fair, request_, other):
    counter(request_, actor=fair.sells, lines=other, message="Five?", priority=Priority.MUST)
    counter(request_, actor=fair.buys, lines=[{"product": fair.product}], message="Ten.")

    accepted = accept(request_, actor=fair.sells, priority=Priority.NICE)

    assert [text for _side, text in said(accepted, fair.buyer)] == ["We roast.", "Five?", "Ten."]
    assert (accepted.priority_of("buyer"), accepted.priority_of("exporter")) == ("must", "nice")


def test_whoever_asked_accepts_a_counter_proposal_with_their_own_priority(fair, request_, other):
    counter(request_, actor=fair.sells, lines=other, priority=Priority.MUST)
    OutboxMessage.objects.all().delete()

    accepted = accept(request_, actor=fair.buys, priority=Priority.NICE)

    assert (accepted.priority, accepted.answer_priority) == ("nice", "must")
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [fair.sells.email]


def test_a_counter_proposal_that_changes_nothing_is_refused(fair, request_, as_asked, refused):
    refused(NothingProposed, counter, request_, actor=fair.sells, lines=as_asked)
    refused(NothingProposed, counter, request_, actor=fair.sells, lines=as_asked, priority=Priority.MUST)

    request_.refresh_from_db()
    assert (request_.waits_for, request_.priority, request_.answer_priority) == ("exporter", "must", "")


@pytest.mark.parametrize("what", ["message", "held_slot", "slots"])
def test_words_or_a_slot_are_a_proposal(fair, request_, as_asked, what):
    told = {"message": "Which grade?", "held_slot": fair.slots[0], "slots": fair.slots[:1]}[what]

    countered = counter(request_, actor=fair.sells, lines=as_asked, **{what: told})

    assert countered.waits_for == "buyer"


def test_taking_the_proposed_slot_away_is_a_proposal_and_keeping_it_is_none(
    fair, request_, as_asked, refused
):
    counter(request_, actor=fair.sells, lines=as_asked, held_slot=fair.slots[0])

    told = {"actor": fair.buys, "lines": as_asked}
    refused(NothingProposed, counter, request_, held_slot=fair.slots[0], **told)
    assert counter(request_, **told).held_slot is None


def test_who_proposed_last_changes_it_or_takes_it_back_and_nobody_else(fair, request_, other, refused):
    counter(request_, actor=fair.sells, lines=other, message="Five?", priority=Priority.NICE)
    told = {"lines": other, "priority": Priority.MUST, "message": "Six?"}

    refused(AnswerInstead, edit_request, request_, actor=fair.buys, **told)
    refused(AnswerInstead, withdraw, request_, actor=fair.buys)
    changed = edit_request(request_, actor=fair.sells, **told)

    assert (changed.priority, changed.answer_priority) == ("must", "must")
    assert said(changed, fair.buyer) == [("buyer", "We roast."), ("exporter", "Six?")]
    assert withdraw(request_, actor=fair.sells).state == "withdrawn"


def test_the_page_names_who_asked_and_each_side_s_priority_and_words(client, fair, request_, other):
    counter(request_, actor=fair.sells, lines=other, message="Five?", priority=Priority.NICE)
    here = reverse("matchmaking:request", args=[fair.edition.slug, request_.pk])
    pages = {}
    for who in (fair.buys, fair.sells):
        client.force_login(who)
        answer = client.get(here)
        pages[who] = (answer.content.decode(), answer.context["wanted"])

    assert [pages[who][1] for who in pages] == [["must", "would be nice"], ["would be nice", "must"]]
    assert all("We roast." in text and "Five?" in text for text, _wanted in pages.values())
    assert "of your side on" in pages[fair.buys][0] and "They asked you on" in pages[fair.sells][0]
    assert "they proposed something else on" in pages[fair.buys][0]
    assert "you proposed something else on" in pages[fair.sells][0]


def test_a_form_that_is_sent_as_it_was_shown_says_that_it_changes_nothing(client, fair, request_):
    client.force_login(fair.sells)
    here = reverse("matchmaking:request", args=[fair.edition.slug, request_.pk])
    form = client.get(here).context["forms"]["counter"]
    sent = {one.html_name: one.value() or "" for one in form}

    answer = client.post(here, {"act": "counter", "seen": request_.digest, **sent})

    (error,) = answer.context["forms"]["counter"].non_field_errors()
    assert error.startswith("This is what the request says already.")


def test_the_organiser_reads_each_message_of_a_history(fair, asks, other):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)
    request = asks(message="We roast.")

    counter(request, actor=fair.sells, lines=other, message="Five?")

    assert said(request, fair.buyer) == [("buyer", "We roast.")]
    assert said(request, fair.exporter) == [("exporter", "Five?")]
