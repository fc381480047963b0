"""Nobody finds out who asked a question without a name: not by a block, and not as its author is erased."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from fairs.live import bus
from fairs.live.actions import write
from fairs.live.commands import answer, load_subjects
from fairs.live.models import LiveEntry
from fairs.live.outlet import Outlet, packet
from fairs.live.protocol import Command
from fairs.live.queries import entries_since
from fairs.live.safety.actions import report_entry, take_measure
from fairs.live.safety.models import LiveBlock, LiveReport
from fairs.live.safety.personal import erase, held_of
from fairs.live.safety.queries import unseen_by
from fairs.live.safety.states import Measure
from fairs.live.stage.models import LiveQuestion
from moussem.core.errors import Refusal
from tests.factories.live import guest_of, session_room
from tests.factories.sessions import organiser
from tests.factories.stage import asked, waiting, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def asker(room):
    """Somebody who asked without a name, and said nothing else."""
    person = guest_of(room)
    asked(room, person, is_anonymous=True)
    return person


@pytest.fixture
def reader(room):
    return guest_of(room)


@pytest.fixture
def heard():
    """What every hub of this process is told."""
    hints = []

    class Ear:
        hear_from_anywhere = staticmethod(hints.append)

    ear = Ear()
    bus.attach(ear)
    yield hints
    bus.detach(ear)


def nothing(reader, asker):
    """Between these two, all is as it was."""


def blocks(reader, asker):
    LiveBlock.objects.create(person=reader, other=asker)


def is_blocked(reader, asker):
    LiveBlock.objects.create(person=asker, other=reader)


def erases(reader, asker):
    erase(asker)


def told(reader, room, name, **body):
    try:
        return answer(reader, Command(name, "1", {"room": room.pk, **body}))
    except Refusal as refusal:
        return refusal.code


def told_at_a_socket(reader, room):
    outlet = Outlet(reader.pk)
    outlet.unseen = unseen_by(reader.pk)
    frames = [packet(frame) for _seq, frame in entries_since(room.pk, 0).entries]
    return [json.loads(outlet.as_read(one).text)["body"]["data"]["text"] for one in frames]


@pytest.mark.parametrize("happened", [nothing, blocks, is_blocked, erases])
def test_stranger_is_answered_the_same_of_a_nameless_question(room, asker, reader, client, happened):
    question = LiveQuestion.objects.get()
    happened(reader, asker)
    client.force_login(reader)
    at = [room.edition.slug, room.session_id]

    people = client.get(reverse("fairs:live_safety", args=[room.edition.slug, room.pk]))
    page = client.get(reverse("fairs:session_room", args=at))
    (drawn,) = page.context["questions"]
    listed = told(reader, room, "question.list")["questions"]
    key = {"question": question.pk}

    assert [(one.seq, one.by) for one in people.context["others"]] == [(1, "")]
    assert (drawn.pk, drawn.by, drawn.text) == (question.pk, "", "By hand?")
    assert [(one["text"], one["asker"], one["own"]) for one in listed] == [("By hand?", None, False)]
    assert told_at_a_socket(reader, room) == ["By hand?"]
    assert told(reader, room, "question.vote", on=True, **key)["votes"] == 1
    assert told(reader, room, "entry.report", seq=1, words="Rude") == {"room": room.pk, "seq": 1}
    assert [(one.about, one.evidence[0]["by"]) for one in LiveReport.objects.all()] == [(None, None)]
    assert told(reader, room, "person.block", person=asker.pk) == "not_yours"


def test_erasing_tells_of_what_was_said_under_a_name_and_of_nothing_else(
    room, asker, heard, django_capture_on_commit_callbacks
):
    write(room, "chat", {"text": "Salam"}, author=asker)
    (_seq, before), _named = entries_since(room.pk, 0).entries

    with django_capture_on_commit_callbacks(execute=True):
        erase(asker)

    events = [json.loads(one.frame) for one in heard if one.frame]
    assert [(one["event"], one["body"]) for one in events] == [("erased", {"seqs": [2]})]
    (_seq, after), _named = entries_since(room.pk, 0).entries
    assert after == before


def test_who_asked_without_a_name_alone_has_nothing_told_of_them(
    room, asker, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(asker) == 1

    room.refresh_from_db()
    assert (heard, room.seq, room.erasures) == ([], 1, 0)


def test_nothing_leads_from_a_nameless_question_to_whoever_erased(room, asker):
    erase(asker)

    question, entry = LiveQuestion.objects.get(), LiveEntry.objects.get()
    assert (question.author, question.text, question.state) == (None, "By hand?", "shown")
    assert (entry.author, entry.client_uuid, entry.data["text"]) == (None, None, "By hand?")
    assert (held_of(asker)["questions"], held_of(asker)["entries"]) == ([], [])


def test_waiting_question_of_another_does_not_exist(room, reader):
    nadia, asker = with_duty(room), guest_of(room)
    question = waiting(room, asker)

    answers = [told(one, room, "question.vote", question=question.pk, on=True)
               for one in (reader, asker, nadia)]  # fmt: skip

    assert answers == ["not_yours", "live_question_takes_no_votes", "not_yours"]
    assert told(reader, room, "question.vote", question=question.pk + 1, on=True) == "not_yours"


def test_nobody_is_known_in_a_room_for_what_is_read_by_nobody(room, reader):
    brahim = guest_of(room)
    write(room, "chat", {"text": "Buy now"}, author=brahim, is_veiled=True, client_uuid=uuid4())

    assert told(reader, room, "person.block", person=brahim.pk) == "not_yours"
    assert LiveBlock.objects.count() == 0


def test_question_of_somebody_unheard_without_a_name_stands_in_no_evidence(room, reader):
    unheard, other = guest_of(room), guest_of(room)
    take_measure(room.edition, Measure.MUTE, actor=organiser(room.edition), person=unheard, reason="Insults")
    asked(room, unheard, text="Who pays?", is_anonymous=True)
    asked(room, unheard, text="Who sells?")
    write(room, "chat", {"text": "Buy here"}, author=unheard)
    entry = write(room, "chat", {"text": "Fools"}, author=other)

    report = report_entry(room, actor=reader, seq=entry.seq, words="Look")

    assert [(one["data"]["text"], one["unheard"]) for one in report.evidence] == [
        ("Who sells?", True),
        ("Buy here", True),
        ("Fools", False),
    ]
