"""What the page of a session says of its live room: before, while it is on, after, and to strangers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live.actions import close_room, open_session_room, write
from fairs.live.stage.arranging import give_duty
from moussem.core.models import OutboxMessage
from tests.factories.live import guest_of, live_session, session_room
from tests.factories.people import UserFactory
from tests.factories.sessions import attendee, organiser

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
