"""Reports on the organiser's board, and what their evidence names."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from fairs.editions.todo import agendas_of
from fairs.live.actions import write
from fairs.live.safety.actions import close_report, report_entry
from fairs.live.safety.evidence import lines_of
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
