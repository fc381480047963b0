"""What live rooms hold of somebody is given out to them, and erased at their wish."""

from uuid import uuid4

import pytest

from fairs.floor.models import BoothPage
from fairs.live.actions import renew_presences, write
from fairs.live.calling import ASKED, agreements_of, ask_all, keep_check
from fairs.live.models import LiveCheck, LivePresence
from fairs.live.protocol import reader_of
from fairs.live.safety.actions import report_entry, take_measure
from fairs.live.safety.models import LiveReport
from fairs.live.safety.personal import erase, held_of
from fairs.live.safety.states import Measure
from fairs.live.shown import frame_of
from fairs.live.stage.actions import (
    lead_poll,
    take_away,
    vote_for_question,
    vote_in_poll,
    write_poll,
)
from fairs.live.stage.models import LiveBallot, LiveVote
from fairs.live.stage.queries import messages_in, standing_of
from fairs.live.stage.states import PollState, Results
from fairs.live.stands.actions import show_product, take_thread
from tests.factories.catalogue import ProductFactory
from tests.factories.live import call_room, guest_of, receiving_at, session_room, stand_room, thread_at
from tests.factories.sessions import organiser
from tests.factories.stage import asked, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
QUESTION, CHOICES = {"en": "How do you ship?"}, {"en": ("By air", "By sea")}


@pytest.fixture
def room():
    """The open room of a session."""
    return session_room()


def opened_poll(room, nadia):
    poll = write_poll(room, QUESTION, CHOICES, results=Results.ALWAYS, actor=nadia, client_uuid=uuid4())
    return lead_poll(room, poll.pk, PollState.OPEN, actor=nadia)


def test_votes_and_ballots_are_taken_along_and_count_no_more_once_erased(room):
    nadia, salma, brahim = with_duty(room), guest_of(room), guest_of(room)
    question, poll = asked(room, brahim), opened_poll(room, nadia)
    choice = poll.choices.first()
    for one in (salma, brahim):
        vote_in_poll(room, poll.pk, choice.pk, voter=one)
    vote_for_question(room, question.pk, voter=salma, wants=True)
    held = held_of(salma)
    assert held["votes"] == [{"room": room.pk, "question": question.pk}]
    assert held["ballots"] == [{"room": room.pk, "poll": "How do you ship?", "choice": "By air"}]

    erase(salma)

    question.refresh_from_db()
    assert (question.votes, LiveVote.objects.count(), LiveBallot.objects.get().person) == (0, 0, brahim)
    assert standing_of(poll) == {"total": 1, "counts": {str(choice.pk): 1, str(poll.choices.last().pk): 0}}
    assert (held_of(salma)["votes"], held_of(salma)["ballots"]) == ([], [])


def test_test_of_devices_and_presences_are_taken_along_and_erased(room):
    salma, brahim = guest_of(room), guest_of(room)
    for one in (salma, brahim):
        keep_check(one, microphone=True, camera=False, direct=True, relay=False)
        renew_presences([(room.pk, one.pk)], process="test")
    held = held_of(salma)
    assert held["test_of_devices"].items() >= {"microphone": True, "camera": False}.items()
    assert [one["room"] for one in held["presences"]] == [room.pk]

    erase(salma)

    assert (held_of(salma)["test_of_devices"], held_of(salma)["presences"]) == (None, [])
    assert (LiveCheck.objects.get().person, LivePresence.objects.get().person) == (brahim, brahim)


def test_report_is_taken_along_and_stays_as_evidence_without_who_made_it(room):
    salma, brahim = guest_of(room), guest_of(room)
    write(room, "chat", {"text": "Bad words"}, author=brahim)
    report = report_entry(room, actor=salma, seq=1, words="He insults me")
    (held,) = held_of(salma)["reports"]
    assert (held["edition"], held["number"], held["words"]) == (room.edition.slug, 1, "He insults me")

    erase(salma)

    report = LiveReport.objects.get(pk=report.pk)
    assert (report.reporter, report.words, report.about) == (None, "", brahim)
    assert report.evidence[0]["data"] == {"text": "Bad words"}
    assert held_of(salma)["reports"] == []


def test_calls_are_taken_along(room):
    salma = guest_of(room)
    call = call_room(salma, guest_of(room), edition=room.edition)

    assert [one["room"] for one in held_of(salma)["calls"]] == [call.pk]


def test_whoever_made_somebody_unheard_is_not_told_to_them(room):
    salma = guest_of(room)
    take_measure(room.edition, Measure.MUTE, actor=organiser(room.edition), person=salma, reason="Adverts")

    assert "Adverts" not in str(held_of(salma))


def test_what_a_moderator_took_away_stays_away_once_their_name_is_gone(room):
    nadia, salma = with_duty(room), guest_of(room)
    write(room, "chat", {"text": "Buy watches"}, author=salma)
    take_away(room, 1, "chat", actor=nadia)

    erase(nadia)

    (entry,) = messages_in(room, "chat", reader=guest_of(room))
    assert (entry.is_removed, room.entries.get(seq=2).author) == (True, None)


def test_call_is_read_after_one_of_it_erased_what_they_asked(room):
    salma, brahim = guest_of(room), guest_of(room)
    call = call_room(salma, brahim, edition=room.edition)
    ask_all(call, actor=salma, what="record", client_uuid=uuid4())

    erase(salma)

    assert [(one.what, one.by) for one in agreements_of(call)] == [("record", None)]


def test_name_of_who_was_to_be_let_in_is_erased(room):
    salma, guest = guest_of(room), guest_of(room)
    call = call_room(salma, guest_of(room), edition=room.edition)
    write(call, ASKED, {"what": "guest", "person": {"id": guest.pk, "name": "Omar"}}, author=salma)

    erase(guest)

    assert call.entries.get().data == {"what": "guest", "person": None, "erased": True}


def test_card_stays_in_a_conversation_whose_answerer_erased_their_name(client):
    stand = stand_room()
    amina, visitor = receiving_at(stand), guest_of(stand)
    product = ProductFactory(organisation=stand.exhibitor.organisation)
    BoothPage.objects.create(exhibitor=stand.exhibitor).products.add(product)
    thread = take_thread(thread_at(stand, visitor).thread, actor=amina)
    show_product(thread, actor=amina, product=product.pk, client_uuid=uuid4())

    erase(amina)

    client.force_login(visitor)
    page = client.get(f"/en/fairs/{stand.edition.slug}/stands/conversations/{thread.room_id}/")
    assert [one.pk for one in page.context["cards"]] == [product.pk]


def test_erased_words_of_the_unheard_stay_unread(room):
    salma = guest_of(room)
    take_measure(room.edition, Measure.MUTE, actor=organiser(room.edition), person=salma, reason="Adverts")
    entry = write(room, "chat", {"text": "Buy now"}, author=salma)

    erase(salma)

    entry.refresh_from_db()
    only, frame = reader_of(frame_of(entry))
    assert (only, b'"kind":"veiled"' in frame, b"erased" in frame) == (0, True, False)


def test_what_somebody_does_in_sessions_is_given_out_to_them(room):
    nadia = with_duty(room)

    told = {"edition": room.edition.slug, "session": str(room.session.label), "duty": "moderator"}
    assert (held_of(nadia)["duties"], held_of(guest_of(room))["duties"]) == ([told], [])
