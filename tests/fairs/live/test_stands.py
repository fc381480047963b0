"""A question at a stand: asked, called, answered by one, handed over, left as a message."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairs.floor.models import BoothPage
from fairs.live import protocol
from fairs.live.actions import renew_presences
from fairs.live.commands import answer, load_subjects
from fairs.live.errors import RoomClosed
from fairs.live.models import LiveEntry, LivePresence
from fairs.live.protocol import parse
from fairs.live.queries import room_for
from fairs.live.safety.personal import erase, held_of
from fairs.live.stands.actions import (
    PATIENCE,
    answer_from_elsewhere,
    ask_at_stand,
    call_next,
    end_thread,
    hand_over,
    keep_note,
    say_in_thread,
    say_where,
    show_product,
    take_thread,
    take_up,
    tend_stands,
)
from fairs.live.stands.errors import (
    AnsweredByAnother,
    NobodyWaits,
    NotedMeanwhile,
    NotOfTheStand,
    NotOnShow,
    OwnStand,
    StandClosed,
    VisitorErased,
)
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import ahead_of, queue_at, staff_at, threads_at
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from tests.factories.catalogue import ProductFactory
from tests.factories.live import guest_of, keeper_of, receiving_at, stand_room, thread_at

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def stand():
    """The room of a stand at a fair that is on."""
    return stand_room()


@pytest.fixture
def amina(stand):
    """Who receives at it now."""
    return receiving_at(stand)


def ask(stand, visitor, text="Do you ship to Lyon?", key=None):
    return ask_at_stand(stand.exhibitor, actor=visitor, text=text, client_uuid=key or uuid4())


def say(thread, person, text="Yes, weekly."):
    return say_in_thread(thread, actor=person, text=text, client_uuid=uuid4())


def mails():
    return [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.order_by("pk")]


def do(person, room, name, **told):
    return answer(person, parse(protocol.command(name, "", room=room.pk, **told)))


def test_question_waits_in_a_room_that_other_visitors_do_not_enter(stand, amina):
    visitor, other = guest_of(stand), guest_of(stand)

    thread = ask(stand, visitor).room.thread

    assert (thread.state, list(queue_at(stand.exhibitor)), mails()) == ("waiting", [thread], [])
    assert room_for(visitor, thread.room_id) == room_for(amina, thread.room_id) == thread.room
    assert room_for(other, thread.room_id) is None


def test_question_sent_twice_is_asked_once(stand, amina):
    visitor, key = guest_of(stand), uuid4()

    entries = [ask(stand, visitor, key=key) for _time in range(2)]

    assert entries[0] == entries[1]
    assert (StandThread.objects.count(), LiveEntry.objects.count()) == (1, 1)


def test_second_question_is_said_in_the_open_conversation(stand, amina):
    visitor = guest_of(stand)
    first, second = ask(stand, visitor), ask(stand, visitor, "And to Paris?")

    assert (second.room, second.seq) == (first.room, 2)


def test_one_open_conversation_of_a_visitor_is_a_fact_of_the_database(stand, amina):
    thread = ask(stand, guest_of(stand)).room.thread
    thread.pk, thread.room = None, stand

    with pytest.raises(IntegrityError), transaction.atomic():
        thread.save(force_insert=True)


def test_nobody_asks_their_own_stand(stand, amina, refused):
    refused(OwnStand, ask, stand, amina)


def test_nobody_asks_once_the_fair_is_over(stand, refused):
    visitor = guest_of(stand)
    stand.exhibitor.edition.state = "closed"
    stand.exhibitor.edition.save()

    refused(StandClosed, ask, stand, visitor)


def test_who_asked_first_is_called_first_and_told_who_answers(stand, amina):
    first, second = ask(stand, guest_of(stand)).room.thread, ask(stand, guest_of(stand)).room.thread
    assert [ahead_of(first), ahead_of(second)] == [0, 1]

    called = call_next(stand.exhibitor, actor=amina)

    assert (called, called.state, called.holder) == (first, "talking", amina)
    told = first.room.entries.last()
    assert (told.kind, told.data) == ("taken", {"person": {"id": amina.pk, "name": "Amina Berrada"}})
    assert ahead_of(second) == 0


def test_nobody_is_called_from_an_empty_queue(stand, amina, refused):
    refused(NobodyWaits, call_next, stand.exhibitor, actor=amina)


def test_only_the_stand_calls(stand, amina, refused):
    ask(stand, guest_of(stand))

    refused(NotYours, call_next, stand.exhibitor, actor=guest_of(stand))


def test_one_answers_at_a_time(stand, amina, refused):
    thread, karim = ask(stand, guest_of(stand)).room.thread, keeper_of(stand, first_name="Karim")
    say(thread, amina)

    refused(AnsweredByAnother, say, thread, karim)
    take_thread(thread, actor=karim)
    assert say(thread, karim).author == karim
    refused(AnsweredByAnother, say, thread, amina)


def test_talking_without_a_holder_is_no_state_of_the_database(stand, amina):
    thread = ask(stand, guest_of(stand)).room.thread

    with pytest.raises(IntegrityError), transaction.atomic():
        StandThread.objects.filter(pk=thread.pk).update(state="talking")


def test_conversation_is_handed_over_to_a_colleague_and_nobody_else(stand, amina, refused):
    thread, karim = ask(stand, guest_of(stand)).room.thread, keeper_of(stand)
    take_thread(thread, actor=amina)

    refused(NotOfTheStand, hand_over, thread, actor=amina, to=guest_of(stand).pk)
    assert hand_over(thread, actor=amina, to=karim.pk).holder == karim
    refused(NotYours, hand_over, thread, actor=thread.visitor, to=amina.pk)


def test_question_to_an_empty_stand_is_a_message_and_is_mailed(stand):
    thread = ask(stand, guest_of(stand)).room.thread
    owner = stand.exhibitor.organisation.memberships.get().user

    edition = stand.edition.label
    assert thread.state == "message"
    assert mails() == [(owner.email, f"A question was left at your stand at {edition}")]


def test_whoever_said_that_they_are_away_is_not_there(stand, amina):
    assert [(one.person, one.languages) for one in staff_at(stand.exhibitor)] == [(amina, [amina.language])]
    say_where(stand.exhibitor, actor=amina, is_there=True, languages=["zgh", "fr"])
    assert [one.languages for one in staff_at(stand.exhibitor)] == [["zgh", "fr"]]

    say_where(stand.exhibitor, actor=amina, is_there=False, languages=[])

    assert staff_at(stand.exhibitor) == []
    assert ask(stand, guest_of(stand)).room.thread.state == "message"


def test_answer_to_somebody_who_is_gone_goes_out_once_by_mail(stand, amina):
    visitor = guest_of(stand)
    thread = ask(stand, visitor).room.thread
    say(thread, amina)
    say(thread, amina, "Or daily.")

    assert mails() == [(visitor.email, f"{stand.exhibitor.organisation.label} has answered you")]


def test_answer_to_somebody_who_is_connected_goes_out_without_mail(stand, amina):
    visitor = guest_of(stand)
    thread = ask(stand, visitor).room.thread
    renew_presences([(thread.room_id, visitor.pk)], process="test")
    say(thread, amina)

    assert mails() == []


def test_who_waits_at_a_stand_that_all_have_left_has_left_a_message(stand, amina):
    thread = ask(stand, guest_of(stand)).room.thread
    LivePresence.objects.all().delete()
    tend_stands(timezone.now())
    thread.refresh_from_db()
    assert thread.state == "waiting"

    tend_stands(timezone.now() + PATIENCE + timedelta(seconds=1))

    thread.refresh_from_db()
    assert (thread.state, len(mails())) == ("message", 2)


def test_answer_given_elsewhere_stands_in_the_conversation(stand):
    thread, amina = ask(stand, guest_of(stand)).room.thread, keeper_of(stand)
    take_up(thread, "enquiry:7")

    for _time in range(2):
        answer_from_elsewhere("enquiry:7", text="Yes.", actor=amina)

    thread.refresh_from_db()
    assert (thread.state, thread.holder, thread.room.entries.last().data) == (
        "talking",
        amina,
        {"text": "Yes."},
    )
    assert thread.room.entries.count() == 3


def test_product_on_show_is_sent_as_a_card_and_no_other(stand, amina, refused):
    thread = ask(stand, guest_of(stand)).room.thread
    shown, other = (ProductFactory(organisation=stand.exhibitor.organisation) for _each in range(2))
    BoothPage.objects.create(exhibitor=stand.exhibitor).products.add(shown)

    refused(NotOnShow, show_product, thread, actor=amina, product=other.pk, client_uuid=uuid4())
    entry = show_product(thread, actor=amina, product=shown.pk, client_uuid=uuid4())
    assert (entry.kind, entry.data["product"]) == ("card", shown.pk)


def test_either_side_ends_it_and_nothing_more_is_said(stand, amina, refused):
    visitor = guest_of(stand)
    thread = ask(stand, visitor).room.thread

    end_thread(thread, actor=visitor)

    refused(RoomClosed, say, thread, visitor)
    refused(RoomClosed, say, thread, amina)
    assert list(threads_at(stand.exhibitor)) == []
    assert ask(stand, visitor).room != thread.room


def test_note_is_for_the_stand_alone(stand, amina, refused):
    thread = ask(stand, guest_of(stand)).room.thread

    refused(NotYours, keep_note, thread, actor=thread.visitor, note="Nice")
    assert keep_note(thread, actor=amina, note="Wants 200 kg").note == "Wants 200 kg"


def test_note_of_a_colleague_goes_only_where_it_was_seen(stand, amina, refused):
    thread, colleague = ask(stand, guest_of(stand)).room.thread, keeper_of(stand)
    keep_note(thread, actor=amina, note="Wants 200 kg")

    refused(NotedMeanwhile, keep_note, thread, actor=colleague, note="Call in May")
    # One's own may come from a page that was kept before the first was sent.
    keep_note(thread, actor=amina, note="Wants 300 kg")
    keep_note(thread, actor=colleague, note="Wants 300 kg; call in May", seen="Wants 300 kg")

    thread.refresh_from_db()
    assert thread.note == "Wants 300 kg; call in May"


def test_older_page_of_somebody_takes_no_words_of_a_colleague_away(stand, amina, refused):
    thread, colleague = ask(stand, guest_of(stand)).room.thread, keeper_of(stand)
    keep_note(thread, actor=colleague, note="200 kg")
    keep_note(thread, actor=amina, note="200 kg; organic", seen="200 kg")

    refused(NotedMeanwhile, keep_note, thread, actor=amina, note="Call in May")

    thread.refresh_from_db()
    assert thread.note == "200 kg; organic"


@pytest.mark.parametrize("first", ["", "200 kg"])
def test_notes_in_a_row_from_one_page_are_all_kept(stand, amina, first):
    thread, colleague = ask(stand, guest_of(stand)).room.thread, keeper_of(stand)
    keep_note(thread, actor=colleague, note=first)

    for text in ("One", "Two", "Three"):
        keep_note(thread, actor=amina, note=text, seen=first)

    thread.refresh_from_db()
    assert thread.note == "Three"


def test_note_about_a_visitor_is_taken_along_and_does_not_come_back_once_erased(stand, amina, refused):
    visitor = guest_of(stand)
    thread = ask(stand, visitor).room.thread
    keep_note(thread, actor=amina, note="Pays late")
    assert [one["note_of_the_stand"] for one in held_of(visitor)["questions_at_stands"]] == ["Pays late"]

    erase(visitor)

    refused(VisitorErased, keep_note, thread, actor=amina, note="Pays late", seen="Pays late")
    thread.refresh_from_db()
    assert (thread.visitor, thread.note) == (None, "")


def test_commands_of_a_stand_tell_each_side_its_own(stand, amina):
    visitor = guest_of(stand)
    told = do(visitor, stand, "stand.ask", uuid=str(uuid4()), text="Salam")

    assert (told["state"], told["seq"], told["ahead"]) == ("waiting", 1, 0)
    assert do(visitor, stand, "stand.look")["mine"]["room"] == told["room"]
    assert do(guest_of(stand), stand, "stand.look")["mine"] is None
    assert [one["room"] for one in do(amina, stand, "stand.queue")["threads"]] == [told["room"]]
    assert do(amina, stand, "stand.call")["holder"] == {"id": amina.pk, "name": "Amina Berrada"}


def test_room_of_a_stand_is_no_chat_and_names_no_other_visitor(stand, amina, refused):
    visitor, other = guest_of(stand), guest_of(stand)
    renew_presences([(stand.pk, one.pk) for one in (visitor, other, amina)], process="here")

    refused(NotYours, do, visitor, stand, "chat.say", uuid=str(uuid4()), text="Do not buy here")
    named = [{one["id"] for one in do(who, stand, "presence.who")["people"]} for who in (visitor, amina)]
    assert named == [{visitor.pk, amina.pk}, {visitor.pk, other.pk, amina.pk}]


def test_empty_stand_is_written_to_once_an_hour_by_each_visitor(stand):
    keeper, visitor = keeper_of(stand), guest_of(stand)
    for _time in range(3):
        end_thread(ask(stand, visitor).room.thread, actor=visitor)
    ask(stand, guest_of(stand))

    assert [one.payload["to"] for one in OutboxMessage.objects.all()].count(keeper.email) == 2


@pytest.mark.parametrize("name", ["stand.queue", "stand.call"])
def test_desk_of_a_stand_is_not_for_visitors(stand, refused, name):
    refused(NotYours, do, guest_of(stand), stand, name)


@pytest.mark.parametrize("name", ["stand.look", "thread.take", "thread.end"])
def test_commands_of_stands_are_refused_in_other_rooms(stand, amina, refused, name):
    room = thread_at(stand, guest_of(stand)) if name == "stand.look" else stand

    refused(NotYours, do, amina, room, name)
