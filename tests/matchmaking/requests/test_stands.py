"""A question that finds nobody at a stand is an enquiry, answered in either place once."""

from uuid import uuid4

import pytest

from fairs.live.stands.actions import ask_at_stand, say_in_thread
from matchmaking.models import Enquiry
from matchmaking.requests.actions import answer_enquiry, enquire
from moussem.core.models import OutboxMessage
from tests.factories.live import guest_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ask(fair, visitor=None):
    told = {"text": "Do you ship to Lyon?", "client_uuid": uuid4()}
    return ask_at_stand(fair.exporter.exhibitor, actor=visitor or fair.buys, **told).room.thread


def subjects():
    return [one.payload["subject"] for one in OutboxMessage.objects.order_by("pk")]


def test_question_of_a_buyer_to_an_empty_stand_is_an_enquiry(fair):
    OutboxMessage.objects.all().delete()
    thread = ask(fair)

    enquiry = Enquiry.objects.get()
    assert (enquiry.text, enquiry.buyer, enquiry.exporter) == (
        "Do you ship to Lyon?",
        fair.buyer,
        fair.exporter,
    )
    assert (thread.state, thread.taken_up_as) == ("message", f"enquiry:{enquiry.pk}")
    assert subjects() == [f"{fair.buyer.organisation.label} asks you a question at {fair.edition.label}"]


def test_answer_at_the_stand_answers_the_enquiry(fair):
    thread = ask(fair)
    OutboxMessage.objects.all().delete()

    say_in_thread(thread, actor=fair.sells, text="Every week.", client_uuid=uuid4())

    enquiry = Enquiry.objects.get()
    assert (enquiry.is_answered, enquiry.answer) == (True, "Every week.")
    assert subjects() == [
        f"{fair.exporter.organisation.label} answered your question at {fair.edition.label}"
    ]
    assert thread.room.entries.filter(kind="chat").count() == 2


def test_answer_to_the_enquiry_stands_at_the_stand(fair):
    thread = ask(fair)

    answer_enquiry(Enquiry.objects.get(), actor=fair.sells, answer="Every week.")

    thread.refresh_from_db()
    assert (thread.state, thread.holder) == ("talking", fair.sells)
    assert thread.room.entries.last().data == {"text": "Every week."}


def test_question_stays_a_message_of_the_stand_while_another_waits(fair):
    enquire(fair.buyer, fair.exporter, actor=fair.buys, text="And in bulk?")

    thread = ask(fair)

    assert (thread.state, thread.taken_up_as, Enquiry.objects.count()) == ("message", "", 1)


def test_question_of_a_visitor_who_meets_for_nobody_is_no_enquiry(fair):
    room = ask(fair).room

    thread = ask(fair, guest_of(room))

    assert (thread.state, thread.taken_up_as, Enquiry.objects.count()) == ("message", "", 1)
