"""Bans, blocks and the unheard hold on every way into a room: pages, questions, captions, calls."""

from uuid import uuid4

import pytest
from django.urls import reverse

from fairs.live.actions import write
from fairs.live.commands import answer
from fairs.live.models import LiveEntry
from fairs.live.protocol import Command
from fairs.live.queries import latest_of_kind
from fairs.live.safety.actions import block_person, report_entry, take_measure
from fairs.live.safety.models import LiveBlock
from fairs.live.safety.personal import erase, held_of
from fairs.live.safety.states import Measure
from fairs.live.stage.actions import caption, lead_question, let_questions_wait, vote_for_question
from fairs.live.stage.models import LiveQuestion, LiveVote
from fairs.live.stage.queries import waiting_in
from fairs.live.stage.states import Duty, QuestionState
from moussem.core.errors import NotYours
from tests.factories.live import call_room, guest_of, session_room
from tests.factories.sessions import organiser
from tests.factories.stage import asked, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def nadia(room):
    """A moderator of the session."""
    return with_duty(room)


def measured(kind, room, person, where=None):
    runs = organiser(room.edition)
    return take_measure(room.edition, kind, actor=runs, person=person, reason="Insults people", room=where)


def listed(room, person):
    found = answer(person, Command("question.list", "1", {"room": room.pk}))["questions"]
    return [one["question"] for one in found]


def in_the_log(room, kind, reader):
    return [one.data["text"] for one in latest_of_kind(room, kind, reader=reader)]


def page_of(room):
    return reverse("fairs:session_room", args=[room.edition.slug, room.session_id])


@pytest.mark.parametrize("is_of_the_room", [True, False])
def test_whoever_is_kept_out_reads_why_and_does_nothing_there(room, client, is_of_the_room):
    guest = guest_of(room)
    measured(Measure.BAN, room, guest, where=room if is_of_the_room else None)
    client.force_login(guest)

    page = client.get(page_of(room))
    posted = client.post(page_of(room), {"uuid": uuid4(), "text": "Salam"})

    assert (page.status_code, posted.status_code, LiveEntry.objects.count()) == (403, 404, 0)
    assert "Insults people" in page.content.decode()


def test_moderator_who_is_kept_out_leads_no_more(room, nadia, client):
    measured(Measure.BAN, room, nadia)
    client.force_login(nadia)

    pages = [reverse(f"fairs:{one}", args=[room.edition.slug, room.session_id])
             for one in ("moderate_live", "speak_live")]  # fmt: skip
    assert [client.get(one).status_code for one in pages] == [404, 404]


def test_whoever_is_kept_out_of_the_edition_has_no_call_and_no_relay(room, client, settings):
    settings.LIVE_TURN_URLS, settings.LIVE_TURN_SECRET = ["turn:relay.example:3478"], "not-told"
    guest = guest_of(room)
    call = call_room(guest, guest_of(room), edition=room.edition)
    measured(Measure.BAN, room, guest)
    client.force_login(guest)

    assert client.get(reverse("fairs:call", args=[room.edition.slug, call.pk])).status_code == 404
    test = client.get(reverse("fairs:call_test", args=[room.edition.slug]))
    assert (test.status_code, test.context["servers"]) == (200, "[]")


def test_question_of_the_unheard_is_read_by_themselves_alone(room, nadia, refused):
    brahim, salma = guest_of(room), guest_of(room)
    measured(Measure.MUTE, room, brahim)
    question = asked(room, brahim)

    assert [listed(room, one) for one in (brahim, salma, nadia)] == [[question.pk], [], []]
    assert [in_the_log(room, "question", one) for one in (brahim, salma)] == [["By hand?"], []]
    refused(NotYours, vote_for_question, room, question.pk, voter=salma, wants=True)
    refused(NotYours, lead_question, room, question.pk, QuestionState.HIDDEN, actor=nadia)
    assert LiveVote.objects.count() == 0


def test_waiting_question_of_the_unheard_waits_for_nobody(room, nadia):
    brahim = guest_of(room)
    measured(Measure.MUTE, room, brahim)
    let_questions_wait(room, True, actor=nadia)
    question = asked(room, brahim)

    assert (question.is_waiting, waiting_in(room), listed(room, nadia)) == (True, 0, [])
    assert listed(room, brahim) == [question.pk]


def test_question_that_was_heard_is_led_on_for_everybody(room, nadia):
    brahim, salma = guest_of(room), guest_of(room)
    question = asked(room, brahim)
    measured(Measure.MUTE, room, brahim)
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=nadia, answer="Yes")

    assert listed(room, salma) == [question.pk]
    assert [one.is_veiled for one in LiveEntry.objects.filter(room=room)] == [False, False]


def test_blocked_people_read_no_question_of_each_other_whoever_leads_it(room, nadia):
    brahim, salma, other = (guest_of(room) for _each in range(3))
    named, nameless = asked(room, brahim), asked(room, brahim, is_anonymous=True)
    block_person(room, actor=salma, other=brahim.pk)
    lead_question(room, named.pk, QuestionState.ANSWERED, actor=nadia, answer="Yes")

    assert listed(room, salma) == [nameless.pk]
    assert sorted(listed(room, other)) == [named.pk, nameless.pk]
    assert [one.author for one in LiveEntry.objects.filter(room=room, data__state="answered")] == [brahim]


def test_who_leads_a_session_reads_also_questions_of_whom_they_blocked(room, nadia):
    brahim = guest_of(room)
    question = asked(room, brahim)
    block_person(room, actor=nadia, other=brahim.pk)

    assert listed(room, nadia) == [question.pk]


def test_captions_of_the_blocked_and_the_unheard_are_not_read(room):
    brahim, salma, other = with_duty(room, Duty.CAPTIONER), guest_of(room), guest_of(room)
    LiveBlock.objects.create(person=salma, other=brahim)
    told = {"language": "en", "actor": brahim}
    caption(room, "Before dawn", client_uuid=uuid4(), **told)
    measured(Measure.MUTE, room, brahim)
    caption(room, "Buy now", client_uuid=uuid4(), **told)

    read = {one: in_the_log(room, "caption", one) for one in (brahim, salma, other)}
    assert read == {brahim: ["Before dawn", "Buy now"], salma: [], other: ["Before dawn"]}


def test_what_the_unheard_do_rather_than_say_reaches_everybody(room):
    brahim = guest_of(room)
    measured(Measure.MUTE, room, brahim)

    written = {
        kind: write(room, kind, {}, author=brahim).is_veiled for kind in ("removed", "answered", "chat")
    }
    assert written == {"removed": False, "answered": False, "chat": True}


def test_report_of_a_nameless_question_names_nobody(room):
    brahim = guest_of(room, last_name="Leaks")
    asked(room, brahim, is_anonymous=True)

    report = report_entry(room, actor=guest_of(room), seq=1, words="Rude")

    assert (report.about, report.evidence[0]["by"]) == (None, None)
    assert "Leaks" not in str(report.evidence)


def test_questions_are_taken_along_and_erased(room):
    brahim, salma = guest_of(room), guest_of(room)
    question = asked(room, brahim)
    (held,) = held_of(brahim)["questions"]
    assert (held["room"], held["text"], held["without_name"]) == (room.pk, "By hand?", False)

    erase(brahim)

    question = LiveQuestion.objects.get(pk=question.pk)
    assert (question.author, question.text, question.state) == (None, "", "hidden")
    assert (listed(room, salma), held_of(brahim)["questions"]) == ([], [])
    entries = LiveEntry.objects.filter(room=room)
    assert [(one.author, one.data["text"], one.data["state"]) for one in entries] == [
        (None, "", "hidden")
    ] * 2
