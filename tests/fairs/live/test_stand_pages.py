"""The pages of stands, of safety and of moderators, without script."""

from uuid import uuid4

import pytest
from django.urls import reverse

from fairs.editions.models import Edition
from fairs.editions.states import Mode
from fairs.floor.actions import allot_booth
from fairs.live.actions import open_stand_room, write
from fairs.live.models import LivePresence
from fairs.live.safety.actions import block_person, report_entry, take_measure
from fairs.live.safety.models import LiveMeasure, LiveReport
from fairs.live.safety.states import Measure
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import attended_at
from moussem.core.models import OutboxMessage
from tests.factories.floor import booth, exhibitor, fair
from tests.factories.live import guest_of, keeper_of, receiving_at, session_room, stand_room, thread_at
from tests.factories.people import UserFactory
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stand():
    """The room of a stand at a fair that is on."""
    return stand_room()


def at(name, room, *args):
    return reverse(f"fairs:{name}", args=[room.edition.slug, *args])


def test_visitor_asks_is_called_and_answered_without_script(client, stand):
    visitor, amina = guest_of(stand), receiving_at(stand)
    client.force_login(visitor)
    page = at("stand", stand, stand.exhibitor_id)
    assert "Amina Berrada" in client.get(page).content.decode()

    asked = client.post(page, {"do": "stand.ask", "uuid": str(uuid4()), "text": "Do you ship?"})
    thread = StandThread.objects.get()
    assert asked.url == at("stand_thread", stand, thread.room_id)
    client.force_login(amina)
    desk = client.get(at("stand_desk", stand)).content.decode()
    assert ("Do you ship?" in desk, "Salma Idrissi" in desk) == (True, True)
    assert client.post(at("stand_desk", stand), {"do": "stand.call"}).url == asked.url
    client.post(asked.url, {"do": "chat.say", "uuid": str(uuid4()), "text": "Every week."})

    client.force_login(visitor)
    told = client.get(asked.url).content.decode()
    assert ("Every week." in told, "<bdi>Amina Berrada</bdi> answers here." in told) == (True, True)


def test_empty_question_is_refused_with_what_was_typed(client, stand):
    client.force_login(guest_of(stand))

    answer = client.post(
        at("stand", stand, stand.exhibitor_id), {"do": "stand.ask", "uuid": str(uuid4()), "text": ""}
    )

    assert (answer.status_code, StandThread.objects.count()) == (400, 0)
    assert "“Your question” is missing" in answer.content.decode()


def test_colleague_who_does_not_answer_keeps_what_they_wrote(client, stand):
    room = thread_at(stand, guest_of(stand))
    amina, karim = keeper_of(stand), keeper_of(stand)
    page = at("stand_thread", stand, room.pk)
    client.force_login(amina)
    client.post(page, {"do": "thread.take"})
    client.force_login(karim)

    answer = client.post(page, {"do": "chat.say", "uuid": str(uuid4()), "text": "Me too"})

    assert (answer.status_code, room.entries.filter(author=karim).count()) == (409, 0)
    assert "Me too</textarea>" in answer.content.decode()


@pytest.mark.parametrize("name", ["stand", "stand_thread", "stand_desk", "live_safety"])
def test_pages_of_stands_do_not_exist_for_strangers(client, stand, name):
    room = thread_at(stand, guest_of(stand))
    args = {"stand": [stand.exhibitor_id], "stand_desk": []}.get(name, [room.pk])
    client.force_login(UserFactory())

    assert client.get(at(name, stand, *args)).status_code == 404
    assert client.post(at(name, stand, *args), {"do": "thread.end"}).status_code == 404


def test_another_visitor_does_not_read_a_conversation(client, stand):
    room = thread_at(stand, guest_of(stand))
    client.force_login(guest_of(stand))

    assert client.get(at("stand_thread", stand, room.pk)).status_code == 404
    assert client.post(at("stand_thread", stand, room.pk), {"do": "thread.end"}).status_code == 404
    assert StandThread.objects.get().is_over is False


def test_whoever_is_kept_out_reads_why(client, stand):
    visitor, runs = guest_of(stand), organiser(stand.edition)
    take_measure(stand.edition, Measure.BAN, actor=runs, person=visitor, reason="Insults")
    client.force_login(visitor)

    answer = client.get(at("stand", stand, stand.exhibitor_id))

    assert (answer.status_code, "Insults" in answer.content.decode()) == (403, True)


def test_message_is_reported_and_judged_on_the_desk(client):
    room = session_room()
    salma, rude, runs = guest_of(room), guest_of(room, first_name="Rude"), organiser(room.edition)
    write(room, "chat", {"text": "Bad words"}, author=rude)
    client.force_login(salma)
    page = at("live_safety", room, room.pk)
    assert "Bad words" in client.get(page).content.decode()
    client.post(page, {"do": "entry.report", "seq": "1", "words": "Insults"})
    report = LiveReport.objects.get()

    client.force_login(runs)
    assert "Bad words" in client.get(at("moderators", room)).content.decode()
    asked = {"do": "moderate.mute", "reason": "Insults", "where": "edition", "minutes": "60"}
    client.post(at("report_measure", room, report.pk), asked)
    client.post(at("report_done", room, report.pk))
    measure = LiveMeasure.objects.get()
    assert (measure.person, measure.kind, measure.room, measure.by) == (rude, "mute", None, runs)
    client.post(at("lift_measure", room, measure.pk))
    measure.refresh_from_db()
    report.refresh_from_db()
    assert (measure.is_over, report.state) == (True, "done")


@pytest.mark.parametrize("form", ["json", "html"])
def test_evidence_is_for_the_organiser_alone(client, form):
    room = session_room()
    salma = guest_of(room)
    write(room, "chat", {"text": "Bad words"}, author=guest_of(room))
    report = report_entry(room, actor=salma, seq=1, words="Rude")
    page = at("evidence", room, report.pk, form)

    client.force_login(salma)
    assert client.get(page).status_code == 404
    client.force_login(organiser(room.edition))
    assert "Bad words" in client.get(page).content.decode()


def test_own_data_is_taken_along_and_erased_once_sure(client):
    room = session_room()
    salma = guest_of(room)
    write(room, "chat", {"text": "My words"}, author=salma)
    client.force_login(salma)
    assert client.get(reverse("people:personal")).status_code == 200
    held = client.get(reverse("people:personal_export")).json()
    assert [one["content"] for one in held["live_rooms"]["entries"]] == [{"text": "My words"}]

    client.post(reverse("people:personal"), {"what": "live_rooms"})
    assert room.entries.get().author == salma
    client.post(reverse("people:personal"), {"what": "live_rooms", "sure": "yes"})

    assert (room.entries.get().author, room.entries.get().data) == (None, {"text": "", "erased": True})
    assert "My words" not in client.get(at("session_room", room, room.session_id)).content.decode()


def form_of(page, name):
    """What stands in the form that speaks a command."""
    return next(part for part in page.content.decode().split("<form")[1:] if f'value="{name}"' in part)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("chat.say", {"text": "x" * 1_001}),
        ("thread.note", {"text": "y" * 1_001}),
        ("thread.give", {"person": "0"}),
        ("thread.show", {"product": "1", "uuid": "none"}),
    ],
)
def test_refusal_in_a_conversation_stands_at_its_own_form(client, stand, name, told):
    room, amina = thread_at(stand, guest_of(stand)), keeper_of(stand)
    page = at("stand_thread", stand, room.pk)
    client.force_login(amina)
    client.post(page, {"do": "thread.take"})

    answer = client.post(page, {"do": name, "uuid": str(uuid4()), **told})

    assert (answer.status_code, answer.content.decode().count("Nothing was done")) == (400, 1)
    form = form_of(answer, name)
    assert ("Nothing was done" in form, told.get("text", "") in form) == (True, True)
    assert room.entries.filter(kind="chat").count() == 1
    assert StandThread.objects.get().note == ""


def test_message_to_a_conversation_that_has_ended_is_kept_to_be_copied(client, stand):
    visitor = guest_of(stand)
    room = thread_at(stand, visitor)
    page = at("stand_thread", stand, room.pk)
    client.force_login(visitor)
    client.post(page, {"do": "thread.end"})

    answer = client.post(page, {"do": "chat.say", "uuid": str(uuid4()), "text": "One more thing"})

    form = form_of(answer, "chat.say")
    assert ("One more thing</textarea>" in form, " hidden>" in form.partition(">")[0] + ">") == (True, False)


def test_measure_without_a_reason_keeps_what_was_chosen_on_the_desk(client):
    room = session_room()
    runs = organiser(room.edition)
    write(room, "chat", {"text": "Bad words"}, author=guest_of(room))
    report = report_entry(room, actor=guest_of(room), seq=1, words="Rude")
    client.force_login(runs)
    told = {"do": "moderate.ban", "at": report.pk, "reason": " ", "where": "edition", "minutes": "1440"}

    answer = client.post(at("report_measure", room, report.pk), told)

    page = answer.content.decode()
    assert (answer.status_code, LiveMeasure.objects.count()) == (409, 0)
    assert page.count("A reason is needed") == 1
    assert ('value="edition" selected' in page, 'value="1440" selected' in page) == (True, True)


def test_measure_without_a_reason_stands_at_the_message_it_is_about(client):
    room = session_room()
    rude = guest_of(room)
    for text in ("First", "Second"):
        write(room, "chat", {"text": text}, author=rude)
    client.force_login(organiser(room.edition))
    told = {"do": "moderate.mute", "at": "2", "person": rude.pk, "reason": "", "where": "room"}

    page = client.post(at("live_safety", room, room.pk), {**told, "minutes": "60"}).content.decode()

    told_at, first = page.partition("First")[0], page.partition("First")[2]
    assert ('role="alert"' in told_at, 'role="alert"' in first) == (True, False)
    assert LiveMeasure.objects.count() == 0


def test_erasing_without_being_sure_is_refused_at_its_form(client):
    room = session_room()
    salma = guest_of(room)
    write(room, "chat", {"text": "My words"}, author=salma)
    client.force_login(salma)

    answer = client.post(reverse("people:personal"), {"what": "live_rooms"})

    assert (answer.status_code, room.entries.get().author) == (400, salma)
    assert "Nothing was erased" in answer.content.decode().partition("<form")[2]


def test_desk_shows_who_wrote_last_and_counts_who_waits_for_oneself(client, stand):
    amina, (first, second) = receiving_at(stand), (guest_of(stand), guest_of(stand, first_name="Yara"))
    rooms = [thread_at(stand, one) for one in (first, second)]
    client.force_login(amina)
    for room in rooms:
        client.post(at("stand_thread", stand, room.pk), {"do": "thread.take"})
        client.post(at("stand_thread", stand, room.pk), said("Every week."))
    assert "<title>(" not in client.get(at("stand_desk", stand)).content.decode()

    client.force_login(second)
    client.post(at("stand_thread", stand, rooms[1].pk), said("From Agadir?"))

    client.force_login(amina)
    page = client.get(at("stand_desk", stand)).content.decode()
    assert ("<title>(1) Live stand" in page, page.count("waits for you")) == (True, 1)
    assert page.index("From Agadir?") < page.index("Every week.")
    client.force_login(keeper_of(stand))
    page = client.get(at("stand_desk", stand)).content.decode().replace("No message waits for an answer", "")
    assert ("<title>(" in page, page.count("waits for an answer")) == (False, 1)


def said(text):
    return {"do": "chat.say", "uuid": str(uuid4()), "text": text}


def test_colleagues_are_shown_as_there_or_not_and_who_is_not_is_written_to(client, stand):
    amina, karim = receiving_at(stand), receiving_at(stand, first_name="Karim")
    away = keeper_of(stand, first_name="Hind")
    page = at("stand_thread", stand, thread_at(stand, guest_of(stand)).pk)
    client.force_login(amina)
    client.post(page, {"do": "thread.take"})

    form = form_of(client.get(page), "thread.give")
    assert ("Karim Berrada – at the stand" in form, "Hind Berrada – not there now" in form) == (True, True)
    assert form.index("Karim") < form.index("Hind")
    client.post(page, {"do": "thread.give", "person": karim.pk})
    assert not OutboxMessage.objects.exists()
    client.post(page, {"do": "thread.give", "person": away.pk})

    (letter,) = OutboxMessage.objects.all()
    assert (letter.payload["to"], page in letter.payload["body"]) == (away.email, True)


def test_who_looks_for_exhibitors_sees_at_which_stand_somebody_is(client, stand):
    Edition.objects.update(mode=Mode.DIGITAL)
    visitor, other = guest_of(stand), stand_room(stand.edition)
    client.force_login(visitor)
    lists = [reverse(f"fairs:{name}", args=[stand.edition.slug]) for name in ("exhibitors", "exhibitors_now")]
    assert "somebody is there now" not in client.get(lists[0]).content.decode()

    receiving_at(stand)

    assert attended_at(stand.edition, visitor) == {stand.exhibitor_id}
    told = [client.get(one).content.decode() for one in lists]
    names = [one.exhibitor.organisation.label for one in (stand, other)]
    assert [[name in page for name in names] for page in told] == [[True, True], [True, False]]
    assert [page.count("somebody is there now") for page in told] == [1, 1]
    block_person(stand, actor=visitor, other=LivePresence.objects.get().person_id)
    assert attended_at(stand.edition, visitor) == set()
    assert "somebody is there now" not in client.get(lists[1]).content.decode()


def test_visitor_reads_that_the_last_of_the_stand_has_gone(client, stand):
    visitor, amina = guest_of(stand), receiving_at(stand)
    page = at("stand_thread", stand, thread_at(stand, visitor).pk)
    client.force_login(visitor)
    gone = "Nobody is at the stand at the moment. What you wrote is kept"
    assert gone not in client.get(page).content.decode()

    LivePresence.objects.filter(person=amina).delete()

    assert gone in client.get(page).content.decode()


def test_whoever_is_not_registered_is_led_from_a_stand_to_its_booth(client):
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)
    stand = open_stand_room(one)
    page = at("stand", stand, stand.exhibitor_id)
    client.force_login(UserFactory())

    assert client.get(page).url == at("booth", stand, "A1")
    assert client.post(page, {"do": "stand.ask", "text": "Hello", "uuid": str(uuid4())}).status_code == 404
    client.force_login(guest_of(stand))
    assert client.get(page).status_code == 200


def test_conversation_that_is_over_leads_its_visitor_to_the_stand(client, stand):
    visitor = guest_of(stand)
    room = thread_at(stand, visitor)
    client.force_login(visitor)
    page = at("stand_thread", stand, room.pk)
    first = client.get(page).content.decode()
    assert ("Nobody has answered yet." in first, "Ask the stand again" in first) == (True, False)

    client.post(page, {"do": "thread.end"})

    told = client.get(page).content.decode()
    assert ("End it for both" in told, "Ask the stand again" in told) == (False, True)
    assert at("stand", stand, stand.exhibitor_id) in told[told.index('data-live-part="standing"') :]
