"""Whoever only speaks in a call can be blocked, and reported in words; moderators read that it was aloud."""

import pytest
from django.urls import reverse

from fairs.live.calling import ask_all
from fairs.live.safety.actions import report_spoken
from fairs.live.safety.errors import NotThemselves, WordsMissing
from fairs.live.safety.evidence import is_ours, sealed
from fairs.live.safety.models import LiveBlock, LiveReport
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.live import call_room, guest_of, session_room
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
KEY = "0d5a2c4e-6f0b-4c1c-9a0e-1f3b5c7d9e01"


@pytest.fixture
def room():
    """A call of Salma and Brahim in which nothing was written."""
    session = session_room()
    people = [guest_of(session, first_name=name) for name in ("Salma", "Brahim")]
    return call_room(*people, edition=session.edition)


@pytest.fixture
def salma(room):
    return room.members.first().person


@pytest.fixture
def brahim(room):
    return room.members.last().person


def safety_of(room):
    return reverse("fairs:live_safety", args=[room.edition.slug, room.pk])


def report(room, salma, brahim, words="He insulted me aloud."):
    return report_spoken(room, actor=salma, other=brahim.pk, words=words)


def test_people_of_a_call_are_named_to_each_other_and_blocked(client, room, salma, brahim):
    client.force_login(salma)
    page = client.get(safety_of(room))

    answer = client.post(safety_of(room), {"do": "person.block", "at": "p", "person": brahim.pk})

    assert page.context["members"] == [{"key": str(brahim.pk), "name": brahim.get_full_name()}]
    assert answer.status_code == 302
    assert list(LiveBlock.objects.values_list("person", "other")) == [(salma.pk, brahim.pk)]


def test_what_was_said_aloud_is_reported_and_the_desk_reads_it(client, room, salma, brahim):
    client.force_login(salma)
    told = {"do": "person.report", "person": brahim.pk, "words": "He insulted me aloud."}
    answer = client.post(safety_of(room), told, follow=True).content.decode()
    client.force_login(organiser(room.edition))
    desk = client.get(reverse("fairs:moderators", args=[room.edition.slug])).content.decode()

    kept = LiveReport.objects.get()
    assert (kept.about, kept.reporter, kept.seq, kept.words) == (brahim, salma, None, told["words"])
    assert "The organiser of the edition reads your words." in answer
    assert told["words"] in desk
    assert "About what was said aloud" in desk


def test_evidence_tells_that_it_was_aloud_with_what_was_done_before(room, salma, brahim):
    ask_all(room, actor=brahim, what="record", client_uuid=KEY)

    found = sealed(report(room, salma, brahim))

    assert (found["evidence"]["spoken"], found["evidence"]["number"]) == (True, None)
    assert [one["kind"] for one in found["evidence"]["entries"]] == ["asked"]
    assert is_ours(found)


def test_report_told_twice_is_one_and_another_is_another(room, salma, brahim):
    first = report(room, salma, brahim)

    assert report(room, salma, brahim) == first
    assert report(room, salma, brahim, "And again.") != first
    assert LogEntry.objects.filter(verb="live_reported").count() == 2


def test_report_without_words_keeps_what_was_chosen(client, room, salma, brahim):
    client.force_login(salma)
    told = {"do": "person.report", "at": f"p{brahim.pk}", "person": brahim.pk, "words": " "}

    answer = client.post(safety_of(room), told)

    assert answer.status_code == WordsMissing.status
    assert "your words are all that is known of it" in answer.content.decode()
    assert not LiveReport.objects.exists()


def test_only_others_of_the_same_call_are_reported_so(room, salma, brahim, refused):
    stranger, session = guest_of(room), session_room(room.edition)

    refused(NotYours, report_spoken, room, actor=salma, other=stranger.pk, words="Rude")
    refused(NotYours, report_spoken, session, actor=salma, other=brahim.pk, words="Rude")
    refused(NotThemselves, report_spoken, room, actor=salma, other=salma.pk, words="Rude")
    refused(WordsMissing, report_spoken, room, actor=salma, other=brahim.pk, words="")


def test_page_of_a_call_is_for_its_people_alone(client, room):
    client.force_login(guest_of(room))

    assert client.get(safety_of(room)).status_code == 404
