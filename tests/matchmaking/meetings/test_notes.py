"""Colleagues who keep one note of a meeting: whoever is later writes over nothing that they have not read."""

import pytest
import time_machine
from django.urls import reverse

from matchmaking.models import Meeting, Note
from matchmaking.parties.actions import name_delegate
from moussem.organisations.states import Role
from tests.factories.trade import member_of
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def keep(client, live, books):
    """Somebody of the exporter sends the form of the note once the meeting is over."""
    meeting = books()

    def run(who, text, **shown):
        sent = {"act": "note", "note-text": text, **shown}
        with time_machine.travel(meeting.slot.ends, tick=False):
            client.force_login(who)
            return client.post(reverse("matchmaking:meeting", args=[live.edition.slug, meeting.pk]), sent)

    return run


@pytest.fixture
def colleague(live):
    person = member_of(live.exporter.organisation, Role.SALES).user
    name_delegate(live.exporter, actor=live.sells, person=person)
    return person


def test_later_note_of_a_colleague_comes_back_beside_what_stands(live, colleague, keep):
    keep(live.sells, "They want 20 kg")

    answer = keep(colleague, "Call them in May")

    page = answer.content.decode()
    assert (answer.status_code, Note.objects.get().text) == (200, "They want 20 kg")
    assert "Call them in May" in page and "They want 20 kg" in page


def test_note_that_was_read_beside_ones_own_words_is_written_over(live, colleague, keep):
    keep(live.sells, "They want 20 kg")

    answer = keep(colleague, "20 kg; call them in May", **{"initial-note-text": "They want 20 kg"})

    note = Note.objects.get()
    assert (answer.status_code, note.text, note.written_by) == (302, "20 kg; call them in May", colleague)


def test_own_note_is_written_over_by_an_older_page(live, keep):
    keep(live.sells, "First")

    answer = keep(live.sells, "Second")

    assert (answer.status_code, Note.objects.get().text) == (302, "Second")


def test_older_page_of_somebody_takes_no_words_of_a_colleague_away(live, colleague, keep):
    keep(colleague, "20 kg")
    keep(live.sells, "20 kg; organic", **{"initial-note-text": "20 kg"})

    answer = keep(live.sells, "Call them in May")

    page = answer.content.decode()
    assert (answer.status_code, Note.objects.get().text) == (200, "20 kg; organic")
    assert "Call them in May" in page


@pytest.mark.parametrize("first", ["", "20 kg\r\nby air"])
def test_notes_in_a_row_from_one_page_are_all_kept(live, colleague, keep, first):
    if first:
        keep(colleague, first)

    sent = [keep(live.sells, one, **{"initial-note-text": first}) for one in ("One", "Two", "Three")]

    assert ([one.status_code for one in sent], Note.objects.get().text) == ([302] * 3, "Three")


def test_page_of_ones_own_note_carries_what_it_shows(live, keep, client):
    keep(live.sells, "They want 20 kg")
    meeting = Meeting.objects.get()

    with time_machine.travel(meeting.slot.ends, tick=False):
        page = client.get(reverse("matchmaking:meeting", args=[live.edition.slug, meeting.pk]))

    assert as_shown(page)["initial-note-text"] == ["They want 20 kg"]
