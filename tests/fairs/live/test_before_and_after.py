"""What the page of a session says of its live room: before, while it is on, after, and to strangers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live.actions import close_room, open_session_room, write
from fairs.live.models import LiveRoom
from fairs.live.stage.arranging import give_duty
from fairs.sessions.actions import release_programme
from fairs.sessions.models import Attendance
from fairs.templatetags.live import how_soon
from moussem.core.models import OutboxMessage
from tests.factories.live import guest_of, live_session, session_room
from tests.factories.people import UserFactory
from tests.factories.sessions import SpeakerFactory, attendee, organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
OPENS, READ, ENTER = "Its live room opens on", "Read what was said", "Enter the live room"
REGISTERED = "Its live room is for those who are registered"


def page(client, session):
    return client.get(reverse("fairs:session", args=[session.edition.slug, session.pk])).content.decode()


def said(told):
    return [one for one in (OPENS, ENTER, READ, REGISTERED) if one in told]


def hours(begins, lasts=60):
    begins = timezone.now() + timedelta(minutes=begins)
    return {"begins_at": begins, "ends_at": begins + timedelta(minutes=lasts)}


def test_before_a_talk_its_page_says_when_the_room_opens(client):
    session = live_session(**hours(180))
    client.force_login(attendee(session.edition))

    assert said(page(client, session)) == [OPENS]


def test_talk_that_is_on_is_entered_and_marked_on_the_page_of_the_fair(client):
    session = live_session()
    client.force_login(attendee(session.edition))

    assert said(page(client, session)) == [ENTER]
    fair = client.get(reverse("fairs:edition", args=[session.edition.slug])).content.decode()
    teaser = fair[fair.index('id="programme"') :]
    assert "now" in teaser[: teaser.index("</ul>")]


def test_way_into_a_talk_that_is_on_stands_at_the_head_of_its_page(client):
    session = live_session()
    client.force_login(attendee(session.edition))

    told = page(client, session)

    assert (told.count(ENTER), told.index(ENTER) < told.index("Your agenda")) == (1, True)


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        (10, ["The session begins at"]),
        (-10, []),
        (-70, ["The session is over. This room stays open until"]),
    ],
)
def test_open_room_says_whether_its_talk_is_on(client, begins, told):
    session = live_session(**hours(begins))
    client.force_login(guest_of(open_session_room(session)))

    page = room_page(client, session).content.decode()

    lines = re.findall(r"<p[^>]*data-live-when[^>]*>.*?</p>", page)
    shown = [one for one in lines if " hidden>" not in one.partition("><")[0] + ">"]
    assert [one for one in told if one in "".join(shown)] == told
    assert len(shown) == len(told)


def test_way_into_a_room_whose_talk_is_over_says_so(client):
    session = live_session(**hours(-70))
    client.force_login(attendee(session.edition))

    told = page(client, session)

    assert (ENTER in told, "The session is over: write in its room until" in told) == (False, True)


def room_page(client, session):
    return client.get(reverse("fairs:session_room", args=[session.edition.slug, session.pk]))


def test_room_that_is_not_open_counts_down_by_both_clocks_and_can_be_kept(client):
    session = live_session(**hours(180))
    session.speakers.add(SpeakerFactory(edition=session.edition, name="Amina Alaoui"))
    release_programme(session.edition, actor=organiser(session.edition))
    client.force_login(attendee(session.edition, time_zone="Asia/Tokyo"))

    answer = room_page(client, session)

    told = answer.content.decode()
    assert (answer.status_code, LiveRoom.objects.count()) == (200, 0)
    assert ("Opens in 2 hours and 45 minutes" in told, "Amina Alaoui" in told) == (True, True)
    assert ("(Moroccan time)" in told, "(Tokyo time)" in told, "Africa/Casablanca" in told) == (
        True,
        True,
        False,
    )
    assert reverse("fairs:take_seat", args=[session.edition.slug, session.pk]) in told


def test_whoever_has_a_seat_reads_so_where_the_room_is_not_open(client):
    session = live_session(**hours(180))
    guest = attendee(session.edition)
    Attendance.objects.create(session=session, person=guest, state="seated")
    Attendance.objects.create(session=session, person=attendee(session.edition), state="waiting")
    client.force_login(guest)

    told = room_page(client, session).content.decode()

    assert ("You have a seat" in told, "waiting list" in told) == (True, False)


def test_room_that_was_not_used_says_that_the_session_is_over(client):
    session = live_session()
    showing = session.showing
    showing.begins_at, showing.ends_at = hours(-180).values()
    showing.save()
    client.force_login(attendee(session.edition))

    told = room_page(client, session).content.decode()

    assert ("Live room, over" in told, "its live room was not used" in told, "Opens in" in told) == (
        True,
        True,
        False,
    )
    assert reverse("fairs:take_seat", args=[session.edition.slug, session.pk]) not in told


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (130, "2 hours and 10 minutes"), (3000, "2 days")],
)
def test_how_soon_something_is_is_told_in_hours_and_minutes(minutes, said):
    assert how_soon(timezone.now() + timedelta(minutes=minutes)) == said


def test_after_a_talk_what_was_said_is_read(client):
    room = session_room()
    reader = guest_of(room)
    write(room, "chat", {"text": "Every week."}, author=reader)
    close_room(room)
    showing = room.session.showing
    showing.begins_at, showing.ends_at = hours(-180).values()
    showing.save()
    client.force_login(reader)

    assert said(page(client, room.session)) == [READ]
    here = reverse("fairs:session_room", args=[room.edition.slug, room.session_id])
    assert "Every week." in client.get(here).content.decode()


def test_after_a_talk_of_which_nothing_was_written_nothing_is_promised(client):
    session = live_session()
    open_session_room(session)
    showing = session.showing
    showing.begins_at, showing.ends_at = hours(-180).values()
    showing.save()
    client.force_login(attendee(session.edition))

    assert said(page(client, session)) == []


@pytest.mark.parametrize("signed_in", [True, False])
def test_stranger_is_told_who_follows_it_and_where_to_register(client, signed_in):
    session = live_session()
    if signed_in:
        client.force_login(UserFactory())

    told = page(client, session)

    assert said(told) == [REGISTERED]
    assert reverse("fairs:register", args=[session.edition.slug]) in told


@pytest.mark.parametrize(
    ("duty", "sentence"), [("speaker", "You speak here."), ("captioner", "You write the captions here.")]
)
def test_who_was_given_a_duty_is_written_to_once_and_reads_it(client, duty, sentence):
    session = live_session()
    speaker, other = attendee(session.edition), attendee(session.edition)
    for _time in range(2):
        give_duty(session, speaker.email, duty, actor=organiser(session.edition))

    (letter,) = [one.payload for one in OutboxMessage.objects.all() if one.payload["to"] == speaker.email]
    assert session.label in letter["subject"]
    assert reverse("fairs:session", args=[session.edition.slug, session.pk]) in letter["body"]
    client.force_login(speaker)
    assert sentence in page(client, session)
    client.force_login(other)
    assert sentence not in page(client, session)
