"""Reports on the organiser's board, and what their evidence names."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from fairs.editions.todo import agendas_of
from fairs.live.actions import write
from fairs.live.safety.actions import close_report, report_entry
from fairs.live.safety.evidence import lines_of
from fairs.live.stage.actions import ask_question, lead_poll, lead_question, write_poll
from fairs.live.stage.states import PollState, QuestionState
from tests.factories.live import guest_of, session_room
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def waiting(edition):
    found = agendas_of([edition])[edition.pk].now
    return [(one.count, one.text) for one in found if one.address == "fairs:moderators"]


def test_open_reports_wait_on_the_board_until_somebody_looked_at_them():
    room = session_room()
    write(room, "chat", {"text": "Bad words"}, author=guest_of(room))
    assert waiting(room.edition) == []
    report = report_entry(room, actor=guest_of(room), seq=1, words="Rude")

    assert waiting(room.edition) == [(1, "message was reported and waits")]
    close_report(report, actor=organiser(room.edition))
    assert waiting(room.edition) == []


def test_evidence_names_what_each_entry_is_and_what_was_answered(client):
    room = session_room()
    brahim = guest_of(room)
    write(room, "chat", {"text": "Salam"}, author=brahim)
    write(room, "question", {"text": "Bad words?", "answer": "Please stay polite."}, author=brahim)
    report = report_entry(room, actor=guest_of(room), seq=2, words="Rude")

    with override("en"):
        said = [(str(one["kind"]), one["answer"]) for one in lines_of(report)]
    assert said == [("message", ""), ("question", "Please stay polite.")]
    client.force_login(organiser(room.edition))
    page = client.get(reverse("fairs:evidence", args=[room.edition.slug, report.pk, "html"]))
    assert "Please stay polite." in page.content.decode()


def test_evidence_shows_a_question_once_with_its_answer_and_a_poll_by_what_it_asks():
    room = session_room()
    brahim, runs = guest_of(room), organiser(room.edition)
    question = ask_question(room, "Which lots?", author=brahim, client_uuid=uuid4())
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=runs, answer="Lots 4 and 5.")
    words = {"en": "By courier?", "fr": "Par coursier ?", "ar": ""}
    choices = {"en": ["Yes", "No"], "fr": ["Oui", "Non"], "ar": []}
    poll = write_poll(room, words, choices, results="voted", actor=runs, client_uuid=uuid4())
    lead_poll(room, poll.pk, PollState.OPEN, actor=runs)
    lead_poll(room, poll.pk, PollState.CLOSED, actor=runs)
    said = write(room, "chat", {"text": "Bad words"}, author=brahim)
    report = report_entry(room, actor=guest_of(room), seq=said.seq, words="Rude")

    with override("fr"):
        lines = [(one["text"], one["answer"], one["is_reported"]) for one in lines_of(report)]

    assert lines == [
        ("Which lots?", "Lots 4 and 5.", False),
        ("Par coursier ?", "", False),
        ("Bad words", "", True),
    ]


def test_reported_question_stays_marked_however_often_it_was_told():
    room = session_room()
    brahim = guest_of(room)
    question = ask_question(room, "Bad words?", author=brahim, client_uuid=uuid4())
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=organiser(room.edition), answer="No.")
    last = room.entries.order_by("-seq").first()
    report = report_entry(room, actor=guest_of(room), seq=last.seq, words="Rude")

    assert [(one["text"], one["is_reported"]) for one in lines_of(report)] == [("Bad words?", True)]
