"""The page of a session's live room, with and without script, and the ways to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from fairs.live.actions import close_room, write
from fairs.live.models import LiveEntry, LiveRoom
from fairs.sessions.models import Attendance
from tests.factories.live import guest_of, live_session, session_room
from tests.factories.people import UserFactory
from tests.factories.sessions import attendee, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(room):
    return reverse("fairs:session_room", args=[room.edition.slug, room.session_id])


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def salma(room, client):
    person = guest_of(room)
    client.force_login(person)
    return person


def test_log_is_read_without_script(room, salma, client):
    write(room, "chat", {"text": "<b>Salam</b>"}, author=guest_of(room, first_name="Brahim"))
    write(room, "chat", {"text": "Hidden", "anonymous": True}, author=guest_of(room, last_name="Leaks"))

    page = client.get(address(room)).content.decode()

    assert "&lt;b&gt;Salam&lt;/b&gt;" in page and "Brahim Idrissi" in page
    assert "Hidden" in page and "Somebody" in page and "Leaks" not in page


def test_message_is_sent_without_script_once(room, salma, client):
    form = {"uuid": str(uuid4()), "text": " Salam \r\n alaykum "}

    answers = [client.post(address(room), form) for _time in range(2)]

    assert [one["Location"] for one in answers] == [f"{address(room)}#last"] * 2
    entry = LiveEntry.objects.get()
    assert (entry.data, entry.author) == ({"text": "Salam \n alaykum"}, salma)


@pytest.mark.parametrize(
    ("text", "status"), [("", 400), ("x" * 1_001, 400), ("a\0b", 400), ("x" * 9_000, 413)]
)
def test_what_cannot_be_said_stays_in_the_form(room, salma, client, text, status):
    answer = client.post(address(room), {"uuid": str(uuid4()), "text": text})

    assert (answer.status_code, LiveEntry.objects.count()) == (status, 0)
    assert answer.context["typed"] == text
    assert "Nothing was" in answer.context["refusal"]


def test_form_without_its_number_is_refused(room, salma, client):
    assert client.post(address(room), {"text": "Salam"}).status_code == 400
    assert LiveEntry.objects.count() == 0


def test_closed_room_is_read_and_not_written(room, salma, client):
    write(room, "chat", {"text": "Salam"}, author=salma)
    close_room(room)

    assert "Salam" in client.get(address(room)).content.decode()
    assert client.post(address(room), {"uuid": str(uuid4()), "text": "Late"}).status_code == 409
    assert LiveEntry.objects.count() == 1


def test_whoever_comes_before_the_clock_opens_the_room(client):
    session = live_session()
    client.force_login(attendee(session.edition))

    assert (
        client.get(reverse("fairs:session_room", args=[session.edition.slug, session.pk])).status_code == 200
    )
    assert LiveRoom.objects.get().session == session


def test_session_that_is_not_on_says_when_its_room_opens(client):
    session = shown_session()
    client.force_login(attendee(session.edition))

    answer = client.get(reverse("fairs:session_room", args=[session.edition.slug, session.pk]))

    assert (answer.status_code, LiveRoom.objects.count()) == (200, 0)
    assert "This session has no live room" in answer.content.decode()
    assert "fairs/live/not_open.html" in [one.name for one in answer.templates]


def test_stranger_is_led_to_the_session_and_opens_no_room(client):
    session = live_session()
    client.force_login(UserFactory())
    here = reverse("fairs:session_room", args=[session.edition.slug, session.pk])

    assert client.get(here)["Location"] == reverse("fairs:session", args=[session.edition.slug, session.pk])
    assert client.post(here, {"text": "Salam"}).status_code == 404
    assert LiveRoom.objects.count() == 0


def test_visitor_is_asked_to_sign_in(room, client):
    assert client.get(address(room))["Location"].startswith(reverse("account_login"))


def links(client, name, *args):
    return address_in(client.get(reverse(f"fairs:{name}", args=args)).content.decode())


def address_in(page):
    return page.count("/live/")


def test_way_to_the_room_stands_where_the_session_does(room, salma, client):
    slug = room.edition.slug
    assert (links(client, "session", slug, room.session_id), links(client, "programme", slug)) == (1, 0)

    Attendance.objects.create(session=room.session, person=salma, state="seated")

    assert links(client, "agenda", slug) == 1
    day = room.session.begins_at.astimezone().date()
    page = client.get(f"{reverse('fairs:programme', args=[slug])}?day={day:%Y-%m-%d}")
    assert address_in(page.content.decode()) >= 1


def test_way_to_the_room_is_gone_when_the_session_is(room, salma, client):
    showing = room.session.showing
    showing.begins_at -= timedelta(hours=3)
    showing.ends_at -= timedelta(hours=3)
    showing.save()

    assert links(client, "session", room.edition.slug, room.session_id) == 0
