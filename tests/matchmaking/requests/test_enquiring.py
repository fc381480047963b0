"""A buyer asks an exhibitor a plain question at its booth, and reads the answer."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fairs.editions.states import Mode
from fairs.report.queries import report_of
from matchmaking.models import Enquiry, Matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import answer_enquiry, enquire, wish, withdraw_enquiry
from matchmaking.requests.errors import (
    EnquiredOften,
    EnquirySaysNothing,
    EnquiryWaits,
    NoEnquiriesNow,
    NotThePair,
    TakesNoRequests,
    TooManyEnquiries,
)
from matchmaking.requests.rules import MOST_ENQUIRIES, MOST_TIMES
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.matchmaking import buyer_at, exporter_at, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WORDS = "Do you also dye with madder?"


@pytest.fixture
def asked(fair):
    return enquire(fair.buyer, fair.exporter, actor=fair.buys, text=f" {WORDS} ")


def address(fair, name, *more):
    return reverse(f"matchmaking:{name}", args=[fair.edition.slug, *more])


def letters():
    return [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.order_by("pk")]


def test_question_reaches_the_exhibitor_and_the_answer_the_buyer(fair):
    OutboxMessage.objects.all().delete()
    asked = enquire(fair.buyer, fair.exporter, actor=fair.buys, text=f" {WORDS} ")
    answer_enquiry(asked, actor=fair.sells, answer="Yes, with madder.")

    buyer, exporter = fair.buyer.organisation.label, fair.exporter.organisation.label
    assert letters() == [
        (fair.sells.email, f"{buyer} asks you a question at {fair.edition.label}"),
        (fair.buys.email, f"{exporter} answered your question at {fair.edition.label}"),
    ]
    kept = Enquiry.objects.get()
    assert (kept.text, kept.answer, kept.is_waiting) == (WORDS, "Yes, with madder.", False)
    logged = LogEntry.objects.filter(subject_type="matchmaking.enquiry").order_by("pk")
    assert [one.verb for one in logged] == ["enquired", "moved.answered"]


def test_question_is_asked_from_the_booth_and_answered_among_the_exhibitors(client, fair):
    client.force_login(fair.buys)
    there = address(fair, "enquire", fair.exporter.pk)
    sent = client.post(there, {"text": WORDS}, follow=True)
    assert "Not answered yet" in sent.content.decode()
    assert client.get(there)["Location"] == address(fair, "enquiry", Enquiry.objects.get().pk)

    client.force_login(fair.sells)
    assert WORDS in client.get(address(fair, "home")).content.decode()
    client.post(address(fair, "enquiry", Enquiry.objects.get().pk), {"answer": "Yes."})

    client.force_login(fair.buys)
    assert "answered" in client.get(address(fair, "home")).content.decode()
    assert "Yes." in client.get(address(fair, "enquiry", Enquiry.objects.get().pk)).content.decode()


def test_report_of_a_fair_on_a_screen_counts_what_was_asked_and_not_what_was_taken_back(fair, asked):
    fair.edition.mode = Mode.DIGITAL
    before = report_of(fair.edition).whole["enquiries"]
    withdraw_enquiry(asked, actor=fair.buys)

    assert (before, report_of(fair.edition).whole["enquiries"]) == (1, 0)


def test_next_question_waits_for_the_answer_of_the_last(fair, asked, refused):
    said = {"actor": fair.buys, "text": WORDS}
    refused(EnquiryWaits, enquire, fair.buyer, fair.exporter, **said)

    answer_enquiry(asked, actor=fair.sells, answer="Yes.")

    assert enquire(fair.buyer, fair.exporter, **said).is_waiting


def test_one_question_waits_per_pair_as_a_database_fact(fair, asked):
    told = {"edition": fair.edition, "buyer": fair.buyer, "exporter": fair.exporter}

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.create(**told, text=WORDS, asked_person=fair.buys)


@pytest.mark.parametrize(
    "told",
    [
        {"state": "answered"},
        {"state": "answered", "answer": "Yes."},
        {"answer": "Yes."},
        {"state": "lapsed", "answer": "Yes.", "answered_at": timezone.now()},
    ],
)
def test_words_of_an_answer_stand_with_answered_questions_alone_as_a_database_fact(asked, told):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.update(**told)


def test_questions_of_a_party_that_wait_are_not_without_end(fair, refused):
    others = [exporter_at(fair.edition) for _number in range(MOST_ENQUIRIES)]
    for other in others:
        enquire(fair.buyer, other, actor=fair.buys, text=WORDS)

    refused(TooManyEnquiries, enquire, fair.buyer, fair.exporter, actor=fair.buys, text=WORDS)


def test_who_may_not_ask_is_told_and_nothing_is_sent(fair, refused):
    other, stranger = buyer_at(fair.edition), speaker_of(exporter_at(fair.edition))

    refused(NotYours, enquire, fair.buyer, fair.exporter, actor=stranger, text=WORDS)
    refused(NotThePair, enquire, fair.exporter, fair.buyer, actor=fair.sells, text=WORDS)
    refused(NotThePair, enquire, fair.buyer, other, actor=fair.buys, text=WORDS)
    for text in (" \n ", "\u3164", "\u2800"):
        refused(EnquirySaysNothing, enquire, fair.buyer, fair.exporter, actor=fair.buys, text=text)
    wish(fair.exporter, fair.buyer, actor=fair.sells, is_wanted=False)
    refused(TakesNoRequests, enquire, fair.buyer, fair.exporter, actor=fair.buys, text=WORDS)


@pytest.mark.parametrize("now", [{"reads_messages": True}, {"state": MatchingState.ENDED}])
def test_no_question_passes_by_an_organiser_who_reads_first_or_after_the_end(fair, now, refused):
    Matching.objects.update(**now)

    refused(NoEnquiriesNow, enquire, fair.buyer, fair.exporter, actor=fair.buys, text=WORDS)


def test_answer_is_the_exhibitors_and_given_once(fair, asked, refused):
    refused(NotYours, answer_enquiry, asked, actor=fair.buys, answer="Yes.")
    refused(EnquirySaysNothing, answer_enquiry, asked, actor=fair.sells, answer=" ")
    Matching.objects.update(reads_messages=True)
    refused(NoEnquiriesNow, answer_enquiry, asked, actor=fair.sells, answer="Yes.")
    Matching.objects.update(reads_messages=False, state=MatchingState.ENDED)

    answer_enquiry(asked, actor=fair.sells, answer="Yes.")

    refused(MoveNotAllowed, answer_enquiry, asked, actor=fair.sells, answer="No.")


def test_nobody_else_reads_a_question(client, fair, asked):
    for other in (buyer_at(fair.edition), exporter_at(fair.edition)):
        client.force_login(speaker_of(other))
        page = address(fair, "enquiry", asked.pk)
        assert [client.get(page).status_code, client.post(page, {"answer": "Me."}).status_code] == [404, 404]


def test_buyer_who_answers_for_the_exhibitor_finds_nothing(client, fair, asked):
    client.force_login(fair.buys)

    assert client.post(address(fair, "enquiry", asked.pk), {"answer": "Me."}).status_code == 404
    assert Enquiry.objects.get().is_waiting


def test_buyer_takes_a_question_back_and_asks_another(client, fair, asked):
    client.force_login(fair.buys)
    OutboxMessage.objects.all().delete()

    back = client.post(address(fair, "withdraw_enquiry", asked.pk), follow=True).content.decode()

    assert "The question is taken back." in back and "This question was taken back." in back
    assert (Enquiry.objects.get().state, letters()) == ("withdrawn", [])
    assert enquire(fair.buyer, fair.exporter, actor=fair.buys, text="Another?").is_waiting


def test_only_its_buyer_takes_a_question_back_and_only_while_it_waits(client, fair, asked, refused):
    client.force_login(fair.sells)
    assert client.post(address(fair, "withdraw_enquiry", asked.pk)).status_code == 404
    refused(NotYours, withdraw_enquiry, asked, actor=fair.sells)
    answer_enquiry(asked, actor=fair.sells, answer="Yes.")

    refused(MoveNotAllowed, withdraw_enquiry, asked, actor=fair.buys)


def test_question_that_was_taken_back_is_not_answered(client, fair, asked, refused):
    withdraw_enquiry(asked, actor=fair.buys)

    refused(MoveNotAllowed, answer_enquiry, asked, actor=fair.sells, answer="Yes.")

    client.force_login(fair.sells)
    late = client.post(address(fair, "enquiry", asked.pk), {"answer": "Yes, with madder."})
    assert "This question was taken back." in late.content.decode()
    assert (Enquiry.objects.get().answer, late.status_code) == ("", 200)


def test_who_takes_questions_back_again_and_again_writes_no_more(fair, refused):
    said = {"actor": fair.buys, "text": WORDS}
    for _time in range(MOST_TIMES):
        withdraw_enquiry(enquire(fair.buyer, fair.exporter, **said), actor=fair.buys)

    refused(EnquiredOften, enquire, fair.buyer, fair.exporter, **said)
