"""A counter-proposal keeps who asked, how much each side wants it and what was said, and says something."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from matchmaking.parties.actions import plan_matching
from matchmaking.requests.actions import accept, counter, edit_request, withdraw
from matchmaking.requests.errors import AnswerInstead, NothingProposed
from matchmaking.requests.queries import goods_told, messages_for
from matchmaking.requests.states import Priority
from moussem.core.models import OutboxMessage
from moussem.core.templatetags.times import with_zone
from tests.factories.catalogue import ProductFactory

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


def test_a_counter_proposal_shows_what_it_takes_the_place_of(client, fair, request_, other):
    gone = ProductFactory(organisation=fair.exporter.organisation)
    lines = [*other, {"product": gone, "quantity": Decimal(3), "unit": "g"}]
    counter(request_, actor=fair.sells, lines=lines)
    client.force_login(fair.buys)
    here = reverse("matchmaking:request", args=[fair.edition.slug, request_.pk])
    page = client.get(here).content.decode()
    assert re.findall(r"<del>(.*?)</del>", page) == ['<bdi class="amount">20\xa0kg</bdi>']

    counter(request_, actor=fair.buys, lines=other)

    (struck,) = re.findall(r"<del>(.*?)</del>", client.get(here).content.decode(), re.DOTALL)
    assert str(gone.label) in struck and "3\xa0g" in struck


def test_what_was_asked_before_stays_as_the_proposal_is_edited(fair, request_, other):
    counter(request_, actor=fair.sells, lines=other)

    edited = [{"product": fair.product, "quantity": Decimal(6), "unit": "kg"}]
    edit_request(request_, actor=fair.sells, lines=edited, priority=Priority.NICE)

    request_.refresh_from_db()
    (told,) = goods_told(request_)
    assert (told.line.quantity, told.was.quantity) == (6, 20)


def test_the_mail_names_the_old_quantity_the_slot_and_the_words(fair, request_, other):
    fair.buyer.delegates.update(time_zone="Asia/Tokyo")

    counter(request_, actor=fair.sells, lines=other, message="Five?", held_slot=fair.slots[0])

    body = OutboxMessage.objects.latest("pk").payload["body"].replace("\xa0", " ")
    assert "5 kg (before: 20 kg)" in body
    assert "09:00–09:20 (Moroccan time)" in body and "(Tokyo time)" in body
    assert "What they write:\nFive?" in body and "&" not in body


def test_the_mail_holds_no_word_that_the_organiser_reads_first(fair, request_, other):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)

    counter(request_, actor=fair.sells, lines=other, message="Five?")

    assert "Five?" not in OutboxMessage.objects.latest("pk").payload["body"]


@pytest.mark.parametrize("who", ["buys", "sells"])
def test_a_withdrawn_request_tells_both_who_withdrew_when_and_why(client, fair, request_, who):
    withdraw(request_, actor=fair.buys, reason="No budget")
    request_.refresh_from_db()
    client.force_login(getattr(fair, who))

    here = reverse("matchmaking:request", args=[fair.edition.slug, request_.pk])
    page = client.get(here).content.decode()

    whose = "Your side" if who == "buys" else f"<bdi>{fair.buyer.organisation.label}</bdi>"
    assert f"{whose} withdrew on {with_zone(request_.withdrawn_at)}." in page
    assert "No budget" in page
