"""Pages that stood open while a colleague, the other side or the clock changed what they show."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Meeting, Request
from matchmaking.parties.actions import advance_matching, plan_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, counter, decline, edit_request, show_message
from matchmaking.requests.errors import MessageDecided
from matchmaking.requests.models import RequestLine
from matchmaking.requests.queries import held_slot_of, messages_for
from matchmaking.requests.states import MessageState
from moussem.core.errors import ChangedSinceShown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def rewritten(fair, asks):
    """A request that its buyer changed after the exporter opened it: what was shown, and how it stands."""
    request = asks(message="Twenty kilograms")
    shown = request.digest
    lines = [{"product": fair.product, "quantity": 2000, "unit": "kg"}]
    edit_request(request, actor=fair.buys, lines=lines, priority="must", message="Two tonnes")
    return request, shown


def address(fair, request):
    return reverse("matchmaking:request", args=[fair.edition.slug, request.pk])


@pytest.mark.parametrize(
    ("act", "told"), [(accept, {}), (decline, {"reason": "time"}), (counter, {"lines": ["product"]})]
)
def test_nobody_answers_what_they_were_not_shown(fair, rewritten, refused, act, told):
    request, shown = rewritten
    if "lines" in told:
        told = {"lines": [{"product": fair.product}]}

    refused(ChangedSinceShown, act, request, actor=fair.sells, seen=shown, **told)

    assert RequestLine.objects.get().quantity == 2000
    act(request, actor=fair.sells, seen=Request.objects.get().digest, **told)


def test_a_colleague_s_change_is_not_written_over(fair, rewritten, refused):
    request, shown = rewritten
    told = {"lines": [{"product": fair.product}], "priority": "nice"}

    refused(ChangedSinceShown, edit_request, request, actor=fair.buys, seen=shown, **told)


def test_taking_back_a_question_does_not_call_off_the_meeting_it_has_become(client, fair, asks):
    request = asks()
    shown = request.digest
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    accept_and_book(request, actor=fair.sells, slot=fair.slots[0])
    client.force_login(fair.buys)

    answer = client.post(address(fair, request), {"act": "withdraw", "seen": shown})

    assert "This is not what you were shown" in answer.content.decode()
    assert (Request.objects.get().state, Meeting.objects.get().state) == ("accepted", "booked")


def test_the_page_that_comes_back_shows_how_it_stands_and_can_be_sent(client, fair, rewritten):
    request, shown = rewritten
    client.force_login(fair.sells)
    sent = {"act": "accept", "accept-priority": "must", "accept-answer": "Gladly"}

    answer = client.post(address(fair, request), {**sent, "seen": shown})

    page = answer.content.decode()
    now = Request.objects.get().digest
    assert ("Two tonnes" in page, 'value="Gladly"' in page, f'name="seen" value="{now}"' in page) == (
        True,
    ) * 3
    client.post(address(fair, request), {**sent, "seen": now})
    assert Request.objects.get().state == "accepted"


def test_words_that_were_rewritten_since_they_were_read_are_not_let_out(fair, asks, refused):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)
    request = asks(message="Good day")
    message = request.messages.get()
    read = message.digest
    told = {"lines": [{"product": fair.product}], "priority": "nice"}
    edit_request(request, actor=fair.buys, message="Pay me past the fair", **told)

    refused(ChangedSinceShown, show_message, message, actor=fair.organiser, seen=read)

    assert request.messages.get().state == MessageState.HELD
    assert messages_for(request, fair.exporter) == []


def test_of_two_organisers_the_second_reads_that_a_message_is_decided(client, fair, asks, refused):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)
    message = asks(message="Good day").messages.get()
    show_message(message, actor=fair.organiser)
    client.force_login(fair.organiser)
    here = reverse("matchmaking:judge_message", args=[fair.edition.slug, message.pk])

    answer = client.post(here, {"act": "show", "seen": message.digest}, follow=True)
    assert "Somebody has decided on this message already." in answer.content.decode()

    client.post(here, {"act": "remove", "seen": message.digest})
    message.refresh_from_db()
    assert message.state == MessageState.REMOVED
    refused(MessageDecided, show_message, message, actor=fair.organiser)


def test_a_proposed_slot_is_kept_in_mind_no_longer_than_until_it_begins(fair, asks):
    plan_matching(fair.edition, actor=fair.organiser, hold_hours=48)
    slot = fair.slots[0]
    with time_machine.travel(slot.begins - timedelta(hours=1), tick=False):
        lines = [{"product": fair.product}]
        request = counter(asks(), actor=fair.sells, lines=lines, held_slot=slot)
        assert held_slot_of(request) == slot

    assert held_slot_of(request, slot.begins) is None


def test_a_slot_that_began_while_the_page_stood_open_is_told_in_words(client, fair, asks):
    request, slot = asks(), fair.slots[0]
    client.force_login(fair.buys)
    sent = {"act": "edit", "seen": request.digest, "edit-slots": [slot.pk], "edit-priority": "nice"}
    sent |= {"edit-what-0": f"p{fair.product.pk}"}

    with time_machine.travel(slot.begins + timedelta(minutes=1), tick=False):
        client.force_login(fair.buys)
        answer = client.post(address(fair, request), sent)

    assert answer.context["forms"]["edit"].errors == {
        "slots": ["A slot that was ticked has begun meanwhile, or is gone. Choose again."]
    }
