"""Whoever is unheard, blocked or kept out, at a stand and in the conversations there."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live import protocol
from fairs.live.actions import renew_presences, write
from fairs.live.commands import answer, load_subjects
from fairs.live.queries import latest_of_kind, room_for, who_may_stay
from fairs.live.safety.actions import block_person, lift_measure, take_measure
from fairs.live.safety.errors import Blocked
from fairs.live.safety.models import LiveBlock, LiveMeasure
from fairs.live.safety.states import Measure
from fairs.live.stands.actions import (
    PATIENCE,
    answer_from_elsewhere,
    ask_at_stand,
    call_next,
    hand_over,
    say_in_thread,
    take_thread,
    take_up,
    tend_stands,
)
from fairs.live.stands.errors import NobodyWaits, NotOfTheStand
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import last_words, threads_at
from moussem.core.errors import Refusal
from moussem.core.models import OutboxMessage
from tests.factories.live import guest_of, keeper_of, receiving_at, stand_room, thread_at
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def stand():
    """The room of a stand at a fair that is on."""
    return stand_room()


def measured(kind, room, person, where=None):
    runs = organiser(room.edition)
    return take_measure(room.edition, kind, actor=runs, person=person, reason="Insults", room=where)


def say(thread, person, text="Every week."):
    return say_in_thread(thread, actor=person, text=text, client_uuid=uuid4())


def asked(stand, visitor, text="Do you ship to Lyon?"):
    return ask_at_stand(stand.exhibitor, actor=visitor, text=text, client_uuid=uuid4()).room.thread


def look(stand, person):
    return answer(person, protocol.parse(protocol.command("stand.look", "", room=stand.pk)))


def read(thread, reader):
    return [one.data["text"] for one in latest_of_kind(thread.room, "chat", reader=reader)]


@pytest.mark.parametrize("is_of_the_stand", [True, False])
def test_unheard_visitor_reads_what_others_read_and_waits_for_nobody(stand, refused, is_of_the_stand):
    amina, visitor, other = receiving_at(stand), guest_of(stand), guest_of(stand)
    measured(Measure.MUTE, stand, visitor, where=stand if is_of_the_stand else None)
    thread = asked(stand, visitor)

    told = look(stand, visitor)
    assert (told["waiting"], told["mine"]["state"], told["mine"]["ahead"]) == (1, "waiting", 0)
    assert (look(stand, other)["waiting"], list(threads_at(stand.exhibitor, amina))) == (0, [])
    refused(NobodyWaits, call_next, stand.exhibitor, actor=amina)
    assert [read(thread, one) for one in (visitor, amina)] == [["Do you ship to Lyon?"], []]


def test_unheard_question_at_an_empty_stand_is_a_message_for_nobody(stand):
    keeper, visitor = keeper_of(stand), guest_of(stand)
    measured(Measure.MUTE, stand, visitor)
    thread = asked(stand, visitor)

    assert (thread.state, list(threads_at(stand.exhibitor, keeper))) == ("message", [])
    assert (OutboxMessage.objects.count(), thread.taken_up_as) == (0, "")


def test_unheard_who_waits_at_a_stand_that_all_have_left_reads_that_it_is_a_message(stand):
    visitor = guest_of(stand)
    amina = receiving_at(stand)
    measured(Measure.MUTE, stand, visitor)
    thread = asked(stand, visitor)
    stand.presences.filter(person=amina).delete()

    tend_stands(timezone.now() + 2 * PATIENCE)

    thread.refresh_from_db()
    assert (thread.state, OutboxMessage.objects.count()) == ("message", 0)


def test_first_words_that_are_heard_reach_the_stand(stand):
    owner, visitor = stand.exhibitor.organisation.memberships.get().user, guest_of(stand)
    measure = measured(Measure.MUTE, stand, visitor)
    thread = asked(stand, visitor, "Buy now")
    lift_measure(measure, actor=organiser(stand.edition))
    assert list(threads_at(stand.exhibitor, owner)) == []

    say(thread, visitor, "Do you ship?")

    assert list(threads_at(stand.exhibitor, owner)) == [thread]
    assert last_words([thread])[thread.room_id].data == {"text": "Do you ship?"}
    (mail,) = OutboxMessage.objects.all()
    assert (mail.payload["to"], "Buy now" in mail.payload["body"]) == (owner.email, False)


def test_conversation_of_somebody_who_is_unheard_from_now_on_stays_with_what_was_heard(stand):
    amina, visitor = receiving_at(stand), guest_of(stand)
    thread = take_thread(asked(stand, visitor), actor=amina)
    measured(Measure.MUTE, stand, visitor, where=thread.room)
    say(thread, visitor, "Buy now")

    assert LiveMeasure.objects.get().room == stand
    assert list(threads_at(stand.exhibitor, amina)) == [thread]
    assert [read(thread, one) for one in (visitor, amina)] == [
        ["Do you ship to Lyon?", "Buy now"],
        ["Do you ship to Lyon?"],
    ]


def test_answer_of_somebody_unheard_is_told_to_nobody(stand):
    amina, visitor = receiving_at(stand), guest_of(stand)
    thread = asked(stand, visitor)
    measured(Measure.MUTE, stand, amina)

    say(thread, amina, "Go away")

    assert (read(thread, visitor), OutboxMessage.objects.count()) == (["Do you ship to Lyon?"], 0)


def test_whoever_is_kept_out_of_a_stand_is_kept_out_of_its_conversations(stand, client):
    amina, visitor = receiving_at(stand), guest_of(stand)
    thread = take_thread(asked(stand, visitor), actor=amina)
    measured(Measure.BAN, stand, visitor, where=thread.room)
    page = reverse("fairs:stand_thread", args=[stand.edition.slug, thread.room_id])
    client.force_login(visitor)

    answers = [client.get(page), client.post(page, {"do": "chat.say", "uuid": uuid4(), "text": "Hey"})]

    assert [(one.status_code, "Insults" in one.content.decode()) for one in answers] == [(403, True)] * 2
    assert [room_for(visitor, one.pk) for one in (stand, thread.room)] == [None, None]
    assert who_may_stay(thread.room_id, [visitor.pk, amina.pk]) == {amina.pk}
    assert thread.room.entries.filter(author=visitor).count() == 1


def test_block_ends_what_one_was_answering_the_other(stand):
    amina, visitor = receiving_at(stand), guest_of(stand)
    thread = take_thread(asked(stand, visitor), actor=amina)

    block_person(thread.room, actor=visitor, other=amina.pk)

    thread.refresh_from_db()
    assert (thread.is_over, thread.room.entries.count()) == (True, 2)


def test_who_blocked_the_only_one_there_leaves_a_message_for_their_colleagues(stand):
    amina, visitor = receiving_at(stand), guest_of(stand)
    owner = stand.exhibitor.organisation.memberships.order_by("pk").first().user
    LiveBlock.objects.create(person=visitor, other=amina)

    thread = asked(stand, visitor)

    assert (look(stand, visitor)["staff"], thread.state) == ([], "message")
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [owner.email]
    assert [list(threads_at(stand.exhibitor, one)) for one in (amina, owner)] == [[], [thread]]


def test_nobody_answers_whom_they_blocked_nor_is_given_them(stand, refused):
    amina, karim, visitor = receiving_at(stand), receiving_at(stand), guest_of(stand)
    thread = take_thread(asked(stand, visitor), actor=karim)
    LiveBlock.objects.create(person=amina, other=visitor)

    refused(Blocked, take_thread, thread, actor=amina)
    refused(NotOfTheStand, hand_over, thread, actor=karim, to=amina.pk)
    assert StandThread.objects.get().holder == karim


def test_answer_given_elsewhere_by_somebody_blocked_stands_there_alone(stand):
    visitor, amina = guest_of(stand), keeper_of(stand)
    thread = asked(stand, visitor)
    take_up(thread, "enquiry:7")
    LiveBlock.objects.create(person=visitor, other=amina)

    answer_from_elsewhere("enquiry:7", text="Yes.", actor=amina)

    thread.refresh_from_db()
    assert (thread.state, thread.room.entries.count()) == ("message", 1)


def test_words_of_the_unheard_in_the_room_of_a_stand_are_read_by_themselves_alone(stand):
    amina, visitor, other = receiving_at(stand), guest_of(stand), guest_of(stand)
    measured(Measure.MUTE, stand, visitor, where=stand)
    write(stand, "chat", {"text": "Buy now"}, author=visitor)

    read_by = [len(latest_of_kind(stand, "chat", reader=one)) for one in (visitor, amina, other)]
    assert read_by == [1, 0, 0]


def test_page_of_a_stand_counts_an_unheard_question_for_who_asked_it(stand, client):
    receiving_at(stand)
    visitor = guest_of(stand)
    measured(Measure.MUTE, stand, visitor)
    thread_at(stand, visitor)
    page = reverse("fairs:stand", args=[stand.edition.slug, stand.exhibitor_id])

    seen = []
    for person in (visitor, guest_of(stand)):
        client.force_login(person)
        seen.append("1 person waits." in client.get(page).content.decode())
    assert seen == [True, False]


def told(who, stand, name, **body):
    try:
        return answer(who, protocol.parse(protocol.command(name, "", room=stand.pk, **body)))
    except Refusal as refusal:
        return refusal.code


def test_nobody_but_the_stand_finds_out_by_a_block_who_visits_it(stand):
    rival, visitor, absent, amina = guest_of(stand), guest_of(stand), guest_of(stand), receiving_at(stand)
    renew_presences([(stand.pk, visitor.pk)], process="test")

    guessed = [told(rival, stand, "person.block", person=one.pk) for one in (visitor, absent)]
    assert guessed == ["not_yours", "not_yours"]
    assert (told(rival, stand, "person.blocks")["people"], LiveBlock.objects.count()) == ([], 0)

    told(rival, stand, "person.block", person=amina.pk)
    told(amina, stand, "person.block", person=visitor.pk)
    assert set(LiveBlock.objects.values_list("person", "other")) == {
        (rival.pk, amina.pk),
        (amina.pk, visitor.pk),
    }


def test_whoever_looks_after_the_fair_keeps_a_visitor_of_a_stand_out(stand):
    runs, visitor = organiser(stand.edition), guest_of(stand)
    renew_presences([(stand.pk, visitor.pk)], process="test")

    told(runs, stand, "moderate.ban", person=visitor.pk, where="room", reason="Insults")

    assert LiveMeasure.objects.get().person == visitor
